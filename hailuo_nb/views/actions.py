"""What the actions need to know that every clip has, wherever it is seen: `actions.js` acts on it.

Pure: a clip in, its file's name, prompt and cell out.
"""

from hailuo_nb.core.cell_line import check_name
from hailuo_nb.core.cell_text import cell_text, options_again, prompt_again
from hailuo_nb.core.request import ImageRef, Request
from hailuo_nb.errors import HailuoError, OptionError
from hailuo_nb.media.sources import CLIP, LAST_FRAME
from hailuo_nb.views.facts import Facts
from hailuo_nb.views.text import escaped, one_line


def clip_state(of: Facts) -> dict[str, str]:
    """Return what a live view is told for the actions of a clip besides its prompt."""
    if of.state != "done" or of.src is None:
        return {}
    return {"id": of.snapshot.id, "file": of.download, "line": line_of(of)}


def clip_attributes(of: Facts, *, prompt: bool = True) -> str:
    """Return the same as a figure's attributes, with a blank before each.

    ``prompt`` is among them, but where the figure shows all of it.
    """
    told = clip_state(of)
    if not told:
        return ""
    told = {"task": told.pop("id"), **told, **({"prompt": of.prompt} if prompt else {})}
    return "".join(f' data-{name}="{escaped(value)}"' for name, value in told.items())


def line_of(of: Facts) -> str:
    """Return the ``%%hailuo`` line that stands above a clip's prompt in a cell, "" where none does.

    An image goes by what the person called it.
    """
    request = of.request
    try:
        settings = options_again(request) | _images(request) | {"name": _name(of)}
    except HailuoError:
        return ""
    text, needs = prompt_again(request)
    needs = needs if text == request.prompt else {"verbatim": True}
    return one_line(cell_text("", settings | needs))


def _name(of: Facts) -> str:
    """Return the variable that it is called, "" where it is called what none can be."""
    name = of.snapshot.name or ""
    try:
        check_name(name or None)
    except OptionError:
        return ""
    return name


def _images(request: Request) -> dict[str, str]:
    images = {"image": request.image, "end_image": request.end_image}
    return {which: _source(ref) for which, ref in images.items() if ref is not None}


def _source(ref: ImageRef) -> str:
    if ref.label.startswith(LAST_FRAME):
        return CLIP + one_line(ref.label.removeprefix(LAST_FRAME))
    return ref.url or one_line(ref.label)

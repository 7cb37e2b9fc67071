"""What the browser may ask of a panel: one table, one small function each.

Each reads a message, does one thing and answers once; what is refused is raised, in words.
A message that is none of ours is refused as it is read, before anything is done.
"""

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from hailuo_nb.core.cell_text import cell_text, prompt_again, python_text
from hailuo_nb.core.matrix import unique
from hailuo_nb.core.models import find_model
from hailuo_nb.core.rating import changed
from hailuo_nb.errors import ImageError, OptionError, UsageError
from hailuo_nb.media.sources import CLIP
from hailuo_nb.notebook.panel.form import trouble
from hailuo_nb.notebook.panel.image_fields import FIELDS
from hailuo_nb.notebook.panel.prefill import item_again, settings_of
from hailuo_nb.notebook.panel.quote import SeenPrice
from hailuo_nb.runner.task import Task
from hailuo_nb.session import chosen
from hailuo_nb.views import display
from hailuo_nb.views.compare.compare import CLIPS_MAX, CLIPS_MIN, comparison_body
from hailuo_nb.views.panel.reading import (
    Buffers,
    Message,
    facts,
    number,
    piece,
    text,
    unreadable,
    whole,
    word,
    words,
)
from hailuo_nb.views.panel.widget import Answer, Handler
from hailuo_nb.views.rating import rating_state
from hailuo_nb.views.text import plain
from hailuo_nb.views.words import called

if TYPE_CHECKING:
    from hailuo_nb.notebook.panel.panel import Panel

NAME_CHARS_MAX = 80


def _generate(panel: "Panel", message: Message, _: Buffers) -> Answer:
    seen = facts(message, "seen")
    return panel.press(
        whole(message, "turn"),
        prompt=text(message, "prompt"),
        settings=_settings(panel, message),
        seen=SeenPrice(due=whole(seen, "due"), credits=number(seen, "credits")),
        again=message.get("again") is True,
        confirmed=message.get("confirmed") is True,
    )


def _copy(panel: "Panel", message: Message, _: Buffers) -> Answer:
    write = {"python": python_text, "cell": cell_text}.get(word(message, "as"))
    if write is None:
        raise unreadable()
    return {"text": write(text(message, "prompt"), _settings(panel, message))}


def _sources(panel: "Panel", message: Message, _: Buffers) -> Answer:
    return {"sources": list(panel.images.sources())}


def _source(panel: "Panel", message: Message, _: Buffers) -> Answer:
    which, source = _field(message), text(message, "source").strip()
    if source:
        panel.images.find(source)
    panel.set_option(which, source)
    return {}


def _piece(panel: "Panel", message: Message, buffers: Buffers) -> Answer:
    which, part, parts = _field(message), whole(message, "part"), whole(message, "parts")
    name, data = text(message, "name"), piece(buffers)
    if part >= parts:
        raise unreadable()
    try:
        source = panel.images.uploads.receive(which, data, part=part, parts=parts, name=name)
    except ImageError as error:  # to send the same file again would not help
        return {"unfit": trouble(error)}
    if source is not None:
        panel.set_option(which, source)
    return {}


def _page(panel: "Panel", message: Message, _: Buffers) -> Answer:
    wish = facts(message, "filter")
    for name in ("group", "model", "day", "text", "sort"):
        if wish.get(name) is not None:
            text(wish, name)
    cursor = message.get("cursor")
    if cursor is None:
        return panel.gallery.page(wish)
    if not isinstance(cursor, list) or len(cursor) != 2:
        raise unreadable()
    at, after = cursor
    return panel.gallery.page(wish, (number({"at": at}, "at"), word({"after": after}, "after")))


def _posters(panel: "Panel", message: Message, _: Buffers) -> Answer:
    return {"posters": panel.gallery.posters(words(message, "ids"))}


def _strip(panel: "Panel", message: Message, _: Buffers) -> Answer:
    return {"strip": panel.gallery.strip(word(message, "id"))}


def _rename(panel: "Panel", message: Message, _: Buffers) -> Answer:
    _check_editable(panel)
    name = " ".join(plain(text(message, "name")).split())[:NAME_CHARS_MAX]
    task = _task(panel, message)
    if not name:
        raise OptionError("A clip's name cannot be empty.", advice="")
    panel.here.runner(task.snapshot.service).rename(task, name)
    panel.gallery.tell_of([task.id])
    return {"words": f"It is called {name} now."}


def _rate(panel: "Panel", message: Message, _: Buffers) -> Answer:
    _check_editable(panel)
    change = facts(message, "change")
    return {"rating": rating_state(_task(panel, message).rate(partial(changed, change=change)))}


def _hide(panel: "Panel", message: Message, _: Buffers) -> Answer:
    _check_editable(panel)
    task, hidden = _task(panel, message), message.get("hidden") is True
    panel.here.history.shelf.hide(task.id, hidden=hidden)
    panel.selection = [id for id in panel.selection if id != task.id]
    panel.gallery.tell_of([task.id])
    became = "hidden; the filter shows what is hidden" if hidden else "shown again"
    return {"words": f"{called(task.snapshot)} is {became}."}


def _stop(panel: "Panel", message: Message, _: Buffers) -> Answer:
    if panel.here.own(word(message, "id")) is None:
        _check_editable(panel)
    _task(panel, message).stop()
    return {"words": "It is no longer watched."}


def _retry(panel: "Panel", message: Message, _: Buffers) -> Answer:
    here = panel.here
    with panel.sending:
        item = item_again(panel.images, _task(panel, message).snapshot.request)
        item = here.dispatch.looked_up(item)
        if item.there is None:
            here.dispatch.check_budget([item], None)
        made = here.dispatch.submit(item)
    panel.gallery.tell_of([made.id])
    return {"words": f"{called(made.snapshot)} is tried again."}


def _use(panel: "Panel", message: Message, _: Buffers) -> Answer:
    known = _task(panel, message).snapshot
    if known.unreadable:
        raise UsageError("The record of that clip cannot be read.", advice="")
    request = known.request
    settings, lost = settings_of(panel.images, request)
    prompt, needs = prompt_again(request)
    panel.fill(prompt, settings | needs)
    missing = f", but {lost} is not here any more" if lost else ""
    return {"words": f"Its prompt and settings are in the form{missing}."}


def _continue(panel: "Panel", message: Message, _: Buffers) -> Answer:
    task = _task(panel, message)
    panel.images.find(CLIP + task.id)
    settings = {name: value for name, value in panel.settings.items() if name != "end_image"}
    if "model" in settings and not find_model(str(settings["model"])).takes_image:
        del settings["model"]
    panel.settings = settings | {"image": CLIP + task.id}
    return {"words": f"The last frame of {called(task.snapshot)} is the start image."}


def _compare(panel: "Panel", message: Message, _: Buffers) -> Answer:
    ids = words(message, "ids")
    if not CLIPS_MIN <= len(ids) <= CLIPS_MAX:
        raise UsageError(f"A comparison takes {CLIPS_MIN} to {CLIPS_MAX} clips.", advice="")
    tasks = [_task(panel, {"id": id}) for id in ids]
    labels = unique(called(task.snapshot) for task in tasks)
    pairs = zip(labels, tasks, strict=True)
    clips = [display.clip_of(panel.here, label, task.snapshot) for label, task in pairs]
    return {"html": comparison_body(clips)}


def _judge(panel: "Panel", message: Message, _: Buffers) -> Answer:
    """Vote on the picked clips: their pair, what was said of it, or the result."""
    from hailuo_nb.session.judge import Judging
    from hailuo_nb.views.judge.booth import again_line, ballot_state, bundle_of, side_state

    here, ids, does = panel.here, sorted(set(words(message, "ids"))), word(message, "does")
    turn = whole(message, "turn") if does in ("vote", "undo") else 0
    outcome = word(message, "outcome") if does == "vote" else ""
    shown, numbers = chosen.judged_of(here, [_task(panel, {"id": id}) for id in ids])
    judging = Judging(here, shown, only=numbers)
    if does == "result":
        line = again_line(here, shown, judging.judge)
        return {"html": bundle_of(here, shown, line)["text/html"]}
    if does != "look":
        _check_editable(panel)
    if does == "vote":
        ballot = judging.vote(turn, outcome)
    else:
        ballot = judging.undo(turn) if does == "undo" else judging.ballot()

    def side(task: Task) -> dict[str, Any]:
        return {"index": 0, **side_state(display.clip_of(here, "", task.snapshot))}

    return {"ballot": ballot_state(ballot, side)}


def _clip(panel: "Panel", message: Message, _: Buffers) -> Answer:
    size_bytes, part = panel.gallery.piece(word(message, "id"), whole(message, "start"))
    return {"size": size_bytes, "buffers": [part]}


def _heard(panel: "Panel", message: Message, _: Buffers) -> Answer:
    """Answer after all that came before: what was not answered by then never will be."""
    return {}


def _left(panel: "Panel", message: Message, _: Buffers) -> Answer:
    panel.draw_picture()
    return {}


ANSWERS: Mapping[str, Handler] = {
    "generate": _generate,
    "copy": _copy,
    "sources": _sources,
    "source": _source,
    "piece": _piece,
    "page": _page,
    "posters": _posters,
    "strip": _strip,
    "rename": _rename,
    "rate": _rate,
    "hide": _hide,
    "stop": _stop,
    "retry": _retry,
    "use": _use,
    "continue": _continue,
    "compare": _compare,
    "judge": _judge,
    "clip": _clip,
    "left": _left,
    "heard": _heard,
}
"""Every message that is answered, by its kind."""


def _task(panel: "Panel", message: Message) -> Task:
    task = panel.here.dispatch.find(word(message, "id"))
    if task is None:
        raise UsageError("That clip is not in the history.", advice="")
    return task


def _field(message: Message) -> str:
    which = word(message, "field")
    if which not in FIELDS:
        raise unreadable()
    return which


def _settings(panel: "Panel", message: Message) -> dict[str, Any]:
    settings = facts(message, "settings")
    panel.check_form({"settings": settings})
    return settings


def _check_editable(panel: "Panel") -> None:
    if panel.is_read_only:
        raise UsageError(
            "Visitors of this page cannot change clips that are there.",
            advice="hailuo_nb.app(shared=True) lets them.",
        )

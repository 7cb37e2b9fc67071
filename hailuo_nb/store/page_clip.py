"""One clip as an exported page tells of it: read, and nothing of it taken for one's own.

Pure. It knows what a sidecar would say, and which of that a stranger may say; no page.
"""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import PureWindowsPath
from typing import Any

from hailuo_nb.core.names import SIMULATOR
from hailuo_nb.core.request import ImageRef, Request
from hailuo_nb.core.task import Snapshot
from hailuo_nb.errors import SetupError
from hailuo_nb.store import foreign
from hailuo_nb.store.origins import read_origin
from hailuo_nb.store.sidecar import MEASURES, RATING, read_facts, request_of

PROMPT_CHARS_MAX = 20_000
WORD_CHARS_MAX = 500
"""Of a name, a label and whatever else is one line."""
MEASURES_MAX = 100

IMPORTED = "imported"
"""Where a page has the id that a clip was first imported by; such an id begins with it."""


def told_clip(number: int, found: dict[str, object]) -> Snapshot:
    """Return the ``number``-th clip as a page tells of it: with no file, and no id at the service.

    Raises
    ------
    ValueError
        Something is missing, odd or too long; `foreign.Odd` names it.
    """
    try:
        facts = read_facts(found)
        told = found.get(IMPORTED)
        origin = None if told is None else foreign.local_id(told)
        _check_lengths(facts)
    except foreign.Odd as error:
        raise foreign.Odd(f"clip {number}: {error.args[0]}") from None
    except ValueError:
        raise foreign.Odd(f"clip {number}: its id cannot be read") from None
    begun_at = facts["submitted_at"] or facts["finished_at"] or 0.0
    known = {name: facts[name] for name in _KNOWN}
    return Snapshot(
        state="done",
        name=one_line(facts["name"]) or None,
        request=_request(facts),
        created_at=begun_at,
        imported=origin,
        measured=facts[MEASURES],
        rating=facts[RATING],
        **known,
    )


_KNOWN = (
    *("id", "service", "credits", "submitted_at", "finished_at", "cost_time_s"),
    *("sha256", "size_bytes", "parent"),
)


def _check_lengths(facts: Mapping[str, Any]) -> None:
    if len(facts["prompt"]) > PROMPT_CHARS_MAX:
        raise foreign.Odd("its prompt is too long")
    if any(len(facts[name]) > WORD_CHARS_MAX for name in ("model", "resolution", "service")):
        raise foreign.Odd("its options are too long")
    if facts["service"] != SIMULATOR and not _is_origin(facts["service"]):
        raise foreign.Odd("its service is none")
    if len(facts[MEASURES]) > MEASURES_MAX:
        raise foreign.Odd("it has too many measures")


def _is_origin(service: str) -> bool:
    try:
        return read_origin("", service) == service
    except SetupError:
        return False


def _request(facts: dict[str, Any]) -> Request:
    request = request_of(facts)
    return replace(request, image=_image(request.image), end_image=_image(request.end_image))


def _image(image: ImageRef | None) -> ImageRef | None:
    """Return an image by its name alone: what a page calls a path leads to no file of the person's.

    Addresses stay, as words.
    """
    if image is None:
        return None
    label = one_line(image.label)
    is_address = label.startswith(("http://", "https://", "sample:", "clip:", "last frame of "))
    return replace(image, label=label if is_address else PureWindowsPath(label).name, url=None)


def one_line(text: str | None) -> str:
    """Return a text on one line, without what nobody sees, cut where it is too long."""
    words = " ".join((text or "").split())
    return "".join(char for char in words if char.isprintable())[:WORD_CHARS_MAX]

"""Completion of ``%%hailuo`` cells: options, values, verbs, names, camera commands; by tables."""

import re
from collections.abc import Iterable
from contextlib import suppress
from typing import get_args

from hailuo_nb import api
from hailuo_nb.core.budget import Per
from hailuo_nb.core.cameras import CAMERAS, CHINESE
from hailuo_nb.core.options import AXES, BY_FLAG, OPTIONS
from hailuo_nb.core.task import State
from hailuo_nb.errors import HailuoError
from hailuo_nb.media.samples import SAMPLES
from hailuo_nb.media.sources import CLIP
from hailuo_nb.notebook.verbs import VERBS, flags_of
from hailuo_nb.session.lookup import known_names

_SEVERAL = {option.flag for option in AXES if option.kind != "image"}
"""The options that take values with commas between."""

_VALUES: dict[str, tuple[str, ...]] = {
    **{option.flag: option.choices for option in OPTIONS if option.choices},
    "--state": get_args(State),
    "--per": get_args(Per),
}
"""What the options of verbs take."""

_MAGIC = re.compile(r"%{1,2}hailuo[ \t]")
_CAMERA = re.compile(r"\[(?:[^\[\]\n]*[,，、])?[ \t]*([^\[\]\n,，、]*)$")


def offers(before: str, token: str) -> list[str]:
    """Return what may stand at the cursor.

    Parameters
    ----------
    before
        The cell up to the cursor.
    token
        The word under the cursor, as IPython cuts words; what is returned takes its place.
    """
    before = before.lstrip()
    first, is_below, below = before.partition("\n")
    if not first.startswith("%%"):  # code, with one of our lines in it
        first, is_below = before.rpartition("\n")[2].lstrip(), ""
    if not _MAGIC.match(f"{first} " if is_below else first):
        return []
    if is_below:
        return _cameras(below, token)
    words = first.split()
    typed = "" if first[-1:].isspace() else words[-1]
    earlier = words[1:] if not typed else words[1:-1]
    if earlier and earlier[-1] in _SEVERAL:
        typed = typed.rpartition(",")[2]
    found = _of_cell(earlier) if words[0] == "%%hailuo" else _of_verb(earlier)
    return _rest(found, typed, token)


def _rest(found: Iterable[str], typed: str, token: str) -> list[str]:
    """Return what begins as typed, in the place of the token."""
    return [
        token + word.removeprefix(typed)
        for word in found
        if word.startswith(typed) and word != typed
    ]


def _cameras(below: str, token: str) -> list[str]:
    """Return the camera commands that an open bracket may go on with, whatever its capitals."""
    is_open = _CAMERA.search(below)
    if is_open is None:
        return []
    typed = is_open[1]
    found = [
        name
        for name in (*CAMERAS, *CHINESE.values())
        if name.lower().startswith(typed.lower()) and (typed or name in CAMERAS)
    ]
    if token.endswith(typed):
        return [token.removesuffix(typed) + name for name in found]
    return [token + name[len(typed) :] for name in found]


def _of_cell(earlier: list[str]) -> list[str]:
    option = BY_FLAG.get(earlier[-1]) if earlier else None
    if option is not None and option.kind == "image":
        samples = [f"sample:{name}" for name in SAMPLES]
        return samples + [f"{CLIP}{name}" for name in _names()]
    if option is not None and option.kind != "flag":
        return list(option.choices)
    return [one.flag for one in OPTIONS if one.kind == "image" or one.flag not in earlier]


def _of_verb(earlier: list[str]) -> list[str]:
    if not earlier:
        return list(VERBS)
    if earlier[0] not in VERBS:
        return []
    if earlier[-1] in _VALUES:
        return list(_VALUES[earlier[-1]])
    flags = [flag for flag in flags_of(earlier[0]) if flag not in earlier]
    takes_names = "NAME" in VERBS[earlier[0]].usage
    return flags + ([name for name in _names() if name not in earlier] if takes_names else [])


def _names() -> list[str]:
    """Return what can be typed as one word and means a task or an experiment."""
    with suppress(HailuoError):
        return [name for name in known_names(api.session()) if name.isidentifier()]
    return []

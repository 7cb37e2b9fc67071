"""Completion of ``%%hailuo`` lines: options, their values, verbs; from the tables."""

import re

from hailuo_nb.core.options import AXES, BY_FLAG, OPTIONS
from hailuo_nb.media.samples import SAMPLES
from hailuo_nb.notebook.verbs import VERBS

_SEVERAL = {option.flag for option in AXES if option.kind != "image"}
"""The options that take values with commas between."""

_MAGIC = re.compile(r"^%{1,2}hailuo[ \t]")


def offers(cell: str, line_before: str, token: str) -> list[str]:
    """Return what may stand at the cursor.

    Parameters
    ----------
    cell
        The whole cell.
    line_before
        The cursor's line up to the cursor.
    token
        The word under the cursor, as IPython cuts words; what is returned takes its place.
    """
    first_line = cell.lstrip("\n").split("\n", 1)[0]
    if not _MAGIC.match(line_before) or not first_line.startswith(line_before.rstrip()[:8]):
        return []
    words = line_before.split()
    typed = "" if line_before[-1:].isspace() else words[-1]
    before = words[-1] if not typed else words[-2]
    if before in _SEVERAL:
        typed = typed.rpartition(",")[2]
    return [
        token + word.removeprefix(typed)
        for word in _candidates(line_before, before)
        if word.startswith(typed) and word != typed
    ]


def _candidates(line: str, before: str) -> list[str]:
    option = BY_FLAG.get(before)
    if option is not None and option.kind == "image":
        return [f"sample:{name}" for name in SAMPLES]
    if option is not None and option.kind != "flag":
        return list(option.choices)
    if line.startswith("%%"):
        given = line.split()
        return [one.flag for one in OPTIONS if one.kind == "image" or one.flag not in given]
    return list(VERBS) if before == "%hailuo" else []

"""A magic's line as words: quotes as a shell has them, backslashes as paths have them.

It knows quotes and blanks, not options or verbs.
"""

import re
import shlex
from collections.abc import Sequence

from hailuo_nb.errors import OptionError

_PIECES = re.compile(r"""\\[\s"']|'[^']*'|"(?:\\.|[^"\\])*"|\\""", re.DOTALL)
_QUOTED = re.compile(r'\\\\$|\\"|\\')


def words_of(line: str) -> list[str]:
    r"""Return the words of a line.

    A backslash stays, so that C:\Users\me.png is a path; before a blank or a quote it
    takes away what these mean.

    Raises
    ------
    OptionError
        A quote is open.
    """
    try:
        return shlex.split(_PIECES.sub(_kept, line))
    except ValueError as error:
        raise OptionError(f"The line cannot be read: {error}.") from None


def torn_path(words: Sequence[str], flag: str) -> str | None:
    """Return the path behind a flag that its blanks have torn into words; None where none is."""
    for at, word in enumerate(words):
        if word != flag and not word.startswith(f"{flag}="):
            continue
        pieces = [word.partition("=")[2]] if "=" in word else []
        for piece in words[at + 1 :]:
            if piece.startswith("-"):
                break
            pieces.append(piece)
        ends = [end for end in range(2, len(pieces) + 1) if set("./\\") & set(pieces[end - 1])]
        if ends:
            return " ".join(pieces[: ends[-1]])
    return None


def _kept(piece: re.Match[str]) -> str:
    """Return a piece of a line as a shell would have to be told of it."""
    found = piece[0]
    if found == "\\":
        return "\\\\"
    if not found.startswith('"'):
        return found
    inner = _QUOTED.sub(lambda one: "\\\\" if one[0] == "\\" else one[0], found[1:-1])
    return f'"{inner}"'

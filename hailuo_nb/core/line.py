"""A magic's line as words: quotes as a shell has them, backslashes as paths have them.

What a word processor makes of a line is read as it was meant: curly quotes around a word, a
dash before an option, blanks that do not break, letters that nobody sees. It knows quotes and
blanks and how an option begins, not options or verbs.
"""

import re
import shlex
from collections.abc import Collection, Iterable, Sequence
from unicodedata import name as name_of
from unicodedata import normalize

from hailuo_nb.errors import OptionError

DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2e3a\ufe58\ufe63\uff0d"
"""What may stand where hyphens were typed."""

_BLANKS = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_UNSEEN = "\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff"
_CURLY = "[\u201c\u201d\u201e\u201f\u00ab\u00bb\uff02]"
_CURLY_ONE = "[\u2018\u2019\u201a\u201b\u2039\u203a\uff07]"
_PIECES = re.compile(
    r"""\\[\s"']|'[^']*'|"(?:\\.|[^"\\])*"|\\"""
    rf"|(?<![^\s=＝])(?:{_CURLY}(?P<in>[^\"\u201c-\u201f\uff02]*?){_CURLY}"
    rf"|{_CURLY_ONE}(?P<one>.*?){_CURLY_ONE})(?!\S)"
    rf"|(?P<blanks>[{_BLANKS}]+)|(?P<unseen>[{_UNSEEN}]+)",
    re.DOTALL,
)
_QUOTED = re.compile(r'\\\\$|\\"|\\')
_FLAG = re.compile(rf"[{DASHES}-]{{1,2}}([^\W\d_][\w{DASHES}-]*)(?:[=＝](.*))?", re.DOTALL)
_CURLY_AROUND = re.compile(f"{_CURLY}.*{_CURLY}|{_CURLY_ONE}.*{_CURLY_ONE}", re.DOTALL)
_EDGE = " \t\r\n\u00a0\u200b\ufeff"
_CURLY_EDGE = re.compile(rf"^(?:{_CURLY}|{_CURLY_ONE})|{_CURLY}$")


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
        curly = re.search(f"{_CURLY}|{_CURLY_ONE}", line)
        hint = f" {_named(curly[0])} closes none." if curly else ""
        raise OptionError(f"The line cannot be read: {error}.{hint}") from None


def with_hyphens(words: Iterable[str], flags: Collection[str]) -> list[str]:
    """Return words with each of these flags as it is typed, whatever its dashes are."""
    return [_with_hyphens(word, flags) for word in words]


def odd_letter(words: Iterable[str]) -> OptionError | None:
    """Return the refusal of a word that a dash or a curly quote begins, None where none does."""
    for word in words:
        if word and word[0] in DASHES:
            meant = "--" + word.lstrip("-" + DASHES)
            near = f" Did you mean {meant}?" if meant != "--" else ""
            return OptionError(
                f"{word} begins with {_named(word[0])}, which is not --.{near}",
                advice="Write two hyphens before an option.",
            )
        if edge := _CURLY_EDGE.search(word):
            return OptionError(
                f"{word} has {_named(edge[0])}, a quote of word processors, and no second one.",
                advice='Write "..." around what has blanks.',
            )
    return None


def unquoted(text: str) -> str:
    """Return a setting without the quotes and blanks around it that its file left there."""
    bare = text.strip(_EDGE)
    if len(bare) > 1 and (bare[0] == bare[-1] in "\"'" or _CURLY_AROUND.fullmatch(bare)):
        bare = bare[1:-1].strip(_EDGE)
    return bare


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


def _with_hyphens(word: str, flags: Collection[str]) -> str:
    found = _FLAG.fullmatch(word)
    if found is None or (word[0] == "-" and word[1] not in "-" + DASHES):
        return word
    name = normalize("NFKC", found[1]).translate(dict.fromkeys(map(ord, DASHES), "-"))
    if f"--{name}" not in flags:
        return word
    return f"--{name}" if found[2] is None else f"--{name}={found[2]}"


def _named(letter: str) -> str:
    return f"{letter} ({name_of(letter, 'a letter').lower()})"


def _kept(piece: re.Match[str]) -> str:
    """Return a piece of a line as a shell would have to be told of it."""
    found = piece[0]
    if piece["unseen"] is not None:
        return ""
    if piece["blanks"] is not None:
        return " "
    curly = piece["in"] if piece["in"] is not None else piece["one"]
    if curly is not None:
        return shlex.quote(curly)
    if found == "\\":
        return "\\\\"
    if not found.startswith('"'):
        return found
    inner = _QUOTED.sub(lambda one: "\\\\" if one[0] == "\\" else one[0], found[1:-1])
    return f'"{inner}"'

"""What surely was not meant as a prompt: options, a magic's line or a fence among its lines.

It knows how these look where they were pasted or typed one line too low; it changes nothing,
and ``--verbatim`` sends them all the same.
"""

import re
from difflib import get_close_matches

from hailuo_nb.core.line import DASHES, with_hyphens
from hailuo_nb.core.options import BY_FLAG
from hailuo_nb.errors import PromptError

_MAGIC = re.compile(r"[%％]{1,2}hailuo(?![\w.])|[%％]{2}[A-Za-z]\w*(?:[ \t]|$)")
_FENCE = re.compile(r"(?P<sign>`{3,}|~{3,}(?=[ \t]*[\w.+-]*$))|.*[^`]`{3,}[ \t]*$")
_OPTION = re.compile(rf"[-{DASHES}]{{1,3}}[^\W\d_][\w{DASHES}-]*(?=[\s=＝]|$)")
_SEPARATED = re.compile(rf"---|-{{0,2}}[{DASHES}][-{DASHES}]{{1,2}}|-{{1,2}}[{DASHES}]")
"""A line that parts prompts, and what word processors make of it."""

_NEAR = 0.75
"""How much an option's name and a slip of it have in common, at least."""

_FIRST = ("%", "％", "`", "~", "-", *DASHES)
_BLANK = " \t\r\u00a0\u3000\u200b\ufeff"
_VERBATIM = "--verbatim (in Python: verbatim=True) sends the text as it is."


def check_meant(text: str) -> None:
    """Refuse a text whose lines say that something else was meant.

    Raises
    ------
    PromptError
        A line is a magic's, a Markdown fence, or what a word processor made of ``---``, or begins
        with an option; it names the line and how to write it.
    """
    for number, line in enumerate(text.split("\n"), start=1):
        stripped = line.strip(_BLANK)
        if _SEPARATED.fullmatch(stripped) and line.strip(" \t") != "---":
            raise _unparted(number, stripped)
        if (stripped[:1] in _FIRST and stripped != "---") or "```" in stripped:
            _check_line(number, stripped)


def _check_line(number: int, line: str) -> None:
    if found := _MAGIC.match(line):
        raise PromptError(
            f"Line {number} of the text begins with {found[0].strip()}: a magic's line stands "
            "alone at the top of its cell.",
            advice=f"Put it, and what belongs to it, into another cell. {_VERBATIM}",
        )
    if found := _FENCE.match(line):
        raise PromptError(
            f"Line {number} of the text is a Markdown fence ({found['sign'] or '```'}).",
            advice=f"Write the text without the fences around it. {_VERBATIM}",
        )
    if flag := _flag_of(line):
        raise PromptError(
            f"Line {number} of the text begins with {flag}: options stand on the first line, "
            "behind %%hailuo.",
            advice=f"Write them there (in Python: as arguments). {_VERBATIM}",
        )


def _unparted(number: int, dashes: str) -> PromptError:
    return PromptError(
        f"Line {number} of the text is {dashes}, which parts no prompts: three plain "
        "hyphens and no other letter do.",
        advice=f"Write --- there and nothing else. {_VERBATIM}",
    )


def _flag_of(line: str) -> str | None:
    """Return the option that a line begins with, or one so near that it is a slip of it."""
    found = _OPTION.match(line)
    if found is None:
        return None
    (word,) = with_hyphens([found[0]], BY_FLAG)
    if word[1] != "-":
        return f"-{word}" if f"-{word}" in BY_FLAG else None
    near = get_close_matches(word, BY_FLAG, n=1, cutoff=_NEAR)
    return near[0] if near else None

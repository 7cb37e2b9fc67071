"""A ``%%hailuo`` line, read: the task's name and the options that were given, as text.

It knows which options there are and how a line is put together, not what a value means.
"""

import argparse
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import pairwise
from keyword import iskeyword
from typing import NoReturn

from hailuo_nb.core.line import odd_letter, torn_path, with_hyphens, words_of
from hailuo_nb.core.names import as_name
from hailuo_nb.core.options import BY_FLAG, OPTIONS, Option
from hailuo_nb.core.values import COMMAS
from hailuo_nb.errors import OptionError


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A magic's line, read: the task's name and the options that were given.

    A list holds the values of an option that was given again.
    """

    name: str | None
    values: dict[str, str | bool | list[str]]


class _LineParser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise OptionError(
            f"{message[:1].upper()}{message[1:]}.", advice="%%hailuo? lists the options."
        )


def _parser() -> _LineParser:
    parser = _LineParser(prog="%%hailuo", add_help=False, allow_abbrev=False)
    parser.add_argument("task_name", nargs="?", metavar="NAME")
    for option in OPTIONS:
        if option.kind == "flag":
            parser.add_argument(option.flag, action="store_true", default=None)
        else:
            parser.add_argument(option.flag, metavar=option.metavar, action="append")
    return parser


def read_line(line: str) -> Line:
    """Return the name and options of a ``%%hailuo`` line.

    Raises
    ------
    OptionError
        An option is unknown or lacks its value, a quote is open, or NAME is no identifier.
    """
    words = with_hyphens(words_of(line), BY_FLAG)
    namespace, unknown = _parser().parse_known_args(words)
    found = vars(namespace)
    name = found.pop("task_name")
    if odd := odd_letter(words if unknown else [name or ""]):
        raise odd
    if unknown or "." in (name or ""):
        _check_paths(words)
    if unknown or (name or "")[:1].isdecimal():
        _check_lists(words)
    if unknown:
        raise _unknown(unknown[0])
    name = None if name is None else as_name(name)
    check_name(name)
    given = [option for option in OPTIONS if found[option.name] is not None]
    return Line(name=name, values={one.name: _given(one, found[one.name]) for one in given})


def _check_paths(words: list[str]) -> None:
    """Refuse a path that was typed with blanks and without quotes."""
    for option in OPTIONS:
        path = torn_path(words, option.flag) if option.kind == "image" else None
        if path is not None:
            raise OptionError(
                f"{option.flag} {path}: a path with blanks needs quotes.",
                advice=f'Write {option.flag} "{path}".',
            )


def _check_lists(words: list[str]) -> None:
    """Refuse a list that was typed with blanks beside its commas."""
    for one, other in pairwise(words):
        if (one.endswith(COMMAS) or other.startswith(COMMAS)) and other[:1] != "-":
            raise OptionError(
                f"{one} {other}: a list has no blanks beside its commas.",
                advice="Write it in one, such as --duration 6,10.",
            )


def check_name(name: str | None) -> None:
    """Refuse a name that no variable could have.

    Raises
    ------
    OptionError
        It is no identifier, or a word of Python's own.
    """
    if name is not None and (not name.isidentifier() or iskeyword(name)):
        raise OptionError(
            f"{name!r} is no name for a variable.",
            advice="Letters, digits and _ make one.",
            option="name",
        )


def _given(option: Option, value: bool | list[str]) -> str | bool | list[str]:
    """Return what was typed: a second value is a list where the option takes one, else refused."""
    if isinstance(value, bool):
        return value
    if len(value) > 1 and option.several != "again":
        raise OptionError(f"{option.flag} is given twice.", advice="%%hailuo? lists the options.")
    return value if len(value) > 1 else value[0]


_BY_ITSELF = {
    "name": "The name stands by itself, behind %%hailuo.",
    "prompt": "The prompt goes into the lines below.",
}
"""What `hailuo_nb.generate` takes by name, and a cell without one."""


def _unknown(word: str) -> OptionError:
    if not word.startswith("-"):
        return OptionError(f"{word!r} is one word too many.", advice=_BY_ITSELF["prompt"])
    bare = word.lstrip("-").partition("=")[0].replace("_", "-").lower()
    if bare in _BY_ITSELF:
        return OptionError(f"There is no option --{bare}.", advice=_BY_ITSELF[bare])
    near = _near(bare)
    hint = f" Did you mean {near}?" if near else ""
    return OptionError(f"There is no option {word}.{hint}", advice="%%hailuo? lists them.")


def _near(bare: str) -> str | None:
    """Return the option that is meant by one without its hyphens, None where none is near."""
    names, parts = [flag[2:] for flag in BY_FLAG], set(bare.split("-"))
    akin = [one for one in names if bare and (one.startswith(bare) or parts & set(one.split("-")))]
    near = get_close_matches(bare, names, n=1, cutoff=0.8) or akin
    near = near or get_close_matches(bare, names, n=1, cutoff=0.7)
    return f"--{near[0]}" if near else None

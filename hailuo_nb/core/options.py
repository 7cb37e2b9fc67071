"""The options of a prompt cell: one table for the magic, `generate`, help and completion.

A new option is one more row here, one parameter of `generate` and one field of the
request. It knows names, choices and help; it does not know which model has which:
the catalogue does.
"""

import argparse
import math
import shlex
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal, NoReturn

from hailuo_nb.core.models import MODELS
from hailuo_nb.errors import OptionError

Kind = Literal["image", "text", "choice", "switch", "flag"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One option of a prompt cell.

    ``name`` is the parameter of `generate`, ``flag`` what is typed, ``choices`` what
    completion offers; a "switch" takes on or off, a "flag" takes nothing.
    """

    name: str
    kind: Kind
    help: str
    metavar: str = ""
    choices: tuple[str, ...] = ()

    @property
    def flag(self) -> str:
        """The option as it is typed."""
        return "--" + self.name.replace("_", "-")


def _values(*columns: tuple[object, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(value) for column in columns for value in column))


OPTIONS: tuple[Option, ...] = (
    Option(
        name="image",
        kind="image",
        metavar="SOURCE",
        help="start image: sample:NAME, an address, a file, or a variable "
        "(PIL image, bytes, a finished task: its last frame)",
    ),
    Option(name="end_image", kind="image", metavar="SOURCE", help="end image, likewise"),
    Option(
        name="model",
        kind="choice",
        metavar="NAME",
        choices=tuple(model.short for model in MODELS),
        help="default 02-i2v with an image, 02-t2v without",
    ),
    Option(
        name="duration",
        kind="choice",
        metavar="S",
        choices=_values(*(model.durations_s for model in MODELS)),
        help="seconds; default 6",
    ),
    Option(
        name="resolution",
        kind="choice",
        metavar="P",
        choices=_values(*(model.resolutions for model in MODELS)),
        help="default 768P, or what the model fixes",
    ),
    Option(
        name="optimizer",
        kind="switch",
        choices=("on", "off"),
        metavar="on|off",
        help="let the service rewrite the prompt; default on",
    ),
    Option(
        name="nsfw_check",
        kind="switch",
        choices=("on", "off"),
        metavar="on|off",
        help="let the service check the content; default off",
    ),
    Option(
        name="callback",
        kind="text",
        metavar="URL",
        help="a server of yours that the service tells at the end",
    ),
    Option(name="wait", kind="flag", help="hold the cell until the clip is saved"),
    Option(
        name="again",
        kind="flag",
        help="pay for a next sample, each time the cell runs",
    ),
    Option(
        name="repeat",
        kind="text",
        metavar="N",
        help="samples 1 to N of the same request; free where they exist (there is no seed)",
    ),
    Option(
        name="watch_for",
        kind="text",
        metavar="TIME",
        help="give up watching after 90s, 30m or 2h; default 30m; the task may still finish",
    ),
    Option(
        name="max_credits",
        kind="text",
        metavar="N",
        help="refuse a cell that costs more; above 200 credits a cell needs it",
    ),
    Option(name="dry_run", kind="flag", help="show the request and its price; send nothing"),
    Option(name="verbatim", kind="flag", help="send the text exactly as it is typed"),
)
"""Every option, in the order of the help."""

BY_FLAG: dict[str, Option] = {option.flag: option for option in OPTIONS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A magic's line, read: the task's name and the options that were given."""

    name: str | None
    values: dict[str, str | bool]


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise OptionError(
            f"{message[:1].upper()}{message[1:]}.", advice="%%hailuo? lists the options."
        )


class _Once(argparse.Action):
    """Store a value, and refuse a second one rather than drop the first."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: object,
        option_string: str | None = None,
    ) -> None:
        if getattr(namespace, self.dest) is not None:
            parser.error(f"{option_string} is given twice")
        setattr(namespace, self.dest, values)


def _parser() -> _Parser:
    parser = _Parser(prog="%%hailuo", add_help=False, allow_abbrev=False)
    parser.add_argument("task_name", nargs="?", metavar="NAME")
    for option in OPTIONS:
        if option.kind == "flag":
            parser.add_argument(option.flag, action="store_true", default=None)
        else:
            parser.add_argument(option.flag, metavar=option.metavar, action=_Once)
    return parser


def read_line(line: str) -> Line:
    """Return the name and options of a ``%%hailuo`` line.

    Raises
    ------
    OptionError
        An option is unknown or lacks its value, a quote is open, or NAME is no identifier.
    """
    try:
        words = shlex.split(line)
    except ValueError as error:
        raise OptionError(f"The line cannot be read: {error}.") from None
    namespace, unknown = _parser().parse_known_args(words)
    if unknown:
        raise _unknown(unknown[0])
    found = vars(namespace)
    name = found.pop("task_name")
    if name is not None and not name.isidentifier():
        raise OptionError(f"{name!r} is no name for a variable.")
    return Line(name=name, values={key: val for key, val in found.items() if val is not None})


def count(flag: str, value: str | int | None, *, most: int) -> int | None:
    """Return a whole number from 1 to ``most``, None where nothing was said.

    Raises
    ------
    OptionError
        The value is something else.
    """
    if value is None:
        return None
    small = isinstance(value, int) or (value.isdecimal() and len(value) < 10)
    number = int(value) if small else 0
    if not 1 <= number <= most:
        raise OptionError(f"{flag} takes a number from 1 to {most}, not {value!r}.")
    return number


def time_s(flag: str, value: str | float | None) -> float | None:
    """Return a time in seconds from "90s", "30m", "2h" or a number; None where nothing was said.

    Raises
    ------
    OptionError
        The value is no such time, or not above 0.
    """
    if value is None:
        return None
    if isinstance(value, int | float):
        number, factor = float(value), 1.0
    else:
        digits, factor = value[:-1], _FACTORS.get(value[-1:], 0.0)
        number = float(digits) if digits.replace(".", "", 1).isdecimal() else 0.0
    if not 0 < number * factor < float("inf"):
        raise OptionError(f"{flag} takes a time such as 90s, 30m or 2h, not {value!r}.")
    return number * factor


_FACTORS = {"s": 1.0, "m": 60.0, "h": 3600.0}


def _unknown(word: str) -> OptionError:
    if not word.startswith("-"):
        return OptionError(
            f"{word!r} is one word too many.", advice="The prompt goes into the lines below."
        )
    near = get_close_matches(word, BY_FLAG, n=1, cutoff=0.5)
    hint = f" Did you mean {near[0]}?" if near else ""
    return OptionError(f"There is no option {word}.{hint}", advice="%%hailuo? lists them.")


def switch(flag: str, value: str | bool | None) -> bool | None:
    """Return True for on, False for off, None where nothing was said.

    Raises
    ------
    OptionError
        The value is neither on nor off.
    """
    if value is None or isinstance(value, bool):
        return value
    if value.lower() not in ("on", "off"):
        raise OptionError(f"{flag} takes on or off, not {value!r}.")
    return value.lower() == "on"


def seconds(value: str | int | None) -> int | None:
    """Return a duration in whole seconds, None where nothing was said.

    Raises
    ------
    OptionError
        The value is no whole number.
    """
    if value is None or isinstance(value, int):
        return value
    if not value.isdecimal() or len(value) > 9:
        raise OptionError(f"--duration takes seconds, such as 6, not {value!r}.")
    return int(value)


def amount(flag: str, value: str | float | None) -> float | None:
    """Return an amount of credits above 0, None where nothing was said.

    Raises
    ------
    OptionError
        The value is something else.
    """
    if value is None:
        return None
    try:
        credits = float(value)
    except (ValueError, OverflowError):
        credits = math.nan
    if not (math.isfinite(credits) and credits > 0):
        raise OptionError(f"{flag} takes credits, such as 50, not {value!r}.")
    return credits

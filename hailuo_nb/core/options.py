"""The options of a prompt cell: one table for the magic, `generate`, help and completion.

A new option is one more row here, one parameter of `generate` and one field of the
request. It knows names, choices and help, and which options become an axis by being
given several values; it does not know which model has which: the catalogue does.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from hailuo_nb.core.models import MODELS, Model
from hailuo_nb.core.values import is_missing, listed, split_list
from hailuo_nb.errors import OptionError

Kind = Literal["image", "text", "choice", "switch", "flag"]
Several = Literal["", "commas", "again", "names"]
Place = Literal["own", "main", "more", "cell"]

AGAIN = "With --again this cell pays for a next sample each time it runs."
"""Said of every sample that ``--again`` makes; such a cell is not free when it runs again."""

MAX_TASKS = 24
"""A cell of more tasks than this is refused unless it carries ``--max-tasks``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One option of a prompt cell.

    ``name`` is the parameter of `generate`, ``flag`` what is typed, ``choices`` what
    completion offers; a "switch" takes on or off, a "flag" takes nothing. ``several`` says
    how it is given more than one value: with "commas", by giving it "again", or not at all;
    "names" are several with commas, too, and no axis;
    ``label`` is one of these values as a grid names it. ``place`` is where the panel shows
    it: in a field of its "own", in the "main" row, among "more", or, being of a "cell" alone,
    nowhere; ``title`` is what it is called there, its name where left out. ``of_model`` gives
    the values that a model takes, its default first, none where it has no such field; None
    where the option has nothing to do with the model.
    """

    name: str
    kind: Kind
    help: str
    metavar: str = ""
    choices: tuple[str, ...] = ()
    several: Several = ""
    label: str = "{}"
    place: Place = "more"
    title: str = ""
    of_model: Callable[[Model], tuple[object, ...]] | None = None

    @property
    def flag(self) -> str:
        """The option as it is typed."""
        return "--" + self.name.replace("_", "-")

    @property
    def heading(self) -> str:
        """The option as the panel names it."""
        return self.title or self.name.replace("_", " ").capitalize()


def _values(*columns: Iterable[object]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(value) for column in columns for value in column))


def _sent(
    field: str, values: Callable[[Model], tuple[object, ...]]
) -> Callable[[Model], tuple[object, ...]]:
    """Return which values a model takes: none where it has no such field of a request."""
    return lambda model: values(model) if model.has(field) else ()


OPTIONS: tuple[Option, ...] = (
    Option(
        name="image",
        kind="image",
        place="own",
        title="Start image",
        metavar="SOURCE",
        several="again",
        help="start image: sample:NAME, clip:NAME (its last frame), an address, a file, or a "
        "variable (PIL image, array, bytes, a finished task: its last frame); given again, one "
        "more to compare",
    ),
    Option(
        name="end_image",
        kind="image",
        place="own",
        metavar="SOURCE",
        several="again",
        label="end {}",
        help="end image, likewise",
    ),
    Option(
        name="model",
        kind="choice",
        place="own",
        metavar="NAME",
        choices=tuple(model.short for model in MODELS),
        several="commas",
        help="default 02-i2v with an image, 02-t2v without; several with commas, to compare",
    ),
    Option(
        name="duration",
        kind="choice",
        metavar="S",
        choices=_values(sorted({one for model in MODELS for one in model.durations_s})),
        several="commas",
        label="{} s",
        place="main",
        of_model=_sent("duration_s", lambda model: model.durations_s),
        help="seconds; default 6; several with commas",
    ),
    Option(
        name="resolution",
        kind="choice",
        metavar="P",
        choices=_values(*(model.resolutions for model in MODELS)),
        several="commas",
        place="main",
        of_model=_sent("resolution", lambda model: model.resolutions),
        help="default 768P, or what the model fixes; several with commas",
    ),
    Option(
        name="aspect_ratio",
        kind="choice",
        metavar="W:H",
        choices=_values(*(model.aspect_ratios for model in MODELS)),
        several="commas",
        place="main",
        of_model=lambda model: model.aspect_ratios,
        help="of h3-t2v alone; default 16:9; several with commas",
    ),
    Option(
        name="optimizer",
        kind="switch",
        choices=("on", "off"),
        metavar="on|off",
        several="commas",
        label="optimizer {}",
        place="main",
        of_model=_sent("prompt_optimizer", lambda _: ("on", "off")),
        help="let the service rewrite the prompt; default on; on,off compares",
    ),
    Option(
        name="nsfw_check",
        kind="switch",
        title="NSFW check",
        choices=("on", "off"),
        of_model=_sent("nsfw_check", lambda _: ("off", "on")),
        metavar="on|off",
        help="let the service check the content; default off",
    ),
    Option(
        name="callback",
        kind="text",
        metavar="URL|off",
        help="a server of yours that the service tells at the end, or nobody",
    ),
    Option(name="wait", kind="flag", place="cell", help="hold the cell until the clip is saved"),
    Option(
        name="again",
        kind="flag",
        help="pay for a next sample, each time the cell runs",
    ),
    Option(
        name="retry",
        kind="flag",
        help="send what failed once more; what is there or under way stays as it is",
    ),
    Option(
        name="repeat",
        kind="text",
        metavar="N",
        help="samples 1 to N of the same request; free where they exist (there is no seed)",
    ),
    Option(
        name="zip",
        kind="text",
        several="names",
        title="Linked",
        metavar="NAMES",
        help="these lists go together, as pairs rather than every combination: "
        "duration,resolution, or the names in {{name}}; they are one axis",
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
    Option(
        name="max_tasks",
        kind="text",
        metavar="N",
        help=f"refuse a cell of more tasks; default {MAX_TASKS}",
    ),
    Option(
        name="dry_run",
        kind="flag",
        place="cell",
        help="show the request and its price; send nothing",
    ),
    Option(
        name="draft",
        kind="flag",
        help="ask for the cheapest settings of each model, but for what is given; "
        "%hailuo promote makes the best in full size",
    ),
    Option(name="verbatim", kind="flag", help="send the text exactly as it is typed"),
)
"""Every option, in the order of the help."""

BY_FLAG: dict[str, Option] = {option.flag: option for option in OPTIONS}

AXES: tuple[Option, ...] = tuple(
    option for way in ("commas", "again") for option in OPTIONS if option.several == way
)
"""The options that can be given several values, in the order of their axes."""


def several(option: Option, value: object) -> list[object]:
    """Return each value that an option was given, in the order typed.

    Parameters
    ----------
    option
        One of `AXES`.
    value
        One value, a list, tuple, column of a data frame or one-dimensional array of them, or a
        text with commas where the option takes these. An array of numbers is one image.

    Raises
    ------
    OptionError
        The list is empty, nothing stands beside a comma, or an item is missing or no finite
        number, such as NaN; it says which.
    """
    if option.several == "commas" and isinstance(value, str):
        parts = split_list(value)
        if "" in parts and len(parts) > 1:
            raise OptionError(f"{option.flag} {value}: there is a comma with no value beside it.")
        return list(parts)
    values = None if option.kind == "image" and _is_pixels(value) else listed(value)
    if values is None:
        values = [value]
    elif not values:
        raise OptionError(f"{option.flag}: the list is empty.", advice="Leave it out, or fill it.")
    for at, one in enumerate(values):
        if is_missing(one):
            where = f"item {at}" if len(values) > 1 else "the value"
            raise OptionError(
                f"{option.flag}: {where} is {one}, which is no value.",
                advice="Take it out, or give None for the default. Items count from 0.",
            )
    return values


def _is_pixels(value: object) -> bool:
    """Tell an array of numbers, which is one image, from a column or an array of images."""
    kind = getattr(getattr(value, "dtype", None), "kind", "O")
    return kind not in "OUST" and not hasattr(value, "to_list")

"""The help texts and the catalogue of errors, made from the tables that the code runs on."""

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass

from hailuo_nb.core.cameras import CAMERAS, CHINESE
from hailuo_nb.core.models import MODELS, UNVERIFIED, Model
from hailuo_nb.core.options import OPTIONS, Option
from hailuo_nb.core.pricing import PRICES_AS_OF, credit_words, per_second, price
from hailuo_nb.errors import HailuoError

WIDTH = 100
"""So many columns a notebook's output shows; a longer line would break within a word there."""

_HEAD = """Make a clip from a prompt: the cell's text, below this line.

    %%hailuo samurai --image sample:peak
    [Push in] A lone samurai on a jagged peak, a storm of sakura petals.

The cell returns at once; the card below it follows the task and becomes the clip.
NAME (here samurai) becomes a variable: samurai.wait(), await samurai, samurai.video.
The same cell run again is free: it shows the task that exists.

In the text {slow|fast} makes a clip of each, a line --- parts prompts, and {{name}} inserts
a variable of the notebook, a list as one clip of each. --model, --duration, --resolution
and --optimizer take several values (6,10), --image may be given again. All combinations
make one grid: NAME[0], NAME.axes, NAME.to_frame(). \\{ \\} \\| and a line \\--- are plain text.
A list in a variable may hold numbers. After heights = [2, 15.5] and moods = ["calm", "wild"] the
text "A {{moods}} sea, {{heights}} m high" makes four clips, with --zip moods,heights two: calm at
2 m and wild at 15.5 m. --zip duration,resolution makes pairs of these.
--draft asks for the cheapest settings of each model, but a --duration or --resolution that is
given stays; %hailuo promote NAME[0] NAME[3] makes these clips in full size, as NAME_full. There
is no seed: that is a new sample of the prompt, not the draft enlarged.
Options, a second %%hailuo, Markdown fences and lines of other dashes than --- among the text's
lines are refused; --verbatim sends them. IPython takes ">>> " and "In [1]: " away from its lines
before it comes here: hailuo_nb.generate(...) sends them.
Camera commands stand in brackets, such as [Push in]; %hailuo cameras shows them all.

Options
"""


def help_line(typed: str, told: str, at: int = 26) -> str:
    """Return what is typed, and from a column on what it does, as lines of at most `WIDTH`."""
    first = textwrap.wrap(
        typed, WIDTH, initial_indent="  ", subsequent_indent="      ", break_on_hyphens=False
    )
    does = textwrap.wrap(told, WIDTH - at, break_on_hyphens=False)
    if len(first[-1]) < at:
        first[-1] = first[-1].ljust(at) + does.pop(0)
    return "\n".join([*first, *(" " * at + line for line in does)])


def _option_line(option: Option) -> str:
    return help_line(f"{option.flag} {option.metavar}".rstrip(), option.help)


def _camera_line(name: str) -> str:
    return f"  {f'[{name}]':<18}{f'[{CHINESE[name]}]':<8}{CAMERAS[name]}"


def model_line(model: Model) -> str:
    """Return one model's line: what it makes and what each clip costs."""
    shortest, longest = min(model.durations_s), max(model.durations_s)
    costs = [
        f"{resolution} {credit_words(a_second)} a second"
        for resolution, a_second in per_second(model.id).items()
    ]
    if costs:
        costs.insert(0, f"{shortest} to {longest} s")
    else:
        costs = [
            f"{seconds} s {resolution} {price(model.id, seconds, resolution)}"
            for seconds, resolution in model.settings
        ]
    told = costs if model.verified else [*costs, UNVERIFIED]
    return f"  {model.short:<14}{', '.join(told)}"


CELL_HELP = (
    _HEAD
    + "\n".join(_option_line(option) for option in OPTIONS)
    + f"\n\nModels and prices (list of {PRICES_AS_OF}; the card shows what was really consumed)\n"
    + "\n".join(model_line(model) for model in MODELS)
    + "\n\nCamera commands (of the 02 and 2.3 models in Chinese, too)\n"
    + "\n".join(_camera_line(name) for name in CAMERAS)
    + "\n"
)
"""What ``%%hailuo?`` shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorRow:
    """One error as a person looks it up.

    ``code`` is the service's own, None without one; ``charged`` a sentence, "" where the
    error is about no charge.
    """

    name: str
    code: int | None
    meaning: str
    charged: str
    next_step: str


def catalogue() -> Iterator[ErrorRow]:
    """Yield every error, a class before its subclasses, as each stands in the tree."""
    yield from _rows_below(HailuoError)


def _rows_below(parent: type[HailuoError]) -> Iterator[ErrorRow]:
    for kind in parent.__subclasses__():
        if kind.__module__ == HailuoError.__module__:
            yield _row(kind)
            yield from _rows_below(kind)


def _row(kind: type[HailuoError]) -> ErrorRow:
    return ErrorRow(
        name=kind.__name__,
        code=vars(kind).get("code"),
        meaning=(kind.__doc__ or "").partition("\n")[0],
        charged=kind("").charged_words(),
        next_step=kind.default_advice,
    )

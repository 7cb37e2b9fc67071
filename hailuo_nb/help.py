"""The help texts, made from the tables of options, models and verbs."""

from hailuo_nb.core.models import MODELS, Model
from hailuo_nb.core.options import OPTIONS, Option
from hailuo_nb.core.pricing import PRICES_AS_OF, price

_HEAD = """Make a clip from a prompt: the cell's text, below this line.

    %%hailuo samurai --image sample:peak
    [Push in] A lone samurai on a jagged peak, a storm of sakura petals.

The cell returns at once; the card below it follows the task and becomes the clip.
NAME (here samurai) becomes a variable: samurai.wait(), await samurai, samurai.video.
The same cell run again is free: it shows the task that exists.

In the text {{name}} inserts a variable of the notebook; \\{ \\} \\| and a line \\--- are
plain text. Camera commands stand in brackets, such as [Push in] or [Pan left,Zoom in].

Options
"""


def _option_line(option: Option) -> str:
    typed = f"{option.flag} {option.metavar}".rstrip()
    return f"  {typed:<24}{option.help}"


def model_line(model: Model) -> str:
    """Return one model's line: what it makes and what each clip costs."""
    costs = [
        f"{seconds} s {resolution} {price(model.id, seconds, resolution)}"
        for seconds in model.durations_s
        for resolution in model.resolutions
        if (seconds, resolution) not in model.not_together
    ]
    return f"  {model.short:<14}{', '.join(costs)}"


CELL_HELP = (
    _HEAD
    + "\n".join(_option_line(option) for option in OPTIONS)
    + f"\n\nModels and prices (list of {PRICES_AS_OF}; the card shows what was really consumed)\n"
    + "\n".join(model_line(model) for model in MODELS)
    + "\n"
)
"""What ``%%hailuo?`` shows."""

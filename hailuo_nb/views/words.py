"""The short phrases of all views: states, options, amounts, times, the way back.

Pure: values in, plain text out. Which of them stands where is the affair of `facts`.
"""

from collections.abc import Iterable, Sequence

from hailuo_nb.core.matrix import short
from hailuo_nb.core.models import UNVERIFIED, row_of, short_name
from hailuo_nb.core.options import AGAIN
from hailuo_nb.core.rating import STARS_MAX
from hailuo_nb.core.request import Request
from hailuo_nb.core.task import STATE_WORDS, Snapshot, State
from hailuo_nb.core.values import on_off
from hailuo_nb.views.text import one_line, plain

SIMULATED = "SIMULATED"
IMPORTED = "Imported"

CALLED_CHARS = 40
"""So much of its prompt stands for the name of a clip that has none."""
_NO_BREAK = "\u00a0"

HEADLINES: dict[State, str] = {
    state: f"{words[:1].upper()}{words[1:]}" for state, words in STATE_WORDS.items()
}
"""Each state as a headline."""

WITHOUT_ERROR: dict[State, str] = {
    "failed": "The service gave no reason.",
    "stopped": "The task goes on at the service: it may still finish and be charged.",
    "unsure": "The reply to the submit was lost. It is not sent again by itself.",
    "expired": "It was charged; the service may still have the file.",
}
"""What is said of an end that has no words of its own."""

UNKNOWN = "What became of it is not known: it may have been charged. It is not sent again."


def option_words(request: Request) -> tuple[str, ...]:
    """Return the options as short phrases whose blanks do not break, the model first."""
    row = row_of(request.model)
    words = [short_name(request.model), f"{request.duration_s} s", request.resolution]
    if row is not None and not row.verified:
        words.insert(1, UNVERIFIED)
    if request.aspect_ratio is not None:
        words.append(request.aspect_ratio)
    if request.prompt_optimizer is not None:
        words.append(f"optimizer {on_off(request.prompt_optimizer)}")
    if row is None or row.has("nsfw_check"):
        words.append(f"nsfw check {on_off(request.nsfw_check)}")
    if request.sample > 1:
        words.append(f"sample {request.sample}")
    return tuple(plain(word).replace(" ", _NO_BREAK) for word in words)


def see_again(handles: Sequence[str], notes: Iterable[str]) -> str:
    """Return how to see what was still under way when the notebook was closed.

    ``handles`` are what verbs find its tasks by; ``notes`` are those of its cell, which tell
    whether running it pays for more.
    """
    if not any(AGAIN in note for note in notes):
        return "Run this cell again to see it, free."
    if len(handles) > 1:
        return "With --repeat in place of --again this cell shows these clips, free."
    return f"%hailuo show {handles[0]} draws it, free; running this cell pays for another."


def called(snapshot: Snapshot) -> str:
    """Return what the task is called where it is seen: its name, else how its prompt begins."""
    begins = short(plain(snapshot.request.prompt), chars=CALLED_CHARS)
    return one_line(snapshot.name or "") or begins or snapshot.id


def simulated_words(amount: str, snapshot: Snapshot) -> str:
    """Return an amount of credits, called simulated where it is."""
    return amount.replace(" credit", " simulated credit") if snapshot.simulated else amount


def duration_words(seconds: float) -> str:
    """Return "41 s" or "2 min 31 s"; ``seconds`` is at least 0."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"


def size_words(size_bytes: int) -> str:
    """Return "840 kB" or "1.2 MB"; ``size_bytes`` is in bytes, at least 0."""
    return f"{size_bytes / 1e6:.1f} MB" if size_bytes >= 1e6 else f"{size_bytes / 1e3:.0f} kB"


def stars_words(stars: int) -> str:
    """Return such as "★★★★☆ 4 of 5"."""
    drawn = "\N{BLACK STAR}" * stars + "\N{WHITE STAR}" * (STARS_MAX - stars)
    return f"{drawn} {stars} of {STARS_MAX}"


def judge_line(names: Sequence[str]) -> str:
    """Return the line that votes on what is called so, "" where it cannot be typed."""
    if not names or any('"' in name or "\n" in name for name in names):
        return ""
    typed = (name if name.isidentifier() else f'"{name}"' for name in names)
    return f"%hailuo judge {' '.join(typed)}"

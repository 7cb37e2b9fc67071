"""The short phrases of a grid: how far it is, what it took, what its clips share.

Pure: facts in, plain text out, for the live and the settled grid alike. What one
task is called and what became of it stands in `words`.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from hailuo_nb.core.matrix import BETWEEN, LeftOut, label_of
from hailuo_nb.core.pricing import credit_words
from hailuo_nb.core.task import State
from hailuo_nb.views import words
from hailuo_nb.views.compare.diff import compare_options
from hailuo_nb.views.facts import Facts
from hailuo_nb.views.text import plain
from hailuo_nb.views.words import simulated_words

NOTHING_HERE = "not in this experiment"
"""Said where rows and columns meet and nothing was asked for."""

_WITHOUT_CLIP: dict[State, str] = {
    "failed": "failed",
    "expired": "not saved",
    "unsure": "unsure",
    "stopped": "no longer watched",
}


def progress_words(states: Sequence[State]) -> str:
    """Return "3 of 6 done, 1 failed": what has ended, by how it ended."""
    counts = Counter(states)
    ends = [f"{counts[state]} {word}" for state, word in _WITHOUT_CLIP.items() if counts[state]]
    return ", ".join([f"{counts['done']} of {len(states)} done", *ends])


def summary_words(clips: Sequence[Facts]) -> str:
    """Return what has ended and, once all have, what it took."""
    progress = progress_words([clip.state for clip in clips])
    return " · ".join(filter(None, [progress, total_words(clips)]))


def total_words(clips: Sequence[Facts]) -> str:
    """Return what all took together, such as "150 credits in all"; "" while any runs.

    A task of which it is not known makes it "at least".
    """
    if not all(clip.is_over for clip in clips):
        return ""
    shots = [clip.snapshot for clip in clips]
    known = [shot.credits for shot in shots if shot.credits is not None]
    open_ = [shot for shot in shots if shot.credits is None or shot.state == "stopped"]
    least = "at least " if any(shot.task_id or shot.state == "unsure" for shot in open_) else ""
    amount = simulated_words(credit_words(sum(known)), shots[0])
    return f"{least}{amount} in all"


def shared_words(clips: Sequence[Facts]) -> tuple[str, ...]:
    """Return the options that all clips share, such as "model 02-i2v"; no blank breaks."""
    same = compare_options([clip.request for clip in clips]).same
    told = (pair for pair in same.items() if pair != ("sample", "1"))
    phrases = (plain(f"{name} {value}") for name, value in told)
    return tuple(" ".join(phrase.split()).replace(" ", "\u00a0") for phrase in phrases)


def shared_prompt(clips: Sequence[Facts]) -> str | None:
    """Return the prompt if it is the same for all, else None."""
    prompts = {clip.prompt for clip in clips}
    return prompts.pop() if len(prompts) == 1 else None


def all_notes(notes: Iterable[str], clips: Iterable[Facts]) -> tuple[str, ...]:
    """Return the notes and what may disappoint in any clip, each once."""
    warnings = (warning for clip in clips for warning in clip.warnings)
    return tuple(dict.fromkeys((*map(plain, notes), *warnings)))


def left_out_words(left_out: LeftOut) -> tuple[str, str]:
    """Return what was left out, and why."""
    what = left_out.label or label_of(left_out.coordinates)
    return plain(what), plain(left_out.reason)


def found_words(plan_words: str) -> str:
    """Return what stays of a plan once all is over: not what it was to cost, but what was there."""
    parts = plan_words.split("; ")
    return "; ".join(part for part in parts if "there already" in part or "failed before" in part)


def judge_line(clips: Sequence[Facts]) -> str:
    """Return the line that votes on a grid's clips, "" where it has no name."""
    names = {(clip.snapshot.name or "").partition(BETWEEN)[0] for clip in clips}
    name = names.pop() if len(names) == 1 else ""
    return words.judge_line([name]) if name.isidentifier() and len(clips) > 1 else ""

"""The short phrases of a grid: how far it is, what it took, what its clips share.

Pure: snapshots in, plain text out, for the live and the settled grid alike. What one
task is called and what became of it stands in `words`.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from hailuo_nb.core.matrix import LeftOut, label_of
from hailuo_nb.core.pricing import credit_words
from hailuo_nb.core.task import FINAL, Snapshot, State
from hailuo_nb.views.compare.diff import compare_options
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


def summary_words(snapshots: Sequence[Snapshot]) -> str:
    """Return what has ended and, once all have, what it took."""
    progress = progress_words([snapshot.state for snapshot in snapshots])
    return " · ".join(filter(None, [progress, total_words(snapshots)]))


def total_words(snapshots: Sequence[Snapshot]) -> str:
    """Return what all took together, such as "150 credits in all"; "" while any runs.

    A task of which it is not known makes it "at least".
    """
    if any(snapshot.state not in FINAL for snapshot in snapshots):
        return ""
    known = [snapshot.credits for snapshot in snapshots if snapshot.credits is not None]
    open_ = [one for one in snapshots if one.credits is None or one.state == "stopped"]
    least = "at least " if any(one.task_id or one.state == "unsure" for one in open_) else ""
    amount = simulated_words(credit_words(sum(known)), snapshots[0])
    return f"{least}{amount} in all"


def shared_words(snapshots: Sequence[Snapshot]) -> tuple[str, ...]:
    """Return the options that all clips share, such as "model 02-i2v"; no blank breaks."""
    same = compare_options([snapshot.request for snapshot in snapshots]).same
    told = (pair for pair in same.items() if pair != ("sample", "1"))
    phrases = (plain(f"{name} {value}") for name, value in told)
    return tuple(" ".join(phrase.split()).replace(" ", "\u00a0") for phrase in phrases)


def shared_prompt(snapshots: Sequence[Snapshot]) -> str | None:
    """Return the prompt if it is the same for all, else None."""
    prompts = {plain(snapshot.request.prompt) for snapshot in snapshots}
    return prompts.pop() if len(prompts) == 1 else None


def all_notes(notes: Iterable[str], snapshots: Iterable[Snapshot]) -> tuple[str, ...]:
    """Return the notes and what may disappoint in any clip, each once."""
    warnings = (warning for snapshot in snapshots for warning in snapshot.warnings)
    return tuple(dict.fromkeys(plain(note) for note in (*notes, *warnings)))


def left_out_words(left_out: LeftOut) -> tuple[str, str]:
    """Return what was left out, and why."""
    what = left_out.label or label_of(left_out.coordinates)
    return plain(what), plain(left_out.reason)


def found_words(plan_words: str) -> str:
    """Return what stays of a plan once all is over: not what it was to cost, but what was there."""
    parts = plan_words.split("; ")
    return "; ".join(part for part in parts if "there already" in part or "failed before" in part)

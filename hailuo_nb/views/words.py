"""The short phrases on every card: options, money, time, what to do next.

Pure: snapshots in, plain text out. It knows the order of the facts, not their
markup; the live and the settled card both take their words from here.
"""

from collections.abc import Sequence

from hailuo_nb.core.matrix import short
from hailuo_nb.core.models import UNVERIFIED, row_of, short_name
from hailuo_nb.core.options import AGAIN
from hailuo_nb.core.pricing import credit_words
from hailuo_nb.core.request import Request
from hailuo_nb.core.task import FINAL, STATE_WORDS, TRANSITIONS, Snapshot, State
from hailuo_nb.core.values import on_off
from hailuo_nb.core.words import unreadable_words
from hailuo_nb.views.text import plain

SIMULATED = "SIMULATED"

CALLED_CHARS = 40
"""So much of its prompt stands for the name of a clip that has none."""
_NO_BREAK = "\u00a0"

HEADLINES: dict[State, str] = {
    "waiting": "Waiting to be sent",
    "submitting": "Sending",
    "queued": "Queued at the service",
    "generating": "Generating",
    "saving": "Saving the clip",
    "done": "Done",
    "failed": "Failed",
    "stopped": "No longer watched",
    "unsure": "Unsure: it may have been accepted and billed",
    "expired": "Finished, but the clip could not be saved",
}
"""Each state as a card's headline."""

_WITHOUT_ERROR: dict[State, str] = {
    "failed": "The service gave no reason.",
    "stopped": "The task goes on at the service: it may still finish and be charged.",
    "unsure": "The reply to the submit was lost. It is not sent again by itself.",
    "expired": "It was charged; the service may still have the file.",
}

_UNKNOWN = "What became of it is not known: it may have been charged. It is not sent again."

_LOOK_ON: frozenset[State] = frozenset({"stopped", "expired", "unsure"})


def state_words(snapshot: Snapshot) -> str:
    """Return the state as the person reads it, in lower case for a sentence."""
    return STATE_WORDS[snapshot.state]


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
    return tuple(word.replace(" ", _NO_BREAK) for word in words)


def image_words(request: Request) -> tuple[str, ...]:
    """Return "start image ..." and "end image ...", as far as there are any."""
    images = (("start image", request.image), ("end image", request.end_image))
    return tuple(f"{kind} {image.label}" for kind, image in images if image is not None)


def money_words(snapshot: Snapshot) -> str:
    """Return what the task holds, took or may cost; empty when nothing was taken.

    "30 credits held" while it may run, "30 credits" once it ended; without a figure from the
    service the listed price, marked as such.
    """
    if snapshot.credits is None:
        is_told = snapshot.state in FINAL - {"done"} or snapshot.unreadable
        price = snapshot.request.price
        return "" if is_told else f"{price} by the price list" if price.exact else str(price)
    amount = credit_words(snapshot.credits)
    if snapshot.simulated:
        amount = amount.replace(" ", " simulated ", 1)
    return amount if snapshot.state in FINAL - {"stopped"} else f"{amount} held"


def balance_words(snapshot: Snapshot) -> str | None:
    """Return "balance 970", in credits, or None while it is unknown."""
    return None if snapshot.balance is None else f"balance {snapshot.balance:g}"


def duration_words(seconds: float) -> str:
    """Return "41 s" or "2 min 31 s"; ``seconds`` is at least 0."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"


def size_words(size_bytes: int) -> str:
    """Return "840 kB" or "1.2 MB"; ``size_bytes`` is in bytes, at least 0."""
    return f"{size_bytes / 1e6:.1f} MB" if size_bytes >= 1e6 else f"{size_bytes / 1e3:.0f} kB"


def headline(snapshot: Snapshot) -> str:
    """Return the state as a headline, with the time it took once it is done."""
    if snapshot.unreadable:
        words = f"{unreadable_words(snapshot)}: {STATE_WORDS[snapshot.state]}"
        return words[:1].upper() + words[1:]
    took_s = snapshot.elapsed_s if snapshot.elapsed_s is not None else snapshot.cost_time_s
    if snapshot.state == "done" and took_s is not None:
        return f"Done in {duration_words(took_s)}"
    return HEADLINES[snapshot.state]


def explanation(snapshot: Snapshot) -> str | None:
    """Return what went wrong, in words; None where nothing did."""
    if snapshot.state not in _WITHOUT_ERROR:
        return None
    if snapshot.unreadable and snapshot.state == "unsure":
        return snapshot.error or _UNKNOWN
    return snapshot.error or _WITHOUT_ERROR[snapshot.state]


def commands(snapshot: Snapshot) -> tuple[tuple[str, str], ...]:
    """Return what to type next, as pairs of command and what it does.

    A command that the error itself names is not repeated.
    """
    steps = [("%hailuo resume", "looks again, free")] if snapshot.state in _LOOK_ON else []
    steps.append((f"%hailuo show {plain_name(snapshot)}", "draws this card again, free"))
    named = explanation(snapshot) or ""
    return tuple(step for step in steps if step[0] not in named)


def see_again(snapshots: Sequence[Snapshot]) -> str:
    """Return how to see what was still under way when the notebook was closed."""
    if not any(AGAIN in warning for one in snapshots for warning in one.warnings):
        return "Run this cell again to see it, free."
    if len(snapshots) > 1:
        return "With --repeat in place of --again this cell shows these clips, free."
    name = plain_name(snapshots[0])
    return f"%hailuo show {name} draws it, free; running this cell pays for another."


def stop_words(snapshot: Snapshot) -> str | None:
    """Return what stopping to watch means now; None where it is not possible."""
    if "stop" not in TRANSITIONS[snapshot.state]:
        return None
    if snapshot.state == "waiting":
        return "Nothing was sent yet."
    return "The task goes on and may be charged."


def plain_name(snapshot: Snapshot) -> str:
    """Return what the task is called on one line."""
    return " ".join(snapshot.label.split())


def called(snapshot: Snapshot) -> str:
    """Return what the task is called where it is seen: its name, else how its prompt begins."""
    name = " ".join((snapshot.name or "").split())
    return name or short(plain(snapshot.request.prompt), chars=CALLED_CHARS) or snapshot.id

"""A task's life: its states, what may follow what, and its picture at one moment.

One table and one pure function decide every change of state; a pair that is not
in the table is a fault of ours and raises. It knows nothing of who watches.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from hailuo_nb.core.budget import Others, killed_evidence
from hailuo_nb.core.measured import Measured
from hailuo_nb.core.names import SIMULATOR
from hailuo_nb.core.polling import Estimate
from hailuo_nb.core.rating import NOT_RATED, Rating
from hailuo_nb.core.request import ImageRef, Request

State = Literal[
    "waiting",
    "submitting",
    "queued",
    "generating",
    "saving",
    "done",
    "failed",
    "stopped",
    "unsure",
    "expired",
]
Event = Literal[
    "submit",
    "not_taken",
    "accepted",
    "refused",
    "reply_lost",
    "started",
    "finished",
    "failed",
    "saved",
    "gone",
    "stop",
    "watch",
    "settled",
]

TRANSITIONS: dict[State, dict[Event, State]] = {
    "waiting": {"submit": "submitting", "refused": "failed", "stop": "stopped"},
    "submitting": {
        "not_taken": "waiting",
        "accepted": "queued",
        "refused": "failed",
        "reply_lost": "unsure",
    },
    "queued": {
        "started": "generating",
        "finished": "saving",
        "failed": "failed",
        "stop": "stopped",
    },
    "generating": {"finished": "saving", "failed": "failed", "stop": "stopped"},
    "saving": {"saved": "done", "gone": "expired", "failed": "failed", "stop": "stopped"},
    "done": {"watch": "saving"},
    "failed": {},
    "stopped": {"watch": "queued"},
    "unsure": {"settled": "queued", "refused": "failed"},
    "expired": {"watch": "saving"},
}
"""For each state, what may happen and where it leads."""

FINAL: frozenset[State] = frozenset({"done", "failed", "stopped", "unsure", "expired"})
"""States in which nothing is going on any more."""

STATE_WORDS: dict[State, str] = {
    "waiting": "waiting to be sent",
    "submitting": "sending",
    "queued": "queued at the service",
    "generating": "generating",
    "saving": "saving the clip",
    "done": "done",
    "failed": "failed",
    "stopped": "no longer watched",
    "unsure": "unsure: it may have been accepted and billed",
    "expired": "finished, but the clip could not be saved",
}
"""Each state as the person reads it."""


Group = Literal["running", "done", "failed"]


def group_of(state: State) -> Group:
    """Return whether something is going on, there is a clip, or it ended without one."""
    if state not in FINAL:
        return "running"
    return "done" if state == "done" else "failed"


def next_state(state: State, event: Event) -> State:
    """Return the state that follows.

    Raises
    ------
    ValueError
        The table has no such pair.
    """
    try:
        return TRANSITIONS[state][event]
    except KeyError:
        raise ValueError(f"nothing follows state {state!r} on event {event!r}") from None


Outcome = Literal["not_taken", "refused", "lost"]
"""What a failed submit means: send again, never made, or possibly made and billed."""

Phase = Literal["waiting", "queuing", "generating", "success", "fail"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What the service says of a task, in our words.

    ``phase`` is "generating" for a word that we do not know; ``credits`` is a hold
    until the end; ``cost_time_s`` is in seconds, ``created_at`` in seconds since the epoch;
    ``result_urls`` is empty until the phase is "success", and may be empty even then;
    ``queue_place``, from 1, and ``queue_wait_s``, in seconds, are where and how long it waits in
    the queue of a class; ``prompts_shown`` is whether its teacher sees prompts; ``unsure`` is
    whether its gateway does not know if the service has taken it;
    ``told`` is what may be shown of the reply itself.
    """

    task_id: str
    phase: Phase
    result_urls: tuple[str, ...] = ()
    fail_code: str | None = None
    fail_message: str | None = None
    credits: float | None = None
    cost_time_s: float | None = None
    created_at: float | None = None
    queue_place: int | None = None
    queue_wait_s: float | None = None
    prompts_shown: bool = False
    unsure: bool = False
    told: Mapping[str, str | float] = field(default_factory=dict, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pictures:
    """What is shown of a clip without playing it.

    Parameters
    ----------
    poster
        The frame in its middle, a JPEG as a ``data:`` URI.
    strip
        Frames from its start to its end, smaller, WEBP as ``data:`` URIs.
    """

    poster: str
    strip: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """A task as it is at one moment: everything that a view or the history shows.

    Parameters
    ----------
    id
        Our local id: letters and digits only, safe as a file name.
    name
        The person's name for it, or None.
    state
        One of the states above.
    request
        What was asked for.
    service
        The API's origin, or "simulator".
    created_at, submitted_at, finished_at
        Seconds since the epoch; None where it has not happened.
    task_id
        The service's id, from "queued" on.
    credits
        Credits held while running, really consumed at the end; None while unknown.
    balance
        The account's balance in credits when it was last heard of, or None.
    estimate
        How long such a task usually takes.
    pushed
        Whether the service is to call back at the end; None where that is not known. It is shown
        and not recorded.
    note
        What is going on besides the state, such as "trying again in 4 s".
    error, error_kind
        In words for the person, and the name of the error's class; None without one.
    video
        The saved clip; None until it is saved.
    sha256, size_bytes
        Of the saved clip.
    poster
        A small JPEG as a ``data:`` URI: the start image, later the frame in the clip's middle.
    strip
        Frames from the clip's start to its end as ``data:`` URIs; none where they cannot be
        had, None until they were made.
    cost_time_s
        What the service says it took, in seconds.
    warnings
        What may disappoint, one sentence each.
    parent
        The local id of the draft that it is made of in full size, None where it is none's.
    measured
        What was measured of its clip, by the measures' keys.
    rating
        What the person thinks of it.
    imported
        The local id that it had on the page from which it was taken in, None for one's own. Such
        a clip stands for no request and counts in no budget.
    unreadable
        The names of what its record does not say, for it is damaged; its request is then
        made up. Such a record is kept as it is, and nothing is sent by it.
    """

    id: str
    name: str | None = None
    state: State = "waiting"
    request: Request
    service: str
    created_at: float
    submitted_at: float | None = None
    finished_at: float | None = None
    task_id: str | None = None
    credits: float | None = None
    balance: float | None = None
    estimate: Estimate | None = None
    pushed: bool | None = field(default=None, compare=False)
    note: str | None = None
    error: str | None = None
    error_kind: str | None = None
    video: Path | None = None
    sha256: str | None = None
    size_bytes: int | None = None
    poster: str | None = None
    strip: tuple[str, ...] | None = None
    cost_time_s: float | None = None
    warnings: tuple[str, ...] = ()
    parent: str | None = None
    measured: Mapping[str, Measured] = field(default_factory=dict, hash=False)
    rating: Rating = NOT_RATED
    imported: str | None = None
    unreadable: tuple[str, ...] = ()

    @property
    def simulated(self) -> bool:
        """Whether the built-in simulator plays the service."""
        return self.service == SIMULATOR

    @property
    def label(self) -> str:
        """What to call the task in a sentence: its name, else its local id."""
        return self.name or self.id

    @property
    def elapsed_s(self) -> float | None:
        """Seconds from submit to finish; None while it runs."""
        if self.submitted_at is None or self.finished_at is None:
            return None
        return max(0.0, self.finished_at - self.submitted_at)


def accepted(snapshot: Snapshot, task_id: str, *, at: float | None) -> Snapshot:
    """Return a task whose id is known after all as one that the service has.

    ``at`` is when it was submitted, in seconds since the epoch, None where that is as recorded.

    Raises
    ------
    ValueError
        It was never sent, or has ended.
    """
    event: Event = "settled" if snapshot.state == "unsure" else "accepted"
    return replace(
        snapshot,
        state=next_state(snapshot.state, event),
        task_id=task_id,
        submitted_at=at or snapshot.submitted_at,
        error=None,
        error_kind=None,
        note=None,
    )


def taken_up(
    snapshot: Snapshot, *, clip: Path | None, others: Others | None = None
) -> Snapshot | None:
    """Return where a recorded task goes on when its cell runs again, in any process.

    Parameters
    ----------
    snapshot
        The task as it was last recorded, by a process that no longer runs it.
    clip
        Where its clip lies now, None where it is gone.
    others
        What other tasks took since it was sent; without it the balance proves nothing.

    Returns
    -------
    Snapshot or None
        None where it never came to be, so that a new task is due. Otherwise nothing that
        follows from it can be charged again.
    """
    state, sent = snapshot.state, snapshot.task_id is not None
    if snapshot.unreadable and clip is not None:
        return replace(snapshot, state="done", video=clip, error=None, error_kind=None)
    if state == "submitting":
        unsure, words = next_state(state, "reply_lost"), INTERRUPTED_SUBMIT
        if snapshot.balance is not None and others is not None:
            words += f" {killed_evidence(snapshot.balance, others)}"
        return replace(snapshot, state=unsure, error=words, error_kind="TaskUnsure", note=None)
    if state in ("failed", "stopped") and not sent:
        return None
    if state == "waiting" and snapshot.unreadable:
        return None
    if state == "done" and clip is not None:
        return replace(snapshot, video=clip)
    if state in ("stopped", "expired", "done") and sent:
        again = next_state(state, "watch")
        return replace(snapshot, state=again, error=None, error_kind=None, video=None)
    return snapshot


INTERRUPTED_SUBMIT = (
    "The kernel ended while the task was being sent. It may have been accepted and billed. "
    "It is not sent again by itself. Compare your balance; %hailuo resolve settles it."
)


_AS_THEY_ARE = (
    *("id", "name", "state", "service", "simulated", "task_id", "parent", "credits", "error"),
    *("cost_time_s", "elapsed_s", "sha256", "size_bytes"),
)


def told(snapshot: Snapshot) -> dict[str, object]:
    """Return all that is known of a task by name: JSON values; None where it is not known.

    Sidecars, JSON and tables take their fields from here; what is told to the eye is the affair
    of `hailuo_nb.views.facts`. Times are in ISO 8601, UTC, whole seconds.
    """
    request = snapshot.request
    return {
        **{name: getattr(snapshot, name) for name in _AS_THEY_ARE},
        **request.first_facts,
        "image": _image(request.image),
        "end_image": _image(request.end_image),
        "aspect_ratio": request.aspect_ratio,
        "submitted_at": _when(snapshot.submitted_at),
        "finished_at": _when(snapshot.finished_at),
        "video": str(snapshot.video) if snapshot.video else None,
        "unreadable": list(snapshot.unreadable),
    }


def _image(image: ImageRef | None) -> dict[str, object] | None:
    if image is None:
        return None
    return {"label": image.label, "url": image.url, "sha256": image.digest}


def _when(at: float | None) -> str | None:
    return None if at is None else datetime.fromtimestamp(at, UTC).isoformat(timespec="seconds")

"""What the runner needs from others, as small protocols."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol, runtime_checkable

from hailuo_nb.core.budget import Others
from hailuo_nb.core.rating import Rating
from hailuo_nb.core.request import Request
from hailuo_nb.core.task import Outcome, Pictures, Record, Snapshot
from hailuo_nb.errors import HailuoError

Observer = Callable[[Snapshot], None]
"""Told of a task's changes, on the engine's thread; must not raise or block."""


class Fetched(Protocol):
    """A clip on disk."""

    @property
    def sha256(self) -> str:
        """The file's digest in hex."""

    @property
    def size_bytes(self) -> int:
        """The file's size."""


class LookingService(Protocol):
    """The video service to whoever only looks; each call is one attempt, raises a `HailuoError`."""

    async def record_info(self, task_id: str) -> Record:
        """Return what the service says of a task."""

    async def made(self, task_id: str) -> tuple[Request, Record]:
        """Return what a task was asked for, and what the service says of it."""

    async def credit(self) -> float:
        """Return the balance in credits."""

    async def fresh_url(self, url: str) -> str:
        """Return a new address of a result of the service's own."""

    async def download(self, url: str, to: Path) -> Fetched:
        """Save a clip whole and checked, or not at all."""

    async def retire(self) -> None:
        """Close every connection once nothing is under way."""

    async def aclose(self) -> None:
        """Close every connection."""


@runtime_checkable
class VideoService(LookingService, Protocol):
    """The video service to whoever also sends."""

    async def create_task(
        self, request: Request, *, image_url: str | None, end_image_url: str | None
    ) -> str:
        """Submit once; return the service's task id."""

    async def upload(self, data: bytes, *, name: str, mime: str) -> str:
        """Upload an image; return its address."""


class Journal(Protocol):
    """Where every change is recorded before it is shown."""

    def save(self, snapshot: Snapshot) -> bool:
        """Record what changed; False, and nothing is, unless this process holds the task.

        A final state leaves the task to others in the same moment.
        """

    def together(self) -> AbstractContextManager[None]:
        """Let nobody else write until the block is done; its writes are committed at its end."""

    def get(self, id: str) -> Snapshot | None:
        """Return what is recorded of a task."""

    def begin_submit(self, snapshot: Snapshot) -> bool:
        """Record that a submit begins; False where it must not."""

    def accept(self, snapshot: Snapshot) -> bool:
        """Record the service's id of a task, whoever holds it; False where it has one."""

    def others(self, service: str, *, without: str, since: float) -> Others:
        """Return what the other tasks of a service took since then."""

    def being_made(self, service: str, *, since: float) -> int:
        """Return how many tasks that a service took since then have not ended."""

    def rename(self, id: str, name: str) -> None:
        """Give a task another name."""

    def holds(self, id: str) -> bool:
        """Return whether this process looks after a task."""

    def lease(self, id: str) -> bool:
        """Take or keep a task for this process; False while another looks after it."""

    def renew_leases(self) -> None:
        """Keep every task of this process for another while."""

    def release(self, id: str | None = None) -> None:
        """Leave a task, or all of this process, to others."""

    def pass_gate(self, service: str, gate: str, *, count: int, window_s: float) -> float:
        """Take a pass if one is free; return 0, else the seconds until one may be."""

    def pause_gate(self, service: str, gate: str, pause_s: float) -> None:
        """Let nobody pass for so many seconds."""

    def set_poster(self, id: str, uri: str) -> None:
        """Keep a small picture of a task."""

    def set_pictures(self, id: str, pictures: Pictures | None) -> None:
        """Keep the pictures of a task's clip, or that it has none."""

    def keep_answer(self, id: str, at: float, told: Mapping[str, object]) -> None:
        """Keep what may be shown of an answer, so many seconds after its task was sent."""

    def rating(self, id: str) -> Rating | None:
        """Return what the person thinks of a task's clip, None where nothing is kept."""

    def rate(self, id: str, change: Callable[[Rating | None], Rating]) -> Rating:
        """Make another rating of the one that is kept now; return it."""

    def durations_s(self, request: Request, service: str) -> list[float]:
        """Return how long the person's own tasks of this kind took."""

    def upload_url(self, service: str, digest: str, *, since: float) -> str | None:
        """Return where an image was uploaded after a time."""

    def add_upload(self, service: str, digest: str, url: str, *, at: float) -> None:
        """Remember where an image was uploaded."""


class Calling(Protocol):
    """A task's own address for callbacks."""

    @property
    def url(self) -> str:
        """The address that the service is told."""

    @property
    def is_proved(self) -> bool:
        """Whether callbacks have ever come through it from outside."""

    def called(self) -> bool:
        """Return whether one came since this was asked last."""

    def note_heard(self) -> None:
        """Keep that one came from outside."""


class FileStore(Protocol):
    """Where clips lie and how pictures of them are made; may block."""

    def clip_path(self, folder: Path, id: str) -> Path:
        """Return where a clip belongs; its folder exists afterwards."""

    def write_sidecar(self, snapshot: Snapshot) -> Path:
        """Write what made a clip beside it."""

    def with_id(self, folder: Path, known: Snapshot) -> Snapshot | None:
        """Return a task with the id that a file beside the clips tells of it; None without one."""

    def note_id(self, folder: Path, snapshot: Snapshot) -> Path | None:
        """Write the service's id of a task into a file beside the clips; None where it fails."""

    def note_taken(self, folder: Path, snapshot: Snapshot) -> None:
        """Say in that file that the journal has the id now."""

    def keep_input(self, id: str, which: str, data: bytes) -> None:
        """Keep an image's bytes until its task is sent."""

    def kept_input(self, id: str, which: str) -> bytes | None:
        """Return an image's kept bytes, None where there are none."""

    def drop_inputs(self, id: str) -> None:
        """Forget the kept images of a task."""

    def image_poster(self, data: bytes, label: str) -> str:
        """Return a small picture of an image that is called so; raises where it is not whole."""

    def clip_pictures(self, video: Path) -> Pictures | None:
        """Return a clip's poster and strip, None where it has none."""


JudgeSubmit = Callable[[HailuoError], Outcome]
"""Says what a failed submit means."""

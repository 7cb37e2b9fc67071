"""What the runner needs from others, as small protocols."""

from collections.abc import Callable
from pathlib import Path
from typing import Literal, Protocol

from hailuo_nb.core.request import Request
from hailuo_nb.core.task import Record, Snapshot
from hailuo_nb.errors import HailuoError

Outcome = Literal["not_taken", "refused", "lost"]
"""What a failed submit means: send again, never made, or possibly made and billed."""

Observer = Callable[[Snapshot], None]
"""Told of a task's changes, on the engine's thread; must not raise or block."""


class Saved(Protocol):
    """A clip on disk."""

    @property
    def sha256(self) -> str:
        """The file's digest in hex."""

    @property
    def size_bytes(self) -> int:
        """The file's size."""


class Service(Protocol):
    """The video service; each call is one attempt and raises a `HailuoError`."""

    async def create_task(
        self, request: Request, *, image_url: str | None, end_image_url: str | None
    ) -> str:
        """Submit once; return the service's task id."""

    async def record_info(self, task_id: str) -> Record:
        """Return what the service says of a task."""

    async def credit(self) -> float:
        """Return the balance in credits."""

    async def upload(self, data: bytes, *, name: str, mime: str) -> str:
        """Upload an image; return its address."""

    async def fresh_url(self, url: str) -> str:
        """Return a new address of a result of the service's own."""

    async def download(self, url: str, to: Path) -> Saved:
        """Save a clip whole and checked, or not at all."""

    async def aclose(self) -> None:
        """Close every connection."""


class Journal(Protocol):
    """Where every change is recorded before it is shown."""

    def save(self, snapshot: Snapshot) -> None:
        """Record what changed."""

    def set_poster(self, id: str, uri: str) -> None:
        """Keep a small picture of a task."""

    def durations_s(self, request: Request, service: str) -> list[float]:
        """Return how long the person's own tasks of this kind took."""

    def upload_url(self, service: str, digest: str, *, since: float) -> str | None:
        """Return where an image was uploaded after a time."""

    def add_upload(self, service: str, digest: str, url: str, *, at: float) -> None:
        """Remember where an image was uploaded."""


class Files(Protocol):
    """Where clips lie and how pictures of them are made; may block."""

    def clip_path(self, folder: Path, id: str) -> Path:
        """Return where a clip belongs; its folder exists afterwards."""

    def write_sidecar(self, snapshot: Snapshot) -> Path:
        """Write what made a clip beside it."""

    def image_poster(self, data: bytes) -> str:
        """Return a small picture of an image."""

    def clip_poster(self, video: Path) -> str | None:
        """Return a small picture of a clip's first frame."""


JudgeSubmit = Callable[[HailuoError], Outcome]
"""Says what a failed submit means."""

"""What a dead kernel leaves: its journal, its files, and from them the step it was at.

The journal is copied before it is opened, so that looking at it repairs nothing.
"""

import shutil
import sqlite3
import tempfile
from collections.abc import Collection
from contextlib import closing, suppress
from pathlib import Path
from typing import Literal

from tests.chaos.judge import Row
from tests.chaos.tap import Tap

JOURNAL = "history.sqlite3"
_COLUMNS = "prompt, state, task_id, error, id"

Step = Literal[
    "before its record",
    "recorded, upload not begun",
    "image on its way up",
    "recorded, not yet sent",
    "submitting: nothing at the service's door",
    "submitting: last byte left, not taken",
    "submitting: taken, reply not stored",
    "queued",
    "generating",
    "saving: no file yet",
    "saving: half a file",
    "saving: renamed, not recorded",
    "saving: described, not recorded",
    "done",
    "over without a clip",
]

STEPS: tuple[Step, ...] = Step.__args__  # type: ignore[attr-defined]


def read_journal(home: Path) -> dict[str, tuple[Row, str]]:
    """Return each task of a dead kernel's journal with its local id, by prompt."""
    if not (home / JOURNAL).exists():
        return {}
    with tempfile.TemporaryDirectory() as folder:
        for name in (JOURNAL, f"{JOURNAL}-wal", f"{JOURNAL}-journal"):
            with suppress(FileNotFoundError):
                shutil.copy(home / name, folder)
        with closing(sqlite3.connect(Path(folder, JOURNAL))) as copy:
            try:
                found = copy.execute(f"SELECT {_COLUMNS} FROM tasks").fetchall()
            except sqlite3.OperationalError:  # killed before there was a table
                return {}
    return {
        prompt: (Row(prompt=prompt, state=state, task_id=task_id, error=error), id)
        for prompt, state, task_id, error, id in found
    }


class Window:
    """A look at a living kernel's journal, as often as one likes; it never writes."""

    def __init__(self, home: Path) -> None:
        self._path = home / JOURNAL
        self._connection: sqlite3.Connection | None = None

    def look(self, prompt: str) -> tuple[str, str] | None:
        """Return a task's state and local id, None while it has no row."""
        try:
            if self._connection is None:
                address = f"file:{self._path}?mode=ro"
                self._connection = sqlite3.connect(address, uri=True, timeout=0.01)
            found: tuple[str, str] | None = self._connection.execute(
                "SELECT state, id FROM tasks WHERE prompt = ?", (prompt,)
            ).fetchone()
        except sqlite3.Error:
            return None
        return found

    def close(self) -> None:
        """Let go of the file."""
        if self._connection is not None:
            self._connection.close()


def step_of(
    row: Row | None, id: str, tap: Tap, clips: Path, *, taken: Collection[str], has_image: bool
) -> Step:
    """Return the step that a task was at when its kernel was killed.

    Parameters
    ----------
    row, id
        Its row in the journal, None without one, and its local id.
    tap
        What went over the wire.
    clips
        The folder of clips.
    taken
        The prompts in the service's ledger at that moment.
    has_image
        Whether it has an image to upload.
    """
    if row is None:
        return "before its record"
    if row.state == "waiting":
        return _waiting(tap, has_image=has_image)
    if row.state == "submitting":
        return _submitting(row.prompt, tap, taken)
    if row.state == "saving":
        return _saving(id, clips)
    plain: dict[str, Step] = {"queued": "queued", "generating": "generating", "done": "done"}
    return plain.get(row.state, "over without a clip")


def _waiting(tap: Tap, *, has_image: bool) -> Step:
    if not has_image:
        return "recorded, not yet sent"
    if tap.saw("upload", "replied", None):
        return "recorded, not yet sent"
    if tap.saw("upload", "asked", None):
        return "image on its way up"
    return "recorded, upload not begun"


def _submitting(prompt: str, tap: Tap, taken: Collection[str]) -> Step:
    if prompt in taken:
        return "submitting: taken, reply not stored"
    if tap.saw("create", "asked", prompt):
        return "submitting: last byte left, not taken"
    return "submitting: nothing at the service's door"


def _saving(id: str, clips: Path) -> Step:
    looks: tuple[tuple[str, Step], ...] = (
        (f"{id}.json", "saving: described, not recorded"),
        (f"{id}.mp4", "saving: renamed, not recorded"),
        (f"{id}.mp4*.part", "saving: half a file"),
    )
    for name, step in looks:
        if any(clips.glob(name)):
            return step
    return "saving: no file yet"

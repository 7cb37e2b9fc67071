"""The simulator, drawing each kind of clip once: one that differs in its prompt alone is copied.

For tests of what asks it; what is drawn, the simulator's own tests look at. A copy ends with a
box of its own, which every player passes over, so that no two clips are the same bytes.
"""

import hashlib
import secrets
import struct
import sys
import threading
from dataclasses import replace
from pathlib import Path

from hailuo_nb.simulator import studio
from hailuo_nb.simulator.cli import main
from hailuo_nb.simulator.disk import replacing
from hailuo_nb.simulator.render.jobs import ClipJob, Frame
from hailuo_nb.simulator.render.pool import RenderPool

MARK_BYTES = 16


class CopyingPool(RenderPool):
    """Runs the first job of a kind, and copies its clip for the others."""

    def __init__(self) -> None:
        super().__init__()
        self._drawn: dict[ClipJob, bytes] = {}
        self._drawing = threading.Lock()

    def warm(self) -> None:
        """Start one worker at most."""
        if not self._all:
            super().warm()

    def _run(self, job: ClipJob) -> None:
        kind = replace(
            job, out="", prompt="", seed="", start=_content(job.start), end=_content(job.end)
        )
        with self._drawing:
            if kind not in self._drawn:
                super()._run(job)
                self._drawn[kind] = Path(job.out).read_bytes()
        mark = struct.pack(">I4s", 8 + MARK_BYTES, b"free") + secrets.token_bytes(MARK_BYTES)
        with replacing(Path(job.out)) as file:
            file.write(self._drawn[kind] + mark)


def _content(frame: Frame | None) -> Frame | None:
    """Return a still named by what it shows."""
    if frame is None or frame.path is None:
        return frame
    return replace(frame, path=hashlib.sha256(Path(frame.path).read_bytes()).hexdigest())


if __name__ == "__main__":
    studio.RenderPool = CopyingPool  # type: ignore[misc]
    sys.exit(main())

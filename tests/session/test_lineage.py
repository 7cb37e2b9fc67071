"""Which clip another was made of, also where its name has gone to another since."""

from dataclasses import replace
from pathlib import Path

import pytest

from hailuo_nb.core.request import ImageRef
from hailuo_nb.core.task import Snapshot
from hailuo_nb.media.sources import LAST_FRAME, last_frame_digest
from hailuo_nb.session.session import Session
from tests.store.make import finished

LINKS = 5


def linked(id: str, folder: Path, before: Snapshot | None) -> Snapshot:
    """Make a clip called "shot" that begins with the last frame of one before it."""
    made = finished(id, folder, name="shot", sha256=f"sha of {id}")
    if before is None:
        return replace(made, request=replace(made.request, image=None))
    digest = last_frame_digest(str(before.sha256))
    image = ImageRef(label=f"{LAST_FRAME}shot", digest=digest, mime="image/png")
    return replace(made, request=replace(made.request, image=image))


def test_a_chain_reads_the_history_once(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However long it is; all its clips had one name."""
    before = None
    for at in range(LINKS):
        before = linked(f"t{at}", tmp_path, before)
        session.history.add(before, folder=tmp_path)
    last = session.dispatch.find(f"t{LINKS - 1}")
    assert last is not None
    read = session.history.shelf.digests
    reads: list[int] = []
    monkeypatch.setattr(session.history.shelf, "digests", lambda: reads.append(1) or read())
    assert [task.id for task in last.chain] == [f"t{at}" for at in range(LINKS)]
    assert len(reads) == 1
    assert last.parent is not None and last.parent.id == f"t{LINKS - 2}"

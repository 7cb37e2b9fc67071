"""An id that was on the wire is in the history, whatever was done to the reply it came in."""

import gc
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from hailuo_nb.config import read_config
from hailuo_nb.runner import connection, poll, submit
from hailuo_nb.session.session import Session
from hailuo_nb.store.history import History
from tests.runner.conftest import order
from tests.runner.service import until
from tests.runner.wire_service import WireService, wire_service

SUBMITS = 200
SEED = 20261126


@pytest.fixture
def service() -> Iterator[WireService]:
    """Run the service; what it does is the same in every run."""
    with wire_service(SEED) as running:
        yield running


@pytest.fixture
def session(
    service: WireService, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Session]:
    """Open a session that submits as fast as it can, and then asks no more."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(connection, "CREATES_WINDOW_S", 0.01)
    monkeypatch.setattr(submit, "BACK_OFF_S", (0.01,))
    monkeypatch.setattr(poll, "next_delay_s", lambda *_, **__: 3600.0)
    environ = {"HAILUO_HOME": str(tmp_path / "home"), "HAILUO_BASE_URL": service.origin}
    opened = Session(read_config(environ, session_key="sk-1"), display=lambda _: None)
    yield opened
    opened.close()


def test_an_id_that_was_on_the_wire_is_in_the_history(
    session: Session, service: WireService, caplog: pytest.LogCaptureFixture
) -> None:
    """Of 200 submits none is sent twice whose reply named a task, and no id is lost or shared."""
    tasks = [session.dispatch.submit(order(f"Submit {number}.")) for number in range(SUBMITS)]
    until(lambda: all(task.state not in ("waiting", "submitting") for task in tasks))
    session.close()
    gc.collect()
    assert [record.message for record in caplog.records if record.name == "asyncio"] == []
    with History(session.config.home) as history:
        rows = [history.get(task.id) for task in tasks]
    told = {number: row.task_id for number, row in enumerate(rows) if row is not None}
    assert len(service.named) > SUBMITS * 0.7
    assert len(service.named) < SUBMITS
    assert {number: told[number] for number in service.named} == service.named
    assert service.sent_again == []
    assert service.submits.total() > SUBMITS
    shared_ids = {id for id, rows in Counter(service.named.values()).items() if rows > 1}
    assert shared_ids
    warned = {row.task_id for row in rows if row is not None and row.warnings}
    assert warned == shared_ids
    assert all(bool(row.warnings) == (row.task_id in shared_ids) for row in rows if row is not None)

"""What a replica does all the time goes on after a fault of ours, and what is forgotten is told."""

import asyncio
import json
import logging
from pathlib import Path

import pytest
from sqlalchemy import insert, select

from hailuo_nb.gateway import gateway, ledger
from hailuo_nb.gateway.database import Books, clock
from hailuo_nb.gateway.gateway import lasting
from hailuo_nb.gateway.ledger import DAY_S
from hailuo_nb.gateway.logs import Lines
from hailuo_nb.gateway.tables import task
from hailuo_nb.gateway.watch import forgotten


class Faulty:
    """Ends by a fault twice, and then as it is told to."""

    def __init__(self) -> None:
        self.runs = 0
        self.ended = asyncio.Event()

    async def turn(self) -> float:
        """Do it."""
        self.runs += 1
        if self.runs < 3:
            raise ValueError("a prompt of somebody's")
        self.ended.set()
        return 0.0


def test_a_fault_of_ours_stops_no_class(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """It begins anew, and the log names the fault and nothing of a request."""
    monkeypatch.setattr(gateway, "BEGIN_ANEW_S", 0.0)
    part = Faulty()
    asyncio.run(lasting(part, part.ended))
    assert part.runs == 3
    assert caplog.text.count("Faulty begins anew: ValueError") == 2
    assert "prompt" not in caplog.text


@pytest.mark.parametrize(("age_s", "state"), [(60.0, "running"), (DAY_S + 60, "unsure")])
def test_what_the_service_has_forgotten_is_left_to_the_teacher(
    tmp_path: Path, age_s: float, state: str
) -> None:
    """A place at the service is not taken for ever; a fresh task may not be known yet."""
    books = Books(f"sqlite:///{tmp_path / 'class.db'}")
    books.create()
    named = {"id": "t1", "student": "ann", "model": "m", "param": "{}", "digest": "", "vstart": 1}
    named |= {"price": 3000, "state": "running", "callback_token": "c", "upstream": "u"}
    try:
        books.now(lambda one: ledger.enrol(one, ["ann"]))
        sent = books.now(clock) - age_s
        books.now(lambda one: one.execute(insert(task).values(created=sent, sent=sent, **named)))
        books.now(lambda one: forgotten(one, "t1"))
        assert books.now(lambda one: one.scalar(select(task.c.state))) == state
    finally:
        books.close()


def test_a_log_line_is_json_and_repeats_nobodys_words() -> None:
    """Of a library's record the fixed words alone, of an error its class alone."""
    lines = Lines()
    error = ValueError("a prompt and sk-0f2b")
    for name, words, args in (
        ("hailuo_nb.gateway", "task %s was not taken", ("t1",)),
        ("tornado.general", "Malformed message from %s", ("sk-0f2b",)),
        ("asyncio", "Task exception was never retrieved\nfuture: sk-0f2b, a prompt", ()),
    ):
        info = (ValueError, error, None)
        record = logging.LogRecord(name, logging.WARNING, "", 0, words, args, info)
        told = json.loads(lines.format(record))
        assert (told["level"], told["logger"], told["error"]) == ("warning", name, "ValueError")
        assert told["message"].startswith(words.partition(" %s")[0].partition("\n")[0])
        assert "sk-0f2b" not in str(told)
        assert "prompt" not in str(told)

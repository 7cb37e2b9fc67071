"""Callbacks: anybody may call, nothing is believed, and whoever watches the task is woken."""

import asyncio
import itertools
import json
import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from tornado.httpserver import HTTPServer
from tornado.testing import bind_unused_port
from tornado.web import Application

import hailuo_nb
from hailuo_nb import api
from hailuo_nb.config import public_urls
from hailuo_nb.core.polling import net_delay_s
from hailuo_nb.errors import TaskUnsure
from hailuo_nb.kie import callback
from hailuo_nb.kie.callback import signed
from hailuo_nb.runner.task import Task
from hailuo_nb.server import callbacks
from hailuo_nb.server.callbacks import AT_ONCE, BODY_BYTES_MAX
from hailuo_nb.session import registry
from hailuo_nb.session.plan import CALLBACK_ADDRESS
from hailuo_nb.session.services import Callbacks
from hailuo_nb.session.session import Session
from hailuo_nb.store import wake
from hailuo_nb.views.display import show
from tests.session.conftest import Stage, session, stage

__all__ = ["session", "stage"]

KEY = "webhook-key-8b1f"
BODY = json.dumps({"code": 200, "data": {"taskId": "t1", "state": "success"}}).encode()
OLDER = json.dumps({"code": 200, "task_id": "t1"}).encode()


@contextmanager
def serving() -> Iterator[str]:
    """Serve `callback_handler` from a thread, as a person's own server would; yield its address."""
    sockets, port = [], 0
    loops: list[asyncio.AbstractEventLoop] = []
    up = threading.Event()

    def serve() -> None:
        async def run() -> None:
            nonlocal port
            socket, port = bind_unused_port()
            rule = (r"/hook/hailuo/callback/([\w-]+)", hailuo_nb.callback_handler())
            server = HTTPServer(Application([rule], xsrf_cookies=True))
            server.add_socket(socket)
            sockets.append(server)
            loops.append(asyncio.get_running_loop())
            up.set()
            await asyncio.Event().wait()

        asyncio.run(run())

    thread = threading.Thread(target=_quiet, args=(serve,), daemon=True)
    thread.start()
    assert up.wait(60)
    yield f"http://127.0.0.1:{port}/hook"
    loops[0].call_soon_threadsafe(lambda: [task.cancel() for task in asyncio.all_tasks(loops[0])])
    thread.join(10)


def _quiet(serve: Any) -> None:
    try:
        serve()
    except asyncio.CancelledError:
        return


@pytest.fixture(scope="module")
def hook() -> Iterator[str]:
    """Serve callbacks for the module's tests."""
    with serving() as address:
        yield address


def told(hook: str, token: str, body: bytes = BODY, **headers: str) -> int:
    """Call back; return the status."""
    address = f"{hook}/hailuo/callback/{token}"
    return httpx.post(address, content=body, headers=headers, timeout=60).status_code


def test_a_callback_wakes_the_watcher_of_its_task_and_of_no_other(hook: str) -> None:
    """In both generations of bodies, and as often as it comes; it is never said for what."""
    one, other = wake.begin(), wake.begin()
    assert one is not None and other is not None
    assert not one.called()
    assert [told(hook, one.token, body) for body in (BODY, BODY, OLDER)] == [200, 200, 200]
    assert one.called() and not one.called() and not other.called()
    assert one.token not in repr(one)
    assert one.token not in str([path.name for path in one.path.parent.iterdir()])


HOSTILE: dict[str, bytes] = {
    "nothing": b"",
    "no JSON": b"{",
    "a list": b"[]",
    "no task": b'{"data": {}}',
    "a task of a number": b'{"data": {"taskId": 7}}',
    "deep": b"[" * 60_000,
    "not UTF-8": b'{"data": {"taskId": "\xff"}}',
}


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE)
def test_what_is_no_callback_wakes_nobody(hook: str, body: bytes) -> None:
    """Malformed, with the right token: refused, and nobody is woken."""
    woken = wake.begin()
    assert woken is not None
    assert told(hook, woken.token, body) == 403
    assert not woken.called()


def test_what_is_too_long_is_not_read(hook: str) -> None:
    """By its head, and where that says nothing by what comes."""
    woken = wake.begin()
    assert woken is not None
    long = json.dumps({"taskId": "t1", "more": "x" * BODY_BYTES_MAX}).encode()
    assert told(hook, woken.token, long) == 413
    pieces = (long[at : at + 9000] for at in range(0, len(long), 9000))
    try:
        answer = httpx.post(f"{hook}/hailuo/callback/{woken.token}", content=pieces, timeout=60)
        assert answer.status_code >= 400
    except httpx.TransportError:  # it hangs up on who goes on
        pass
    assert not woken.called()


def test_guesses_are_refused_and_a_flood_is_not_looked_at(
    hook: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """None of them wakes anybody; beyond the rate even the right token is not looked at."""
    woken = wake.begin()
    assert woken is not None
    monkeypatch.setattr(callbacks, "A_SECOND", 0.0)
    monkeypatch.setattr(callbacks._RATE, "_left", 200.0)
    guesses = [woken.token[:-1] + "_", woken.token + "x", "x" * 43, "-", "a" * 200]
    with httpx.Client(timeout=20) as client:
        statuses = [
            client.post(f"{hook}/hailuo/callback/{guesses[at % 5]}", content=BODY).status_code
            for at in range(250)
        ]
    assert statuses == [404] * 200 + [429] * 50
    assert told(hook, woken.token) == 429
    assert not woken.called()


def test_with_a_key_only_what_is_signed_now_is_heard(
    hook: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Unsigned, signed by another, for another task, or played again later: refused."""
    monkeypatch.setenv("HAILUO_WEBHOOK_KEY", KEY)
    monkeypatch.setattr(callbacks._RATE, "_left", AT_ONCE)
    woken, now = wake.begin(), int(time.time())
    assert woken is not None
    for headers in (
        {},
        signed("t1", str(now), "another"),
        signed("t2", str(now), KEY),
        signed("t1", str(now - 301), KEY),
        signed("t1", "nan", KEY),
    ):
        assert told(hook, woken.token, **headers) == 403
    assert not woken.called()
    assert told(hook, woken.token, **signed("t1", str(now), KEY)) == 200
    assert woken.called()


@pytest.fixture
def here(session: Session, hook: str, monkeypatch: pytest.MonkeyPatch) -> Session:
    """Make the session the process's own, reached from outside."""
    monkeypatch.setitem(registry.state, "session", session)
    monkeypatch.setenv("HAILUO_PUBLIC_URL", hook)
    monkeypatch.setattr(callback, "TIMEOUT_S", 60.0)
    monkeypatch.setattr(callbacks._RATE, "_left", AT_ONCE)
    return session


def test_a_task_is_told_of_and_its_token_stands_nowhere(
    here: Session, hook: str, stage: Stage, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    """The service calls the task's own address, and the first real one proves the way."""
    caplog.set_level(logging.DEBUG)
    assert not wake.was_heard(hook)
    plan = api.generate("A boat that calls back", dry_run=True)
    assert plan.clips[0].body["callBackUrl"] == CALLBACK_ADDRESS
    calls: list[str] = []
    before = wake.begin

    def drawn(*of: str) -> wake.Wake | None:
        made = before(*of)
        calls.append("" if made is None else made.token)
        return made

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(wake, "begin", drawn)
        task = api.generate("A boat that calls back", name="boat")
        assert isinstance(task, Task)
        task.wait(120)
    assert len(calls) == 2  # one to try the way, one for the task
    until = time.monotonic() + 120
    while not (wake.was_heard(hook) or time.monotonic() > until):
        assert isinstance(api.generate("Another", again=True, wait=True), Task)
    assert wake.was_heard(hook)
    kept = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(kept) > 3
    held = b"".join(path.read_bytes() for path in kept) + caplog.text.encode()
    assert not [token for token in calls if token.encode() in held]
    assert task.snapshot.request.callback_url is None
    assert task.snapshot.pushed is True


def test_a_submit_whose_reply_was_lost_is_settled_by_its_callback(
    here: Session, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its task goes on where it is, with the clip, as its card does, and was paid for once."""
    shown: list[str] = []

    def publish(data: dict[str, Any], **_: object) -> None:
        shown.append(str(data.get("text/plain", "")))

    monkeypatch.setattr(here.host, "publish", publish)
    stage.play("drop-submit-reply")
    before = len(stage.ledger())
    task = api.generate("A boat that is lost and found", name="found")
    assert isinstance(task, Task)
    show(here, task)
    with pytest.raises(TaskUnsure):
        task.wait(120)
    ends = time.monotonic() + 60
    while not any("Done" in text for text in shown) and time.monotonic() < ends:
        time.sleep(0.05)
    unsure, done = (next(at for at, text in enumerate(shown) if word in text)
                    for word in ("Unsure", "Done"))  # fmt: skip
    assert unsure < done
    assert (task.state, task.error) == ("done", None)
    assert task.video is not None and task.video.is_file()
    assert len(stage.ledger()) == before + 1
    again = api.generate("A boat that is lost and found")
    assert isinstance(again, Task) and again.id == task.id


def test_off_and_an_address_of_ones_own(here: Session, stage: Stage) -> None:
    """Off is nobody; one's own address is sent as it stands, and neither changes the request."""
    plain = api.generate("A quiet boat", dry_run=True).clips[0].request
    off = api.generate("A quiet boat", callback="off", dry_run=True).clips[0]
    own = api.generate("A quiet boat", callback="https://example.com/x", dry_run=True).clips[0]
    assert "callBackUrl" not in off.body
    assert own.body["callBackUrl"] == "https://example.com/x"
    service = here.config.service
    assert plain.digests(service) == off.request.digests(service) == own.request.digests(service)


def test_an_address_that_leads_elsewhere_is_not_told(
    here: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is tried once; tasks are then asked for as always, and say so."""
    monkeypatch.setenv("HAILUO_PUBLIC_URL", "http://127.0.0.1:9/nobody")
    task = api.generate("A boat that is asked for", wait=True)
    assert isinstance(task, Task)
    assert task.snapshot.pushed is False


def test_a_hub_tells_where_it_has_this_server(hook: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is named wins; of what a Hub or a Binder tells the first is used that leads here."""
    monkeypatch.setattr(callback, "TIMEOUT_S", 60.0)
    monkeypatch.setattr(callbacks._RATE, "_left", AT_ONCE)
    monkeypatch.delenv("HAILUO_PUBLIC_URL", raising=False)
    assert public_urls() == ()
    monkeypatch.setenv("JUPYTERHUB_SERVICE_PREFIX", "/hook/")
    monkeypatch.setenv("BINDER_LAUNCH_HOST", "https://binder.example/")
    guesses = ("https://hub.binder.example/hook", "https://binder.example/hook")
    assert public_urls() == guesses
    monkeypatch.setenv("JUPYTERHUB_PUBLIC_URL", "http://127.0.0.1:9/nobody/")
    monkeypatch.setenv("JUPYTERHUB_HOST", hook.removesuffix("/hook"))
    assert public_urls() == ("http://127.0.0.1:9/nobody", hook, *guesses)
    found = asyncio.run(Callbacks()("a1"))  # type: ignore[arg-type]
    assert found is not None and found.url.startswith(f"{hook}/hailuo/callback/")
    monkeypatch.setenv("HAILUO_PUBLIC_URL", "https://named.example/base/")
    assert public_urls() == ("https://named.example/base",)


def test_where_callbacks_come_questions_are_a_net() -> None:
    """At half, 80, 100 and 130 % of the estimate, then ever more slowly: six in 180 s at most."""
    asked, at_s = [], 0.0
    while at_s < 400:
        at_s += net_delay_s(at_s, 180)
        asked.append(round(at_s))
    assert asked[:4] == [90, 144, 180, 234]
    assert all(later - earlier >= 54 for earlier, later in itertools.pairwise(asked[3:]))
    assert len([one for one in asked if one <= 180]) <= 6

"""What a keeper takes up: what was sent and nobody watches; it never sends, whatever there is."""

import asyncio
import json
import os
import socket
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from hailuo_nb.config import LENT, Config, read_config
from hailuo_nb.core.request import make_request
from hailuo_nb.core.task import Snapshot, State
from hailuo_nb.errors import SetupError, UnsafeOrigin
from hailuo_nb.keep.__main__ import _answer, _is_there, _serve
from hailuo_nb.keep.keeper import RETRY_S, Keeper, log
from hailuo_nb.kie.wire import create_body
from hailuo_nb.runner import poll
from hailuo_nb.runner.job import Needs
from hailuo_nb.server import answers
from hailuo_nb.session.keeping import Keeping
from hailuo_nb.store import origins, wake
from hailuo_nb.store.credentials import Key
from hailuo_nb.store.history import History
from hailuo_nb.store.keeper_socket import is_own_peer
from tests.runner.service import CREATE, RECORD, TASK, UPLOAD, Service, until
from tests.support.keepers import keepers

KEY = "sk-keeper-4b1d"


@pytest.fixture
def config(home: Path, service: Service) -> Config:
    """Read a kernel's settings."""
    environ = {"HAILUO_HOME": str(home), "HAILUO_BASE_URL": service.origin}
    return read_config(environ, session_key=KEY)


@pytest.fixture
def kernel(config: Config) -> Iterator[History]:
    """Open the history as a kernel has it."""
    with History(config.home) as opened:
        yield opened


@pytest.fixture
def keeper(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Keeper]:
    """Make a keeper that was told nothing yet; pauses are short."""
    monkeypatch.setattr(poll, "next_delay_s", lambda *_, **__: 0.01)
    monkeypatch.setattr(poll, "LOST_PAUSE_S", (0.01,))
    made = Keeper(read_config({"HAILUO_HOME": str(home)}))
    yield made
    made.close()


def left(kernel: History, config: Config, id: str, state: State, **facts: Any) -> Snapshot:
    """Record a task as a kernel that has gone would have left it."""
    request = make_request(prompt=f"A hawk, {id}.")
    task_id = TASK if state in ("queued", "generating", "saving") else None
    known = Snapshot(
        id=id, state=state, request=request, service=config.service, created_at=1.0, task_id=task_id
    )
    facts = {"key_print": config.key_print(kernel.salt), **facts}
    kernel.add(known, folder=config.home.parent / "clips", **facts)
    return known


def state_of(kernel: History, id: str) -> str:
    found = kernel.get(id)
    assert found is not None
    return found.state


def hand(keeper: Keeper, config: Config) -> None:
    keeper.hand(config.handover())


def test_what_was_sent_is_saved_and_nothing_is_sent(
    keeper: Keeper, kernel: History, config: Config, service: Service
) -> None:
    """One that never left stays as it is; one amid sending may have been taken, and is told so."""
    service.say(RECORD, service.finish(f"{service.origin}/clip.mp4"))
    for id, state in (("a1", "waiting"), ("b2", "submitting"), ("c3", "queued")):
        left(kernel, config, id, state)  # type: ignore[arg-type]
    hand(keeper, config)
    keeper.look()
    assert "a1" not in keeper._taken
    assert kernel.lease("a1"), "who may send it finds it free"
    until(lambda: state_of(kernel, "c3") == "done" and state_of(kernel, "b2") == "unsure")
    assert (config.home.parent / "clips" / "c3.mp4").is_file()
    assert state_of(kernel, "a1") == "waiting"
    assert (service.count(CREATE), service.count(UPLOAD)) == (0, 0)


def test_what_a_callback_names_is_saved_without_a_kernel(
    keeper: Keeper, kernel: History, config: Config, service: Service
) -> None:
    """A kernel died amid a submit: its task is unsure, until the service's own record proves it."""
    known = left(kernel, config, "b2", "submitting")
    body = create_body(known.request, image_url=None, end_image_url=None)
    told = service.finish(f"{service.origin}/clip.mp4")
    told["data"] |= {"param": json.dumps(body), "createTime": 2_000}  # type: ignore[operator]
    service.say(RECORD, told)
    hand(keeper, config)
    woken = wake.begin("b2")
    assert woken is not None
    wake.call(woken.token, TASK)
    for _ in range(1200):
        keeper.look()
        if state_of(kernel, "b2") == "done":
            break
        time.sleep(0.05)
    assert state_of(kernel, "b2") == "done"
    assert (service.count(CREATE), service.count(UPLOAD)) == (0, 0)


def test_its_runner_cannot_send_what_it_is_given(
    keeper: Keeper, kernel: History, config: Config, service: Service
) -> None:
    """Also where a task that may be sent comes to it, there is no call to send it by."""
    hand(keeper, config)
    (whose,) = [one for one in keeper._configs if one.service == config.service]
    known = left(kernel, config, "a1", "waiting")
    task = keeper._runner(whose).start(known, Needs(folder=config.home, may_send=True))
    until(lambda: task._job.over.is_set())
    assert "it sends nothing" in str(task.error)
    assert (service.count(CREATE), service.count(UPLOAD)) == (0, 0)


def test_a_server_has_a_task_looked_after_by_the_key_that_it_has(
    home: Path, kernel: History, config: Config, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page may wish so: without the key, and where it is forbidden, it is told the truth."""
    service.say(RECORD, service.finish(f"{service.origin}/clip.mp4"))
    left(kernel, config, "c3", "queued")
    left(kernel, config, "a1", "waiting")
    monkeypatch.setenv("HAILUO_HOME", str(home))
    offers = [answers.view([id], "", [], "/")["offer"] for id in ("c3", "a1")]
    assert offers == [answers.LOOK_AFTER, ""]
    assert answers.watch(["a1", "other"]) == {"note": ""}
    assert keepers(home) == []
    monkeypatch.setenv("HAILUO_KEEP", "off")
    assert answers.watch(["c3"])["note"] == answers.FORBIDDEN
    monkeypatch.setenv("HAILUO_KEEP", "")
    assert answers.watch(["c3"])["note"] == answers.BLIND
    monkeypatch.setenv("HAILUO_BASE_URL", service.origin)
    monkeypatch.setenv("KIE_API_KEY", KEY)
    assert answers.watch(["c3"])["note"] == answers.BLIND, "a key goes where it was set to go"
    monkeypatch.setattr(origins, "_environment_at_start", lambda: dict(os.environ))
    assert answers.watch(["c3"]) == {"note": ""}
    until(lambda: state_of(kernel, "c3") == "done")
    assert service.count(CREATE) == 0


def test_the_task_of_a_living_process_is_left_to_it(
    keeper: Keeper, kernel: History, config: Config, service: Service
) -> None:
    """It is taken up as soon as that has let go of it."""
    left(kernel, config, "c3", "queued")
    assert kernel.lease("c3")
    hand(keeper, config)
    keeper.look()
    assert keeper.tell()["watching"] == []
    kernel.release()
    keeper.look()
    assert keeper.tell()["watching"] == ["c3"]
    until(lambda: service.count(RECORD) > 0)
    assert not kernel.lease("c3")


def test_without_its_key_a_task_is_not_looked_at(
    keeper: Keeper, kernel: History, config: Config, service: Service
) -> None:
    """It is told which; the key of another account does not do."""
    left(kernel, config, "c3", "queued")
    other = read_config(
        {"HAILUO_HOME": str(config.home), "HAILUO_BASE_URL": service.origin},
        session_key="sk-another-1",
    )
    for known in (None, other):
        if known is not None:
            hand(keeper, known)
        keeper.look()
        told = keeper.tell()
        assert (told["watching"], told["blind"]) == ([], ["c3"])
    hand(keeper, config)
    keeper.look()
    assert (keeper.tell()["watching"], keeper.tell()["blind"]) == (["c3"], [])


def test_a_task_of_another_service_is_not_asked_for_here(
    keeper: Keeper, kernel: History, config: Config, service: Service
) -> None:
    """With the very same key, or recorded without one: its own service alone is asked."""
    environ = {"HAILUO_HOME": str(config.home), "HAILUO_BASE_URL": "https://elsewhere.example"}
    other = read_config(environ, session_key=KEY)
    left(kernel, other, "c3", "queued")
    left(kernel, other, "d4", "queued", key_print=None)
    hand(keeper, config)
    keeper.look()
    assert sorted(keeper._seen.blind) == ["c3", "d4"]
    assert service.count(RECORD) == 0


def test_one_whose_watching_met_a_fault_is_taken_up_again(
    keeper: Keeper, kernel: History, config: Config
) -> None:
    """A minute later, not at once."""
    hand(keeper, config)
    (whose,) = [one for one in keeper._configs if one.service == config.service]
    for ago_s, is_kept in ((1, True), (RETRY_S + 1, False)):
        keeper._taken["c3"] = (keeper._runner(whose), time.monotonic() - ago_s)
        keeper.look()
        assert ("c3" in keeper._taken) is is_kept


def test_it_is_idle_while_there_is_nothing_to_look_after(
    keeper: Keeper, kernel: History, config: Config
) -> None:
    """Tasks of kernels keep it, and so do its own; what it cannot look at does not."""
    left(kernel, config, "c3", "queued")
    keeper._seen.used_at -= 1000
    keeper.look()
    assert keeper.idle_s > 999
    assert kernel.lease("c3")
    keeper.look()
    assert keeper.idle_s < 999
    kernel.release()
    hand(keeper, config)
    keeper._seen.used_at -= 1000
    keeper.look()
    assert keeper.idle_s < 999


def test_a_key_goes_where_it_went_from_the_kernel(config: Config, home: Path) -> None:
    """The origins come with the key, and are held to the one rule."""
    bare = read_config({"HAILUO_HOME": str(home)})
    facts: Any = config.handover()
    facts = (facts["service"], facts["uploads"], facts["origins"], facts["key"])
    lent = bare.handed(*facts)
    assert (lent.key_for(config.api_origin), lent.key_source) == (KEY, LENT)
    assert KEY not in repr(lent)
    with pytest.raises(UnsafeOrigin):
        lent.key_for("https://elsewhere.example")
    with pytest.raises(UnsafeOrigin):
        bare.handed("http://elsewhere.example", *facts[1:])


def test_a_key_that_is_not_for_the_service_is_not_handed_over(config: Config) -> None:
    """Nor is there any for the simulator."""
    assert config.handover()["key"] == KEY
    assert replace(config, api_origin="https://elsewhere.example").handover() == {}
    assert config.simulated().handover() == {}


def test_each_later_key_is_handed_over_once(config: Config) -> None:
    """As it is taken, to the keeper that is there; nothing is said while it stays the same."""
    later = replace(config, read_key=Key(known="sk-later-77"))
    turns = iter([config, later, later])
    here: Any = SimpleNamespace(config=config, tasks=[SimpleNamespace(state="queued")])
    said: list[object] = []

    def stays_open(within_s: float) -> bool:
        here.config = next(turns, None)
        return here.config is not None

    door: Any = SimpleNamespace(
        ask=lambda question: said.append(question["key"]), stays_open=stays_open
    )
    Keeping(here)._hold(door)
    assert said == [KEY, "sk-later-77"]


@pytest.mark.parametrize(
    "line",
    [
        *(b"", b"nonsense", b"[]", b"{}", b'{"do": "key"}', b'{"do": "hand"}', b"[" * 100_000),
        b'{"do": "hand", "service": 1, "uploads": 2, "origins": 3, "key": 4}',
        b'{"do": "hand", "service": "http://a.b", "uploads": "", "origins": [], "key": "sk"}',
    ],
)
def test_nonsense_is_refused(keeper: Keeper, line: bytes) -> None:
    """Whatever is said, there is an answer, and no key is known by it."""
    assert _answer(keeper, line) == {"ok": False}
    assert len(keeper._configs) == 1


def test_a_place_that_is_gone_or_anothers_is_not_its_own(tmp_path: Path) -> None:
    """Nobody would find this keeper there: it ends."""
    place, another = tmp_path / "keep.sock", tmp_path / "another.sock"
    place.touch()
    another.touch()
    own = place.stat()
    assert _is_there(place, own)
    another.replace(place)
    assert not _is_there(place, own)
    place.unlink()
    assert not _is_there(place, own)


def test_nobody_else_is_talked_to(monkeypatch: pytest.MonkeyPatch) -> None:
    """The system tells who is at the other end."""
    one, other = socket.socketpair(socket.AF_UNIX)
    with one, other:
        assert is_own_peer(one)
        monkeypatch.setattr("os.geteuid", lambda: 4242)
        assert not is_own_peer(one)


def test_what_is_told_holds_no_key(
    keeper: Keeper, config: Config, kernel: History, caplog: pytest.LogCaptureFixture
) -> None:
    """No question gets it back, and nothing that is logged or drawn shows it."""
    left(kernel, config, "c3", "queued")
    hand(keeper, config)
    assert KEY not in str(_answer(keeper, b'{"do": "tell"}'))
    assert KEY not in f"{vars(keeper)}"
    log.warning("the service says %s", KEY)
    assert KEY not in caplog.text
    assert "the service says" in caplog.text
    assert KEY not in str(SetupError(f"the service says {KEY}"))


@pytest.mark.parametrize(("own", "answered"), [(True, True), (False, False)])
def test_only_this_account_is_listened_to(
    keeper: Keeper, monkeypatch: pytest.MonkeyPatch, own: bool, answered: bool
) -> None:
    """Another account's process gets no answer, were it to reach the socket."""
    monkeypatch.setattr("hailuo_nb.keep.__main__.is_own_peer", lambda _: own)

    async def ask() -> bytes:
        here, there = socket.socketpair(socket.AF_UNIX)
        reader, writer = await asyncio.open_connection(sock=here)
        own_reader, own_writer = await asyncio.open_connection(sock=there)
        own_writer.write(b'{"do": "tell"}\n')
        serving = asyncio.ensure_future(_serve(keeper, reader, writer))
        try:
            return await own_reader.readline()
        except ConnectionResetError:  # nothing was read of it
            return b""
        finally:
            own_writer.close()
            await serving

    assert bool(asyncio.run(ask())) is answered

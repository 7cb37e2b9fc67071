"""Another program at the simulator's port, another process with its number: neither is believed."""

import json
import os
import signal
import socket
import socketserver
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from hailuo_nb.config import read_config
from hailuo_nb.core.request import make_request
from hailuo_nb.errors import SimulatorError
from hailuo_nb.notebook.doctor import examine
from hailuo_nb.notebook.magic import hailuo
from hailuo_nb.session import registry, simulator_process, simulator_record
from hailuo_nb.session.plan import PlanItem
from hailuo_nb.session.session import Session
from hailuo_nb.session.shell import Host
from hailuo_nb.session.simulator_process import (
    ensure_simulator,
    restart_simulator,
    running_simulator,
)
from hailuo_nb.session.simulator_record import Simulator
from hailuo_nb.store import process_identity
from tests.simulator.owner import HEADER

PROMPT = "A secret harbour that no stranger reads"
SPEED, SIZE_PX = 400, 64
SLEEPER = [sys.executable, "-c", "print(flush=True); input()"]
"""A process that has nothing to do with simulators; it ends with its stdin."""

Talk = Callable[[bytes, Simulator], bytes | None]
"""What a stranger answers to the bytes so far; None waits for more."""


def http(body: str) -> bytes:
    """Return a good HTTP reply."""
    return f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\n\r\n{body}".encode()


def tells_all(heard: bytes, old: Simulator) -> bytes | None:
    """Play along: health as it once was, a made-up proof, a task for whatever is asked."""
    if not heard.endswith(b"\r\n\r\n"):
        return None
    facts = {"token": old.token[::-1], "pid": old.pid, "speed": old.speed, "version": "1"}
    data = {"taskId": "0" * 32, "recordId": "0" * 32}
    return http(json.dumps({**facts, "proof": "0" * 64, "code": 200, "data": data}))


def wrong_proof(heard: bytes, old: Simulator) -> bytes | None:
    """Answer in the right form, with an HMAC by the wrong token."""
    return http('{"proof":"' + "5e" * 32 + '"}') if heard.endswith(b"\r\n\r\n") else None


def hangs_up(heard: bytes, old: Simulator) -> bytes | None:
    """Say nothing and close."""
    return b""


def floods(heard: bytes, old: Simulator) -> bytes | None:
    """Send more than anybody asked for."""
    return b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 5000


def sends_back(heard: bytes, old: Simulator) -> bytes | None:
    """Send the question back."""
    return b"HTTP/1.1 200 OK\r\n\r\n" + heard


@contextmanager
def stranger(old: Simulator, talk: Talk) -> Iterator[bytearray]:
    """Take the port of a simulator that has ended; yield all that is sent there."""
    heard = bytearray()

    class Talks(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            own = b""
            while chunk := self.request.recv(65536):
                own += chunk
                heard.extend(chunk)
                answer = talk(own, old)
                if answer is not None:
                    self.request.sendall(answer)
                if not answer and answer is not None:
                    return

    class Server(socketserver.ThreadingTCPServer):
        allow_reuse_address = daemon_threads = True

        def handle_error(self, *_: object) -> None:
            """Say nothing: the other side leaves in the middle."""

    with Server(("127.0.0.1", int(old.url.rpartition(":")[2])), Talks) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield heard
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    """Lend a home, and end its simulator afterwards."""
    yield tmp_path / "home"
    simulator_process.stop_simulator(tmp_path / "home")


@pytest.fixture
def practice(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Session]:
    """Open a session on the built-in simulator."""
    monkeypatch.chdir(home.parent)
    environ = {"HAILUO_HOME": str(home), "HAILUO_SIMULATOR": "on"}
    opened = Session(read_config(environ), display=lambda task: None)
    yield opened
    opened.close()


def make(session: Session, prompt: str) -> str:
    """Make a clip and return the state it ends in."""
    order = PlanItem(request=make_request(prompt=prompt))
    task = session.dispatch.submit(order)
    task.wait(120)
    return task.state


def took_nothing(heard: bytearray, old: Simulator) -> bool:
    """Say that only questions for the proof were sent, nothing of a person's or the owner's."""
    assert heard
    requests = [part for part in bytes(heard).split(b"\r\n\r\n") if part]
    for part in requests:
        first, *headers = part.decode().split("\r\n")
        assert first.startswith("GET /_sim/prove?nonce=")
        assert len(headers) == 1
        assert headers[0].startswith("Host: 127.0.0.1:")
    nonces = {part.split(b"nonce=")[1][:32] for part in requests}
    assert len(nonces) == len(requests)
    secrets = (PROMPT[:8], old.token, HEADER, "Authorization", "createTask")
    assert not [word for word in secrets if word.encode() in heard]
    return True


@pytest.mark.parametrize("talk", [tells_all, wrong_proof, hangs_up, floods, sends_back])
def test_a_stranger_at_the_recorded_port_gets_no_prompt(home, practice, talk):
    """A kernel that comes later finds another at the old address and starts its own."""
    old = restart_simulator(home, speed=SPEED, size_px=SIZE_PX)
    old.stop()
    with stranger(old, talk) as heard:
        assert running_simulator(home) is None
        assert make(practice, PROMPT) == "done"
        assert took_nothing(heard, old)
    found = running_simulator(home)
    assert found is not None
    assert found.url != old.url
    assert found.token != old.token


@pytest.mark.parametrize("talk", [tells_all, hangs_up])
def test_a_stranger_that_comes_in_mid_session_gets_no_prompt(home, practice, talk):
    """Whoever takes the port of an open connection's service is asked before anything else."""
    old = restart_simulator(home, speed=SPEED, size_px=SIZE_PX)
    assert make(practice, "before") == "done"
    old.stop()
    with stranger(old, talk) as heard:
        assert make(practice, PROMPT) == "done"
        assert took_nothing(heard, old)
    assert running_simulator(home).url != old.url


def test_a_stranger_that_passes_the_question_on_gets_no_prompt(home):
    """The proof of a simulator at another port, even with the same token, is no proof here."""
    real = restart_simulator(home, speed=SPEED, size_px=SIZE_PX)
    assert real.is_alive()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    elsewhere = replace(real, url=f"http://127.0.0.1:{port}")

    def passes_on(heard: bytes, _: Simulator) -> bytes | None:
        asked = heard.replace(b":%d" % port, b":" + real.url.rpartition(":")[2].encode())
        with socket.create_connection(("127.0.0.1", int(real.url.rpartition(":")[2]))) as there:
            there.sendall(asked)
            return there.recv(65536)

    with stranger(elsewhere, passes_on) as heard:
        assert not elsewhere.is_alive()
        assert heard
    assert real.is_alive()


def test_the_token_is_in_a_private_file_alone(home):
    """It is in no argument, no log and no other file; nobody else can read a file of the home."""
    found = restart_simulator(home, speed=SPEED, size_px=SIZE_PX)
    process = psutil.Process(found.pid)
    assert found.token not in " ".join(process.cmdline())
    assert found.token not in repr(found)
    kept = [path for path in home.rglob("*") if path.is_file()]
    assert [path.name for path in kept if found.token.encode() in path.read_bytes()] == [
        "process.json"
    ]
    assert [path for path in (home, *home.rglob("*")) if path.stat().st_mode & 0o077] == []


def record(home: Path, **changes: object) -> Simulator:
    """Rewrite what is recorded of the person's simulator, as an accident would."""
    path = home / "simulator" / "process.json"
    facts = json.loads(path.read_text()) | changes
    path.write_text(json.dumps(facts))
    return Simulator(**{**facts, "faults": (), "command": tuple(facts.get("command", ()))})


@contextmanager
def bystander() -> Iterator["subprocess.Popen[bytes]"]:
    """Run a process that has nothing to do with simulators."""
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(SLEEPER, **pipes) as process:
        process.stdout.readline()
        yield process


@pytest.mark.parametrize("kept", ["both of old", "time of old", "command of old", "none recorded"])
def test_a_number_that_went_to_another_process_is_left_alone(home, kept):
    """Start time and command must both agree, or nobody is ended: not by stop, nor by a restart."""
    old = restart_simulator(home, speed=SPEED, size_px=SIZE_PX)
    old.stop()
    with bystander() as other:
        began, command = process_identity.identify(other.pid)
        changes = {
            "both of old": {},
            "time of old": {"command": command},
            "command of old": {"began": began},
            "none recorded": {"began": -1.0, "command": []},
        }[kept]
        record(home, pid=other.pid, **changes).stop()
        simulator_process.stop_simulator(home)
        assert other.poll() is None
        fresh = restart_simulator(home, speed=SPEED, size_px=SIZE_PX)
        assert fresh.pid != other.pid
        assert other.poll() is None


def test_the_process_that_agrees_in_both_is_ended(home):
    """The bystander's own start time and command would end it: the test above can fail."""
    restart_simulator(home, speed=SPEED, size_px=SIZE_PX).stop()
    with bystander() as other:
        began, command = process_identity.identify(other.pid)
        record(home, pid=other.pid, began=began, command=command)
        simulator_process.stop_simulator(home)
        assert other.wait(60) == -signal.SIGTERM


@pytest.mark.parametrize("pid", [0, -1, 2**31, 2**70, "1", None, 1.5, True])
def test_an_odd_number_ends_nobody(home, pid):
    """What is no number of a process of ours is left where it is."""
    restart_simulator(home, speed=SPEED, size_px=SIZE_PX).stop()
    record(home, pid=pid)
    simulator_process.stop_simulator(home)


def test_a_simulator_that_does_not_answer_is_ended(home, monkeypatch):
    """Frozen, it proves nothing any more; it is still the process that was started."""
    monkeypatch.setattr(simulator_record, "END_TIMEOUT_S", 0.3)
    monkeypatch.setattr(simulator_record, "PROOF_TIMEOUT_S", 0.3)
    found = ensure_simulator(home)
    os.kill(found.pid, signal.SIGSTOP)
    simulator_process.stop_simulator(home)
    assert process_identity.identify(found.pid) is None
    assert ensure_simulator(home).is_alive()


def test_a_busy_simulator_is_waited_for_and_not_joined_by_another(home, practice, monkeypatch):
    """One that does not answer in time is the one in use; it answers when it can."""
    monkeypatch.setattr(simulator_record, "PROOF_TIMEOUT_S", 0.2)
    found = restart_simulator(home, speed=SPEED, size_px=SIZE_PX)
    os.kill(found.pid, signal.SIGSTOP)
    assert ensure_simulator(home) == found
    task = practice.dispatch.submit(PlanItem(request=make_request(prompt="while it is busy")))
    os.kill(found.pid, signal.SIGCONT)
    task.wait(120)
    assert (task.state, running_simulator(home)) == ("done", found)


def test_silence_of_another_is_not_taken_for_being_busy(home, monkeypatch, caplog):
    """Where the process that was started is gone, whoever is silent at its port is another."""
    monkeypatch.setattr(simulator_record, "PROOF_TIMEOUT_S", 0.2)
    old = restart_simulator(home, speed=SPEED, size_px=SIZE_PX)
    old.stop()
    with stranger(old, lambda heard, old: None), caplog.at_level("WARNING", "hailuo_nb"):
        found = ensure_simulator(home)
    assert found.url != old.url
    assert caplog.messages == [found.stranger_words]


def test_who_starts_it_hears_that_something_else_was_there(home, practice, monkeypatch):
    """By a cell as by the verb; the doctor says it, too, for as long as that simulator runs."""
    monkeypatch.setitem(registry.state, "session", practice)
    told, shown = [], []
    monkeypatch.setattr(Host, "tell", lambda host, text: told.append(text))
    monkeypatch.setattr(Host, "show", lambda host, *, html, text: shown.append(text))
    old = restart_simulator(home, speed=SPEED, size_px=SIZE_PX)
    old.stop()
    with stranger(old, tells_all):
        assert make(practice, PROMPT) == "done"
        started = running_simulator(home)
        words = f"Something else answers at {old.url}, where the simulator was: another one was"
        assert [text.startswith(words) for text in told] == [True]
        assert started.url in told[0]
        assert told[0] in [one.detail for one in examine(practice)]
    started.stop()
    with stranger(started, wrong_proof):
        hailuo(f"simulator --speed {SPEED} --size {SIZE_PX}")
    assert f"Something else answers at {started.url}, where" in shown[-1]
    hailuo(f"simulator --speed {SPEED} --size {SIZE_PX}")
    assert "Something else" not in shown[-1]
    assert not running_simulator(home).stranger_words


@pytest.mark.parametrize(
    "wrong",
    [
        {"faults": ["no-such-fault"]},
        {"faults": ["no-credit", "bad-key=2"]},
        {"faults": ["--help"]},
        {"faults": [""]},
        {"speed": float("inf")},
        {"size_px": 9},
    ],
)
def test_what_no_simulator_starts_with_leaves_the_running_one(home, wrong):
    """It is refused first: the one that runs goes on, and is still the one that is known."""
    found = restart_simulator(home, speed=SPEED, size_px=SIZE_PX)
    with pytest.raises(SimulatorError, match=r"left as it was: argument --"):
        restart_simulator(home, **{"speed": SPEED, "size_px": SIZE_PX} | wrong)
    assert running_simulator(home) == found


def test_one_of_an_earlier_version_is_recognised_as_no_simulator_of_ours(home):
    """What was recorded without start time and command is read, asked, and ended by nobody."""
    old = restart_simulator(home, speed=SPEED, size_px=SIZE_PX)
    path = home / "simulator" / "process.json"
    kept = path.read_text()
    facts = {"url": old.url, "pid": old.pid, "speed": 3.0, "faults": [], "token": "t"}
    path.write_text(json.dumps(facts))
    assert simulator_process.known_speed(home) == 3.0
    assert running_simulator(home) is None
    simulator_process.stop_simulator(home)
    assert old.is_alive()
    path.write_text(kept)

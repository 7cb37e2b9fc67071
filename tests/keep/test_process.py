"""The process: one a person and history, hard to find out a key from, gone when it is idle."""

import os
import socket
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from hailuo_nb.session import keeper_process
from hailuo_nb.store.keeper_socket import Door, socket_path
from tests.support.keepers import END_S, keepers

KEY = "sk-nowhere-9f27c1"
COMMAND = [sys.executable, "-m", keeper_process.MODULE]


def test_one_looks_after_a_history(home: Path) -> None:
    """Whoever comes second ends at once; another history has a keeper of its own."""
    with keeper_process.keeper(home):
        (first,) = keepers(home)
        second = keeper_process.start_keeper(home)
        assert second.wait(END_S) == 0
        assert keepers(home) == [first]
        assert socket_path(home) != socket_path(home / "other")
        told = keeper_process.told(home)
        assert told is not None
        assert told["pid"] == first.pid


def test_one_that_was_killed_leaves_its_place(home: Path) -> None:
    """The next one takes it, over the socket that was left."""
    with keeper_process.keeper(home) as door:
        (first,) = keepers(home)
        first.kill()
        first.wait(END_S)
        assert not door.stays_open(END_S)
    with keeper_process.keeper(home):
        assert [one.pid for one in keepers(home)] != [first.pid]


def test_the_key_is_nowhere_but_in_its_memory(home: Path) -> None:
    """No argument, no variable, no file and no answer has it; the socket is this account's."""
    with keeper_process.keeper(home) as door:
        facts = {"service": "http://127.0.0.1:9", "uploads": "http://127.0.0.1:9"}
        given = {"do": "hand", **facts, "origins": ["http://127.0.0.1:9"], "key": KEY}
        assert door.ask(given) == {"ok": True}
        (process,) = keepers(home)
        told = [*process.cmdline(), *process.environ().values(), str(door.ask({"do": "tell"}))]
    place = socket_path(home)
    written = [path for folder in (home, place.parent) for path in folder.rglob("*")]
    told += [path.read_text(errors="replace") for path in written if path.is_file()]
    assert home / "keeper.txt" in written
    assert [text for text in told if KEY in text] == []
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    assert stat.S_IMODE(place.parent.stat().st_mode) == 0o700


def test_it_is_started_without_the_environments_secrets(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The kernel's variables stay the kernel's; what reaches the service goes along."""
    monkeypatch.setenv("KIE_API_KEY", KEY)
    monkeypatch.setenv("SOME_TOKEN", "t0ken")
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    with keeper_process.keeper(home):
        (own,) = keepers(home)
        found, leader = own.environ(), os.getsid(own.pid)
    assert {"KIE_API_KEY", "SOME_TOKEN", "HAILUO_HOME"} & found.keys() == set()
    assert found["HTTPS_PROXY"] == "http://127.0.0.1:9"
    assert leader == own.pid


def test_it_ends_when_nothing_is_left_to_do(home: Path) -> None:
    """Its socket goes with it."""
    words = [*COMMAND, "--home", str(home), "--idle-exit", "0.01"]
    assert subprocess.run(words, check=False, timeout=END_S).returncode == 0
    assert not socket_path(home).exists()


def test_it_can_be_forbidden(home: Path) -> None:
    """It says so, and makes nothing."""
    env = {**os.environ, "HAILUO_KEEP": "off"}
    ran = subprocess.run(
        [*COMMAND, "--home", str(home)], env=env, capture_output=True, text=True, check=False
    )
    assert (ran.returncode, "HAILUO_KEEP=off" in ran.stderr) == (1, True)
    assert not home.exists()


def test_a_path_that_is_too_long_is_said(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No socket can be there, and nothing is started."""
    long = home / ("a" * 60) / ("b" * 60)
    long.mkdir(parents=True)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(long))
    assert keeper_process.told(home) is None
    assert keepers(home) == []


def test_who_listens_in_its_place_hears_no_key(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another account's process is turned away before a word is said."""
    place = socket_path(home)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(place))
        listener.listen()
        monkeypatch.setattr("hailuo_nb.store.keeper_socket.is_own_peer", lambda _: False)
        try:
            Door(place)
        except PermissionError:
            heard = listener.accept()[0].recv(100)
    assert heard == b""

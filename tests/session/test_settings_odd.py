"""Settings and files of the home that hold what nobody of us wrote: our words, no traceback."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from hailuo_nb.config import read_config
from hailuo_nb.core.line import unquoted
from hailuo_nb.errors import SetupError, SimulatorError
from hailuo_nb.session import simulator_process

ADDRESSES = [
    "http://[::1",
    "http://::1]",
    "http://[::1]:x",
    "https://[fe80::1%",
    "https://host:99999",
    "https://host:-1",
    "https://:443",
    "https://",
    "//host",
    "host",
    "ftp://host",
    "https://user@host",
    "http://\udcff",
    "\x00",
]


@pytest.mark.parametrize("name", ["HAILUO_BASE_URL", "HAILUO_UPLOAD_URL"])
@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_that_is_none_is_refused_in_words(
    tmp_path: Path, name: str, address: str
) -> None:
    """Whatever is wrong with it, the variable is named."""
    with pytest.raises(SetupError, match=name):
        read_config({"HAILUO_HOME": str(tmp_path), name: address})


@pytest.mark.parametrize("name", ["HAILUO_HOME", "HAILUO_VIDEOS"])
def test_a_folder_of_nobody_is_refused_in_words(tmp_path: Path, name: str) -> None:
    """There is no such user, so there is no such folder."""
    environ = {"HAILUO_HOME": str(tmp_path), name: "~no-such-user-here/x"}
    with pytest.raises(SetupError, match=f"{name} names a home folder"):
        read_config(environ)


@pytest.mark.parametrize("quoted", ['"{}"', "'{}'", " '{}' ", "\u201c{}\u201d", "{}\u200b\n", "{}"])
def test_a_setting_is_taken_without_the_quotes_of_its_file(tmp_path: Path, quoted: str) -> None:
    """The key as it is sent and blotted out, folders, origins and switches."""
    held = {
        "KIE_API_KEY": "sk-quoted-1",
        "HAILUO_HOME": str(tmp_path / "it's here"),
        "HAILUO_VIDEOS": str(tmp_path / "my clips"),
        "HAILUO_BASE_URL": "https://api.example",
        "HAILUO_SIMULATOR": "off",
        "HAILUO_DEBUG": "0",
    }
    found = read_config({name: quoted.format(value) for name, value in held.items()})
    assert found.read_key() == "sk-quoted-1"
    assert found.mask("a sk-quoted-1 b") == "a *** b"
    assert (found.home, found.videos) == (tmp_path / "it's here", tmp_path / "my clips")
    assert (found.api_origin, found.debug) == ("https://api.example", False)


@pytest.mark.parametrize("value", ["'", '"', "it's", "\"a'", "'a", ""])
def test_a_quote_alone_is_no_pair(value: str) -> None:
    """What does not stand around the whole belongs to it."""
    assert unquoted(value) == value


GOOD: dict[str, Any] = {
    "url": "http://127.0.0.1:9",
    "pid": 2**22 + 1,
    "speed": 20.0,
    "size_px": 64,
    "faults": [],
    "token": "ab12",
}
DEEP = "[" * 100_000
ODD: dict[str, list[object]] = {
    "url": [None, 5, [], "", "file:///etc/hostname", "http://example.com", "http://127.0.0.1:x"],
    "pid": [None, "x", 0, -1, 1, True, 1.5, 10**30, []],
    "speed": [None, "x", 0, -20, 1e300, True, [], {}],
    "size_px": [None, "x", 0, -64, 10**9, 64.5, True, []],
    "faults": [None, 5, [5], [None]],
    "token": [None, 5, "", "--token", []],
}


def odd_files() -> Iterator[str]:
    """Yield texts of a process file of which each holds one thing that it should not."""
    yield from ("", "{", "null", "[]", "5", '"x"', "[1, 2]", "{}", DEEP, '{"speed": NaN}')
    for name, values in ODD.items():
        yield from (json.dumps(GOOD | {name: value}) for value in values)
    for name in GOOD:
        yield json.dumps({key: value for key, value in GOOD.items() if key != name})
    for number in ("NaN", "Infinity", "1" + "0" * 400):
        yield json.dumps(GOOD | {"speed": 0}).replace('"speed": 0', f'"speed": {number}')


@pytest.fixture
def process_file(tmp_path: Path) -> Path:
    """Return where the simulator's process is recorded."""
    (tmp_path / "simulator").mkdir()
    return tmp_path / "simulator" / "process.json"


def test_a_process_file_of_ours_is_read(tmp_path: Path, process_file: Path) -> None:
    """What the other tests change was right before."""
    process_file.write_text(json.dumps(GOOD | {"speed": 50.0}))
    assert simulator_process.known_speed(tmp_path) == 50.0


def test_a_newer_version_may_say_more_of_the_process(tmp_path: Path, process_file: Path) -> None:
    """A field that is not known here hides no simulator that runs."""
    process_file.write_text(json.dumps(GOOD | {"speed": 50.0, "later": [1]}))
    assert simulator_process.known_speed(tmp_path) == 50.0


@pytest.mark.parametrize("text", list(odd_files()), ids=lambda text: text[:80])
def test_an_odd_process_file_counts_as_none(tmp_path: Path, process_file: Path, text: str) -> None:
    """No simulator runs, then, and none of its numbers is used: not the speed, not the pid."""
    process_file.write_text(text)
    assert simulator_process.known_speed(tmp_path) == simulator_process.SPEED
    assert simulator_process.running_simulator(tmp_path) is None


def test_a_process_file_of_bytes_counts_as_none(tmp_path: Path, process_file: Path) -> None:
    """It is not even text."""
    process_file.write_bytes(b"\xff\x00\xfe")
    assert simulator_process.running_simulator(tmp_path) is None


def test_a_simulator_starts_over_an_odd_process_file(tmp_path: Path, process_file: Path) -> None:
    """The file is written anew."""
    process_file.write_text(json.dumps(GOOD | {"speed": "fast", "size_px": -1}))
    with simulator_process.ensure_simulator(tmp_path) as started:
        assert started.is_alive()
        assert simulator_process.running_simulator(tmp_path) == started


def block_home(home: Path) -> None:
    """Put a file where the home belongs."""
    home.write_text("x")


def block_folder(home: Path) -> None:
    """Put a file where the simulator's folder belongs."""
    home.mkdir()
    (home / "simulator").write_text("x")


def block_lock(home: Path) -> None:
    """Put a folder where the lock belongs."""
    (home / "simulator" / "lock.sqlite3").mkdir(parents=True)


def damage_lock(home: Path) -> None:
    """Put a text where the lock belongs."""
    (home / "simulator").mkdir(parents=True)
    (home / "simulator" / "lock.sqlite3").write_text("no database" * 100)


def block_log(home: Path) -> None:
    """Put a folder where the log belongs."""
    (home / "simulator" / "log.txt").mkdir(parents=True)


def dangle(home: Path) -> None:
    """Put a link to nowhere where the simulator's folder belongs."""
    home.mkdir()
    (home / "simulator").symlink_to(home / "nowhere")


@pytest.mark.parametrize(
    "block", [block_home, block_folder, block_lock, damage_lock, block_log, dangle]
)
def test_what_is_in_the_simulator_s_way_is_named(tmp_path: Path, block: Any) -> None:
    """Its folder is named, and what to do."""
    home = tmp_path / "home"
    block(home)
    with pytest.raises(SimulatorError) as caught:
        simulator_process.ensure_simulator(home)
    assert str(home / "simulator") in str(caught.value)
    assert "HAILUO_HOME" in str(caught.value)

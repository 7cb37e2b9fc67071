"""Which process uses which history: told in the person's own folder, believed of nobody else."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from hailuo_nb.store.leases import Holder
from hailuo_nb.store.registry import (
    PLACE,
    histories,
    register,
    registered,
    runtime_folder,
)

TELL = """
import sys
from pathlib import Path
from hailuo_nb.store.leases import Holder
from hailuo_nb.store.registry import register
print(register(Path(sys.argv[1]), str(Holder())))
"""


@pytest.fixture(autouse=True)
def runtime(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Begin with an empty runtime folder."""
    folder = tmp_path / "run"
    folder.mkdir(mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(folder))
    return folder


def tell_elsewhere(home: Path) -> None:
    """Let another process, which has ended then, name a history."""
    told = subprocess.run(
        [sys.executable, "-c", TELL, str(home)], capture_output=True, text=True, check=True
    )
    assert told.stdout == "True\n"


def test_a_process_is_found_with_its_history(tmp_path: Path) -> None:
    """Who reads knows the history, the process, and that it lives."""
    own = str(Holder())
    assert register(tmp_path / "home", own)
    (known,) = registered()
    assert (known.home, known.holder, known.pid) == (tmp_path / "home", own, os.getpid())
    assert known.standing == "lives"


def test_the_history_of_a_process_that_has_ended_is_found(tmp_path: Path) -> None:
    """A killed kernel's tasks can be told of still."""
    tell_elsewhere(tmp_path / "home")
    assert histories() == [tmp_path / "home"]
    assert [known.standing for known in registered()] == ["gone"]


def test_what_nothing_is_known_of_stays(tmp_path: Path) -> None:
    """A process of another machine may live, whoever comes after it, also under one's own number.

    One that had this number here before has ended.
    """
    far = str(replace(Holder(), host="elsewhere"))
    assert register(tmp_path / "home", far)
    assert register(tmp_path / "home", str(Holder()))
    assert [known.standing for known in registered() if known.holder == far] == ["unknown"]
    before = str(replace(Holder(), started="1"))
    assert register(tmp_path / "other", before)
    assert [known.standing for known in registered() if known.holder == before] == ["gone"]


def test_what_has_ended_gives_way_to_who_lives(tmp_path: Path) -> None:
    """A thousand restarts leave one entry of a history, and those of others alone."""
    tell_elsewhere(tmp_path / "other")
    tell_elsewhere(tmp_path / "home")
    for _ in range(3):
        assert register(tmp_path / "home", str(Holder()))
    assert [known.home.name for known in registered() if known.standing == "gone"] == ["other"]
    own = Holder()
    register(tmp_path / "home", str(own))
    before = len(registered())
    register(tmp_path / "home", str(own))
    assert len(registered()) == before


def test_folder_and_entries_are_the_persons_alone(tmp_path: Path) -> None:
    """Nobody else reads which histories there are."""
    register(tmp_path / "home", str(Holder()))
    folder = runtime_folder()
    assert folder is not None
    (entry,) = (folder / PLACE).iterdir()
    modes = [one.stat().st_mode & 0o777 for one in (folder, folder / PLACE, entry)]
    assert modes == [0o700, 0o700, 0o600]


@pytest.mark.parametrize("mode", [0o777, 0o720, 0o750])
def test_a_folder_that_is_open_to_others_is_not_used(runtime: Path, mode: int) -> None:
    """Somebody else's word on where a history lies counts nothing."""
    (runtime / "hailuo_nb").mkdir()
    (runtime / "hailuo_nb").chmod(mode)
    assert runtime_folder() is None
    assert not register(runtime / "home", str(Holder()))
    assert histories() == []


def test_a_planted_link_is_not_followed(runtime: Path, tmp_path: Path) -> None:
    """A link in the folder's place leads to a folder of somebody else's choice."""
    (tmp_path / "theirs").mkdir(mode=0o700)
    (runtime / "hailuo_nb").symlink_to(tmp_path / "theirs")
    assert runtime_folder() is None


@pytest.mark.parametrize(
    "entry",
    [
        "",
        "[]",
        "{}",
        "\0",
        "[" * 60_000,
        json.dumps({"home": "relative", "holder": '["h", "b", 5, "1/2"]'}),
        json.dumps({"home": "/home", "holder": "[]"}),
        json.dumps({"home": "/home", "holder": '["h", "b", "many", "1/2"]'}),
        json.dumps({"home": 5, "holder": '["h", "b", 5, "1/2"]'}),
    ],
)
def test_an_odd_entry_hides_no_other(tmp_path: Path, entry: str) -> None:
    """What was half written, or by a later version, is passed over."""
    register(tmp_path / "home", str(Holder()))
    folder = runtime_folder()
    assert folder is not None
    (folder / PLACE / "odd.json").write_text(entry)
    assert histories() == [tmp_path / "home"]

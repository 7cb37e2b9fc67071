"""Where the clips of a notebook go, and what is said of it, wherever it is moved or called."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from hailuo_nb.config import read_config
from hailuo_nb.core.names import FOLDER
from hailuo_nb.notebook.magic import welcome
from hailuo_nb.session import registry
from hailuo_nb.session.session import Session
from hailuo_nb.session.shell import Host

Open = Callable[..., Session]


@pytest.fixture
def opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Open:
    """Open sessions as a kernel does whose notebook may be known, in an empty folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delitem(registry.state, "host", raising=False)

    def make(**environ: str) -> Session:
        known = {"HAILUO_HOME": str(tmp_path / "home"), "HOME": str(tmp_path), **environ}
        config = read_config(known | {"HAILUO_SIMULATOR": "on"})
        return Session(config, display=lambda task: None)

    return make


@pytest.fixture
def notebook(tmp_path: Path) -> Path:
    """Make a notebook's file in a folder of its own."""
    path = tmp_path / "course" / "lesson.ipynb"
    path.parent.mkdir()
    path.write_text("{}", encoding="utf-8")
    return path


def told(session: Session) -> str:
    """Return what loading says of the folder."""
    words = welcome(session.config, session.host, None)
    return words.partition("Clips go to ")[2]


@pytest.mark.parametrize(
    ("named", "folder"),
    [
        ("clips", "clips"),
        ("./out/clips", "out/clips"),
        ("$HOME/clips", "clips"),
        ("${HOME}/clips", "clips"),
        ("~/clips", "clips"),
        ("$PROJECT/clips", "project/clips"),
        ("5$ clips", "5$ clips"),
        ("$UNKNOWN/clips", "$UNKNOWN/clips"),
    ],
)
def test_a_folder_is_the_same_wherever_the_notebook_goes(
    opened: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, named: str, folder: str
) -> None:
    """It is whole from the start: ``%cd`` moves no clip."""
    monkeypatch.setenv("HOME", str(tmp_path))
    environ = {"HAILUO_VIDEOS": named, "PROJECT": str(tmp_path / "project")}
    session = opened(**environ)
    os.chdir("/")
    assert session.folder == tmp_path / folder
    assert read_config(environ | {"HAILUO_HOME": "$PROJECT/h"}).home == tmp_path / "project" / "h"


def test_a_history_in_a_relative_folder_stays_where_it_began(
    opened: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Settings that are read again after ``%cd`` mean the same folder."""
    first = read_config({"HAILUO_HOME": "here"}).home
    monkeypatch.chdir("/")
    assert read_config({"HAILUO_HOME": "here"}).home == first
    assert first.is_absolute()


def test_beside_the_notebook_is_said_where_it_is(opened: Open, notebook: Path) -> None:
    """The server tells the notebook's place, and it is there."""
    session = opened(JPY_SESSION_NAME=str(notebook))
    assert session.folder == notebook.parent / FOLDER
    assert told(session) == f"{FOLDER}/ beside the notebook."
    away = opened(JPY_SESSION_NAME=str(notebook), HAILUO_VIDEOS="/data/clips")
    assert told(away) == "/data/clips."


@pytest.mark.parametrize("name", ["", "gone/lesson.ipynb"])
def test_a_place_that_is_not_known_is_named_in_full(
    opened: Open, tmp_path: Path, name: str
) -> None:
    """As with papermill, which runs a notebook from anywhere to anywhere."""
    session = opened(JPY_SESSION_NAME=name)
    assert told(session) == f"{tmp_path / FOLDER}."
    assert session.host.relative_address(session.folder / "a.mp4") == f"{FOLDER}/a.mp4"


def test_a_notebook_with_another_name_is_beside_its_clips(opened: Open, notebook: Path) -> None:
    """The kernel is not told; the file is the same."""
    host = opened(JPY_SESSION_NAME=str(notebook)).host
    assert host.is_beside
    notebook.rename(notebook.with_name("named anew.ipynb"))
    assert host.is_beside
    assert host.relative_address(notebook.parent / FOLDER / "a.mp4") == f"{FOLDER}/a.mp4"


@pytest.mark.parametrize("beside", [False, True])
def test_a_notebook_that_was_moved_is_not(
    opened: Open, notebook: Path, tmp_path: Path, beside: bool
) -> None:
    """No link leads from its new place: clips are embedded, and the folder is named in full."""
    session = opened(JPY_SESSION_NAME=str(notebook))
    assert session.host.is_beside
    if beside:
        (notebook.parent / "another.ipynb").write_text("{}", encoding="utf-8")
    (tmp_path / "elsewhere").mkdir()
    shutil.move(notebook, tmp_path / "elsewhere" / notebook.name)
    assert session.host.is_beside is False
    assert session.host.relative_address(session.folder / "a.mp4") is None
    assert told(session) == f"{notebook.parent / FOLDER}."


def test_an_editor_that_tells_the_name_is_believed(
    opened: Open, notebook: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Visual Studio Code keeps it in a variable, up to date."""
    monkeypatch.setattr(Host, "names", {"__vsc_ipynb_file__": str(notebook)})
    session = opened()
    assert session.folder == notebook.parent / FOLDER
    assert told(session) == f"{FOLDER}/ beside the notebook."

"""What the doctor sees, and that it shows no key."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from hailuo_nb.config import read_config
from hailuo_nb.errors import UsageError
from hailuo_nb.notebook import doctor
from hailuo_nb.notebook.doctor import NOTEBOOK_BYTES_MAX, examine, examine_notebook
from hailuo_nb.session.session import Session
from hailuo_nb.views.reports.report import Finding, report_html, report_text

KEY = "plain-key-in-use"
HEX = "0123456789abcdef0123456789abcdef"
FINE = {"jupyterlab": (4, 4), "anywidget": (0, 11, 0)}


@pytest.fixture
def session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Session]:
    """Open a session with a key, on a port where nobody answers."""
    monkeypatch.chdir(tmp_path)
    environ = {"HAILUO_HOME": str(tmp_path / KEY), "HAILUO_BASE_URL": "http://127.0.0.1:9"}
    opened = Session(read_config(environ, session_key=KEY), display=lambda task: None)
    yield opened
    opened.close()


def by_name(findings: list[Finding]) -> dict[str, Finding]:
    """Return the findings by what was looked at."""
    return {finding.what: finding for finding in findings}


def write(path: Path, *sources: str, **parts: object) -> str:
    """Write a notebook and return its path."""
    cells = [{"cell_type": "code", "source": source} for source in sources]
    path.write_text(json.dumps({"cells": cells, "metadata": {}, **parts}), encoding="utf-8")
    return str(path)


def test_everything_is_looked_at(session: Session) -> None:
    """Each part of the set-up has its line, and what does not answer is a problem."""
    found = by_name(examine(session))
    assert set(found) == {
        *("key", "keyring", "service", "history", "keeper", "clips"),
        *("versions", "event loop", "front end", "widgets"),
    }
    assert found["service"].verdict == "problem"
    assert "http://127.0.0.1:9" in found["service"].detail
    assert found["key"].detail == "from this session's login"
    assert "GB free" in found["history"].detail


def test_a_key_that_does_not_go_to_an_origin_in_use_is_a_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Images would be refused: the check-up says which variable is to be unset."""
    monkeypatch.chdir(tmp_path)
    here = {"HAILUO_HOME": str(tmp_path), "HAILUO_BASE_URL": "http://127.0.0.1:9"}
    config = read_config(here | {"HAILUO_UPLOAD_URL": "http://127.0.0.1:8"}, session_key=KEY)
    opened = Session(config, display=lambda task: None)
    key = by_name(examine(opened))["key"]
    opened.close()
    assert key.verdict == "problem"
    assert "does not go to http://127.0.0.1:8: " in key.detail
    assert "unset HAILUO_UPLOAD_URL" in key.detail


def test_the_check_up_shows_no_key(session: Session) -> None:
    """Not even where a folder is called like it."""
    findings = examine(session)
    assert KEY not in report_text(findings) + report_html(findings) + repr(findings)
    assert "/***:" in by_name(findings)["history"].detail


def test_a_clean_notebook_is_said_to_be_clean(session: Session, tmp_path: Path) -> None:
    """One line."""
    (finding,) = examine_notebook(session, write(tmp_path / "a.ipynb", "x = 1"))
    assert (finding.verdict, finding.detail) == (
        "ok",
        "a.ipynb: no keys and no personal paths",
    )


def test_a_leaking_notebook_is_told_cell_by_cell(session: Session, tmp_path: Path) -> None:
    """Cell number, place, kind, a blotted excerpt and advice; the key in use is known by itself."""
    name = write(tmp_path / "a.ipynb", "x = 1", f"x = '{KEY}'", "open('/home/alice/x')")
    key, path = examine_notebook(session, name)
    assert (key.what, key.verdict) == ("cell 2, source", "problem")
    assert key.detail == (
        "an API key. Take it out, and make a new one at kie.ai if the notebook was shared: "
        "x = '***'"
    )
    assert (path.what, path.verdict) == ("cell 3, source", "note")
    assert path.detail.endswith("relative to the notebook: open('/home/***/x')")


def test_very_many_findings_are_cut(session: Session, tmp_path: Path) -> None:
    """And it is said."""
    name = write(tmp_path / "a.ipynb", *(f"api_key = '{HEX}'" for _ in range(99)))
    findings = examine_notebook(session, name)
    assert findings[-1].detail == "only 50 are listed"
    assert len(findings) == 51


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "not JSON"),
        (b"\x89PNG\r\n\x1a\n\x00", "not JSON"),
        (b"\xff\xfe", "not JSON"),
        (b"[" * 100_000, "too deeply"),
        (b"[1, 2]", "no cells"),
        (b'{"cells": 5}', "no cells"),
    ],
)
def test_what_is_no_notebook_is_refused(
    session: Session, tmp_path: Path, content: bytes, why: str
) -> None:
    """Garbage of any kind is one clear line."""
    (tmp_path / "a.ipynb").write_bytes(content)
    with pytest.raises(UsageError) as caught:
        examine_notebook(session, "a.ipynb")
    assert why in str(caught.value)
    assert "a.ipynb" in str(caught.value)


@pytest.mark.parametrize("depth", [100, 960, 5_000])
def test_what_nests_is_looked_into_or_refused(session: Session, tmp_path: Path, depth: int) -> None:
    """How deep is the interpreter's to say; a key down there is never called none."""
    inner = b"[" * depth + f'"api_key = {HEX}"'.encode() + b"]" * depth
    (tmp_path / "a.ipynb").write_bytes(b'{"cells": [{"source": ' + inner + b"}]}")
    try:
        (found,) = examine_notebook(session, "a.ipynb")
    except UsageError as error:
        assert depth > 100
        assert "too deeply" in str(error)
    else:
        assert found.verdict == "problem"


def test_a_huge_file_is_not_read(session: Session, tmp_path: Path) -> None:
    """Its size is enough to refuse it."""
    with (tmp_path / "a.ipynb").open("wb") as file:
        file.truncate(NOTEBOOK_BYTES_MAX + 1)
    with pytest.raises(UsageError, match="more than 200 MB"):
        examine_notebook(session, "a.ipynb")


@pytest.mark.parametrize("name", ["nowhere.ipynb", ".", "a\0b"])
def test_a_file_that_is_not_there_is_refused(session: Session, name: str) -> None:
    """So is a folder, or what cannot be a path."""
    with pytest.raises(UsageError):
        examine_notebook(session, name)


@pytest.mark.parametrize(
    ("versions", "verdict", "words"),
    [
        ({"jupyterlab": (4, 6, 6), "notebook": (7, 6)}, "ok", "jupyterlab 4.6.6, notebook 7.6"),
        ({"jupyterlab": (3, 6)}, "problem", "need jupyterlab 4 or newer"),
        ({"jupyterlab": (4, 0), "notebook": (6, 5)}, "problem", "need notebook 7 or newer"),
        ({"voila": (0, 4)}, "problem", "need voila 0.5 or newer"),
        ({"voila": (0, 5, 8)}, "ok", "voila 0.5.8"),
        ({}, "ok", "none beside this kernel"),
    ],
)
def test_front_ends(versions: dict[str, tuple[int, ...]], verdict: str, words: str) -> None:
    """Those that the live cards cannot live in are named, with what is needed."""
    finding = doctor.pages(versions.get)
    assert finding.verdict == verdict
    assert words in finding.detail


def widget_files(folder: Path, version: object) -> Path:
    """Lay down what the page loads."""
    for name in doctor.WIDGET_FILES:
        (folder / name).mkdir(parents=True)
        (folder / name / "package.json").write_text(json.dumps({"version": version}))
    return folder


def test_widget_files_of_the_same_version_are_well(tmp_path: Path) -> None:
    """The first folder that has them counts; the last number may differ."""
    places = [tmp_path / "empty", widget_files(tmp_path / "lab", "0.11.3")]
    assert doctor.widgets(FINE.get, places).verdict == "ok"


def test_widget_files_of_another_version_are_a_problem(tmp_path: Path) -> None:
    """The page would say that it cannot load the widget."""
    finding = doctor.widgets(FINE.get, [widget_files(tmp_path, "0.9.18")])
    assert finding.verdict == "problem"
    assert "the page has anywidget 0.9.18, the kernel 0.11.0" in finding.detail


@pytest.mark.parametrize("version", [None, "", "x", 5])
def test_widget_files_that_cannot_be_read_are_a_problem(tmp_path: Path, version: object) -> None:
    """A version that is none is not that of the kernel."""
    assert doctor.widgets(FINE.get, [widget_files(tmp_path, version)]).verdict == "problem"


def test_missing_widget_files_are_a_note(tmp_path: Path) -> None:
    """The page may be served from another environment; what to install there is said."""
    finding = doctor.widgets(FINE.get, [tmp_path])
    assert finding.verdict == "note"
    assert "pip install anywidget ipywidgets" in finding.detail


def test_a_page_from_elsewhere_is_not_judged(tmp_path: Path) -> None:
    """In Colab nothing on this machine tells."""
    assert doctor.widgets(FINE.get, [tmp_path], remote=True).verdict == "ok"


def test_the_widget_files_of_this_environment_are_found() -> None:
    """Where anywidget is installed, Jupyter's folders have its files."""
    from hailuo_nb.notebook.nested_asyncio import installed

    assert doctor.widgets(installed, doctor.folders()).verdict == "ok"

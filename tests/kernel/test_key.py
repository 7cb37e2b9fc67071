"""The key goes to the API alone and shows nowhere: searched for, not believed."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from tests.kernel.real_kernel import CLEARED, RealKernel, real_kernel

KEY = "sk-0d5e2f77c9b14a3d8e61"
NOISY = (
    "import logging\n"
    "logging.basicConfig(filename='all.log', level=logging.DEBUG, force=True)\n"
    "%load_ext hailuo_nb"
)
CELLS = (
    NOISY,
    "%%hailuo one --image sample:forest --wait\nA path.",
    "one, one.snapshot, vars(one), one.error",
    "%hailuo history --json",
    "%hailuo doctor",
    "from hailuo_nb import api\napi.session().config, vars(api.session())",
    "api.session().runner().shared",
    "%%hailuo two --model 02-t2v-pro --duration 10\nno",
    "import httpx\napi.session().runner().shared._service._ask(1, 2)",
)


@pytest.fixture
def service() -> Iterator[str]:
    """Start a simulator that accepts one key, as a stranger's service."""
    words = [sys.executable, "-m", "hailuo_nb.simulator", "--speed", "200", "--key", KEY]
    words += ["--max-size", "128"]
    with subprocess.Popen(words, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        yield process.stdout.readline().decode().strip()
        process.terminate()


def everything_under(folder: Path) -> dict[Path, bytes]:
    """Return every file's bytes."""
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("debug", ["0", "1"])
def test_the_key_shows_nowhere(
    tmp_path: Path, service: str, monkeypatch: pytest.MonkeyPatch, debug: str
) -> None:
    """Not in a saved notebook, log, history, sidecar, repr or traceback."""
    for name in CLEARED:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("KIE_API_KEY", KEY)
    monkeypatch.setenv("HAILUO_BASE_URL", service)
    monkeypatch.setenv("HAILUO_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("HAILUO_DEBUG", debug)
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(c) for c in CELLS])
    client = NotebookClient(
        notebook,
        timeout=60,
        kernel_name="python3",
        allow_errors=True,
        resources={"metadata": {"path": str(tmp_path)}},
    )
    client.execute()
    nbformat.write(notebook, tmp_path / "executed.ipynb")
    files = everything_under(tmp_path)
    assert any(path.suffix == ".mp4" for path in files)
    assert len(files[tmp_path / "all.log"]) > 1000
    assert "which is not the vendor's own" in str(notebook.cells[0].outputs)
    assert [path for path, content in files.items() if KEY.encode() in content] == []


def test_a_key_set_in_the_notebook_stays_at_home(tmp_path: Path, service: str) -> None:
    """A key from the environment goes to another origin only if both were there before."""
    with real_kernel(tmp_path, tmp_path / "home", HAILUO_BASE_URL=service) as kernel:
        kernel.run(f"import os; os.environ['KIE_API_KEY'] = '{KEY}'")
        kernel.load()
        outcome = kernel.run("%%hailuo one --wait\nA path.")
    assert "before the kernel started" in outcome.error
    assert KEY not in outcome.error


def test_a_missing_key_is_said_at_submit(tmp_path: Path, service: str) -> None:
    """With HAILUO_BASE_URL the simulator is never used, and a key is needed."""
    with real_kernel(tmp_path, tmp_path / "home", HAILUO_BASE_URL=service) as kernel:
        assert "NO KEY" in kernel.load().text
        outcome = kernel.run("%%hailuo one --wait\nA path.")
        assert outcome.error_name == "MissingKey"
        assert "There is no API key" in outcome.error
        assert not (kernel.home / "simulator").exists()


def test_files_in_the_history_folder_are_private(kernel: RealKernel) -> None:
    """Files there are 0600 and folders 0700."""
    kernel.run("%hailuo simulator --speed 200 --size 64")
    kernel.run("%%hailuo one --wait\nA path.")
    modes = {
        path.relative_to(kernel.home): oct(path.stat().st_mode & 0o077)
        for path in [kernel.home, *kernel.home.rglob("*")]
    }
    assert {path for path, others in modes.items() if others != "0o0"} == set()

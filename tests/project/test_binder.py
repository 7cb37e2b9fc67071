"""What a visitor of the Binder link gets: exactly those files, in a fresh environment."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.matrix

ROOT = Path(__file__).parents[2]
RUN = """
import json, nbformat, sys
from nbclient import NotebookClient
notebook = nbformat.read("notebooks/01_first_take.ipynb", as_version=4)
client = NotebookClient(notebook, timeout=300, kernel_name="python3",
                        resources={"metadata": {"path": "notebooks"}})
client.execute()
from hailuo_nb.session.simulator_process import running_simulator
from pathlib import Path
running_simulator(Path(sys.argv[1])).stop()
print("ran", len(notebook.cells))
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Copy what git tracks, as repo2docker would see it."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True
    )
    for name in filter(None, listed.stdout.split("\0")):
        target = tmp_path / "checkout" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, target)
    return tmp_path / "checkout"


def test_binder_runs_the_first_notebook(checkout: Path, tmp_path: Path) -> None:
    """requirements.txt, postBuild and start give Python 3.11 a JupyterLab that runs it."""
    assert (checkout / "binder" / "runtime.txt").read_text().strip() == "python-3.11"
    python = tmp_path / "venv" / "bin" / "python"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", tmp_path / "venv"], check=True)
    install = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet"]
    install += ["--no-compile", "-r", "binder/requirements.txt"]  # most of it is never imported
    subprocess.run(install, cwd=checkout, check=True)
    home = tmp_path / "history"
    env = {**os.environ, "HOME": str(tmp_path), "HAILUO_HOME": str(home)}
    env.pop("KIE_API_KEY", None)
    subprocess.run([checkout / "binder" / "postBuild"], cwd=checkout, env=env, check=True)
    assert "01_first_take" in (tmp_path / ".jupyter" / "jupyter_server_config.json").read_text()
    subprocess.run([python, "-m", "jupyter", "lab", "--version"], cwd=checkout, check=True)
    done = subprocess.run(
        [checkout / "binder" / "start", python, "-c", RUN, str(home)],
        cwd=checkout,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("ran")

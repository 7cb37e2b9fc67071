"""What is installed: everything that runs, and nothing else."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BYTES_MAX = 900_000
LOOK = """
import importlib, pkgutil, sys
sys.path.insert(0, sys.argv[1])
import hailuo_nb
for found in pkgutil.walk_packages(hailuo_nb.__path__, "hailuo_nb."):
    if not found.name.endswith("__main__"):
        importlib.import_module(found.name)
from hailuo_nb.views.bundles import bundle
from hailuo_nb.views.panel.widget import style_text
print(hailuo_nb.__file__.startswith(sys.argv[1]), len(bundle("panel")) > 10_000)
print(len(style_text()) > 1_000)
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build it from the tree as it is."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


def test_it_is_small(wheel: Path) -> None:
    """Nobody waits for it, nor for what nobody asked for."""
    assert wheel.stat().st_size < BYTES_MAX


def test_it_holds_what_runs_and_nothing_else(wheel: Path) -> None:
    """Each module and style sheet, the bundles, the mark of types, the server's configuration."""
    named = zipfile.ZipFile(wheel).namelist()
    own = {name for name in named if name.startswith("hailuo_nb/")}
    package = ROOT / "hailuo_nb"
    wanted = {
        str(path.relative_to(ROOT))
        for path in package.rglob("*")
        if path.suffix in (".py", ".css", ".typed") or path.parent.name in ("bundles", "page")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert own == wanted
    assert "hailuo_nb/py.typed" in own
    assert [name for name in named if name.endswith("jupyter_server_config.d/hailuo_nb.json")]


def test_it_runs_outside_the_tree(wheel: Path, tmp_path: Path) -> None:
    """Unpacked elsewhere, each module can be imported, and the panel has its script and style."""
    zipfile.ZipFile(wheel).extractall(tmp_path)
    ran = subprocess.run(
        [sys.executable, "-P", "-c", LOOK, str(tmp_path)], capture_output=True, text=True
    )
    assert ran.stdout.split() == ["True", "True", "True"], ran.stderr

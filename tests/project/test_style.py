"""Lint, format and types: what the tools say of the whole project."""

import subprocess
import sys
from pathlib import Path

import hailuo_nb

ROOT = Path(__file__).parents[2]


def complaints(*words: str) -> str:
    """Run a tool on the project; return what it printed if it is not content."""
    done = subprocess.run(
        [sys.executable, "-m", *words], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return done.stdout + done.stderr if done.returncode else ""


def test_ruff_finds_nothing() -> None:
    """Every rule that pyproject.toml selects is kept."""
    assert complaints("ruff", "check", ".") == ""


def test_the_format_is_ruffs() -> None:
    """Formatting the project would change nothing."""
    assert complaints("ruff", "format", "--check", ".") == ""


def test_mypy_finds_nothing() -> None:
    """The package's types hold, strictly."""
    assert complaints("mypy") == ""


def test_no_merge_is_half_done() -> None:
    """No text of the project has the marks of one."""
    marks = ("<" * 7 + " ", ">" * 7 + " ")
    texts = [path for kind in ("*.md", "*.py", "*.js", "*.css") for path in tracked(kind)]
    assert texts
    lines = ((path, line) for path in texts for line in path.read_text("utf-8").splitlines())
    assert [path for path, line in lines if line.startswith(marks)] == []


def tracked(kind: str) -> list[Path]:
    """Return the project's own files of a kind."""
    words = ["git", "ls-files", "-z", kind]
    found = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [path for name in found.split("\0") if name and (path := ROOT / name).is_file()]


TYPED = """
from pathlib import Path
from typing import assert_type

import hailuo_nb
from hailuo_nb import Experiment, Plan, Task, export, generate, history, promote, record

assert_type(generate("a", dry_run=True), Plan)
assert_type(generate("a", repeat=3), Experiment)
assert_type(generate("a", duration="6,10"), Task | Experiment)
assert_type(history("a")[0], Task)
assert_type(promote("a", top=1), Experiment | Plan)
assert_type(export("a", to="a.html"), Path)
assert_type(record("a", to="a"), Path)
hailuo_nb.generat("a")  # type: ignore[attr-defined]
"""


def test_a_person_s_own_script_is_typed(tmp_path: Path) -> None:
    """As far as the options decide it, with names of the package alone; a slip of one is found."""
    snippet = tmp_path / "snippet.py"
    snippet.write_text(TYPED, "utf-8")
    assert complaints("mypy", "--config-file", "pyproject.toml", str(snippet)) == ""
    assert {name for name in hailuo_nb.__all__ if getattr(hailuo_nb, name, None) is None} == set()

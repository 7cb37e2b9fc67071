"""Each target of the Makefile sets up what it needs, in a clone where nothing has been made."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

MAKEFILE = Path(__file__).parents[2] / "Makefile"
TEXT = MAKEFILE.read_text("utf-8")

PROGRAM = """\
#!/bin/sh
# Makes environments and installs into them, slowly; at once with another it fails.
case "$*" in "-m venv "*|"-m pip "*) mkdir .busy || exit 1; sleep 0.2; rmdir .busy;; esac
case "$*" in "-m venv "*)
  mkdir "$3" "$3/bin" || exit 1
  cp "$0" "$3/bin/python"
  cp "$0" "$3/bin/jupyter";;
esac
"""


def targets() -> list[str]:
    """Return the names of the targets that a person calls."""
    found = re.search(r"^\.PHONY: (.+)$", TEXT, re.MULTILINE)
    assert found is not None
    return found[1].split()


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """Return a folder in which nothing is made yet, and whose programs do nothing else."""
    shutil.copy(MAKEFILE, tmp_path)
    for name in ("package-lock.json", "pyproject.toml", "notebooks/01_first_take.ipynb"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    programs = tmp_path / "programs"
    programs.mkdir()
    for name in ("python3", "npm", "npx", "apt-get"):
        (programs / name).write_text(PROGRAM, "utf-8")
        (programs / name).chmod(0o755)
    return tmp_path


@pytest.mark.parametrize("target", targets())
def test_from_nothing_a_target_sets_up_what_it_needs(clone: Path, target: str) -> None:
    """Two parts of one target, made at once, both made the environment, and one of them failed."""
    done = subprocess.run(
        ["make", "--jobs=4", target],
        cwd=clone,
        env={"PATH": f"{clone / 'programs'}:/usr/bin:/bin", "HOME": str(clone)},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stdout + done.stderr

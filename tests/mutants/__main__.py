"""Break one promise at a time: ``python -m tests.mutants [NAME ...]``.

Works on a copy of the project and never on the checkout. Without a change the tests of the
table are green; with each change those that it names are red. Ends with status 1 where that
is not so, or where a change no longer fits the code.
"""

import compileall
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from py_compile import PycInvalidationMode
from queue import SimpleQueue

from tests.mutants.table import ROWS, Mutant

ROOT = Path(__file__).parents[2]
LONGEST_S = 300.0
"""How long one row may take, in seconds; the tests without a change have ten times that."""

LEFT_OUT = shutil.ignore_patterns(
    *(".git", ".venv", "node_modules", "demo", "build", "dist", "__pycache__", ".*_cache")
)
RUN = """
import os, sys, pytest
status = pytest.main(sys.argv[1:])
sys.stdout.flush()
os._exit(status)
"""
"""Runs tests and ends at once: a change may keep the process from coming to its end."""

GREEN, RED = 0, 1


class Misfit(Exception):
    """A row that says nothing about the tests as it stands."""


def main(names: Sequence[str]) -> int:
    """Play the rows of these names, or all, and return the exit status."""
    unknown = set(names) - {row.name for row in ROWS}
    if unknown:
        print(f"no such row: {', '.join(sorted(unknown))}")
        return 2
    rows = [row for row in ROWS if not names or row.name in names]
    cores = len(os.sched_getaffinity(0))
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        copies = [_copied(Path(folder) / str(core)) for core in range(cores)]
        if not _is_green(copies[0], rows, cores):
            return 1
        noticed = _noticed(copies, rows)
    print(f"{noticed} of {len(rows)} changes are noticed")
    return 0 if noticed == len(rows) else 1


def _copied(copy: Path) -> Path:
    """Copy the project; what is compiled there is checked by its text, not by its time."""
    shutil.copytree(ROOT, copy, ignore=LEFT_OUT)
    for part in ("hailuo_nb", "tests"):
        compileall.compile_dir(
            copy / part, quiet=2, invalidation_mode=PycInvalidationMode.CHECKED_HASH
        )
    return copy


def _noticed(copies: Sequence[Path], rows: Sequence[Mutant]) -> int:
    """Play the rows, as many at once as there are copies; return how many are noticed."""
    free = SimpleQueue[Path]()
    for copy in copies:
        free.put(copy)

    def play(row: Mutant) -> bool:
        copy = free.get()
        try:
            return _is_noticed(copy, row)
        finally:
            free.put(copy)

    with ThreadPoolExecutor(len(copies)) as pool:
        return sum(pool.map(play, rows))


def _is_green(copy: Path, rows: Sequence[Mutant], processes: int) -> bool:
    tests = dict.fromkeys(test for row in rows for test in row.tests)
    words = ("--numprocesses", str(processes), "--dist", "loadfile", *tests)
    status, said = _play(copy, words, 10 * LONGEST_S)
    if status != GREEN:
        print(f"{said}\nthese tests must be green before anything is changed")
    return status == GREEN


def _is_noticed(copy: Path, row: Mutant) -> bool:
    path = copy / row.file
    plain = path.read_text("utf-8")
    try:
        path.write_text(_changed(row, plain), "utf-8")
        status, _ = _play(copy, row.tests, LONGEST_S)
    except Misfit as error:
        print(f"ERROR     {row.name}: {error}", flush=True)
        return False
    finally:
        path.write_text(plain, "utf-8")
    print(f"{'noticed ' if status == RED else 'SURVIVED'}  {row.name}", flush=True)
    return status == RED


def _changed(row: Mutant, plain: str) -> str:
    """Return a file's text with the change in it."""
    if plain.count(row.old) != 1:
        raise Misfit(f"{row.file} has its old text {plain.count(row.old)} times, not once")
    changed = plain.replace(row.old, row.new)
    if row.file.endswith(".py"):
        try:
            compile(changed, row.file, "exec")
        except SyntaxError as error:
            raise Misfit(f"{row.file} would be no Python any more: {error}") from error
    return changed


def _play(copy: Path, tests: Sequence[str], longest_s: float) -> tuple[int, str]:
    """Run tests until one fails; return pytest's status and what it said."""
    words = [sys.executable, "-c", RUN, "-x", "-p", "no:cacheprovider", *tests]
    env = os.environ | {"PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"}
    with subprocess.Popen(
        words,
        cwd=copy,
        env=env,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    ) as run:
        try:
            said, _ = run.communicate(timeout=longest_s)
        except subprocess.TimeoutExpired:
            raise Misfit(f"its tests take longer than {longest_s:g} s") from None
        finally:
            with suppress(ProcessLookupError):  # what a change kept from ending, too
                os.killpg(run.pid, signal.SIGKILL)
    if run.returncode not in (GREEN, RED):
        raise Misfit(f"its tests could not be run\n{said}")
    return run.returncode, said


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

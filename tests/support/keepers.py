"""The keepers of a test's history: found by their command, ended one by one."""

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil

from hailuo_nb.session.keeper_process import MODULE

END_S = 60.0
RUNTIME = "XDG_RUNTIME_DIR"


def keepers(home: Path) -> list[psutil.Process]:
    """Return the running keepers of a history."""
    found = []
    for process in psutil.process_iter(["cmdline"]):
        words = process.info["cmdline"] or []
        with suppress(psutil.NoSuchProcess):  # it has ended just now
            if MODULE in words and str(home) in words and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process)
    return found


def end_keepers(home: Path) -> None:
    """End the keepers of a history; those that are children of ours are reaped."""
    for process in keepers(home):
        end(process)


def end(process: psutil.Process) -> None:
    """End a keeper at once and wait until it is gone; what started it may not have asked for it."""
    ends = time.monotonic() + END_S
    try:
        process.kill()
        while process.status() != psutil.STATUS_ZOMBIE and time.monotonic() < ends:
            with suppress(psutil.TimeoutExpired):
                process.wait(0.1)
    except psutil.NoSuchProcess:
        return


@contextmanager
def runtime_folder() -> Iterator[Path]:
    """Have a runtime folder of one's own for the block; its name is short, as sockets need it."""
    before, made = os.environ.get(RUNTIME), Path(tempfile.mkdtemp(prefix="keep-", dir="/tmp"))
    os.environ[RUNTIME] = str(made)
    try:
        yield made
    finally:
        if before is None:
            del os.environ[RUNTIME]
        else:
            os.environ[RUNTIME] = before
        shutil.rmtree(made, ignore_errors=True)

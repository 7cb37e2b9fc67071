"""A runtime folder and a history of the test's own; no keeper outlives its test."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from hailuo_nb.session import keeper_process
from tests.runner.service import Service, running_service
from tests.views.samples import write_clip

END_S = 20.0


@pytest.fixture(scope="package")
def clip(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Return a playable clip."""
    return write_clip(tmp_path_factory.mktemp("clip") / "one.mp4").read_bytes()


@pytest.fixture
def service(clip: bytes) -> Iterator[Service]:
    """Run a service."""
    with running_service(clip) as running:
        yield running


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Name a history folder; its runtime folder has a short name, as sockets need it."""
    runtime = Path(tempfile.mkdtemp(prefix="keep-", dir="/tmp"))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(runtime))
    monkeypatch.setenv("HAILUO_KEEP", "")
    monkeypatch.chdir(tmp_path)
    named = tmp_path / "home"
    yield named
    for process in keepers(named):
        end(process)
    shutil.rmtree(runtime)


def keepers(home: Path) -> list[psutil.Process]:
    """Return the running keepers of a history."""
    found = []
    for process in psutil.process_iter(["cmdline"]):
        words = process.info["cmdline"] or []
        if keeper_process.MODULE in words and str(home) in words:
            found.append(process)
    return found


def end(process: psutil.Process) -> None:
    """End a keeper, and reap it where it is a child of ours."""
    try:
        process.kill()
        process.wait(END_S)
    except psutil.NoSuchProcess:
        return
    assert process.pid != os.getpid()

"""A runtime folder and a history of the test's own; no keeper outlives its test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.runner.service import Service, running_service
from tests.support.keepers import end_keepers, runtime_folder
from tests.views.samples import write_clip


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
    """Name a history folder whose kernels may start a keeper."""
    monkeypatch.setenv("HAILUO_KEEP", "")
    monkeypatch.chdir(tmp_path)
    named = tmp_path / "home"
    with runtime_folder():
        yield named
        end_keepers(named)

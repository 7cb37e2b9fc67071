"""A runtime folder and a history of the test's own; no keeper outlives its test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.runner.conftest import clip, service
from tests.support.keepers import end_keepers, runtime_folder

__all__ = ["clip", "service"]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Name a history folder whose kernels may start a keeper."""
    monkeypatch.setenv("HAILUO_KEEP", "")
    monkeypatch.chdir(tmp_path)
    named = tmp_path / "home"
    with runtime_folder():
        yield named
        end_keepers(named)

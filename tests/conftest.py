"""What holds for all tests: their order where several processes share them, and no clock.

A file is never split. What takes longest begins first, so that no process is left with a long
file while the others have nothing to do; mypy, which uses one core however many there are, too.
"""

import gc
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from tests.variants import is_left_out, left_behind

LIGHT = str(Path(__file__).parent / "support" / "light")
"""What stands there is imported instead of its slow namesake, here and in each child."""
if LIGHT not in sys.path:
    sys.path.insert(0, LIGHT)
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, (LIGHT, os.getenv("PYTHONPATH"))))

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
"""The test processes share the cores already; a thread that waits for work spins."""

os.environ.setdefault("HAILUO_MEASURES", "off")
"""Each kernel would start a process that measures; the tests of measures turn it on."""

if "PYTEST_XDIST_WORKER" not in os.environ:
    _RUNTIME = tempfile.TemporaryDirectory(prefix="hailuo-", ignore_cleanup_errors=True)
    os.environ["XDG_RUNTIME_DIR"] = _RUNTIME.name
"""What processes tell each other stays within one run of the tests."""

os.environ.setdefault("HAILUO_KEEP", "off")
"""Each kernel would start a process that outlives it; the tests of the keeper turn it on."""

settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")  # how long an example takes says how busy the machine is

TOGETHER = "tests/lab/"
"""These files share one JupyterLab, which takes longer to start than most of them take."""

A_WHOLE_RUN = 5000
"""More tests than these are all of them."""

FIRST = (
    *(TOGETHER, "tests/project/test_style.py", "tests/chaos/", "tests/project/test_notebooks.py"),
    *("tests/project/test_binder.py", "tests/kernel/", "tests/session/", "tests/runner/"),
    *("tests/notebook/", "tests/views/", "tests/simulator/"),
)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the variants; begin with what takes long: what is short fills the gaps at the end."""
    for item in items:
        if is_left_out(item.nodeid):
            item.add_marker(pytest.mark.variant)
    gone = left_behind([item.nodeid for item in items]) if len(items) > A_WHOLE_RUN else []
    if gone:
        raise pytest.UsageError(f"tests/variants.py names what is no test: {', '.join(gone)}")
    items.sort(key=lambda item: rank(item.nodeid))


def pytest_collection_finish() -> None:
    """Take what was collected, a million objects, out of what is searched for garbage."""
    gc.collect()
    gc.freeze()


def rank(nodeid: str) -> int:
    """Return the place of a test's folder in the order of all."""
    found = [place for place, start in enumerate(FIRST) if nodeid.startswith(start)]
    return found[0] if found else len(FIRST)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Hand out file by file, but the files that stay together as one."""
    if config.getvalue("dist") != "loadfile":
        return None
    from xdist.scheduler import LoadFileScheduling  # type: ignore[import-untyped]

    class Together(LoadFileScheduling):  # type: ignore[misc]
        def _split_scope(self, nodeid: str) -> str:
            return TOGETHER if nodeid.startswith(TOGETHER) else nodeid.partition("::")[0]

    return Together(config, log)

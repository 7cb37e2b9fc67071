"""The check-up behind ``%hailuo doctor``: looks, and says what to do; changes nothing.

It never shows the key, only where it comes from.
"""

import shutil
import sys
import tempfile
from pathlib import Path

from hailuo_nb import launch, nesting
from hailuo_nb._version import __version__
from hailuo_nb.errors import HailuoError
from hailuo_nb.session import Session
from hailuo_nb.views.report import Finding

PACKAGES = ("ipykernel", "ipython", "ipywidgets", "anywidget", "httpx", "av", "jupyterlab")
FREE_BYTES_MIN = 1_000_000_000
ANSWER_TIMEOUT_S = 15.0


def examine(here: Session) -> list[Finding]:
    """Look at the key, the service, the folders, the versions and the event loop."""
    return [
        _key(here),
        _service(here),
        _writable("history", here.config.home),
        _writable("clips", here.folder),
        _versions(),
        _nesting(),
    ]


def _key(here: Session) -> Finding:
    if here.config.simulator:
        return Finding(what="key", verdict="ok", detail="none needed: the simulator is in use")
    if here.config.key_source is None:
        detail = "none: set KIE_API_KEY before the kernel starts, or run %hailuo login"
        return Finding(what="key", verdict="problem", detail=detail)
    return Finding(what="key", verdict="ok", detail=f"from {here.config.key_source}")


def _service(here: Session) -> Finding:
    runner, config = here.runner(), here.config
    name = f"built-in simulator, log in {launch.log_file(config.home)}"
    shown = name if config.simulator else config.api_origin
    try:
        answer = runner.engine.start(runner.shared.ask_balance())
        balance = answer.result(ANSWER_TIMEOUT_S)
    except (HailuoError, TimeoutError) as error:
        problem = str(error) or "no answer"
        return Finding(what="service", verdict="problem", detail=f"{shown}: {problem}")
    return Finding(what="service", verdict="ok", detail=f"{shown}: balance {balance:g} credits")


def _writable(what: str, folder: Path) -> Finding:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            free_bytes = shutil.disk_usage(folder).free
    except OSError as error:
        return Finding(what=what, verdict="problem", detail=f"{folder}: {error.strerror}")
    gigabytes = f"{folder}: {free_bytes / 1e9:.1f} GB free"
    if free_bytes < FREE_BYTES_MIN:
        return Finding(what=what, verdict="note", detail=f"{gigabytes}; clips need room")
    return Finding(what=what, verdict="ok", detail=gigabytes)


def _versions() -> Finding:
    found = {name: nesting.installed(name) for name in PACKAGES}
    shown = [f"{name} {'.'.join(map(str, parts))}" for name, parts in found.items() if parts]
    python = ".".join(map(str, sys.version_info[:3]))
    detail = ", ".join([f"hailuo_nb {__version__}", f"Python {python}", *shown])
    return Finding(what="versions", verdict="ok", detail=detail)


def _nesting() -> Finding:
    if nesting.unsafe_patch_applied():
        detail = (
            "nest_asyncio was applied by something else; on this ipykernel it loses queued "
            "cells and clicks. Restart the kernel without it."
        )
        return Finding(what="event loop", verdict="problem", detail=detail)
    return Finding(what="event loop", verdict="ok", detail="not patched by nest_asyncio")

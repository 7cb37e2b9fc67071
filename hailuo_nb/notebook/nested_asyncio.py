"""Nested event loops, for people whose cells call ``asyncio.run`` around our tasks.

Nothing of this package needs it, and it is never applied unasked: it patches the whole
process, and with nest_asyncio on ipykernel 7.1 or newer a nested run loses queued cells
and clicks in silence. It knows which patch is safe where.
"""

import asyncio
import sys
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version

from hailuo_nb.errors import SetupError

UNSAFE_FROM = (7, 1)
"""The first ipykernel on which nest_asyncio loses messages."""

SAFE_SUCCESSOR = (1, 7, 3)
"""The first nest_asyncio2 that works on every ipykernel."""


def enable_nested_asyncio() -> str:
    """Let ``asyncio.run`` and ``run_until_complete`` work inside a running loop.

    Returns
    -------
    str
        The package that was applied: "nest_asyncio" or "nest_asyncio2".

    Raises
    ------
    SetupError
        None of them is safe on this kernel; the message says what to install.
    """
    chosen = choose(kernel=installed("ipykernel"), successor=installed("nest_asyncio2"))
    if chosen is None:
        raise SetupError(
            "nest_asyncio loses queued cells and clicks on this ipykernel, so it is not applied.",
            advice="Use await or task.wait() instead, or pip install 'nest_asyncio2>=1.7.3'.",
        )
    import_module(chosen).apply(_running_loop())
    return chosen


def choose(*, kernel: tuple[int, ...] | None, successor: tuple[int, ...] | None) -> str | None:
    """Return the package to apply, None where none is safe.

    Parameters
    ----------
    kernel
        ipykernel's version, None outside a kernel.
    successor
        nest_asyncio2's version, None without it.
    """
    if kernel is None or kernel < UNSAFE_FROM:
        return "nest_asyncio"
    return "nest_asyncio2" if successor is not None and successor >= SAFE_SUCCESSOR else None


def unsafe_patch_applied() -> bool:
    """Return whether something else has applied the patch that loses messages here."""
    kernel = installed("ipykernel")
    patched = hasattr(asyncio, "_nest_patched") and "nest_asyncio" in sys.modules
    return patched and "nest_asyncio2" not in sys.modules and (kernel or ()) >= UNSAFE_FROM


def installed(package: str) -> tuple[int, ...] | None:
    """Return a package's version as numbers, None where it is not installed."""
    try:
        text = version(package)
    except PackageNotFoundError:
        return None
    return tuple(int(part) for part in text.split(".") if part.isdecimal())


def _running_loop() -> asyncio.AbstractEventLoop | None:
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None

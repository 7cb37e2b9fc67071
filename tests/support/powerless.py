"""Read-only files that bind whoever runs the tests: root's power over permissions is put down.

On Linux a thread's effective capabilities can be lowered and raised again; whoever is not root
has none of these to lower.
"""

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

DAC_OVERRIDE, DAC_READ_SEARCH, FOWNER = 1, 2, 3
VERSION_3 = 0x20080522


class _Header(ctypes.Structure):
    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))


class _Set(ctypes.Structure):
    _fields_ = (
        ("effective", ctypes.c_uint32),
        ("permitted", ctypes.c_uint32),
        ("inheritable", ctypes.c_uint32),
    )


def _call(name: str, sets: object) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    if getattr(libc, name)(ctypes.byref(_Header(VERSION_3, 0)), sets) != 0:
        raise OSError(ctypes.get_errno(), name)


def put_down() -> int:
    """Lower what lets this thread, and those it starts, pass over permissions.

    Returns
    -------
    int
        The effective capabilities of before, for `take_up`.
    """
    sets = (_Set * 2)()
    _call("capget", sets)
    before = int(sets[0].effective)
    sets[0].effective = before & ~(1 << DAC_OVERRIDE | 1 << DAC_READ_SEARCH | 1 << FOWNER)
    _call("capset", sets)
    return before


def take_up(before: int) -> None:
    """Raise again what was lowered."""
    sets = (_Set * 2)()
    _call("capget", sets)
    sets[0].effective = before
    _call("capset", sets)


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Make a folder and all files in it read-only for this thread while the block runs."""
    paths = [folder, *folder.rglob("*")]
    modes = {path: path.stat().st_mode for path in paths}
    for path in reversed(paths):
        path.chmod(0o500 if path.is_dir() else 0o400)
    before = put_down()
    try:
        yield
    finally:
        take_up(before)
        for path in paths:
            path.chmod(modes[path])

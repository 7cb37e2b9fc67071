"""Images of tasks that are not sent yet, kept should the kernel end before.

A file a task and image, named by our local id; gone once the task is sent.
"""

from contextlib import suppress
from pathlib import Path

from hailuo_nb.core.disk import PRIVATE, drop_leftovers, write_whole

NAMES = ("image", "end_image")


def keep_input(home: Path, id: str, which: str, data: bytes) -> None:
    """Keep an image's bytes, whole or not at all; a full disk is no reason to stop."""
    path = _path(home, id, which)
    with suppress(OSError):
        path.parent.mkdir(mode=0o700, exist_ok=True)
        write_whole(path, data, mode=PRIVATE, durable=False)


def kept_input(home: Path, id: str, which: str) -> bytes | None:
    """Return an image's kept bytes, None where there are none."""
    try:
        return _path(home, id, which).read_bytes()
    except OSError:
        return None


def drop_inputs(home: Path, id: str) -> None:
    """Forget the kept images of a task."""
    for which in NAMES:
        with suppress(OSError):
            drop_leftovers(_path(home, id, which))
            _path(home, id, which).unlink()


def _path(home: Path, id: str, which: str) -> Path:
    if not id.isalnum() or which not in NAMES:
        raise ValueError(f"not an image of ours: {id!r} {which!r}")
    return home / "inputs" / f"{id}-{which}"

"""Files that are there whole or not at all, whatever happens while they are written."""

import os
from contextlib import suppress
from pathlib import Path


def write_whole(path: Path, data: bytes, *, mode: int | None = None) -> None:
    """Write a file beside its place and move it there; one that is there is replaced.

    Parameters
    ----------
    path
        The file; its folder exists.
    data
        The bytes.
    mode
        The file's permissions, such as 0o600; by the umask where left out.

    Raises
    ------
    OSError
        The disk is full or the folder is gone; nothing is left behind.
    """
    part = path.with_name(f"{path.name}.part")
    try:
        if mode is not None:
            part.touch(mode=mode)
        part.write_bytes(data)
        os.replace(part, path)  # noqa: PTH105 - says that it replaces
    except OSError:
        with suppress(OSError):
            part.unlink()
        raise

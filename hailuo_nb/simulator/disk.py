"""The one way in which the simulator writes files: whole, and through no link that lies there.

It knows names on disk; it must not know what is written.
"""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

PARTS = ".*.part"
"""What files in the making are called: a process that was killed leaves them."""


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """Open a new file beside its place, which it takes when the block ends well.

    Parameters
    ----------
    path : Path
        Where it belongs; what lies there is replaced, a link as such.

    Yields
    ------
    BinaryIO
        Its ``name`` is its path, for libraries that write by that.
    """
    part = path.with_name(f".{secrets.token_hex(8)}.part")
    try:
        with open(str(part), "xb", opener=_open) as file:
            yield file
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _open(name: str, flags: int) -> int:
    return os.open(name, flags | getattr(os, "O_NOFOLLOW", 0), 0o666)

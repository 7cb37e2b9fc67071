"""A file by the path that a person typed, though its letters are stored another way.

It knows folders and how names are spelt, not what a file holds.
"""

import os
from collections.abc import Iterable
from contextlib import suppress
from itertools import islice
from pathlib import Path
from unicodedata import normalize

LISTED_MAX = 10_000
"""A folder of more files is not searched."""


def lying(typed: str | os.PathLike[str]) -> Path | None:
    """Return the file that a path means, None where there is none.

    ``~`` is the home folder. A name whose accents are stored as letters of their own is the
    same name, and so is one with blanks that do not break, which some systems write into the
    names of screenshots; backslashes lead to the file where the system has none of its own.
    """
    path = Path(typed)
    with suppress(RuntimeError):  # the home of nobody
        path = path.expanduser()
    if is_file(path):
        return path
    if "\\" in str(path) and os.sep == "/":
        return lying(str(path).replace("\\", "/"))
    is_sure = str(path).isascii() and " " not in path.name
    found = None if is_sure else _spelt_otherwise(path)
    return found if found is not None and is_file(found) else None


def beginning_so(typed: str) -> str | None:
    """Return the one file whose name begins with what was typed and a blank, None if none does."""
    path = Path(typed)
    found = [name for name in _names(path.parent) if name.startswith(f"{path.name} ")]
    return str(path.parent / found[0]) if path.name and len(found) == 1 else None


def _spelt_otherwise(path: Path) -> Path | None:
    """Return the one path of the same letters, composed or not."""
    if path.parent == path or _exists(path):
        return path
    folder = _spelt_otherwise(path.parent)
    if folder is None:
        return None
    meant = normalize("NFKC", path.name)
    found = [name for name in _names(folder) if normalize("NFKC", name) == meant]
    return folder / found[0] if len(found) == 1 else None


def _names(folder: Path) -> Iterable[str]:
    try:
        names = [path.name for path in islice(folder.iterdir(), LISTED_MAX + 1)]
    except (OSError, ValueError):
        return ()
    return names if len(names) <= LISTED_MAX else ()


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def is_file(path: Path) -> bool:
    """Return whether a file is there; nothing that cannot be looked at is one."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False

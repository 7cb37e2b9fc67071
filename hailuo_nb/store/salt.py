"""The salt of the keys' fingerprints: in the history itself, so that it goes where that goes."""

import secrets
from contextlib import suppress
from pathlib import Path

from hailuo_nb.store.database import Database

SALT = "salt"
"""The setting that holds it, in hex; the name of the file that held it in earlier versions."""


def salt_of(database: Database) -> bytes:
    """Return the salt of a history, made at the first call."""
    sql = "SELECT value FROM settings WHERE name = :name"
    found = database.read(sql, {"name": SALT})
    if not found and not database.is_writable:
        return secrets.token_bytes(16)
    if not found:
        value = (_of_earlier(database.path.parent) or secrets.token_bytes(16)).hex()
        database.write(
            "INSERT OR IGNORE INTO settings VALUES (:name, :value)",
            {"name": SALT, "value": value},
        )
        found = database.read(sql, {"name": SALT})
    value = found[0]["value"]
    try:
        return bytes.fromhex(value)
    except (ValueError, TypeError):  # damaged: what is there tells keys apart as well
        return repr(value).encode()


def _of_earlier(home: Path) -> bytes:
    with suppress(OSError):
        return (home / SALT).read_bytes()
    return b""

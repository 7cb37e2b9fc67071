"""The API key in hand, and the places of the machine that can keep one.

It knows the OS keyring and Colab's secrets. It must not know the environment, nor decide
which origin a key may go to.
"""

import json
import secrets
from collections.abc import Callable
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from hailuo_nb.core.disk import PRIVATE, write_whole
from hailuo_nb.core.names import MASK
from hailuo_nb.errors import SetupError

if TYPE_CHECKING:
    from hailuo_nb.store.database import Database

KEYRING_SERVICE = "hailuo_nb"
KEY_CHARS_MIN = 8
"""What is shorter is no key, and blotting it out would eat words."""

SALT = "salt"
"""The setting that holds the salt of the keys' fingerprints, in hex.

Earlier versions kept it in a file of that name.
"""


class Key:
    """A key that shows as asterisks; call it for the key, None without one.

    Parameters
    ----------
    known
        The key, where it is at hand.
    read
        Looks for it where it is not; asked until it finds one, as it may ask the person.
    """

    __slots__ = ("_known", "_read")

    def __init__(
        self,
        *,
        known: str | None = None,
        read: Callable[[], str | None] | None = None,
    ) -> None:
        self._known = known
        self._read = read

    def __call__(self) -> str | None:
        """Return the key, None without one."""
        if self._known is None and self._read is not None:
            self._known = self._read()
        return self._known

    def __repr__(self) -> str:
        return MASK

    def __reduce__(self) -> str:
        raise TypeError("a key is not pickled")

    def mask(self, text: str) -> str:
        """Return the text with the key blotted out, as far as it is known by now."""
        known = self._known or ""
        return text.replace(known, MASK) if len(known) >= KEY_CHARS_MIN else text


def store_key(home: Path, origin: str, key: str) -> str | None:
    """Keep a key in the OS keyring, bound to one origin; return where, or None.

    None means that no keyring is there: the key then lives as long as the session.
    """
    if find_spec("keyring") is None:
        return None
    import keyring

    try:
        keyring.set_password(KEYRING_SERVICE, origin, key)
    except Exception:  # noqa: BLE001 - each backend has errors of its own
        return None
    _remember_login(home, origin)
    return "the OS keyring"


def keyring_name() -> str | None:
    """Return the OS keyring's name, after asking it for a key; None where none can be used.

    Raises
    ------
    SetupError
        It is there and does not answer.
    """
    if find_spec("keyring") is None:
        return None
    import keyring

    try:
        found = keyring.get_keyring()
        if not found.priority > 0:
            return None
        keyring.get_password(KEYRING_SERVICE, "check-up")
        return str(found.name)
    except Exception as error:
        raise SetupError(
            f"The OS keyring does not answer ({type(error).__name__}): it may be locked.",
            advice="Unlock it, or set KIE_API_KEY before the kernel starts.",
        ) from error


def from_keyring(origin: str) -> str | None:
    """Return the key that was kept for one origin, None without one."""
    if find_spec("keyring") is None:
        return None
    import keyring

    try:
        found: str | None = keyring.get_password(KEYRING_SERVICE, origin)
    except Exception:  # noqa: BLE001 - each backend has errors of its own
        return None
    return found


def from_colab() -> str | None:
    """Return Colab's secret, None where there is none or the person refuses."""
    from google.colab import userdata

    try:
        found: str | None = userdata.get("KIE_API_KEY")
    except Exception:  # noqa: BLE001 - Colab's own error classes come and go
        return None
    return found


def logins(home: Path) -> list[str]:
    """Return the origins that a key was kept for; the file holds no key."""
    try:
        found = json.loads((home / "logins.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    listed = found if isinstance(found, list) else []
    return [origin for origin in listed if isinstance(origin, str)]


def _remember_login(home: Path, origin: str) -> None:
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    origins = sorted({*logins(home), origin})
    write_whole(home / "logins.json", json.dumps(origins).encode(), mode=PRIVATE)


def salt_of(database: "Database") -> bytes:
    """Return the salt of the keys' fingerprints: in the history, so that it goes where that goes.

    Made at the first call.
    """
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

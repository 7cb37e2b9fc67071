"""A teacher's session: a signed cookie, the token against forged changes, and a brake on guessing.

It knows signatures and their time. It must not know HTTP, nor what a teacher may do.
"""

import hashlib
import hmac
import time
from collections import deque

LIFE_S = 12 * 3600
FAILURES_MAX = 10
FAILURES_S = 60.0
ADDRESSES_MAX = 10_000
BRAKED = "Too many wrong tokens. Try again in a minute."


class Sessions:
    """Makes and reads what a browser shows; any replica reads what another has made.

    Parameters
    ----------
    secret
        Shared by the replicas, kept in the database.
    """

    def __init__(self, secret: str) -> None:
        self._secret = secret.encode()

    def open(self, name: str) -> str:
        """Return the cookie of a teacher who has come in."""
        text = f"{name.encode().hex()}.{int(time.time()) + LIFE_S}"
        return f"{text}.{self._sign('session', text)}"

    def name(self, cookie: str) -> str | None:
        """Return whose cookie it is; None where it is forged or too old."""
        text, _, signature = cookie.rpartition(".")
        if not hmac.compare_digest(signature.encode(), self._sign("session", text).encode()):
            return None
        name, _, until = text.partition(".")
        return bytes.fromhex(name).decode() if time.time() < int(until) else None

    def csrf(self, cookie: str) -> str:
        """Return what a change must carry beside this cookie."""
        return self._sign("csrf", cookie)

    def _sign(self, purpose: str, text: str) -> str:
        message = f"{purpose}:{text}".encode("utf-8", "surrogatepass")
        return hmac.new(self._secret, message, hashlib.sha256).hexdigest()


class Brake:
    """Counts an address's failures: after ten in a minute, none of its guesses is looked at."""

    def __init__(self) -> None:
        self._failures: dict[str, deque[float]] = {}

    def holds(self, address: str) -> bool:
        """Return whether an address has failed too often."""
        since = time.monotonic() - FAILURES_S
        failures = self._failures.get(address)
        while failures and failures[0] < since:
            failures.popleft()
        if failures is not None and not failures:
            del self._failures[address]
        return failures is not None and len(failures) >= FAILURES_MAX

    def failed(self, address: str) -> None:
        """Count a failure."""
        if len(self._failures) > ADDRESSES_MAX:
            self._failures.clear()
        self._failures.setdefault(address, deque(maxlen=FAILURES_MAX)).append(time.monotonic())

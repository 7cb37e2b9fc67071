"""One simulator's parts, put together and taken apart: what every handler is given.

It knows which parts there are, where they keep their files and how many requests it admits in
which window; it must not know what an endpoint answers.
"""

import hashlib
import hmac
import tempfile
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote

from tornado.httputil import HTTPServerRequest

from hailuo_nb.simulator import access
from hailuo_nb.simulator.faults import Faults
from hailuo_nb.simulator.intake import Intake
from hailuo_nb.simulator.ledger import Ledger
from hailuo_nb.simulator.recorded import Recording
from hailuo_nb.simulator.settings import Settings
from hailuo_nb.simulator.studio import Studio
from hailuo_nb.simulator.uploads import UploadStore

LINK_LIFE_S = 20 * 60.0

CREATE_LIMIT, CREATE_WINDOW_S = 20, 10.0
RECORD_LIMIT, RECORD_WINDOW_S = 10, 1.0
LOOK_LIMIT, LOOK_WINDOW_S = 1, 1.0


class Service:
    """Everything behind the handlers of one simulator.

    Parameters
    ----------
    settings : Settings
        What it was told.
    now : callable
        Unix seconds; tests move it to see lifetimes end.
    """

    def __init__(self, settings: Settings, now: Callable[[], float] = time.time) -> None:
        self.settings = settings
        self.now = now
        self.origin = ""
        self.last_request_s = now()
        self._temporary: tempfile.TemporaryDirectory[str] | None = None
        folder = self._folder()
        self.ledger = Ledger(folder / "ledger.sqlite3", settings.credits)
        self.uploads = UploadStore(folder / "uploads", self.ledger)
        self.faults = Faults(settings.faults, settings.seed)
        self.creates = RateLimit(CREATE_LIMIT, CREATE_WINDOW_S, time.monotonic)
        self.records = RateLimit(RECORD_LIMIT, RECORD_WINDOW_S, time.monotonic)
        self.looks = RateLimit(LOOK_LIMIT, LOOK_WINDOW_S, time.monotonic)
        self.drawing = ThreadPoolExecutor(1, thread_name_prefix="stand-in")
        recording = Recording(settings.replay) if settings.replay is not None else None
        self.intake = Intake(settings, self.ledger, self.uploads, self.faults, recording=recording)
        self.studio = Studio(
            settings,
            self.ledger,
            self.uploads,
            self.faults,
            folder=folder / "results",
            recording=recording,
            now=now,
            origin=lambda: self.origin,
        )

    def open(self, origin: str) -> None:
        """Take up unfinished tasks, now that the base URL of the files is known."""
        self.origin = origin
        for name in {origin, origin.replace("//127.0.0.1:", "//localhost:")}:
            self.ledger.add_origin(name)
        self.studio.resume()

    async def close(self) -> None:
        """Stop rendering, write the ledger, delete a temporary folder."""
        await self.studio.close()
        self.drawing.shutdown(cancel_futures=True)
        self.ledger.close()
        if self._temporary is not None:
            self._temporary.cleanup()

    def complaint(self, request: HTTPServerRequest) -> tuple[int, str] | None:
        """Return the HTTP status and words that refuse a request; None lets it in."""
        return access.complaint(request, self.origin, self.settings)

    def proof(self, nonce: str) -> str | None:
        """Return what shows that this process knows the token and answers at this origin."""
        if self.settings.token is None:
            return None
        text = f"prove {self.origin} {nonce}".encode()
        return hmac.new(self.settings.token.encode(), text, hashlib.sha256).hexdigest()

    def account(self, authorization: str) -> str | None:
        """Return the account behind an Authorization header: a hash, never the bearer."""
        scheme, _, bearer = authorization.partition(" ")
        bearer = bearer.strip()
        if scheme.lower() != "bearer" or not bearer:
            return None
        key = self.settings.key
        if key is not None and not hmac.compare_digest(bearer.encode(), key.encode()):
            return None
        return hashlib.sha256(b"account:" + bearer.encode()).hexdigest()[:12]

    def signed_url(self, path: str) -> str:
        """Return a link to a file below ``/files/`` that is good for 20 minutes."""
        expires = str(int(self.now() + LINK_LIFE_S))
        return (
            f"{self.origin}/files/{quote(path)}?expires={expires}&sig={self._sign(path, expires)}"
        )

    def is_signed(self, path: str, expires: str, signature: str) -> bool:
        """Say whether a link's signature is ours and still good."""
        right = hmac.compare_digest(signature.encode(), self._sign(path, expires).encode())
        return right and expires.isdecimal() and int(expires) >= self.now()

    def _sign(self, path: str, expires: str) -> str:
        return self.ledger.seal("link", f"{path}?{expires}")

    def _folder(self) -> Path:
        if self.settings.state_dir is not None:
            self.settings.state_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
            return self.settings.state_dir
        self._temporary = tempfile.TemporaryDirectory(prefix="hailuo-simulator-")
        return Path(self._temporary.name)


class RateLimit:
    """At most `limit` admissions in any `window_s` seconds, for each name separately."""

    def __init__(self, limit: int, window_s: float, now: Callable[[], float]) -> None:
        self._limit = limit
        self._window_s = window_s
        self._now = now
        self._admitted: dict[str, deque[float]] = {}

    def admits(self, name: str) -> bool:
        """Admit one more for the name, or refuse it; what is refused is not counted."""
        moments = self._admitted.setdefault(name, deque(maxlen=self._limit))
        now = self._now()
        if len(moments) == self._limit and now - moments[0] < self._window_s:
            return False
        moments.append(now)
        return True

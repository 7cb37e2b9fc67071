"""Where the service calls back: the one address of ours that anybody may call.

A callback is believed in nothing. Its address has the token of one task, and with
``HAILUO_WEBHOOK_KEY`` set it must be signed; it wakes whoever watches that task, who asks the
service. It must not know a history, a key of the service, or what became of the task.
"""

import time
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from tornado.web import HTTPError, RequestHandler, stream_request_body

BODY_BYTES_MAX = 64 * 1024
AGE_MAX_S = 300.0
A_SECOND, AT_ONCE = 50.0, 200.0
"""So many callbacks a second are looked at, and so many at once; others hear 429."""

TOKEN = r"([\w-]{1,200})"  # noqa: S105 - a pattern


class CallRate:
    """How many callbacks may still be looked at: a bucket that fills again."""

    def __init__(self) -> None:
        self._left, self._at = AT_ONCE, time.monotonic()

    def take(self) -> bool:
        """Take one; False where there is none."""
        now = time.monotonic()
        self._left = min(AT_ONCE, self._left + (now - self._at) * A_SECOND)
        self._at = now
        if self._left < 1:
            return False
        self._left -= 1
        return True


_RATE = CallRate()


@stream_request_body
class WakingHandler(RequestHandler):
    """Takes a callback of the service: 200 for one of a task of ours, else a status alone."""

    def check_xsrf_cookie(self) -> None:
        """Let in who has no cookie: the service has none; its token is in the address."""

    def prepare(self) -> None:
        """Refuse what is too much before a byte of it is read."""
        self._body = bytearray()
        if int(self.request.headers.get("Content-Length", "0") or 0) > BODY_BYTES_MAX:
            raise HTTPError(413)
        connection: Any = self.request.connection
        connection.set_max_body_size(BODY_BYTES_MAX)

    def data_received(self, chunk: bytes) -> None:
        """Collect the body, which has a limit."""
        self._body += chunk

    def post(self, token: str) -> None:
        """Wake who watches the task; the same callback again is answered in the same way."""
        if not _RATE.take():
            raise HTTPError(429)
        status = _heard(token, dict(self.request.headers), bytes(self._body))
        if status != HTTPStatus.OK:
            raise HTTPError(status)
        self.set_header("Cache-Control", "no-store")
        self.finish({"code": 200})

    def write_error(self, status_code: int, **_: Any) -> None:
        """Say no more than the status."""
        self.finish()

    def log_exception(self, *_: Any) -> None:
        """Write nothing: the token is in the address."""

    def _log(self) -> None:
        """Write nothing: the token is in the address."""


def _heard(token: str, headers: Mapping[str, str], body: bytes) -> HTTPStatus:
    """Wake who watches the task of a token, if the callback is one; return what is answered."""
    from hailuo_nb.config import webhook_key
    from hailuo_nb.errors import CallbackError
    from hailuo_nb.kie.callback import task_id_of, verify_callback
    from hailuo_nb.store import wake

    key = webhook_key()
    try:
        said = verify_callback(headers, body, key, max_age_s=AGE_MAX_S) if key else task_id_of(body)
    except CallbackError:
        return HTTPStatus.FORBIDDEN
    return HTTPStatus.OK if wake.call(token, said) else HTTPStatus.NOT_FOUND


def callback_handler() -> type[WakingHandler]:
    r"""Return the tornado handler that takes callbacks, for a server of one's own.

    ``Application([(r"/hailuo/callback/([\w-]+)", hailuo_nb.callback_handler())])`` on the machine
    and for the user that kernels run as; what stands before ``/hailuo`` is ``HAILUO_PUBLIC_URL``.
    It answers 200 to a callback of a task that a kernel has sent, 403 to one that is unsigned or
    malformed, 404 to any other, 413 above 64 kB, 429 to too many.
    """
    return WakingHandler

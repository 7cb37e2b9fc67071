"""Who may come in: asked of every request before any handler sees it.

It knows hosts, origins, media types and the owner's token; what lies behind a path is the
handlers' business. A page in somebody's browser can reach loopback, too: by a name that was made
to point here, from a foreign origin, or with a form. None of them gets as far as a handler.
"""

import hmac
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from hailuo_nb.simulator.settings import Settings

if TYPE_CHECKING:  # the command line is read before 60 ms go into the server
    from tornado.httputil import HTTPServerRequest

TOKEN_HEADER = "X-Simulator-Token"  # noqa: S105 - a name
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
OWNERS = "/_sim/"
PROVE = "/_sim/prove"
LEDGER = "/_sim/ledger"
MULTIPART = "/api/file-stream-upload"


def complaint(
    request: "HTTPServerRequest", origin: str, settings: Settings
) -> tuple[int, str] | None:
    """Return the HTTP status and words that refuse a request; None lets it in.

    Parameters
    ----------
    request : HTTPServerRequest
        Its head; the body is not looked at.
    origin : str
        Base URL of this simulator.
    settings : Settings
        Whether there is a token, and whether the ledger is open.
    """
    hosts = authorities(origin)
    if request.host.lower() not in hosts:
        return 403, "The Host header must name this machine and the simulator's own port"
    page = request.headers.get("Origin")
    if page is not None and page.lower().removeprefix("http://") not in hosts:
        return 403, "Pages of other origins are not served"
    if _needs_token(request, settings) and not _has_token(request, settings):
        return 401, f"The simulator's token is missing or wrong in {TOKEN_HEADER}"
    if not _is_json(request):
        return 415, "Content-Type must be application/json"
    return None


@cache
def authorities(origin: str) -> frozenset[str]:
    """Return what the Host header of a request to this origin may say, in small letters."""
    parts = urlsplit(origin)
    names = {*LOOPBACK, parts.netloc.lower().removesuffix(f":{parts.port}")}
    with_port = {f"{name}:{parts.port}" for name in names}
    return frozenset(with_port | names if parts.port == 80 else with_port)


def _needs_token(request: "HTTPServerRequest", settings: Settings) -> bool:
    if request.path == LEDGER and request.method == "GET":
        return not settings.open_ledger
    return request.path.startswith(OWNERS) and request.path != PROVE


def _has_token(request: "HTTPServerRequest", settings: Settings) -> bool:
    shown = request.headers.get(TOKEN_HEADER, "").encode("utf-8", "surrogateescape")
    return settings.token is not None and hmac.compare_digest(shown, settings.token.encode())


def _is_json(request: "HTTPServerRequest") -> bool:
    """Say whether a body is announced as JSON, where there is one; a form needs no permission."""
    if request.method not in ("POST", "PUT", "PATCH") or request.path == MULTIPART:
        return True
    media_type = request.headers.get("Content-Type", "").partition(";")[0]
    return media_type.strip().lower() == "application/json"

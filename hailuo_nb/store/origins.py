"""Origins that the key may go to: how one is written, and to whom a key was given.

It knows the vendor's own origins, the rule, and what this process was started with. It must
not know today's environment, nor any place that keeps keys.
"""

import os
import re
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from hailuo_nb.core.line import unquoted
from hailuo_nb.errors import SetupError, UnsafeOrigin

VENDOR_API = "https://api.kie.ai"
VENDOR_UPLOAD = "https://kieai.redpandaai.co"
VENDOR = frozenset({VENDOR_API, VENDOR_UPLOAD})
LOOPBACK = ("127.0.0.1", "localhost", "::1")
_PORTS = {"http": 80, "https": 443}
# Plain ASCII: what a library would map to another name is no spelling of that name.
_HOST = re.compile(r"[a-z0-9._-]+|[0-9a-f:.]+")

TRUSTED = "HAILUO_TRUSTED_ORIGINS"
_API = re.compile(r"(/api(/v1)?)?/*\Z")
_PREFIX = re.compile(r"(/[A-Za-z0-9._~@-]+)*")


def _unreadable(name: str) -> SetupError:
    words = f"{name} holds no http or https origin."
    return SetupError(words, advice="Write it as https://host, in plain letters.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """The key and the origins that were named together, before the kernel started.

    Parameters
    ----------
    key
        The key; empty for none.
    api_origin, upload_origin
        As `read_origin` writes them; None for none.
    """

    key: str = ""
    api_origin: str | None = None
    upload_origin: str | None = None

    def __repr__(self) -> str:
        return f"Named(api_origin={self.api_origin!r}, upload_origin={self.upload_origin!r})"

    @property
    def origins(self) -> frozenset[str]:
        """The origins that were named."""
        return frozenset(one for one in (self.api_origin, self.upload_origin) if one)


def read_origin(name: str, url: str) -> str | None:
    """Return an address as ``scheme://host[:port]``, in its one spelling; None for an empty one.

    A gateway may lie below a path, as ``https://hub.example/services/class``: it is kept, and
    belongs to what the key was given for. The service's own ``/api`` is no such path.

    Parameters
    ----------
    name
        The variable that holds it, for the words of an error.
    url
        The address; a query does not count.

    Raises
    ------
    SetupError
        It is no http or https address, or names a person.
    UnsafeOrigin
        The key would travel in the clear to another machine.
    """
    if not url.strip():
        return None
    try:
        parts = urlsplit(url.strip())
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        raise _unreadable(name) from None
    is_plain = _HOST.fullmatch(host) and ("[" in parts.netloc) is (":" in host)
    if parts.scheme not in _PORTS or not is_plain or "@" in parts.netloc or port == 0:
        raise _unreadable(name)
    shown = f"[{host}]" if ":" in host else host
    is_usual = port in (None, _PORTS[parts.scheme])
    origin = f"{parts.scheme}://{shown}" + ("" if is_usual else f":{port}")
    if parts.scheme == "http" and host not in LOOPBACK and origin not in trusted_origins():
        raise UnsafeOrigin(
            f"{name} is plain http to {host}: the key could be read on the way.",
            advice=f"Use https, or name it in {TRUSTED} before the kernel starts.",
        )
    return origin + ("" if origin in VENDOR else _prefix(name, parts.path))


def trusted_origins() -> frozenset[str]:
    """Return the origins to which the key may go in the clear: a network that is one's own.

    They were named before this process was started, with blanks between.
    """
    return frozenset(one.rstrip("/") for one in _environment_at_start().get(TRUSTED, "").split())


def _prefix(name: str, path: str) -> str:
    """Return the path below which a gateway lies; "" for none."""
    plain = _API.sub("", path).rstrip("/")
    if not _PREFIX.fullmatch(plain) or "/." in plain:
        raise _unreadable(name)
    return plain


def is_loopback(origin: str) -> bool:
    """Return whether an origin is this machine."""
    return urlsplit(origin).hostname in LOOPBACK


def uploads_of(api_origin: str) -> str:
    """Return the upload origin that belongs to an API origin."""
    return VENDOR_UPLOAD if api_origin == VENDOR_API else api_origin


def with_uploads(api_origin: str) -> frozenset[str]:
    """Return an API origin and the upload origin that belongs to it."""
    return frozenset({api_origin, uploads_of(api_origin)})


def of_stored_key(api_origin: str, named: Named) -> frozenset[str]:
    """Return where a key may go that was typed or kept for an API origin.

    That is the origin itself with its uploads. The vendor's go to the vendor alone; those of
    another service may also go where it was said before the kernel started.
    """
    own = with_uploads(api_origin)
    if api_origin != VENDOR_API and named.api_origin == api_origin:
        return own | named.origins
    return own


def of_environment_key(key: str, named: Named) -> frozenset[str]:
    """Return where a key of the environment may go: the vendor, and what was named with it."""
    return VENDOR | named.origins if named.key == key else VENDOR


def named_at_start(key_name: str, *origin_names: str) -> Named:
    """Return what these variables held when this process was started; what is unfit is left out.

    Parameters
    ----------
    key_name
        The variable of the key.
    origin_names
        Those of the API and of the upload origin.
    """
    before = _environment_at_start()
    found: list[str | None] = [None, None]
    for at, name in enumerate(origin_names):
        with suppress(SetupError):
            found[at] = read_origin(name, unquoted(before.get(name, "")))
    key = unquoted(before.get(key_name, ""))
    return Named(key=key, api_origin=found[0], upload_origin=found[1])


def _environment_at_start() -> dict[str, str]:
    """Return the variables that this process was started with; none where nobody knows them."""
    if sys.platform == "win32":  # its record of them changes with os.environ
        return {}
    try:
        blocks = Path("/proc/self/environ").read_bytes().split(b"\0")
    except OSError:
        import psutil

        return dict(psutil.Process().environ())
    pairs = (os.fsdecode(block).partition("=") for block in blocks)
    return {name: value for name, _, value in pairs}

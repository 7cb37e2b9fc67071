"""Which setting of the environment keeps a connection from being made.

It knows the variables that the HTTP library reads, and tries each by itself. It must not show
what a proxy's variable holds: that may be a password.
"""

import ipaddress
import os
import ssl
from collections.abc import Callable
from urllib.request import getproxies

import httpx

from hailuo_nb.errors import SetupError
from hailuo_nb.kie.sanitize import clean

CERTIFICATES = {
    "SSL_CERT_FILE": "name a file of certificates, PEM",
    "SSL_CERT_DIR": "name a folder of certificates",
    "SSLKEYLOGFILE": "name a file that can be written",
}
"""What OpenSSL and the HTTP library read for TLS, and how each is mended."""

_TLS: dict[str, Callable[[ssl.SSLContext, str], object]] = {
    "SSL_CERT_FILE": lambda context, path: context.load_verify_locations(cafile=path),
    "SSL_CERT_DIR": lambda context, path: context.load_verify_locations(capath=path),
    "SSLKEYLOGFILE": lambda context, path: setattr(context, "keylog_filename", path),
}


def tls_trouble(error: Exception) -> SetupError:
    """Return what keeps TLS from being set up: the variable that is to blame, where one is."""
    for name, mended in CERTIFICATES.items():
        path = os.environ.get(name)
        why = _refused(name, path) if path else None
        if path and why:
            return SetupError(
                f"{name} is {clean(path, 200)!r}, which cannot be used: {why}.",
                advice=f"Unset it, or {mended}.",
            )
    return SetupError(
        f"TLS cannot be set up: {type(error).__name__}.",
        advice=f"Check {', '.join(CERTIFICATES)}; pip install --force-reinstall certifi may help.",
    )


def _refused(name: str, path: str) -> str | None:
    try:
        _TLS[name](ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT), path)
    except ssl.SSLError:
        return "it holds no certificates"
    except OSError as error:
        return error.strerror or type(error).__name__
    except ValueError:
        return "it is no path"
    return None


def proxy_trouble() -> SetupError:
    """Return which variable of the proxies cannot be read."""
    named = getproxies()
    for entry in filter(None, map(str.strip, named.pop("no", "").split(","))):
        if not _is_pattern(entry):
            return SetupError(
                f"NO_PROXY has the entry {clean(entry, 100)!r}, which cannot be read.",
                advice="Write names and addresses with commas between, such as localhost,::1.",
            )
    kinds = [kind for kind in ("http", "https", "all") if not _is_usable(named.get(kind))]
    wrong = [f"{kind.upper()}_PROXY" for kind in kinds]
    return SetupError(
        f"The proxy that {' and '.join(wrong) or 'the environment'} names cannot be used.",
        advice="Use http:// or https:// with a host and a port; socks5:// needs httpx[socks].",
    )


def _is_usable(address: str | None) -> bool:
    """Return whether a proxy can be used, where one is named."""
    if not address:
        return True
    try:
        proxy = httpx.Proxy(address if "://" in address else f"http://{address}")
        httpx.AsyncHTTPTransport(proxy=proxy, verify=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT))
    except (ValueError, ImportError, httpx.InvalidURL):
        return False
    return True


def _is_pattern(entry: str) -> bool:
    """Return whether the HTTP library reads an entry of NO_PROXY."""
    try:
        is_v6 = ipaddress.ip_address(entry.partition("/")[0]).version == 6
    except ValueError:
        is_v6 = False
    try:
        httpx.URL(entry if "://" in entry else f"all://[{entry}]" if is_v6 else f"all://*{entry}")
    except (ValueError, httpx.InvalidURL):
        return False
    return True

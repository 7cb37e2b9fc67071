"""The HTTP connections: made at the first need, kept apart by who may see the key.

It knows proxies, certificates and limits, names the setting of the environment that keeps one from
being made, and sends nothing before a server that can prove who it is has done so. It must not know
what is sent, nor show what a proxy's variable holds: that may be a password.
"""

import asyncio
import ipaddress
import os
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Any
from urllib.request import getproxies

import httpx

from hailuo_nb.core.server_proof import READ_BYTES, Challenge, ServerProof
from hailuo_nb.errors import HailuoError, SetupError
from hailuo_nb.kie.address import is_loopback_host
from hailuo_nb.kie.sanitize import clean
from hailuo_nb.kie.secret import BearerAuth, Secret

CONNECT_TIMEOUT_S = 15.0
PROOF_TIMEOUT_S = 15.0

Trace = Callable[[str, Mapping[str, Any]], Awaitable[None]]

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


class ProvedTransport(httpx.AsyncHTTPTransport):
    """Asks on each fresh connection to the proof's origin before a byte of a request leaves."""

    def __init__(self, proof: ServerProof, **options: Any) -> None:
        super().__init__(**options)
        self._proof = proof
        self._origin = httpx.URL(proof.origin)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request; a server without the proof counts as one that was not reached."""
        here, there = self._origin, request.url
        if (here.scheme, here.host, here.port) == (there.scheme, there.host, there.port):
            asking = _Asking(self._proof, request.extensions.get("trace"))
            request.extensions = {**request.extensions, "trace": asking}
        return await super().handle_async_request(request)


class _Asking:
    """Asks when a connection has just been made; httpx calls it as its ``trace`` extension."""

    def __init__(self, proof: ServerProof, then: Trace | None) -> None:
        self._proof = proof
        self._then = then

    async def __call__(self, event: str, info: Mapping[str, Any]) -> None:
        """Ask, then hand the event on to whoever else listens."""
        if event == "connection.connect_tcp.complete":
            await self._ask(info["return_value"])
        if self._then is not None:
            await self._then(event, info)

    async def _ask(self, stream: Any) -> None:
        shown = False
        try:
            async with asyncio.timeout(PROOF_TIMEOUT_S):
                shown = await _is_answered(self._proof.challenge(), stream)
        except TimeoutError:
            raise httpx.ConnectTimeout("it did not show who it is") from None
        finally:
            if not shown:
                await stream.aclose()
        if not shown:
            raise httpx.ConnectError("another program answers at its address")


async def _is_answered(challenge: Challenge, stream: Any) -> bool:
    await stream.write(challenge.question, timeout=PROOF_TIMEOUT_S)
    reply, verdict = b"", None
    while verdict is None:
        chunk = await stream.read(READ_BYTES, timeout=PROOF_TIMEOUT_S)
        reply += chunk
        verdict = challenge.verdict(reply) if chunk else False
    return verdict


class Connections:
    """Owns the HTTP clients: with the key for the service, without it for files.

    Parameters
    ----------
    secret
        The key.
    user_agent
        Sent everywhere.
    timeout_s
        How long to wait for the next byte, in seconds.
    proof
        What a service on this machine must show on each connection before a request; None
        trusts the address.
    """

    def __init__(
        self,
        *,
        secret: Secret,
        user_agent: str,
        timeout_s: float,
        proof: ServerProof | None = None,
    ) -> None:
        self._secret = secret
        self._proof = proof
        self._user_agent = user_agent
        self._timeout = httpx.Timeout(timeout_s, connect=min(timeout_s, CONNECT_TIMEOUT_S))
        self._clients: dict[tuple[str, ...], httpx.AsyncClient] = {}
        self._tls: ssl.SSLContext | None = None
        self._under_way = 0
        self._retired = False

    def for_service(self, origin: str, *, fresh: bool) -> httpx.AsyncClient:
        """Return the client that sends the key to this origin.

        Parameters
        ----------
        origin
            As `address.read_origin` writes it.
        fresh
            True gives each request a connection of its own: one that the service has
            just let go cannot swallow a paid request.
        """
        name = ("service", origin, "fresh" if fresh else "kept")
        if name not in self._clients:
            limits = httpx.Limits(max_keepalive_connections=0) if fresh else httpx.Limits()
            auth = BearerAuth(self._secret, origin)
            self._clients[name] = self._made(httpx.URL(origin), auth=auth, limits=limits)
        return self._clients[name]

    def for_files(self, url: httpx.URL) -> httpx.AsyncClient:
        """Return the client that fetches files; it never sees the key."""
        name = ("files", url.scheme, "here" if is_loopback_host(url.host) else "there")
        if name not in self._clients:
            self._clients[name] = self._made(url, auth=None, limits=httpx.Limits())
        return self._clients[name]

    @asynccontextmanager
    async def in_use(self) -> AsyncIterator[None]:
        """Hold a request: until its end `retire` closes nothing."""
        self._under_way += 1
        try:
            yield
        finally:
            self._under_way -= 1
            if self._retired and not self._under_way:
                await self.aclose()

    async def retire(self) -> None:
        """Close every connection as soon as no request is under way, now and later."""
        self._retired = True
        if not self._under_way:
            await self.aclose()

    async def aclose(self) -> None:
        """Close every connection; a later request opens new ones."""
        clients, self._clients = list(self._clients.values()), {}
        for client in clients:
            await client.aclose()

    def _made(
        self, url: httpx.URL, *, auth: httpx.Auth | None, limits: httpx.Limits
    ) -> httpx.AsyncClient:
        failure: HailuoError
        is_here = is_loopback_host(url.host)
        verify = self._certificates(url.scheme)
        try:
            return httpx.AsyncClient(
                transport=self._proved(limits, verify) if is_here else None,
                auth=auth,
                headers={"User-Agent": self._user_agent},
                cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
                timeout=self._timeout,
                limits=limits,
                follow_redirects=False,
                trust_env=not is_here,
                verify=verify,
            )
        except (ValueError, ImportError, httpx.InvalidURL):
            failure = proxy_trouble()
        raise failure

    def _proved(self, limits: httpx.Limits, verify: ssl.SSLContext) -> ProvedTransport | None:
        if self._proof is None:
            return None
        return ProvedTransport(self._proof, limits=limits, verify=verify, trust_env=False)

    def _certificates(self, scheme: str) -> ssl.SSLContext:
        if scheme == "http":
            # Trusts nobody, and is made in no time: reading the real store takes 30 ms.
            return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        if self._tls is None:
            try:
                self._tls = httpx.create_ssl_context()
            except (OSError, ValueError) as error:  # SSLError is an OSError
                raise tls_trouble(error) from None
        return self._tls


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

"""Which addresses may be asked: origins that get the key, and places of result files.

It knows networks: loopback, private, public. It must not know what is fetched.
"""

import asyncio
import ipaddress
import re
import socket
from collections.abc import Container
from dataclasses import dataclass

import httpx

from hailuo_nb.errors import UnsafeAddress, UnsafeOrigin

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

# The plain ones alone: what else `ipaddress` calls loopback is another from version to version.
_LOOPBACK = [ipaddress.ip_network(text) for text in ("127.0.0.0/8", "::1/128")]
# Local proxies that answer every name with a stand-in address use this range, and
# no private service lives there: refusing it would cut their users off.
_STAND_INS = ipaddress.ip_network("198.18.0.0/15")
# Only these addresses of IPv6 are handed out to hosts of the internet.
_UNICAST = ipaddress.ip_network("2000::/3")
# Within what is handed out, and called global by some version of `ipaddress`: special uses,
# those that reach whatever is near (port control), and tunnels (Teredo) to any IPv4 address.
_SPECIAL = [
    ipaddress.ip_network(text)
    for text in ("192.0.0.0/24", "192.88.99.0/24", "2001::/23", "2001:db8::/32", "3fff::/20")
]
_HOST = re.compile(rb"[A-Za-z0-9._-]+|[0-9A-Fa-f:.]+")
_PATH = re.compile(r"(/[A-Za-z0-9._~@-]+)*")
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


def read_origin(text: str, trusted: Container[str] = ()) -> str:
    """Return an origin as ``scheme://host[:port]``, with the path of a gateway where it has one.

    Parameters
    ----------
    text
        As a person writes it.
    trusted
        Origins to which the key may go by plain http.

    Raises
    ------
    UnsafeOrigin
        It is no http(s) origin, carries a name, password or path, or would send the
        key in the clear to another machine.
    """
    try:
        url = httpx.URL(text.strip())
    except (httpx.InvalidURL, ValueError):
        raise UnsafeOrigin("The service's address cannot be read.") from None
    if url.scheme not in ("http", "https") or not _HOST.fullmatch(url.raw_host):
        raise UnsafeOrigin("The service's address must begin with https:// and name a host.")
    if not 0 < (url.port or 443) < 65_536:
        raise UnsafeOrigin("The service's address names a port that does not exist.")
    path = url.raw_path.decode("ascii").rstrip("/")
    if url.userinfo or not _PATH.fullmatch(path) or "/." in path or url.query or url.fragment:
        raise UnsafeOrigin(
            "The service's address holds more than scheme, host, port and a plain path.",
            advice=f"Use {url.scheme}://{url.host} and nothing behind it.",
        )
    is_clear = url.scheme == "http" and not is_loopback_host(url.host)
    if is_clear and origin_of(url) not in trusted:
        raise UnsafeOrigin(
            f"http://{url.host} would carry the key in the clear.",
            advice="Use https; plain http is for this machine only.",
        )
    return origin_of(url) + path


def is_below(url: httpx.URL, origin: str) -> bool:
    """Tell whether an address lies at an origin, and below its path where it has one."""
    path = url.raw_path.decode("ascii").partition("?")[0]
    return f"{origin_of(url)}{path}".startswith(f"{origin}/")


def origin_of(url: httpx.URL) -> str:
    """Return the origin of a web address, the usual port left out."""
    if url.port == {"http": 80, "https": 443}.get(url.scheme):
        url = url.copy_with(port=None)
    return f"{url.scheme}://{url.netloc.decode('ascii')}"


def is_loopback_host(host: str) -> bool:
    """Tell whether a host is this machine by its spelling: localhost or a loopback literal."""
    address = _literal(host)
    if address is None:
        return host == "localhost"
    return any(address in network for network in _LOOPBACK)


def is_public_address(text: str) -> bool:
    """Tell whether an IP address belongs to the public internet."""
    address = _literal(text.partition("%")[0])
    if address is None:
        return False
    inner = _inner(address)
    if inner in _STAND_INS:
        return True
    if inner.version == 6 and inner not in _UNICAST:
        return False
    special = inner.is_multicast or any(inner in network for network in _SPECIAL)
    return inner.is_global and not special


async def is_public_host(host: str) -> bool:
    """Tell whether a service's host is on the public internet; unknown names count as such."""
    if is_loopback_host(host):
        return False
    return all(is_public_address(address) for address in await _resolved(host))


@dataclass(frozen=True, slots=True, kw_only=True)
class Guard:
    """What a result's address may be, given where the service is.

    Parameters
    ----------
    public
        Whether the service is on the public internet; its results must be there too.
    own
        The service's own origin where it is trusted in the clear: its results may lie there.
    """

    public: bool
    own: str | None = None

    async def check(self, url: httpx.URL, before: httpx.URL | None = None) -> None:
        """Check an address before anything is sent to it.

        Parameters
        ----------
        url
            Where to go next.
        before
            The address that led here by a redirect, or None.

        Raises
        ------
        UnsafeAddress
            It must not be fetched.
        """
        if url.scheme not in ("http", "https") or not url.host:
            raise UnsafeAddress("The result's address is no web address.")
        if (url.port or 443) >= 65_536:
            raise UnsafeAddress("The result's address names a port that does not exist.")
        if url.userinfo:
            raise UnsafeAddress("The result's address carries a name or password.")
        if origin_of(url) == self.own:
            return
        if before is not None and before.scheme != url.scheme:
            raise UnsafeAddress(f"The result leads from {before.scheme} to {url.scheme}.")
        if url.scheme == "http" and (self.public or not is_loopback_host(url.host)):
            raise UnsafeAddress("The result's address is plain http.")
        for address in await _resolved(url.host):
            self.check_peer(url, address)

    def check_peer(self, url: httpx.URL, address: str) -> None:
        """Check an IP address that a result's host stands for; the trusted one may have any.

        Raises
        ------
        UnsafeAddress
            A public service's result lies on a private network.
        """
        if origin_of(url) == self.own:
            return
        if self.public and not is_public_address(address):
            raise UnsafeAddress("The result's address leads into a private network.")
        if url.scheme == "http" and not is_loopback_host(address):
            raise UnsafeAddress("The result's address is plain http to another machine.")


class PeerCheck:
    """Check the address really connected to; httpx calls it as its ``trace`` extension.

    A name may resolve to one address when checked and to another when connected.
    """

    def __init__(self, guard: Guard, url: httpx.URL) -> None:
        self._guard = guard
        self._url = url
        self._direct = False

    async def __call__(self, event: str, info: dict[str, object]) -> None:
        """Close the connection again, before a byte is sent, if it leads where it must not."""
        if event == "connection.connect_tcp.started":
            # Anything else is a proxy, which resolves the name by itself.
            self._direct = info.get("host") == self._url.raw_host.decode("ascii")
        elif event == "connection.connect_tcp.complete" and self._direct:
            stream = info["return_value"]
            try:
                self._check(stream.get_extra_info("server_addr"))  # type: ignore[attr-defined]
            except BaseException:
                await stream.aclose()  # type: ignore[attr-defined]
                raise

    def _check(self, peer: tuple[str, int] | None) -> None:
        if not peer:  # the host has let go already, and nobody can tell who it was
            raise ConnectionResetError
        self._guard.check_peer(self._url, str(peer[0]))


async def _resolved(host: str) -> list[str]:
    """Return a host's IP addresses; none if it cannot be resolved here."""
    try:
        found = await asyncio.get_running_loop().getaddrinfo(
            host.strip("[]"), None, type=socket.SOCK_STREAM
        )
    except (OSError, UnicodeError):
        return []
    return [str(sockaddr[0]) for *_, sockaddr in found]


def _literal(host: str) -> IPAddress | None:
    try:
        return ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return None


def _inner(address: IPAddress) -> IPAddress:
    """Return the IPv4 address that an IPv6 address wraps, if it wraps one."""
    if isinstance(address, ipaddress.IPv6Address):
        if address in _NAT64:
            return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        return address.ipv4_mapped or address.sixtofour or address
    return address

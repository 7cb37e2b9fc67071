"""What can be told of a web address by its spelling: whether it is one, who can reach it.

It asks no network and follows nothing.
"""

import ipaddress
import socket
from urllib.parse import urlsplit

_PRIVATE_NAMES = ("localhost", "local", "internal", "lan", "home.arpa", "test", "invalid")
"""Last parts of names that no one outside a machine or its network knows."""


def fault_of(url: str) -> str | None:
    """Return why a text is no web address, in words; None where it is one."""
    if any(char.isspace() or not char.isprintable() for char in url):
        return "it has blanks in it; write %20 for each"
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return "its host or its port cannot be read"
    if parts.scheme.lower() not in ("http", "https"):
        return "it does not begin with http:// or https://"
    if not parts.hostname or port == 0:
        return "it names no host"
    return None


def near_only(url: str) -> str | None:
    """Return the host of an address that only this machine or its network can reach."""
    host = (urlsplit(url).hostname or "").rstrip(".")
    literal = _literal(host)
    if literal is not None:
        return None if literal.is_global else host
    last = [name for name in _PRIVATE_NAMES if f".{host}".endswith(f".{name}")]
    return host if last or "." not in host else None


def _literal(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """Return the IP address that a host is, in any spelling that systems take."""
    try:
        return ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        pass
    try:
        return ipaddress.IPv4Address(socket.inet_aton(host))  # 127.1, 0x7f000001, 2130706433
    except (OSError, UnicodeError):
        return None

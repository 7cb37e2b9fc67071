"""Which addresses a result may lie at."""

import asyncio

import httpx
import pytest

from hailuo_nb.errors import UnsafeAddress, UnsafeOrigin
from hailuo_nb.kie.address import (
    Guard,
    PeerCheck,
    is_loopback_host,
    is_public_address,
    is_public_host,
    read_origin,
)
from tests.kie.scripted_server import ScriptedServer, ok

PRIVATE = [
    "10.0.0.1",
    "172.16.3.4",
    "192.168.1.1",
    "127.0.0.1",
    "127.9.9.9",
    "0.0.0.0",
    "169.254.169.254",
    "100.64.0.1",
    "224.0.0.1",
    "255.255.255.255",
    "::1",
    "::",
    "fe80::1",
    "fe80::1%eth0",
    "fc00::1",
    "ff02::1",
    "::ffff:10.0.0.1",
    "::ffff:127.0.0.1",
    "2002:a00:1::",
    "64:ff9b::a00:1",
    "0.1.2.3",
    "192.0.0.9",
    "192.88.99.1",
    "198.51.100.1",
    "203.0.113.1",
    "240.0.0.1",
    "::127.0.0.1",
    "::1.1.1.1",
    "::ffff:0:127.0.0.1",
    "::ffff:224.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b:1::1",
    "64:ff9b:1::101:101",
    "100::1",
    "200::1",
    "2001:0:4136:e378:8000:63bf:3fff:fdd2",
    "2001:1::1",
    "2001:20::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "2002:c0a8:101::",
    "3fff::1",
    "4000::1",
    "5f00::1",
    "fd00::1",
    "fec0::1",
    "fec0:0:0:ffff::1",
    "feff::1",
    "not an address",
]


@pytest.mark.parametrize("address", PRIVATE)
def test_private_addresses(address: str) -> None:
    """Private, local, multicast, unspecified, withdrawn and example ones, wrapped or not."""
    assert not is_public_address(address)


@pytest.mark.parametrize(
    "address",
    [
        "1.1.1.1",
        "2606:4700::1111",
        "2a00:1450:4001:80b::200e",
        "::ffff:1.1.1.1",
        "64:ff9b::101:101",
        "198.18.0.9",
    ],
)
def test_public_addresses(address: str) -> None:
    """The internet, and the stand-ins of local proxies."""
    assert is_public_address(address)


@pytest.mark.parametrize(
    ("host", "here"),
    [
        ("localhost", True),
        ("127.0.0.1", True),
        ("127.8.8.8", True),
        ("::1", True),
        ("[::1]", True),
        ("2130706433", False),
        ("0x7f000001", False),
        ("localhost.evil.example", False),
        ("::ffff:127.0.0.1", False),
    ],
)
def test_loopback_by_spelling(host: str, here: bool) -> None:
    """Only the plain spellings of this machine count."""
    assert is_loopback_host(host) is here


def test_where_the_service_is() -> None:
    """A literal says where the service is; loopback is not public."""
    assert asyncio.run(is_public_host("1.1.1.1"))
    assert not asyncio.run(is_public_host("10.0.0.1"))
    assert not asyncio.run(is_public_host("localhost"))


def test_origins_are_written_one_way() -> None:
    """Case, default port and a slash at the end do not make another origin."""
    assert read_origin(" HTTPS://API.kie.ai:443/ ") == "https://api.kie.ai"
    assert read_origin("http://[::1]:80") == "http://[::1]"


def test_a_trusted_origin_may_be_plain_and_private() -> None:
    """Its results, too, wherever its name leads; nothing else is let off."""
    own = "http://10.0.0.5:8090"
    assert read_origin(f"{own}/class/", {own}) == f"{own}/class"
    with pytest.raises(UnsafeOrigin):
        read_origin("http://10.0.0.5", {own})
    guard = Guard(public=True, own=own)
    asyncio.run(guard.check(httpx.URL(f"{own}/a.mp4")))
    guard.check_peer(httpx.URL(f"{own}/a.mp4"), "10.0.0.5")
    for other in ("http://10.0.0.5/a", "http://10.0.0.6:8090/a", "https://10.0.0.5:8090/a"):
        with pytest.raises(UnsafeAddress):
            asyncio.run(guard.check(httpx.URL(other)))


def refused(url: str, *, public: bool, before: str | None = None) -> bool:
    async def main() -> None:
        came_from = httpx.URL(before) if before else None
        await Guard(public=public).check(httpx.URL(url), came_from)

    try:
        asyncio.run(main())
    except UnsafeAddress:
        return True
    return False


@pytest.mark.parametrize(
    "url",
    [
        "https://10.0.0.1/a",
        "https://127.0.0.1/a",
        "https://localhost/a",
        "https://2130706433/a",
        "https://127.1/a",
        "https://[::ffff:10.0.0.1]/a",
        "https://169.254.169.254/latest",
        "http://1.1.1.1/a",
        "http://127.0.0.1/a",
        "https://me:pw@1.1.1.1/a",
        "file:///etc/passwd",
        "ftp://1.1.1.1/a",
        "data:video/mp4,x",
        "javascript:alert(1)",
        "//1.1.1.1/a",
        "a.mp4",
        "",
    ],
)
def test_a_public_service_cannot_lead_inside(url: str) -> None:
    """Private places in every spelling, plain http, and other schemes are refused."""
    assert refused(url, public=True)


def test_a_public_service_leads_to_the_internet() -> None:
    """Https at a public address is fine."""
    assert not refused("https://1.1.1.1/a.mp4", public=True)


@pytest.mark.parametrize(
    ("url", "no"),
    [
        ("http://127.0.0.1:8000/a", False),
        ("http://localhost/a", False),
        ("https://1.1.1.1/a", False),
        ("https://10.0.0.1/a", False),
        ("http://10.0.0.1/a", True),
        ("http://1.1.1.1/a", True),
        ("http://2130706433/a", True),
    ],
)
def test_a_local_service(url: str, no: bool) -> None:
    """A service on this machine may use plain http here, and https elsewhere."""
    assert refused(url, public=False) is no


def test_no_hop_changes_the_scheme() -> None:
    """Neither down to http nor up from it."""
    assert refused("http://127.0.0.1/a", public=False, before="https://1.1.1.1/b")
    assert refused("https://1.1.1.1/a", public=False, before="http://127.0.0.1/b")


@pytest.mark.parametrize("public", [True, False])
def test_the_peer_really_connected_to_is_checked(public: bool) -> None:
    """A name that resolved well before and leads inside now is caught before a byte leaves."""

    async def main() -> int:
        async with ScriptedServer([ok(1)]) as server, httpx.AsyncClient() as client:
            url = httpx.URL(server.origin)
            request = client.build_request("GET", url)
            request.extensions["trace"] = PeerCheck(Guard(public=public), url)
            try:
                await client.send(request)
            except UnsafeAddress:
                await server.gone.wait()
            return len(server.requests)

    assert asyncio.run(main()) == (0 if public else 1)


class Gone:
    """A connection whose host has let go before its address could be asked for."""

    closed = False

    def get_extra_info(self, info: str) -> None:
        return None

    async def aclose(self) -> None:
        self.closed = True


@pytest.mark.parametrize("public", [True, False])
def test_a_connection_without_a_peer_is_a_broken_one(public: bool) -> None:
    """Nothing is sent to a host that cannot be told, and the connection is closed."""
    url, stream = httpx.URL("https://1.1.1.1/a"), Gone()
    check = PeerCheck(Guard(public=public), url)

    async def main() -> None:
        await check("connection.connect_tcp.started", {"host": "1.1.1.1"})
        await check("connection.connect_tcp.complete", {"return_value": stream})

    with pytest.raises(ConnectionError):
        asyncio.run(main())
    assert stream.closed

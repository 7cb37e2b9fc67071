"""A setting of the environment that keeps a connection from being made is named, its value safe."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from hailuo_nb.errors import SetupError
from hailuo_nb.kie.client import Client
from hailuo_nb.kie.connections import CERTIFICATES

ORIGIN = "https://api.example.invalid"

TLS = {
    "missing": ("SSL_CERT_FILE", "gone/cacert.pem", "No such file"),
    "no certificates": ("SSL_CERT_FILE", "notes.txt", "it holds no certificates"),
    "a folder": ("SSL_CERT_FILE", ".", "Is a directory"),
    "a log in no folder": ("SSLKEYLOGFILE", "gone/keys.log", "No such file"),
    "a log that is a folder": ("SSLKEYLOGFILE", ".", "Is a directory"),
}

PROXIES = {
    "brackets": ("NO_PROXY", "localhost,127.0.0.1,::1,[::1]", "NO_PROXY has the entry '[::1]'"),
    "a network": ("NO_PROXY", "10.0.0.0/8,fd00::/8", "NO_PROXY has the entry 'fd00::/8'"),
    "small letters": ("no_proxy", "[::1]", "NO_PROXY has the entry '[::1]'"),
    "a scheme": ("HTTPS_PROXY", "ftp://user:geheim@host:1", "that HTTPS_PROXY names"),
    "another": ("ALL_PROXY", "socks4://host:1", "that ALL_PROXY names"),
}


@pytest.fixture(autouse=True)
def no_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Begin with none of them, in a folder with one file."""
    for name in CERTIFICATES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    Path("notes.txt").write_text("no certificates", encoding="utf-8")


def refused(client_of: Callable[..., Client]) -> SetupError:
    """Return how the first call that needs a connection is refused."""
    client = client_of(ORIGIN)

    async def ask() -> None:
        try:
            await client.credit()
        finally:
            await client.aclose()

    with pytest.raises(SetupError) as error:
        asyncio.run(ask())
    return error.value


@pytest.mark.parametrize(("name", "value", "why"), TLS.values(), ids=TLS)
def test_what_tls_cannot_use_is_named(
    client_of: Callable[..., Client],
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    value: str,
    why: str,
) -> None:
    """The variable, what it holds and why; nothing was sent."""
    monkeypatch.setenv(name, value)
    told = str(refused(client_of))
    assert told.startswith(f"{name} is {value!r}, which cannot be used: {why}")
    assert "Nothing was sent." in told


@pytest.mark.parametrize(("name", "value", "words"), PROXIES.values(), ids=PROXIES)
def test_what_no_proxy_can_be_is_named(
    client_of: Callable[..., Client],
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    value: str,
    words: str,
) -> None:
    """Never a proxy's own address, which may hold a password."""
    monkeypatch.setenv(name, value)
    told = str(refused(client_of))
    assert words in told
    assert "geheim" not in told


def test_what_can_be_read_stops_nothing(
    client_of: Callable[..., Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Names, addresses and networks as tools write them: the wrong one of two is named."""
    monkeypatch.setenv("NO_PROXY", ".corp,10.0.0.0/8,::1,*.example,localhost:8080")
    monkeypatch.setenv("SSL_CERT_FILE", "gone.pem")
    assert refused(client_of).what.startswith("SSL_CERT_FILE is 'gone.pem'")

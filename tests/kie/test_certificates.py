"""A network whose certificate nobody here knows: a firm's proxy, a virus scanner."""

import asyncio
import ssl
from pathlib import Path

import pytest

from hailuo_nb.core.request import Request
from hailuo_nb.errors import HailuoError, NotSent
from tests.kie.scripted_server import ScriptedServer, ok

OWN = Path(__file__).parent / "own_certificate.pem"
"""A certificate for this machine alone, signed by itself, and its key."""


def sent(client_of, request: Request) -> HailuoError | str:
    """Submit to a server that has its own certificate; return the task's id, or why not."""

    async def run() -> HailuoError | str:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(OWN)
        async with ScriptedServer([ok({"taskId": "t1"})], tls=context) as server:
            client = client_of(server.origin)
            try:
                return await client.create_task(request, image_url=None, end_image_url=None)
            except HailuoError as error:
                return error
            finally:
                await client.aclose()

    return asyncio.run(run())


def test_an_unknown_certificate_names_the_setting_for_it(client_of, request_text: Request) -> None:
    """Nothing was sent, and the words say what makes it known."""
    refused = sent(client_of, request_text)
    assert isinstance(refused, NotSent)
    assert "its certificate is not trusted (self-signed certificate)" in refused.what
    assert "SSL_CERT_FILE names its PEM file." in refused.what
    assert "_ssl" not in refused.what


def test_the_setting_that_is_named_makes_it_known(
    client_of, request_text: Request, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the file that it asks for, the task is made."""
    monkeypatch.setenv("SSL_CERT_FILE", str(OWN))
    assert sent(client_of, request_text) == "t1"

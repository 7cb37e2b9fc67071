"""What the tests of the wire share: a key, requests, a real clip, a clean environment."""

from collections.abc import Callable
from pathlib import Path

import pytest

from hailuo_nb.core.request import ImageRef, Request, make_request
from hailuo_nb.kie.client import Client
from tests.kie.kie_samples import KEY, encode_clip


@pytest.fixture(autouse=True)
def no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the machine's own proxies out of the tests."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.fixture
def request_text() -> Request:
    """Return a request without an image."""
    return make_request(prompt="[Push in] A lighthouse in the fog.")


@pytest.fixture
def request_image() -> Request:
    """Return a request with a start image."""
    image = ImageRef(label="a.png", url="https://pictures.example/a.png")
    return make_request(prompt="A lighthouse.", image=image)


@pytest.fixture
def client_of() -> Callable[..., Client]:
    """Make a client of one origin for API and uploads."""

    def make(origin: str, **options: object) -> Client:
        settings = {
            "upload_origin": origin,
            "key": lambda origin: KEY,
            "user_agent": "hailuo_nb/test",
        }
        return Client(api_origin=origin, **(settings | options))

    return make


@pytest.fixture(scope="session")
def clip() -> bytes:
    """Return a real MP4: 12 frames of 64x48 pixels, half a second."""
    return encode_clip()


@pytest.fixture
def clip_file(tmp_path: Path, clip: bytes) -> Path:
    """Return the clip's file."""
    path = tmp_path / "made.mp4"
    path.write_bytes(clip)
    return path

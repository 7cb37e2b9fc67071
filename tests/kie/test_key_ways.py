"""Every call of the client asks for the key of the very origin that it goes to."""

import asyncio
import inspect
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path

import pytest

from hailuo_nb.core.request import make_request
from hailuo_nb.errors import HailuoError, UnsafeOrigin
from hailuo_nb.kie.client import Client
from hailuo_nb.kie.looker import Looker
from tests.kie.kie_samples import KEY
from tests.kie.scripted_server import ScriptedServer, ok, reply

Work = Callable[[Client], Awaitable[object]]

REQUEST = make_request(prompt="A lighthouse.")
CALLS: dict[str, Work] = {
    "create_task": lambda one: one.create_task(REQUEST, image_url=None, end_image_url=None),
    "record_info": lambda one: one.record_info("abc"),
    "made": lambda one: one.made("abc"),
    "credit": lambda one: one.credit(),
    "upload": lambda one: one.upload(b"x", name="a.png", mime="image/png"),
    "upload_from": lambda one: one.upload_from(
        "https://files.example/a.png", name="a.png", path="images/class"
    ),
    "fresh_url": lambda one: one.fresh_url("https://files.example/a.mp4"),
}
UPLOADS = {"upload", "upload_from"}
WITHOUT_KEY = {"download", "tell", "aclose", "retire"}

each_call = pytest.mark.parametrize("name", CALLS)


def test_every_call_is_in_the_table() -> None:
    """A new call of the client has to be held to the rule here, too."""
    public = {name for name in dir(Client) if not name.startswith("_")}
    calls = {name for name in public if inspect.iscoroutinefunction(getattr(Client, name))}
    assert calls == CALLS.keys() | WITHOUT_KEY
    assert public == calls | {"fetched"}  # a result's file, without the key as `download`


def test_whoever_looks_has_no_way_to_send() -> None:
    """What is paid for, or prepares it, stands in the sender's own class."""
    sending = {"create_task", *UPLOADS}
    assert set(vars(Client)) & CALLS.keys() == sending
    assert set(dir(Looker)) & CALLS.keys() == CALLS.keys() - sending


def ask(client: Client, name: str) -> Awaitable[object]:
    return CALLS[name](client)


@each_call
def test_the_key_is_asked_for_where_it_goes(name: str) -> None:
    """Whoever hands out the key hears of no origin but that of the request."""

    async def main() -> None:
        asked: set[str] = set()

        def key_for(origin: str) -> str:
            asked.add(origin)
            return KEY

        async with ScriptedServer([ok(1)]) as api, ScriptedServer([ok(1)]) as uploads:
            client = Client(
                api_origin=api.origin, upload_origin=uploads.origin, key=key_for, user_agent="x"
            )
            with suppress(HailuoError):  # not every call can read this answer
                await ask(client, name)
            await client.aclose()
            here, other = (uploads, api) if name in UPLOADS else (api, uploads)
            assert asked == {here.origin}
            (seen,) = here.requests
            assert seen.headers["authorization"] == f"Bearer {KEY}"
            assert other.requests == []

    asyncio.run(main())


@each_call
def test_a_refused_key_sends_nothing(name: str) -> None:
    """Where the key must not go there is no request without it either."""

    async def main() -> None:
        def refuse(origin: str) -> str:
            raise UnsafeOrigin(f"not to {origin}")

        async with ScriptedServer([ok(1)]) as server:
            client = Client(
                api_origin=server.origin, upload_origin=server.origin, key=refuse, user_agent="x"
            )
            with pytest.raises(UnsafeOrigin, match=server.origin):
                await ask(client, name)
            await client.aclose()
            assert server.requests == []

    asyncio.run(main())


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@each_call
def test_no_redirect_takes_the_key_along(name: str, status: int) -> None:
    """A service that sends one elsewhere is not followed, with the key or without."""

    async def main() -> None:
        async with ScriptedServer([ok(1)]) as other:
            away = reply(b"", status, Location=other.origin + "/api/v1/chat/credit")
            async with ScriptedServer([away]) as server:
                client = Client(
                    api_origin=server.origin,
                    upload_origin=server.origin,
                    key=lambda origin: KEY,
                    user_agent="x",
                )
                with pytest.raises(HailuoError):
                    await ask(client, name)
                await client.aclose()
                assert len(server.requests) == 1
            assert other.requests == []

    asyncio.run(main())


def test_a_download_goes_without(tmp_path: Path) -> None:
    """A file host is asked without a key, and nobody is asked for one."""

    async def main() -> None:
        def never(origin: str) -> str:
            raise AssertionError(origin)

        async with ScriptedServer([reply(b"no clip", mime="video/mp4")]) as server:
            client = Client(
                api_origin=server.origin, upload_origin=server.origin, key=never, user_agent="x"
            )
            with pytest.raises(HailuoError):
                await client.download(server.origin + "/a.mp4", tmp_path / "a.mp4")
            await client.aclose()
            assert server.requests
            assert all("authorization" not in seen.headers for seen in server.requests)

    asyncio.run(main())

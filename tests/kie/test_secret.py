"""The key is searched for wherever an accident could show it."""

import asyncio
import logging
import pickle
import traceback
from collections.abc import Callable

import httpx
import pytest

from hailuo_nb import errors
from hailuo_nb.core.request import Request
from hailuo_nb.kie.client import Client
from hailuo_nb.kie.secret import BearerAuth, Secret
from tests.kie.kie_samples import KEY
from tests.kie.scripted_server import ScriptedServer, Step, ok, reply

ClientOf = Callable[..., Client]

ECHO = f"Wrong key {KEY}, try another"
STEPS = {
    "refused key": reply({"code": 401, "msg": ECHO}),
    "echo in a page": reply(f"<html>{ECHO}</html>".encode(), 502, "text/html"),
    "unknown code": reply({"code": 999, "msg": ECHO}),
    "closed": Step(then="close"),
    "reset": Step(then="reset"),
    "unread": Step(then="reset", unread=True),
    "silent": Step(then="hang"),
    "half": Step(raw=ok(1)[:-1], then="close"),
    "nonsense": Step(raw=b"\x00" * 40, then="close"),
    "redirect": reply(b"", 302, Location="http://127.0.0.1:1/"),
    "success without id": ok({"taskId": ["no"]}),
}


def every_word_of(error: BaseException) -> str:
    """Return all that a debugger or a verbose traceback could print of an error."""
    shown, seen = [], {None}
    todo: list[BaseException | None] = [error]
    while todo:
        one = todo.pop()
        if one in seen:
            continue
        seen.add(one)
        drawn = traceback.TracebackException.from_exception(one, capture_locals=True)
        shown += [repr(one), str(one), repr(one.args), repr(vars(one)), *drawn.format()]
        todo += [one.__cause__, one.__context__]
    return "\n".join(shown)


@pytest.mark.parametrize("name", STEPS)
def test_no_error_shows_the_key(
    client_of: ClientOf, request_text: Request, caplog: pytest.LogCaptureFixture, name: str
) -> None:
    """Neither message, repr, locals of any frame nor log holds the key, whatever goes wrong."""
    caplog.set_level(logging.DEBUG)

    async def main() -> list[BaseException]:
        found: list[BaseException] = []
        async with ScriptedServer([STEPS[name]]) as server:
            client = client_of(server.origin, timeout_s=0.1)
            for work in (
                client.create_task(request_text, image_url=None, end_image_url=None),
                client.record_info("abc"),
                client.upload(b"x", name="a.png", mime="image/png"),
            ):
                try:
                    await work
                except errors.HailuoError as error:
                    found.append(error)
            await client.aclose()
        return found

    found = asyncio.run(main())
    assert len(found) >= 2
    for error in found:
        assert KEY not in every_word_of(error)
    assert any(record.name.startswith("httpcore") for record in caplog.records)
    assert KEY not in caplog.text


def test_a_header_that_repeats_the_key_is_masked(client_of: ClientOf) -> None:
    """Words taken from a reply's headers are masked like any other."""

    async def main() -> errors.HailuoError:
        async with ScriptedServer([reply(b"", 502, ECHO)]) as server:
            client = client_of(server.origin)
            with pytest.raises(errors.ServerError) as caught:
                await client.credit()
            await client.aclose()
            return caught.value

    error = asyncio.run(main())
    assert "***" in str(error)
    assert KEY not in every_word_of(error)


def test_a_cancelled_call_shows_no_key(client_of: ClientOf, request_text: Request) -> None:
    """The traceback of a cancelled submit is free of the library's frames."""

    async def main() -> BaseException:
        async with ScriptedServer([Step(then="hang")]) as server:
            client = client_of(server.origin)
            work = asyncio.create_task(
                client.create_task(request_text, image_url=None, end_image_url=None)
            )
            await server.arrived.wait()
            work.cancel()
            (error,) = await asyncio.gather(work, return_exceptions=True)
            await client.aclose()
            return error

    error = asyncio.run(main())
    assert isinstance(error, asyncio.CancelledError)
    assert KEY not in every_word_of(error)


def test_objects_show_no_key(client_of: ClientOf) -> None:
    """Printing the client and its parts shows asterisks."""
    secret = Secret(lambda origin: KEY)
    client = client_of("https://api.kie.ai")
    shown = [secret, client, vars(client), vars(BearerAuth(secret, "https://api.kie.ai"))]
    assert KEY not in "".join(f"{one!r}{one}" for one in shown)
    assert repr(secret) == "***"
    with pytest.raises(TypeError):
        pickle.dumps(secret)


@pytest.mark.parametrize("origin", ["http://api.kie.ai", "https://a b"])
def test_a_refused_origin_shows_no_key(origin: str) -> None:
    """The constructor asks for no key before it raises."""
    with pytest.raises(errors.UnsafeOrigin) as caught:
        Client(api_origin=origin, upload_origin=origin, key=lambda origin: KEY, user_agent="x")
    assert KEY not in every_word_of(caught.value)


@pytest.mark.parametrize("key", ["", "  ", "\n"])
def test_no_key(client_of: ClientOf, key: str) -> None:
    """An empty key is named before anything is sent."""
    with pytest.raises(errors.MissingKey):
        asyncio.run(client_of("http://127.0.0.1:1", key=lambda origin: key).credit())


@pytest.mark.parametrize("bad", ["\n", " ", "\r\nX-Evil: 1", "é", "\x00", "\u202e", "x" * 1000])
def test_a_key_that_no_header_carries(client_of: ClientOf, bad: str) -> None:
    """A key with a line break or a foreign letter is refused without being shown."""
    client = client_of("http://127.0.0.1:1", key=lambda origin: f"{KEY}{bad}{KEY}")
    with pytest.raises(errors.SetupError) as caught:
        asyncio.run(client.credit())
    assert KEY not in every_word_of(caught.value)


def test_a_key_is_stripped_and_read_anew(client_of: ClientOf) -> None:
    """Blanks around a pasted key do no harm, and a new key counts from the next call."""
    keys = ["one", " two\n"]

    async def main() -> None:
        async with ScriptedServer([ok(1)]) as server:
            client = client_of(server.origin, key=lambda origin: keys[-1])
            await client.credit()
            keys.pop()
            await client.credit()
            await client.aclose()
        sent = [seen.headers["authorization"] for seen in server.requests]
        assert sent == ["Bearer two", "Bearer one"]

    asyncio.run(main())


def test_the_key_goes_to_its_origin_alone() -> None:
    """Asked to sign for another host, port or scheme, the key stays."""
    auth = BearerAuth(Secret(lambda origin: KEY), "https://api.kie.ai")
    for url in ("https://files.example", "http://api.kie.ai", "https://api.kie.ai:444"):
        request = httpx.Request("GET", url)
        with pytest.raises(errors.UnsafeOrigin):
            next(auth.auth_flow(request))
        assert "authorization" not in request.headers


def test_below_a_path_the_key_goes_nowhere_else() -> None:
    """What lies beside a gateway at the same host belongs to somebody else."""
    auth = BearerAuth(Secret(lambda origin: KEY), "https://hub.example/services/class")
    for path in ("/services/classes/api", "/user/eve/api", "/services/class", "/"):
        request = httpx.Request("GET", f"https://hub.example{path}")
        with pytest.raises(errors.UnsafeOrigin):
            next(auth.auth_flow(request))
        assert "authorization" not in request.headers
    request = httpx.Request("GET", "https://hub.example/services/class/api/v1/chat/credit?x=/..")
    assert next(auth.auth_flow(request)).headers["authorization"] == f"Bearer {KEY}"


def test_file_hosts_never_see_the_key(client_of: ClientOf, clip: bytes, tmp_path: object) -> None:
    """A download carries the agent's name and no key, on the service's own host too."""

    async def main() -> None:
        async with ScriptedServer([reply(clip, mime="video/mp4")]) as server:
            client = client_of(server.origin)
            await client.download(server.origin + "/a.mp4", tmp_path / "a.mp4")
            await client.aclose()
        (seen,) = server.requests
        assert seen.headers["user-agent"] == "hailuo_nb/test"
        assert "authorization" not in seen.headers
        assert KEY.encode() not in server.bytes_seen

    asyncio.run(main())

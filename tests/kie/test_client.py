"""The client over real loopback connections, against a peer that follows a script."""

import asyncio
import gzip
import itertools
from collections.abc import Callable

import pytest

from hailuo_nb import errors
from hailuo_nb.core.request import Request
from hailuo_nb.errors import HailuoError
from hailuo_nb.kie.client import Client
from hailuo_nb.kie.outcome import submit_outcome
from tests.kie.scripted_server import ScriptedServer, Step, ok, reply

ClientOf = Callable[..., Client]
TASK = ok({"taskId": "abc", "recordId": "abc"})
HALF = TASK[: TASK.index(b"abc") + 2]
LONG_S = 3600.0


async def failure(work: object) -> HailuoError:
    with pytest.raises(HailuoError) as caught:
        await work
    return caught.value


async def submit(client: Client, request: Request) -> str:
    return await client.create_task(request, image_url=None, end_image_url=None)


async def failed_submit(
    client: Client, request: Request, peer: ScriptedServer, step: Step
) -> HailuoError:
    """Return the error of a submit; where the peer hangs, hour after hour passes at once."""
    sent = asyncio.ensure_future(failure(submit(client, request)))
    if step.then == "hang":
        await peer.arrived.wait()
        loop, passed = asyncio.get_running_loop(), itertools.count(1)
        now = loop.time
        loop.time = lambda: now() + LONG_S * next(passed)
        while not sent.done():
            await asyncio.sleep(0)
    return await sent


def test_create_sends_what_the_contract_asks(client_of: ClientOf, request_text: Request) -> None:
    """One POST with key, type and agent, and the body of the model."""

    async def main() -> None:
        async with ScriptedServer([TASK]) as server:
            client = client_of(server.origin)
            assert await submit(client, request_text) == "abc"
            await client.aclose()
        (seen,) = server.requests
        assert (seen.method, seen.target) == ("POST", "/api/v1/jobs/createTask")
        assert seen.headers["authorization"] == "Bearer sk-3f9a71c05be24d68"
        assert seen.headers["content-type"] == "application/json"
        assert seen.headers["user-agent"] == "hailuo_nb/test"
        assert seen.json["input"]["prompt"] == "[Push in] A lighthouse in the fog."

    asyncio.run(main())


def test_get_carries_both_headers_and_an_encoded_id(client_of: ClientOf) -> None:
    """Asking for a task sends key and type on GET, and an id cannot break out of its place."""

    async def main() -> None:
        async with ScriptedServer([ok({"state": "queuing", "taskId": "a/b?c&d=é"})]) as server:
            client = client_of(server.origin)
            record = await client.record_info("a/b?c&d=é")
            await client.aclose()
        (seen,) = server.requests
        assert seen.target == "/api/v1/jobs/recordInfo?taskId=a%2Fb%3Fc%26d%3D%C3%A9"
        assert "authorization" in seen.headers
        assert seen.headers["content-type"] == "application/json"
        assert (record.phase, record.task_id) == ("queuing", "a/b?c&d=é")

    asyncio.run(main())


def test_free_calls(client_of: ClientOf) -> None:
    """Balance, fresh address and upload speak as the contract says."""
    uploaded = {"success": True, "code": 200, "data": {"downloadUrl": "https://f.example/a.png"}}

    async def main() -> None:
        steps = [ok(5916.25), ok("https://f.example/a.mp4"), reply(uploaded)]
        async with ScriptedServer(steps) as server:
            client = client_of(server.origin)
            assert await client.credit() == 5916.25
            assert await client.fresh_url("https://f.example/old") == "https://f.example/a.mp4"
            address = await client.upload(b"\x89PNG", name="../a b.png", mime="image/png")
            await client.aclose()
        assert address == "https://f.example/a.png"
        credit, fresh, upload = server.requests
        assert (credit.method, credit.target) == ("GET", "/api/v1/chat/credit")
        assert (fresh.method, fresh.target) == ("POST", "/api/v1/common/download-url")
        assert fresh.json == {"url": "https://f.example/old"}
        assert (upload.method, upload.target) == ("POST", "/api/file-stream-upload")
        assert upload.headers["content-type"].startswith("multipart/form-data; boundary=")
        assert b'name="file"; filename="a-b.png"\r\nContent-Type: image/png' in upload.body
        assert b'name="uploadPath"\r\n\r\nimages/hailuo-nb\r\n' in upload.body
        assert "authorization" in upload.headers

    asyncio.run(main())


LOST = {
    "closed before the request was read": Step(then="close", unread=True),
    "reset before the request was read": Step(then="reset", unread=True),
    "closed after the request": Step(then="close"),
    "reset after the request": Step(then="reset"),
    "no reply": Step(then="hang"),
    "half a head": Step(raw=b"HTTP/1.1 200 OK\r\nContent-Le", then="close"),
    "half a body": Step(raw=HALF, then="close"),
    "body that stops": Step(raw=HALF, then="hang"),
    "no HTTP": Step(raw=b"\x00\x01\x02\r\n\r\n", then="close"),
    "broken packing": Step(raw=reply(b"not gzip", Content_Encoding="gzip"), then="close"),
    "success without an id": Step(raw=ok({}), then="close"),
    "success without data": Step(raw=ok(None), then="close"),
    "a page": Step(raw=reply(b"<html>hello</html>", mime="text/html")),
    "bad gateway": Step(raw=reply(b"<html>502</html>", 502, "text/html")),
    "a redirect": Step(raw=reply(b"", 307, Location="https://elsewhere.example/")),
    "a broken redirect": Step(raw=reply(b"", 302, Location="http://[")),
    "server exception": Step(raw=reply({"code": 500, "msg": "Server exception, ..."})),
    "endless reply": Step(raw=b"HTTP/1.1 200 OK\r\n\r\n" + b" " * 3_000_000, then="close"),
}


@pytest.mark.parametrize("step", LOST.values(), ids=LOST.keys())
def test_a_lost_reply_is_never_sent_again(
    client_of: ClientOf, request_text: Request, step: Step
) -> None:
    """Once a byte has left, one connection and one request are all there ever are."""

    async def main() -> None:
        async with ScriptedServer([step]) as server:
            client = client_of(server.origin, timeout_s=LONG_S)
            error = await failed_submit(client, request_text, server, step)
            await client.aclose()
            assert submit_outcome(error) == "lost"
            assert error.charged == "maybe"
            assert server.connections == 1
            assert server.bytes_seen.count(b"POST") <= 1

    asyncio.run(main())


def test_each_submit_has_a_connection_of_its_own(
    client_of: ClientOf, request_text: Request
) -> None:
    """A kept connection that the service lets go cannot swallow a paid request."""

    async def main() -> None:
        async with ScriptedServer([TASK]) as server:
            client = client_of(server.origin)
            await submit(client, request_text)
            await submit(client, request_text)
            await client.aclose()
        assert [seen.connection for seen in server.requests] == [1, 2]

    asyncio.run(main())


def test_polling_keeps_its_connection(client_of: ClientOf) -> None:
    """Asking again uses the connection that is there."""

    async def main() -> None:
        async with ScriptedServer([ok({"state": "waiting"})]) as server:
            client = client_of(server.origin)
            await client.record_info("a")
            await client.record_info("a")
            await client.aclose()
        assert server.connections == 1

    asyncio.run(main())


def test_a_dropped_kept_connection_is_asked_once(client_of: ClientOf) -> None:
    """A poll on a connection that breaks is not repeated behind the caller's back."""

    async def main() -> None:
        steps = [Step(raw=ok(1)), Step(then="reset"), Step(raw=ok(2))]
        async with ScriptedServer(steps) as server:
            client = client_of(server.origin)
            assert await client.credit() == 1
            error = await failure(client.credit())
            assert isinstance(error, errors.ReplyLost)
            assert error.charged == "no"
            assert len(server.requests) == 2
            assert await client.credit() == 2
            await client.aclose()

    asyncio.run(main())


def test_connection_refused_is_not_sent(client_of: ClientOf, request_text: Request) -> None:
    """Nobody listens: provably nothing left."""

    async def main() -> None:
        async with ScriptedServer([TASK]) as server:
            origin = server.origin
        client = client_of(origin)
        error = await failure(submit(client, request_text))
        assert isinstance(error, errors.NotSent)
        assert submit_outcome(error) == "not_taken"
        await client.aclose()

    asyncio.run(main())


def test_a_failed_handshake_is_not_sent(client_of: ClientOf, request_text: Request) -> None:
    """A peer that does not speak TLS never sees the request or the key."""

    async def main() -> None:
        step = Step(raw=b"HTTP/1.1 400 Bad Request\r\n\r\n", then="close", unread=True)
        async with ScriptedServer([step]) as server:
            client = client_of(f"https://127.0.0.1:{server.port}")
            error = await failure(submit(client, request_text))
            await client.aclose()
        assert isinstance(error, errors.NotSent)

    asyncio.run(main())


@pytest.mark.parametrize(
    "step",
    [
        Step(raw=reply(b"", 407), then="close"),
        Step(raw=reply(b"", 502), then="close"),
        Step(then="close"),
        Step(then="reset"),
        Step(then="hang"),
    ],
)
def test_a_proxy_that_fails_has_not_sent(
    client_of: ClientOf,
    request_text: Request,
    monkeypatch: pytest.MonkeyPatch,
    step: Step,
) -> None:
    """The person's proxy is used for public hosts; its failure is proof, and it sees no key."""

    async def main() -> None:
        async with ScriptedServer([step]) as proxy:
            monkeypatch.setenv("HTTPS_PROXY", proxy.origin)
            client = client_of("https://api.kie.ai", timeout_s=LONG_S)
            error = await failed_submit(client, request_text, proxy, step)
            await client.aclose()
        assert isinstance(error, errors.NotSent)
        assert proxy.requests[0].target == "api.kie.ai:443"
        assert b"sk-3f9a" not in proxy.bytes_seen

    asyncio.run(main())


def test_loopback_goes_past_every_proxy(
    client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A proxy in the environment never sees what is meant for this machine."""

    async def main() -> None:
        async with ScriptedServer([ok(1)]) as proxy, ScriptedServer([ok(7)]) as server:
            for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
                monkeypatch.setenv(name, proxy.origin)
            client = client_of(server.origin)
            assert await client.credit() == 7
            await client.aclose()
        assert proxy.connections == 0

    asyncio.run(main())


def test_an_unusable_proxy_is_named(client_of: ClientOf, monkeypatch: pytest.MonkeyPatch) -> None:
    """A proxy of an unknown kind is a matter of set-up, told without its password."""
    monkeypatch.setenv("HTTPS_PROXY", "gopher://me:hush@proxy.example")

    async def main() -> None:
        error = await failure(client_of("https://api.kie.ai").credit())
        assert type(error) is errors.SetupError
        assert "hush" not in str(error)

    asyncio.run(main())


def test_a_redirect_is_not_followed(client_of: ClientOf) -> None:
    """The key never follows a redirect."""

    async def main() -> None:
        async with ScriptedServer([ok(1)]) as other:
            step = reply(b"", 302, Location=other.origin + "/x")
            async with ScriptedServer([step]) as server:
                client = client_of(server.origin)
                error = await failure(client.credit())
                await client.aclose()
        assert isinstance(error, errors.UnexpectedReply)
        assert other.connections == 0

    asyncio.run(main())


def test_cookies_are_not_kept(client_of: ClientOf) -> None:
    """A service cannot mark us."""

    async def main() -> None:
        step = reply({"code": 200, "data": 1}, Set_Cookie="who=me; Path=/")
        async with ScriptedServer([step]) as server:
            client = client_of(server.origin)
            await client.credit()
            await client.credit()
            await client.aclose()
        assert "cookie" not in server.requests[1].headers

    asyncio.run(main())


@pytest.mark.parametrize(
    ("header", "wait_s"),
    [
        ("7", 7.0),
        ("1.5", 1.5),
        ("99999999", 3600.0),
        ("soon", None),
        ("-3", None),
        (None, None),
        ("Thu, 01 Jan 1970 00:00:00 GMT", 0.0),
    ],
)
def test_retry_after(client_of: ClientOf, header: str | None, wait_s: float | None) -> None:
    """A true HTTP 429 says how long to wait, within bounds."""

    async def main() -> None:
        headers = {"Retry_After": header} if header else {}
        async with ScriptedServer([reply(b"busy", 429, "text/plain", **headers)]) as server:
            client = client_of(server.origin)
            error = await failure(client.credit())
            await client.aclose()
        assert isinstance(error, errors.RateLimited)
        assert error.retry_after_s == wait_s

    asyncio.run(main())


def test_a_packed_reply_cannot_burst(client_of: ClientOf) -> None:
    """A reply that unpacks to more than a reply may have ends in an error."""
    bomb = gzip.compress(b" " * 50_000_000)

    async def main() -> None:
        async with ScriptedServer([reply(bomb, Content_Encoding="gzip")]) as server:
            client = client_of(server.origin)
            error = await failure(client.credit())
            await client.aclose()
        assert isinstance(error, errors.UnexpectedReply)

    asyncio.run(main())


def test_errors_name_the_task_they_are_about(client_of: ClientOf) -> None:
    """An error of recordInfo carries the task's id."""

    async def main() -> None:
        body = {"code": 422, "msg": "recordInfo is null", "data": None}
        async with ScriptedServer([reply(body)]) as server:
            client = client_of(server.origin)
            error = await failure(client.record_info("abc"))
            await client.aclose()
        assert isinstance(error, errors.UnknownTask)
        assert error.task_id == "abc"

    asyncio.run(main())


def test_free_calls_never_claim_a_charge(client_of: ClientOf) -> None:
    """An unreadable balance may not frighten anybody about money."""

    async def main() -> None:
        async with ScriptedServer([reply(b"<html>", mime="text/html")]) as server:
            client = client_of(server.origin)
            for work in (client.credit(), client.upload(b"x", name="a", mime="image/png")):
                assert (await failure(work)).charged == "no"
            await client.aclose()

    asyncio.run(main())


def test_a_lone_surrogate_can_be_sent(client_of: ClientOf, request_text: Request) -> None:
    """Half a character in a prompt does not stop the encoding."""
    from dataclasses import replace

    async def main() -> None:
        async with ScriptedServer([TASK]) as server:
            client = client_of(server.origin)
            await submit(client, replace(request_text, prompt="a\ud83d 👩‍🚀"))
            await client.aclose()
        assert server.requests[0].json["input"]["prompt"] == "a\ud83d 👩‍🚀"

    asyncio.run(main())


@pytest.mark.parametrize(
    "origin",
    [
        "http://api.kie.ai",
        "http://192.168.0.7",
        "http://localhost.evil.example",
        "http://2130706433",
        "http://127.0.0.1.evil.example",
        "ftp://api.kie.ai",
        "api.kie.ai",
        "https://",
        "",
        "https://me:pw@api.kie.ai",
        "https://127.0.0.1@evil.example",
        "https://api.kie.ai/api/v1#x",
        "https://api.kie.ai/.hidden",
        "https://api.kie.ai?x=1",
        "https://api.kie.ai:99999",
        "https://exa mple",
    ],
)
def test_unsafe_origins(client_of: ClientOf, origin: str) -> None:
    """Plain http to another machine, and anything but an origin and a plain path, is refused."""
    with pytest.raises(errors.UnsafeOrigin):
        client_of(origin)
    with pytest.raises(errors.UnsafeOrigin):
        client_of("https://api.kie.ai", upload_origin=origin)


@pytest.mark.parametrize(
    "origin", ["https://api.kie.ai/", "http://127.0.0.1:8000", "http://localhost", "http://[::1]:1"]
)
def test_safe_origins(client_of: ClientOf, origin: str) -> None:
    """Https anywhere, and plain http on this machine."""
    assert client_of(origin) is not None


def test_cancelling_ends_a_call(client_of: ClientOf, request_text: Request) -> None:
    """A cancelled submit stops at once and closes its connection."""

    async def main() -> None:
        async with ScriptedServer([Step(then="hang")]) as server:
            client = client_of(server.origin)
            work = asyncio.create_task(submit(client, request_text))
            await server.arrived.wait()
            work.cancel()
            with pytest.raises(asyncio.CancelledError):
                await work
            await client.aclose()
            assert len(server.requests) == 1

    asyncio.run(main())


def test_a_closed_client_can_be_used_again(client_of: ClientOf) -> None:
    """Closing frees the connections; the next call opens new ones."""

    async def main() -> None:
        async with ScriptedServer([ok(1)]) as server:
            client = client_of(server.origin)
            await client.credit()
            await client.aclose()
            assert await client.credit() == 1
            await client.aclose()
        assert server.connections == 2

    asyncio.run(main())

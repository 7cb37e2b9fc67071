"""A reply that names a task: whatever else is wrong with it, the id is not thrown away."""

import asyncio
import gzip
import json
from collections.abc import Callable

import pytest

from hailuo_nb.core.request import Request
from hailuo_nb.errors import UnexpectedReply
from hailuo_nb.kie import client as client_module
from hailuo_nb.kie.client import Client
from hailuo_nb.kie.taken import named_task
from hailuo_nb.kie.transport import Witness
from tests.kie.scripted_server import ScriptedServer, Step, ok, reply

ClientOf = Callable[..., Client]
ID = "9c1f0a77d2be4c5f8a6e3b1d0f2c4e68"
GOOD = json.dumps({"code": 200, "msg": "success", "data": {"taskId": ID, "recordId": ID}}).encode()


def named(code: object, msg: str = "", **data: object) -> dict[str, object]:
    """Return a reply of a code that names the task."""
    return {"code": code, "msg": msg, "data": {"taskId": ID} | data}


def chunked(*parts: bytes, end: bool = True) -> bytes:
    """Return a reply in chunks, the last of which may be missing."""
    sent = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts)
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    return head + sent + (b"0\r\n\r\n" if end else b"")


def headed(head: str, body: bytes = GOOD) -> bytes:
    """Return a reply of a head that does not fit its body."""
    return head.replace("\n", "\r\n").encode() + b"\r\n\r\n" + body


CODES = [429, 402, 401, 404, 408, 422, 433, 455, 500, 501, 505, 400, 451, 777, "200", None, [], -1]
STATUSES = [201, 302, 400, 401, 403, 404, 429, 500, 502, 503, 524]
OUT_OF_ORDER = {
    "insufficient credits in words": reply(named(500, "Credits insufficient")),
    "a refused value in words": reply(named(500, "This field is required")),
    "no code": reply({"data": {"taskId": ID}}),
    "success is false": reply({"success": False, "data": {"taskId": ID}}),
    "task_id": reply({"code": 200, "data": {"task_id": ID}}),
    "recordId alone": reply({"code": 200, "data": {"recordId": ID}}),
    "without data": reply({"code": 200, "taskId": ID}),
    "in a list": reply({"code": 200, "data": [{"taskId": ID}]}),
    "JSON within a string": reply({"code": 200, "data": json.dumps({"taskId": ID})}),
    "as a page": reply(GOOD, mime="text/html"),
    "within a page": reply(b"<html><pre>" + GOOD + b"</pre></html>", 502, "text/html"),
    "a body that is no UTF-8": reply(GOOD.replace(b"success", b"\xff\xfe\xff")),
    "twice": reply(GOOD + GOOD),
    "a line before it": reply(b")]}',\n" + GOOD),
    "two replies": reply(GOOD) + reply(GOOD),
    "two replies, the first a refusal": reply({"code": 429, "msg": "busy"}) + reply(GOOD),
    "no length": headed("HTTP/1.1 200 OK"),
    "too short a length": headed("HTTP/1.1 200 OK\nContent-Length: 12"),
    "no body by its status": headed("HTTP/1.1 204 No Content"),
    "no status line": GOOD,
    "a status that is none": headed("HTTP/1.1 okay"),
    "a header that is none": headed("HTTP/1.1 200 OK\n\x00\x01"),
    "packed, it says": reply(GOOD, Content_Encoding="gzip"),
    "unknown packing": reply(GOOD, Content_Encoding="br"),
    "really packed": reply(gzip.compress(GOOD), Content_Encoding="gzip"),
    "chunks that cut the id": chunked(GOOD[:52], GOOD[52:60], GOOD[60:]),
    "chunks without their end": chunked(GOOD[:52], GOOD[52:], end=False),
    "chunks that are none": headed("HTTP/1.1 200 OK\nTransfer-Encoding: chunked"),
    "an early hint before it": b"HTTP/1.1 103 Early\r\n\r\n" + reply(GOOD),
    "broken off after the whole JSON": headed("HTTP/1.1 200 OK\nContent-Length: 900"),
    "cut after the id": reply(GOOD)[:-40],
    "cut after recordId": reply({"data": {"recordId": ID, "taskId": ID}})[:-9],
}
REPLIES = (
    {f"code {code}": reply(named(code)) for code in CODES}
    | {f"HTTP {status}": reply(named(200), status) for status in STATUSES}
    | {f"HTTP {status} and code {status}": reply(named(status), status) for status in STATUSES}
    | OUT_OF_ORDER
)


@pytest.mark.parametrize("raw", REPLIES.values(), ids=REPLIES.keys())
def test_an_id_in_hand_beats_everything_else(
    client_of: ClientOf, request_text: Request, raw: bytes
) -> None:
    """Neither code nor status nor a broken connection throws away the id of a paid task."""

    async def main() -> None:
        async with ScriptedServer([Step(raw=raw, then="close")]) as server:
            client = client_of(server.origin)
            made = await client.create_task(request_text, image_url=None, end_image_url=None)
            await client.aclose()
        assert (made, len(server.requests)) == (ID, 1)

    asyncio.run(main())


@pytest.mark.parametrize("raw", [reply(GOOD)[:-40], chunked(GOOD, end=False)])
def test_an_id_is_taken_before_the_rest_has_come(
    client_of: ClientOf, request_text: Request, raw: bytes
) -> None:
    """A connection that hangs after the id holds nobody up."""

    async def main() -> None:
        async with ScriptedServer([Step(raw=raw, then="hang")]) as server:
            client = client_of(server.origin, timeout_s=3600.0)
            work = client.create_task(request_text, image_url=None, end_image_url=None)
            assert await asyncio.wait_for(work, 60) == ID
            await client.aclose()

    asyncio.run(main())


def test_a_submit_that_is_cut_off_keeps_the_id_it_has_heard(
    client_of: ClientOf, request_text: Request, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where the reply cannot be read on, since its head never ends."""
    witness = Witness()
    monkeypatch.setattr(client_module, "Witness", lambda *_: witness)

    async def main() -> None:
        endless = Step(raw=b"HTTP/1.1 200 OK\r\n" + GOOD, then="hang")
        async with ScriptedServer([endless]) as server:
            client = client_of(server.origin, timeout_s=3600.0)
            call = client.create_task(request_text, image_url=None, end_image_url=None)
            work = asyncio.ensure_future(call)
            async with asyncio.timeout(60):
                while ID.encode() not in witness.heard:
                    await asyncio.sleep(0)
            assert not work.done()
            work.cancel()
            assert await work == ID
            await client.aclose()

    asyncio.run(main())


NAMELESS = [
    b"",
    b"{}",
    GOOD[: GOOD.index(ID.encode()) + 31],
    b'{"code":200,"data":{"taskId":12345',
    b'{"code":200,"data":{"taskId":""}}',
    b'{"code":200,"data":{"taskId":null}}',
    b'{"code":200,"data":{"taskId":true}}',
    b'{"code":200,"data":{"taskId":["a"]}}',
    b'{"code":200,"data":{"taskId":"a b"}}',
    b'{"code":200,"data":{"taskId":"a\\u202eb"}}',
    json.dumps({"data": {"taskId": "a" * 201}}).encode(),
    json.dumps({"code": 422, "msg": '{"taskId":"quoted"} is wrong', "data": None}).encode(),
    b'{"code":200,"data":{"taskId":' + b"9" * 5000 + b"}}",
    b'{"' * 90_000,
]


@pytest.mark.parametrize("body", NAMELESS, ids=range(len(NAMELESS)))
def test_what_is_no_id_for_certain_names_no_task(body: bytes) -> None:
    """Half an id, a quotation and other values are none."""
    assert named_task(body) is None


def test_the_field_that_is_meant_comes_first() -> None:
    """An id further in, or before it, is not the task's."""
    data = {"param": {"taskId": "inner"}, "recordId": "record", "taskId": 42}
    assert named_task(json.dumps({"taskId": "outer", "data": data}).encode()) == "42"


@pytest.mark.parametrize(
    "body",
    [
        {"code": 200, "data": {"taskId": "other", "state": "success"}},
        {"code": 501, "msg": "Failed.", "data": {"taskId": "other", "state": "fail"}},
        {"code": 200, "data": {"task_id": "other", "state": "fail"}},
        {"code": 200, "data": {"taskId": 7, "state": "success"}},
    ],
)
def test_a_reply_about_another_task_is_no_answer(
    client_of: ClientOf, body: dict[str, object]
) -> None:
    """Neither its state nor what it was asked for is taken for one's own."""

    async def main() -> None:
        async with ScriptedServer([reply(body)]) as server:
            client = client_of(server.origin)
            for ask in (client.record_info, client.made):
                with pytest.raises(UnexpectedReply, match=r"another task: (other|7)"):
                    await ask(ID)
            await client.aclose()

    asyncio.run(main())


@pytest.mark.parametrize("told", [{}, {"taskId": "42"}, {"taskId": 42}, {"taskId": " 42 "}])
def test_a_reply_about_ones_own_task_is_taken(client_of: ClientOf, told: dict[str, object]) -> None:
    """Also where it does not say whose it is, or writes the id as a number."""

    async def main() -> None:
        async with ScriptedServer([ok({"state": "queuing"} | told)]) as server:
            client = client_of(server.origin)
            record = await client.record_info("42")
            await client.aclose()
        assert (record.task_id, record.phase) == ("42", "queuing")

    asyncio.run(main())

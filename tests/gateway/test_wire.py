"""What a hostile client sends to a running gateway: refused, named, and in no log and no page."""

import asyncio
import base64
import json
import socket
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import inspect, select

from hailuo_nb.gateway import connections
from hailuo_nb.gateway.ledger import imbalances
from hailuo_nb.gateway.tables import metadata, task
from tests.gateway.classroom import asked, classroom
from tests.gateway.postgres import Postgres
from tests.gateway.replica import KEY
from tests.gateway.running import Running, running_gateway
from tests.gateway.test_class import PNG
from tests.gateway.test_lost_reply import read_message
from tests.simulator.process import I2V, I2V_H3, T2V, Simulator, wait_for

CREATE, RECORD = "/api/v1/jobs/createTask", "/api/v1/jobs/recordInfo"
FRESH, KEYS = "/api/v1/common/download-url", "/api/v1/callback-key"
BUSY = "Server exception"
NASTY = (
    "'; DROP TABLE task; --",
    '" OR 1=1 --',
    "<script>alert(1)</script>",
    "%s {0} {{7*7}} ${x} \\x00 %00",
    "\u202egnp.\u0000\ud800",
    "=HYPERLINK(1)",
    "../../etc/passwd",
    "a\r\nSet-Cookie: hailuo_class=1",
    "x" * 6000,
    "http://[",
    "https://[::1/a.png",
)
FRAMINGS = (
    "Content-Length: 0\r\nContent-Length: {}",
    "Content-Length: 0, {}",
    "Content-Length: +0",
    "Content-Length: 0x0",
    "Content-Length: -1",
    "Content-Length: 0_0",
    "Content-Length: \u0660",
    "Transfer-Encoding: chunked\r\nContent-Length: {}",
    "Transfer-Encoding: xchunked",
    "Transfer-Encoding: identity, chunked",
    "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
    "Transfer-Encoding : chunked",
    "Transfer-Encoding:\r\n chunked",
    "Content-Length: 0\nTransfer-Encoding: chunked",
    "X: a\rContent-Length: 0",
    "X\x00: a\r\nContent-Length: 0, 0",
)
CHUNKS = (
    *("0x5\r\nhello\r\n0\r\n\r\n", "+5\r\nhello\r\n0\r\n\r\n", "-5\r\nhello\r\n0\r\n\r\n"),
    *("5 \r\nhello\r\n0\r\n\r\n", "5\nhello\n0\n\n", "5\r\nhelloXX0\r\n\r\n", "\r\n\r\n"),
    *("fffffffffffffffff\r\n", "5_0\r\nhello\r\n0\r\n\r\n", "5\r\nhel0\r\n\r\n"),
)
ASKED = b"GET /none HTTP/1.1\r\nHost: a\r\n\r\n"
POSTED = f"POST {CREATE} HTTP/1.1\r\nHost: a\r\nContent-Length: 999999\r\n\r\n"
LARGE_BYTES = 240_000
LARGE = POSTED.replace("999999", str(LARGE_BYTES))
PATHS = (
    *("/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/page/teacher.js", "/static/teacher.js"),
    *("//api/v1/chat/credit", "/api/v1/chat/credit/", "/API/V1/CHAT/CREDIT", "/admin/credits"),
    *("/api/v1/chat/credit%00", "/api/v1/chat/credit;a", "/api/v1/jobs/../chat/credit"),
    *("/api/v1/callback/" + "A" * 43, "/api/v1/callback/%27 OR 1=1", "/results/%s/0/a.mp4"),
)


@pytest.fixture(scope="module")
def gateway(
    postgres: Postgres, service: Simulator, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Running]:
    """Run one gateway for them all; its students have plenty."""
    folder = tmp_path_factory.mktemp("gateway")
    words = ("--student-budget", "100000")
    with running_gateway(folder, postgres.create(), service.url, *words) as running:
        yield running


def said(http: httpx.Client, path: str, body: object, **headers: str) -> dict[str, Any]:
    """Post JSON in ASCII, as halves of characters need, and return what is answered."""
    reply = http.post(path, content=json.dumps(body).encode(), headers=headers)
    assert reply.status_code < 500, (path, body, reply.text)
    return dict(reply.json())


def refused(answer: dict[str, Any], body: object = None) -> None:
    """Fail where an answer is no refusal, or one that names nothing."""
    assert answer["code"] in (400, 401, 403, 422, 500), (answer, body)
    assert answer["msg"], body
    assert BUSY not in answer["msg"], (answer, body)


def test_odd_framing_hides_no_second_request(gateway: Running) -> None:
    """What a proxy may take for one request's body is never taken for another request."""
    token = f"Authorization: Bearer {gateway.tokens[0]}"
    body, before = json.dumps(asked()), len(gateway.ids())
    path = f"POST {CREATE} HTTP/1.1\r\nHost: a\r\n"
    hidden = f"{path}{token}\r\nConnection: close\r\nContent-Length: {len(body)}\r\n\r\n{body}"
    assert b'"taskId"' in gateway.spoken(hidden.encode())
    for framing in FRAMINGS:
        head = f"POST /login HTTP/1.1\r\nHost: a\r\n{framing.format(len(hidden))}\r\n\r\n"
        assert b'"taskId"' not in gateway.spoken((head + hidden).encode()), framing
    for chunks in CHUNKS:
        head = "POST /login HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
        assert b'"taskId"' not in gateway.spoken((head + chunks + hidden).encode()), chunks
    assert len(gateway.ids()) == before + 1


def ended(http: httpx.Client, task_id: str) -> dict[str, Any]:
    """Return a task's record once it has ended."""

    def look() -> dict[str, Any] | None:
        told = http.get(RECORD, params={"taskId": task_id}).json()["data"]
        return told if told["state"] in ("success", "fail") else None

    return dict(wait_for(look))


def test_nothing_of_one_student_is_anothers(gateway: Running) -> None:
    """Not the task, the clip, the picture however its address is written, nor a request's name."""
    with gateway.http(gateway.tokens[0]) as one, gateway.http(gateway.tokens[1]) as two:
        files = {"file": ("a.png", PNG, "image/png")}
        told = one.post("/api/file-stream-upload", files=files, data={"uploadPath": "a"}).json()
        address = told["data"]["downloadUrl"]
        body = {"model": I2V, "input": {"prompt": "a", "image_url": address}}
        named = {"Idempotency-Key": "mine"}
        task_id = said(one, CREATE, body, **named)["data"]["taskId"]
        (clip,) = json.loads(ended(one, task_id)["resultJson"])["resultUrls"]
        assert said(one, FRESH, {"url": clip})["code"] == 200
        refused(said(two, FRESH, {"url": clip}))
        unknown, known = (
            two.get(RECORD, params={"taskId": name}).json() for name in ("0" * 32, task_id)
        )
        assert known == unknown
        refused(known)
        folder = address.rpartition("/class-")[2][:16]
        for theirs in (address, address.replace("/class-", "/%63lass%2d"), address + "?a=/b/"):
            refused(
                said(two, CREATE, {"model": I2V, "input": {"prompt": "a", "image_url": theirs}})
            )
            far = {"fileUrl": theirs, "uploadPath": f"class-{folder}", "fileName": "a.png"}
            refused(said(two, "/api/file-url-upload", far))
        upload = {"base64Data": base64.b64encode(PNG).decode(), "fileName": "a.png"}
        for place in (f"class-{folder}", f"../class-{folder}", f"/class-{folder}/a"):
            told = said(two, "/api/file-base64-upload", upload | {"uploadPath": place})
            assert told["data"]["filePath"].startswith("kieai/class-"), place
            assert not told["data"]["filePath"].startswith(f"kieai/class-{folder}"), place
        assert said(two, CREATE, asked(), **named)["data"]["taskId"] != task_id
    _unhurt(gateway)


def test_forged_and_repeated_callbacks_change_nothing(gateway: Running) -> None:
    """Whatever they say, and however often: the service is asked, and money stays where it is."""
    with gateway.http(gateway.tokens[0]) as one, gateway.http() as stranger:
        task_id = said(one, CREATE, asked())["data"]["taskId"]
        told = ended(one, task_id)
        assert told["state"] == "success"
        row = gateway.books.now(
            lambda each: each.execute(select(task).where(task.c.id == task_id)).one()
        )
        left = one.get("/api/v1/chat/credit").json()["data"]
        for state in ("success", "fail", "waiting", NASTY[2], None):
            for named in (row.upstream, task_id, "0" * 32, NASTY[0], 7, None):
                data = {"taskId": named, "state": state, "resultJson": "{}", "creditsConsumed": -9}
                for body in (
                    {"code": 200, "data": data},
                    {"code": 501, "data": data},
                    [data],
                    data,
                ):
                    reply = stranger.post(f"/api/v1/callback/{row.callback_token}", json=body)
                    assert reply.status_code == 200
                    assert row.upstream not in reply.text
        assert ended(one, task_id) == told
        assert one.get("/api/v1/chat/credit").json()["data"] == left
    _unhurt(gateway)


def test_no_path_leads_elsewhere(gateway: Running) -> None:
    """An endpoint has one spelling, and no file is to be had."""
    token = f"Host: a\r\nAuthorization: Bearer {gateway.tokens[0]}\r\nConnection: close"
    good = gateway.spoken(f"GET /api/v1/chat/credit HTTP/1.1\r\n{token}\r\n\r\n".encode())
    assert good.startswith(b"HTTP/1.1 200 ")
    for path in PATHS:
        method = "POST" if "callback" in path else "GET"
        length = "\r\nContent-Length: 2\r\n\r\n{}" if method == "POST" else "\r\n\r\n"
        reply = gateway.spoken(f"{method} {path} HTTP/1.1\r\n{token}{length}".encode())
        is_named = reply.startswith(b"HTTP/1.1 404 ") and b'"code":404' in reply
        assert is_named or reply.startswith(b"HTTP/1.1 400 "), (path, reply)


def test_no_header_makes_somebody_else_of_a_student(gateway: Running) -> None:
    """Neither a second token, nor what proxies add, nor another method's name."""
    mine, other = gateway.tokens[:2]
    with gateway.http(mine) as one, gateway.http(other) as two:
        own, theirs = (each.get(KEYS).json()["data"] for each in (one, two))
        assert own != theirs
    for lines in (
        f"Authorization: Bearer {mine}\r\nAuthorization: Bearer {other}",
        f"Authorization: Bearer {mine}, Bearer {other}",
        f"Authorization: Bearer  {other}\x00",
        f"Authorization: Basic {other}",
        f"Cookie: hailuo_class={gateway.teacher}\r\nX-Forwarded-User: teacher-01",
        f"X-Authorization: Bearer {other}\r\nProxy-Authorization: Bearer {other}",
    ):
        head = f"GET {KEYS} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n{lines}\r\n\r\n"
        reply = gateway.spoken(head.encode())
        assert theirs.encode() not in reply, lines
        assert own.encode() not in reply, lines
        assert b'"code":401' in reply or reply.startswith(b"HTTP/1.1 400 "), (lines, reply)
    for name in ("X-HTTP-Method-Override", "X-Method-Override"):
        with gateway.http(mine) as one:
            assert one.get(CREATE, headers={name: "POST"}).json()["code"] == 405


def test_every_field_is_text_alone(gateway: Running) -> None:
    """SQL, markup, formats and halves of characters change nothing; what is taken comes back."""
    before = len(gateway.ids())
    with gateway.http(gateway.tokens[0]) as http:
        upload = {"base64Data": PNG.hex(), "uploadPath": "a"}
        refused(said(http, "/api/file-base64-upload", upload))
        taken = [_of_prompt(http, text) for text in NASTY]
        assert 0 < sum(taken) < len(NASTY)
        for text in NASTY:
            for body in _bodies(text):
                refused(said(http, CREATE, body), body)
            for field in ("base64Data", "uploadPath", "fileName"):
                answer = said(http, "/api/file-base64-upload", upload | {field: text})
                refused(answer, (field, text))
            far = {"fileUrl": text, "uploadPath": text, "fileName": text}
            refused(said(http, "/api/file-url-upload", far), text)
            refused(said(http, FRESH, {"url": text}), text)
            looked = {"taskId": text.encode("utf-8", "replace")}
            refused(http.get(RECORD, params=looked).json(), text)
    assert len(gateway.ids()) == before + sum(taken)
    _unhurt(gateway)


def _of_prompt(http: httpx.Client, text: str) -> bool:
    """Return whether a prompt is taken; it comes back as it was then."""
    named = text.encode("ascii", "ignore").decode().translate({0: "", 10: "", 13: ""})
    answer = said(http, CREATE, asked(text), **{"Idempotency-Key": named})
    if answer["code"] != 200:
        refused(answer, text)
        return False
    told = http.get(RECORD, params={"taskId": answer["data"]["taskId"]}).json()["data"]
    assert json.loads(json.loads(told["param"])["input"])["prompt"] == text
    return True


def _bodies(text: str) -> Iterator[object]:
    """Yield requests that have a text where something else belongs."""
    yield from (text, [text], {text: text}, {"model": text, "input": {"prompt": "a"}})
    yield from ({"model": T2V, "input": text}, {"model": [text], "input": {}})
    picture = {"prompt": "a", "image_url": "https://a.example/a.png"}
    yield {"model": I2V, "input": picture | {"image_url": text}}
    for field in ("end_image_url", "duration", "resolution", "prompt_optimizer"):
        yield {"model": I2V, "input": picture | {field: text}}
    yield {"model": I2V_H3, "input": picture | {"aspect_ratio": text, "duration": text}}


def _unhurt(gateway: Running) -> None:
    """Fail where a table is gone, money is out of balance, or the log tells more than it may."""
    books = gateway.books
    assert books.now(lambda one: set(inspect(one).get_table_names())) == set(metadata.tables)
    assert books.look(imbalances) == []
    log = gateway.log.read_text("utf-8")
    assert {line["level"] for line in gateway.lines()} <= {"info", "warning"}, log
    for secret in (*NASTY, "alert(1)", "DROP TABLE", KEY, *gateway.tokens, gateway.teacher):
        assert secret not in log, secret


def test_a_callback_address_is_text_alone(gateway: Running) -> None:
    """What is no address is left out, as the service does; one that is hostile is kept as text."""
    with gateway.http(gateway.tokens[0]) as http:
        for text in (*NASTY, "http://[", "https://a.example/\u0000'; DROP TABLE call; --<b>"):
            answer = said(http, CREATE, asked() | {"callBackUrl": text})
            assert answer["code"] == 200, (answer, text)
    _unhurt(gateway)


def test_what_a_teacher_is_asked_for_is_text_alone(gateway: Running) -> None:
    """Each change refuses it by name; nothing of it is in the page, the sheet or the figures."""
    with gateway.http() as http, gateway.http(gateway.tokens[0]) as student:
        assert student.get("/api/v1/chat/credit").json()["code"] == 200
        assert http.post("/login", data={"token": gateway.teacher}).status_code == 303
        page = http.get("/").text
        csrf = {"X-CSRF-Token": page.split('name="csrf" content="')[1].split('"')[0]}
        for text in NASTY:
            for change in (
                {"what": text},
                {"what": "budget", "student": text, "credits": 1},
                {"what": "budget", "student": "student-01", "credits": text},
                {"what": "class budget", "credits": text},
                {"what": "models", "models": text},
                {"what": "models", "models": [text]},
                {"what": "settle", "task": text, "as": text},
                {"what": "settle", "task": text, "as": "made", "upstream": text},
                {"what": "settle", "task": text, "as": "never"},
            ):
                refused(said(http, "/change", change, **csrf), change)
        seen = "".join(http.get(path).text for path in ("/", "/spending.csv", "/metrics"))
        with http.stream("GET", "/events") as events:
            seen += next(events.iter_text())
        assert not [text for text in NASTY if text in seen]
        assert "student-01" in seen
    _unhurt(gateway)


def test_the_way_in_takes_no_tricks(gateway: Running) -> None:
    """A token that is none, a cookie that was made up, and a form of another kind."""
    with gateway.http() as http:
        back = http.get("/login")
        assert (back.status_code, back.headers["Location"]) == (302, "/")
        for proto in ("http", "https"):  # as a proxy with TLS says that it was asked
            form, headers = {"token": gateway.teacher}, {"X-Forwarded-Proto": proto}
            cookie = http.post("/login", data=form, headers=headers).headers["Set-Cookie"]
            assert ("Secure" in cookie) == (proto == "https")
        http.cookies.clear()
        for text in ("\x00", NASTY[2], gateway.tokens[0]):
            reply = http.post("/login", data={"token": text})
            assert (reply.status_code, "set-cookie" in reply.headers) == (403, False)
            assert text not in reply.text
    for cookie in ("", ".", "..", "a.b.c", "00.99999999999." + "0" * 64, "z" * 6000, '"\\042'):
        head = "GET /events HTTP/1.1\r\nHost: a\r\nConnection: close\r\nCookie: hailuo_class="
        reply = gateway.spoken(f"{head}{cookie}\r\n\r\n".encode())
        assert reply.startswith(b"HTTP/1.1 401 "), cookie
    _unhurt(gateway)


@pytest.mark.parametrize(
    "begun", ["", "GET / HTTP/1.1\r\nHost: a\r\nX: ", POSTED], ids=["rest", "head", "body"]
)
def test_a_connection_that_does_not_get_on_is_closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, begun: str
) -> None:
    """One that says nothing, or a head or a body byte by byte without end."""
    monkeypatch.setattr(connections, "LOOK_S", 0.02)

    async def drip(writer: asyncio.StreamWriter) -> None:
        while begun:
            writer.write(b"1")
            await asyncio.sleep(0.02)

    async def lesson() -> None:
        url = f"sqlite:///{tmp_path / 'class.db'}"
        async with classroom(url, "http://127.0.0.1:9", tmp_path, at_work=False) as room:
            port = int(room.urls[0].rpartition(":")[2])
            monkeypatch.setattr(connections, "REST_S", 0.2)
            monkeypatch.setattr(connections, "BODY_S", 0.2)
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(begun.encode())
            dripping = asyncio.ensure_future(drip(writer))
            with suppress(ConnectionError):
                assert await asyncio.wait_for(reader.read(), 60) == b""
            dripping.cancel()
            monkeypatch.setattr(connections, "REST_S", 60.0)
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(LARGE.encode())
            for _ in range(4):  # a body that takes longer and comes at a good pace
                writer.write(b"1" * (LARGE_BYTES // 4))
                await asyncio.sleep(0.1)
            assert (await reader.readline()).startswith(b"HTTP/1.1 200 ")
            writer.close()

    asyncio.run(lesson())


def test_of_many_connections_those_that_rest_longest_are_closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A class that looks now and then takes no more memory the larger it is; nobody is cut off."""
    monkeypatch.setattr(connections, "KEPT_MAX", 4)
    monkeypatch.setattr(connections, "RESTED_S", -1.0)

    async def lesson() -> None:
        url = f"sqlite:///{tmp_path / 'class.db'}"
        async with classroom(url, "http://127.0.0.1:9", tmp_path, at_work=False) as room:
            port = int(room.urls[0].rpartition(":")[2])
            ends = [await asyncio.open_connection("127.0.0.1", port)]
            ends[0][1].write(POSTED.encode())  # whose body is still to come
            for _ in range(5):
                ends.append(await asyncio.open_connection("127.0.0.1", port))
                await answered(*ends[-1])
            for reader, _ in ends[1:3]:
                assert await asyncio.wait_for(reader.read(), 60) == b""
            for reader, writer in ends[3:]:
                await answered(reader, writer)
            # Who asks at the very moment at which another comes is not the one who goes.
            late = socket.create_connection(("127.0.0.1", port))
            ends[3][1].write(ASKED)
            assert (await read_message(ends[3][0])).startswith(b"HTTP/1.1 404 ")
            late.close()
            ends[0][1].write(b"1" * 999_999)
            assert (await ends[0][0].readline()).startswith(b"HTTP/1.1 200 ")
            for _, writer in ends:
                writer.close()

    asyncio.run(lesson())


async def answered(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Ask for what is not there, and fail where no answer comes."""
    writer.write(ASKED)
    assert (await read_message(reader)).startswith(b"HTTP/1.1 404 ")


def test_no_number_of_large_bodies_fills_the_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Beyond what is taken in at a time they are turned away, whoever sends them; not others."""
    monkeypatch.setattr(connections, "BODIES_BYTES_MAX", 2_500_000)
    announced = ("Content-Length: 999999", "Transfer-Encoding: chunked")

    async def lesson() -> None:
        url = f"sqlite:///{tmp_path / 'class.db'}"
        async with classroom(url, "http://127.0.0.1:9", tmp_path, at_work=False) as room:
            port = int(room.urls[0].rpartition(":")[2])
            ends = [await asyncio.open_connection("127.0.0.1", port) for _ in range(4)]
            for _, writer in ends[:2]:
                writer.write(POSTED.encode())
            await answered(*ends[3])
            for how in announced:
                reader, writer = await asyncio.open_connection("127.0.0.1", port)
                writer.write(POSTED.replace("Content-Length: 999999", how).encode())
                assert b'"code": 429' in await read_message(reader)
                assert await reader.read() == b""
            await answered(*ends[3])
            ends[0][1].write(b"1" * 999_999)
            assert (await read_message(ends[0][0])).startswith(b"HTTP/1.1 200 ")
            ends[2][1].write(POSTED.encode() + b"1" * 999_999)
            assert b"Too many uploads" not in await read_message(ends[2][0])
            for _, writer in ends:
                writer.close()

    asyncio.run(lesson())

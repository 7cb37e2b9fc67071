"""A class from end to end: asked for, held, queued, sent, watched, told, paid; on each engine."""

import asyncio
import base64
import io
import json
import secrets
from pathlib import Path
from typing import Any

import httpx
import pytest
from PIL import Image
from sqlalchemy import select, update

from hailuo_nb.core.request import ImageRef, make_request
from hailuo_nb.errors import HailuoError
from hailuo_nb.gateway.database import clock
from hailuo_nb.gateway.handlers import TELL
from hailuo_nb.gateway.sessions import FAILURES_MAX
from hailuo_nb.gateway.tables import account, gate, student, task
from hailuo_nb.gateway.told import mean_of_clips_s
from hailuo_nb.gateway.waiting import USUAL_MEAN_S
from hailuo_nb.kie.client import Client
from tests.gateway.classroom import (
    Classroom,
    asked,
    classroom,
    create,
    credit,
    record,
    taken,
    until,
)
from tests.simulator.process import I2V, Simulator

_PICTURE = io.BytesIO()
Image.new("RGB", (320, 320), "teal").save(_PICTURE, "PNG")
PNG = _PICTURE.getvalue()


async def ended(room: Classroom, who: int, task_id: str) -> dict[str, Any]:
    """Return what a task has become."""

    async def look() -> dict[str, Any] | None:
        data = await record(room.students[who], task_id)
        return data if data["state"] in ("success", "fail") else None

    return dict(await until(look))


async def set_row(room: Classroom, table: Any, **values: object) -> None:
    """Change every row of a table."""
    await room.database.run(lambda one: one.execute(update(table).values(values)))


def test_a_clip_is_made_and_paid_for(
    url: str, service: Simulator, key: str, tmp_path: Path
) -> None:
    """The student sees the service's own shapes; three replicas send it once and settle it once."""

    async def lesson() -> None:
        async with classroom(url, service.url, tmp_path, key=key, replicas=3) as room:
            task_id = await taken(room.students[0])
            assert await credit(room.students[0]) == 270
            data = await ended(room, 0, task_id)
            assert (data["state"], data["creditsConsumed"], data["failMsg"]) == (
                "success",
                30,
                None,
            )
            assert (
                json.loads(json.loads(data["param"])["input"])["prompt"]
                == asked()["input"]["prompt"]
            )
            (clip,) = json.loads(data["resultJson"])["resultUrls"]
            assert clip.startswith(service.url)
            assert await credit(room.students[1]) == 300
            await room.balanced()

    asyncio.run(lesson())
    assert service.credit(key) == 10_000 - 30


def test_a_failed_clip_costs_nothing(url: str, service: Simulator, tmp_path: Path) -> None:
    """What was held is given back where the service fails, or refuses the request."""

    async def lesson() -> None:
        async with classroom(url, service.url, tmp_path) as room:
            service.faults("fail-moderation", "input-refused=#2")
            made = [await taken(room.students[0]) for _ in range(2)]
            data = [await ended(room, 0, task_id) for task_id in made]
            assert [each["state"] for each in data] == ["fail", "fail"]
            assert all(each["failMsg"] and each["creditsConsumed"] == 0 for each in data)
            assert await credit(room.students[0]) == 300
            await room.balanced()

    try:
        asyncio.run(lesson())
    finally:
        service.faults()


@pytest.mark.parametrize(
    ("rules", "code", "says"),
    [
        ((student, {"budget": 59_99}), 402, "29.99 of your 59.99 credits are left"),
        ((student, {"budget": 10_00}), 402, "and 0 of your 10 credits are left"),
        ((account, {"budget": 59_99}), 433, "class's budget"),
        ((account, {"at_once": 1}), 429, "1 clips under way"),
        ((account, {"models": "[]"}), 505, "does not use 02-t2v"),
    ],
    ids=["student", "lowered", "class", "at once", "model"],
)
def test_refusals_are_the_services_and_hold_nothing(
    url: str, service: Simulator, tmp_path: Path, rules: Any, code: int, says: str
) -> None:
    """Each in its envelope, in words that a student understands; nothing is held for it."""

    async def lesson() -> None:
        async with classroom(url, service.url, tmp_path, at_work=False) as room:
            await taken(room.students[0])
            await set_row(room, rules[0], **rules[1])
            refused = await create(room.students[0])
            assert (refused["code"], refused["data"]) == (code, None)
            assert says in refused["msg"]
            rows = await room.database.run(lambda one: one.execute(select(student.c.held)).all())
            assert sum(row.held for row in rows) == 30_00
            await room.balanced()

    asyncio.run(lesson())


def test_a_gate_that_is_shut_is_part_of_the_wait(
    url: str, service: Simulator, tmp_path: Path
) -> None:
    """Where the service takes nothing for a while, nobody is told to be sent at once."""

    async def lesson() -> None:
        async with classroom(url, service.url, tmp_path, at_work=False) as room:
            now = await room.database.run(clock)
            await set_row(room, gate, shut_until=now + 5000)
            told = await record(room.students[0], await taken(room.students[0]))
            assert told["queueWait"] > 1000

    asyncio.run(lesson())


def test_a_clip_that_was_noticed_late_lengthens_nobodys_wait(
    url: str, service: Simulator, tmp_path: Path
) -> None:
    """Nobody looked overnight, or a teacher has settled it the day after: it took no longer."""

    async def lesson() -> None:
        async with classroom(url, service.url, tmp_path, at_work=False) as room:
            took_s = {await taken(room.students[0]): each for each in (200.0, 300.0, 40_000.0)}
            mean_s = await room.database.run(mean_of_clips_s)
            assert mean_s == pytest.approx(USUAL_MEAN_S)
            for task_id, each in took_s.items():
                values = {"state": "success", "sent": 9.0, "ended": 9.0 + each}
                made = update(task).where(task.c.id == task_id).values(values)
                await room.database.run(lambda one, it=made: one.execute(it))
            assert await room.database.run(mean_of_clips_s) == pytest.approx(250)

    asyncio.run(lesson())


def test_a_lost_reply_can_be_asked_for_again(url: str, service: Simulator, tmp_path: Path) -> None:
    """One name is one clip of one student, however often and at once it is asked for."""

    async def lesson() -> None:
        async with classroom(url, service.url, tmp_path, at_work=False, replicas=2) as room:
            one, other = room.students
            names = {"Idempotency-Key": "clip 1"}
            same = await asyncio.gather(*(taken(one, **names) for _ in range(6)))
            assert len(set(same)) == 1
            assert await taken(other, **names) not in same
            assert (await create(one, asked("Another."), **names))["code"] == 422
            assert await credit(one) == 270
            await room.balanced()

    asyncio.run(lesson())


def test_nobody_waits_behind_one_students_clips(
    url: str, service: Simulator, tmp_path: Path
) -> None:
    """Who asks late for one clip is served before the second of whoever asked for many."""

    async def lesson() -> None:
        async with classroom(url, service.url, tmp_path, students=3, at_work=False) as room:
            for who, clips in ((0, 6), (1, 2), (2, 1)):
                for _ in range(clips):
                    await taken(room.students[who])
            order = select(task.c.student).order_by(task.c.vstart, task.c.seq)
            names = await room.database.run(lambda one: one.scalars(order).all())
            assert [name[-1] for name in names] == list("123121111")
            data = [await record(room.students[0], one) for one in await _ids(room, "student-01")]
            assert [each["queuePlace"] for each in data] == [1, 4, 6, 7, 8, 9]
            async with room.gateways[0].at_work():
                assert [name[-1] for name in await until(lambda: _sent(room, 9))] == list(
                    "123121111"
                )

    asyncio.run(lesson())


async def _sent(room: Classroom, number: int) -> list[str] | None:
    """Return whose clips were sent, in that order, once so many were."""
    order = select(task.c.student).where(task.c.sent.is_not(None)).order_by(task.c.sent)
    names = list(await room.database.run(lambda one: one.scalars(order).all()))
    return names if len(names) == number else None


async def _ids(room: Classroom, name: str) -> list[str]:
    mine = select(task.c.id).where(task.c.student == name).order_by(task.c.seq)
    return list(await room.database.run(lambda one: one.scalars(mine).all()))


def test_what_may_have_been_taken_is_never_sent_again(
    url: str, service: Simulator, key: str, tmp_path: Path
) -> None:
    """A reply that is lost leaves one task at the service, unsure here, and its credits held."""

    async def lesson() -> None:
        async with classroom(url, service.url, tmp_path, key=key, replicas=2) as room:
            service.faults("drop-submit-reply=#1")
            lost = await taken(room.students[0])

            async def is_unsure() -> bool:
                return await state_of(room, lost) == "unsure"

            await until(is_unsure)
            assert await credit(room.students[0]) == 270
            told = await record(room.students[0], lost)
            assert (told["state"], told["failMsg"], told["unsure"]) == ("queuing", None, True)
            sure = await taken(room.students[1])
            assert "unsure" not in await record(room.students[1], sure)
            assert "unsure" not in await ended(room, 1, sure)
            assert await state_of(room, lost) == "unsure"
            await room.balanced()

    try:
        asyncio.run(lesson())
    finally:
        service.faults()
    assert service.credit(key) == 10_000 - 2 * 30


def test_a_callback_settles_what_is_unsure(
    url: str, service: Simulator, key: str, tmp_path: Path
) -> None:
    """The service's own call brings the clip; a forged or repeated one changes nothing.

    Neither does one that names a task which asks for the same and was made long before.
    """
    older = service.create_id(f"Stuck, {url}", key=key)

    async def lesson() -> None:
        async with classroom(url, service.url, tmp_path, key=key, is_called=True) as room:
            one, other = room.students
            service.faults("drop-submit-reply=#1")
            lost = await taken(one, asked(f"Lost, {url}"))
            assert (await ended(room, 0, lost))["state"] == "success"
            service.faults("drop-submit-reply=#1", "stuck-waiting")
            stuck = await taken(one, asked(f"Stuck, {url}"))
            await until(lambda: is_in(room, stuck, "unsure"))
            token = select(task.c.callback_token).where(task.c.id == stuck)
            shown = await room.database.run(lambda each: each.scalar(token))
            finished = select(task.c.upstream).where(task.c.id == lost)
            far = update(task).where(task.c.id == stuck).values(sent=task.c.sent + 3600)
            await room.database.run(lambda each: each.execute(far))
            known = await room.database.run(lambda each: each.scalar(finished))
            for upstream in ("0" * 32, known, older):
                body = {"code": 200, "data": {"taskId": upstream, "state": "success"}}
                reply = await other.post(f"/api/v1/callback/{shown}", json=body)
                assert reply.status_code == 200
            assert await state_of(room, stuck) == "unsure"
            assert (await other.post(f"/api/v1/callback/{'A' * 43}", json={})).status_code == 404
            await room.balanced()

    try:
        asyncio.run(lesson())
    finally:
        service.faults()


async def is_in(room: Classroom, task_id: str, state: str) -> bool:
    """Return whether a task is in a state."""
    return await state_of(room, task_id) == state


def test_what_was_not_taken_is_sent_again(
    url: str, service: Simulator, key: str, tmp_path: Path
) -> None:
    """A refusal for the rate keeps the clip's place, and shuts the gate for a moment."""

    async def lesson() -> None:
        async with classroom(url, service.url, tmp_path, key=key) as room:
            service.faults("rate-limit=#1")
            data = await ended(room, 0, await taken(room.students[0]))
            assert data["state"] == "success"
            assert await room.database.run(lambda one: one.scalar(select(gate.c.shut_until))) > 0
            await room.balanced()

    try:
        asyncio.run(lesson())
    finally:
        service.faults()
    assert service.credit(key) == 10_000 - 30


@pytest.mark.parametrize("key", ["sk-of-nobody", "a b"])
def test_the_classs_key_is_no_affair_of_a_student(
    service: Simulator, tmp_path: Path, key: str
) -> None:
    """Who is told of a wrong one would look at the own token, which is right."""

    async def lesson() -> None:
        url = f"sqlite:///{tmp_path / 'class.db'}"
        async with classroom(url, service.url, tmp_path, key=key, at_work=False) as room:
            service.faults("bad-key")
            body = {"fileUrl": "https://a.example/a.png", "uploadPath": "a"}
            reply = await room.students[0].post("/api/file-url-upload", json=body)
            assert (reply.json()["code"], reply.json()["msg"]) == (500, TELL)

    try:
        asyncio.run(lesson())
    finally:
        service.faults()


async def state_of(room: Classroom, task_id: str) -> str:
    """Return a task's state in the table."""
    named = select(task.c.state).where(task.c.id == task_id)
    return str(await room.database.run(lambda one: one.scalar(named)))


def test_the_gate_lets_twenty_through(url: str, service: Simulator, tmp_path: Path) -> None:
    """In any 11 s over all replicas; the service never has to refuse."""

    async def lesson() -> None:
        async with classroom(url, service.url, tmp_path, replicas=3) as room:
            await taken(room.students[0])
            await set_row(room, student, budget=10_000_00)
            for _ in range(23):
                await taken(room.students[0])

            sent = select(task.c.sent).where(task.c.upstream.is_not(None)).order_by(task.c.sent)

            async def all_sent() -> list[float] | None:
                moments = await room.database.run(lambda one: one.scalars(sent).all())
                return list(moments) if len(moments) == 24 else None

            moments = await until(all_sent)
            assert moments[20] - moments[0] >= 11
            assert await room.database.run(lambda one: one.scalar(select(gate.c.trouble))) is None

    asyncio.run(lesson())


def test_pictures_are_each_students_own(url: str, service: Simulator, tmp_path: Path) -> None:
    """They are passed on into a folder that nobody else can guess, or use by its address."""

    async def lesson() -> None:
        async with classroom(url, service.url, tmp_path) as room:
            one, other = room.students
            files = {"file": ("../../a b.png", PNG, "image/png")}
            reply = await one.post(
                "/api/file-stream-upload", files=files, data={"uploadPath": "../images/hailuo-nb"}
            )
            told = reply.json()
            assert (told["success"], told["code"]) == (True, 200), told
            address = told["data"]["downloadUrl"]
            place = address.rpartition("/class-")[2]
            assert place[16:] == "/images/hailuo-nb/a-b.png"
            assert (await one.get(address)).content == PNG
            body = {"model": I2V, "input": {"prompt": "a", "image_url": address}}
            assert (await create(other, body))["code"] == 422
            assert (await ended(room, 0, await taken(one, body)))["state"] == "success"
            far = {"fileUrl": address, "uploadPath": "../b", "fileName": "../c.png"}
            told = (await one.post("/api/file-url-upload", json=far)).json()
            assert told["data"]["downloadUrl"].endswith(f"/class-{place[:16]}/b/c.png"), told
            facts = [told["data"][name] for name in ("fileSize", "mimeType", "filePath")]
            assert facts == [len(PNG), "image/png", f"kieai/class-{place[:16]}/b/c.png"]
            for path in ("/api/file-url-upload", "/api/file-base64-upload"):
                refused = (await one.post(path, json=[far])).json()
                assert refused == {"success": False, "code": 400, "msg": "Invalid request body"}
            theirs = (await other.post("/api/file-url-upload", json=far)).json()
            assert (theirs["success"], theirs["code"]) == (False, 400)
            for named in ("file:///etc/passwd", "", None):
                refused = await one.post("/api/file-url-upload", json=far | {"fileUrl": named})
                assert (refused.json()["success"], refused.json()["code"]) == (False, 400)
            gone = far | {"fileUrl": f"{service.url}/files/gone.png"}
            refused = (await one.post("/api/file-url-upload", json=gone)).json()
            told = {"code": 400, "msg": "Failed to download file from URL."}
            assert refused == {"success": False, **told}
            await _have_places_of_their_own(one)
            page = {"base64Data": base64.b64encode(b"<html>").decode(), "uploadPath": "a"}
            refused = (await one.post("/api/file-base64-upload", json=page)).json()
            assert (refused["success"], refused["code"]) == (False, 400)

    asyncio.run(lesson())


async def _have_places_of_their_own(one: httpx.AsyncClient) -> None:
    """Fail where a picture takes the place of another for its name, or for having none."""
    places = []
    for path, name, tail in (
        *(
            ("a", "图片.png", b""),
            ("a", "照片.png", b""),
            ("图", "a.png", b""),
            ("片", "a.png", b""),
        ),
        *(("a", "", b""), ("a", "", b"x"), ("a", "图", b""), ("a", "ä" * 90 + ".png", b"")),
        *(("a/b/c/d/e/1", "a.png", b""), ("a/b/c/d/e/2", "a.png", b"")),
        *(("a" * 61 + "1", "a.png", b""), ("b" + "a" * 61 + "1", "a.png", b"")),
    ):
        text = base64.b64encode(PNG + tail).decode()
        body = {"base64Data": text, "uploadPath": path, "fileName": name}
        for _ in range(2):  # the same one has the same place
            told = (await one.post("/api/file-base64-upload", json=body)).json()
            assert told["data"]["filePath"].isascii()
        assert told["data"]["downloadUrl"].endswith(told["data"]["fileName"])
        assert (await one.get(told["data"]["downloadUrl"])).content == PNG + tail
        places.append(told["data"]["downloadUrl"])
    assert len(set(places)) == len(places), places
    assert places[0].endswith(".png")
    plain = await one.get("/api/file-stream-upload")
    assert (plain.status_code, plain.json()["success"]) == (405, False)


def test_our_own_client_comes_through_below_a_path(service: Simulator, tmp_path: Path) -> None:
    """As a Hub has its services: a picture, a clip, its file and the credits."""

    async def lesson() -> None:
        url, below = f"sqlite:///{tmp_path / 'class.db'}", "/services/class"
        async with classroom(url, service.url, tmp_path, prefix=below, streams=True) as room:
            token, base = room.tokens[0], room.urls[0]
            assert base.endswith(below)
            client = Client(
                api_origin=base,
                upload_origin=base,
                key=lambda _: token,
                user_agent="hailuo_nb/test",
            )
            address = await client.upload(PNG, name="a.png", mime="image/png")
            image = ImageRef(label=address, url=address)
            request = make_request(prompt="A lighthouse.", image=image)
            task_id = await client.create_task(request, image_url=address, end_image_url=None)
            assert (await client.made(task_id))[0] == request
            await ended(room, 0, task_id)
            (clip,) = (await client.record_info(task_id)).result_urls
            saved = await client.download(await client.fresh_url(clip), tmp_path / "a.mp4")
            assert saved.size_bytes > 0
            assert await client.credit() == 270
            await client.aclose()
            await _is_passed_on(room, clip, (tmp_path / "a.mp4").read_bytes())
            door = await room.students[0].get(base)  # as it is printed, and opened in a browser
            assert (door.status_code, door.headers["Location"]) == (302, f"{below}/")

    asyncio.run(lesson())


@pytest.mark.parametrize(
    ("rules", "token", "says"),
    [
        ((student, {"budget": 10_00}), None, "Your teacher can give you more."),
        ((account, {"budget": 10_00}), None, "Please tell your teacher."),
        ((account, {"paused": True}), "of-nobody", "your own token for the class"),
    ],
    ids=["student", "class", "stranger"],
)
def test_nobody_in_a_class_is_sent_to_the_vendor(
    service: Simulator, tmp_path: Path, rules: Any, token: str | None, says: str
) -> None:
    """Our own client says what a student can do: there is no key of theirs, nor an account."""

    async def lesson() -> None:
        url = f"sqlite:///{tmp_path / 'class.db'}"
        async with classroom(url, service.url, tmp_path, at_work=False) as room:
            await taken(room.students[0])
            await set_row(room, rules[0], **rules[1])
            shown, base = token or room.tokens[0], room.urls[0]
            client = Client(
                api_origin=base,
                upload_origin=base,
                key=lambda _: shown,
                user_agent="hailuo_nb/test",
            )
            request = make_request(prompt="A lighthouse.")
            with pytest.raises(HailuoError) as found:
                await client.create_task(request, image_url=None, end_image_url=None)
            assert says in str(found.value)
            assert "kie.ai" not in str(found.value)
            await client.aclose()

    asyncio.run(lesson())


async def _is_passed_on(room: Classroom, clip: str, whole: bytes) -> None:
    """Fail where a link is not its one student's clip, or a part is not the part."""
    one, other = room.students
    assert clip.startswith(f"{room.urls[0]}/results/")
    part = await one.get(clip, headers={"Range": "bytes=100-199"})
    assert (part.status_code, part.content) == (206, whole[100:200])
    assert part.headers["Content-Range"] == f"bytes 100-199/{len(whole)}"
    assert part.headers["Content-Type"] == "video/mp4"
    assert "sandbox" in part.headers["Content-Security-Policy"]
    place, _, signature = clip.rpartition("/")
    forged = (
        f"{place}/{'0' * 64}.mp4",
        f"{place[:-1]}1/{signature}",
        clip.replace(clip.split("/")[-3], "0" * 32),
    )
    for url in forged:
        assert (await one.get(url)).status_code == 404, url
    path = "/api/v1/common/download-url"
    assert (await other.post(path, json={"url": clip})).json()["code"] == 422
    assert (await one.post(path, json={"url": clip})).json()["data"] == clip


def test_strangers_and_others_tasks(url: str, service: Simulator, tmp_path: Path) -> None:
    """Without a token there is the service's 401; with another's, no such task.

    Who guesses is not answered for a while, nor is who comes from there for the first time; the
    others of the class are.
    """

    async def lesson() -> None:
        async with classroom(url, service.url, tmp_path, students=3, at_work=False) as room:
            one, other, _ = room.students
            task_id = await taken(one)
            reply = await other.get("/api/v1/jobs/recordInfo", params={"taskId": task_id})
            assert reply.json() == {"code": 422, "msg": "recordInfo is null", "data": None}
            other.headers["Authorization"] = "Bearer guessed"
            refused = await create(other)
            assert refused["code"] == 401
            assert "data" not in refused
            for _ in range(FAILURES_MAX):
                other.headers["Authorization"] = f"Bearer {secrets.token_urlsafe(24)}"
                last = await create(other)
            assert last["code"] == 429
            other.headers["Authorization"] = f"Bearer {room.tokens[1]}"
            assert await credit(other) == 300
            assert (await record(one, task_id))["state"] == "waiting"
            other.headers["Authorization"] = f"Bearer {room.tokens[2]}"
            assert (await create(other))["code"] == 429

    asyncio.run(lesson())

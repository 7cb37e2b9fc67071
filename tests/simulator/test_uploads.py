"""The three uploads, download-url, and images that tasks refer to."""

import asyncio
import base64
import re
import signal
import threading
import urllib.parse

import httpx
import psutil
import pytest

from hailuo_nb.simulator.render import picture
from hailuo_nb.simulator.render.pool import WORKERS
from hailuo_nb.simulator.server import serve
from hailuo_nb.simulator.settings import Settings
from tests.simulator.process import I2V, QUICK, make_png, wait_for


def test_stream_upload_answers_where_the_file_is(sim, png):
    """A multipart upload answers the recorded shape and serves the same bytes."""
    answer = sim.upload(png, "start.png", "images/user")
    assert (answer["success"], answer["code"]) == (True, 200)
    assert answer["msg"] == "File uploaded successfully"
    data = answer["data"]
    assert data["fileName"] == "start.png"
    assert data["filePath"].startswith("kieai/")
    assert data["filePath"].endswith("/images/user/start.png")
    assert (data["fileSize"], data["mimeType"]) == (len(png), "image/png")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", data["uploadedAt"])
    served = sim.http.get(data["downloadUrl"])
    assert served.content == png
    assert served.headers["content-type"] == "image/png"


@pytest.mark.parametrize("prefix", ["", "data:image/png;base64,"])
def test_base64_upload_takes_plain_text_and_data_urls(sim, png, prefix):
    """Both spellings of base64Data give the file back."""
    text = prefix + base64.b64encode(png).decode()
    answer = sim.http.post(
        "/api/file-base64-upload", json={"base64Data": text, "uploadPath": "a", "fileName": "b.png"}
    ).json()
    assert sim.http.get(answer["data"]["downloadUrl"]).content == png


def test_base64_upload_takes_wrapped_and_unpadded_text(sim):
    """Line breaks as encoders set them, and a missing end, change nothing."""
    for text in ("aGVs\nbG8=\n", "aGVsbG8"):
        answer = sim.http.post(
            "/api/file-base64-upload", json={"base64Data": text, "uploadPath": "a"}
        ).json()
        assert sim.http.get(answer["data"]["downloadUrl"]).content == b"hello"


def test_url_upload_draws_a_stand_in_and_never_fetches(sim, start):
    """A foreign URL gives a JPEG drawn for it: the address is never asked."""
    other = start("--idle-exit", "60")
    foreign = other.url + "/files/kieai/x/picture.jpg"
    answer = sim.http.post(
        "/api/file-url-upload", json={"fileUrl": foreign, "uploadPath": "a"}
    ).json()
    assert answer["data"]["mimeType"] == "image/jpeg"
    assert answer["data"]["fileName"] == "picture.jpg"
    assert sim.http.get(answer["data"]["downloadUrl"]).content[:3] == b"\xff\xd8\xff"


def test_a_stand_in_does_not_wait_for_clips(start):
    """While every worker is held up with a clip, an address is uploaded all the same."""
    sim = start(*QUICK)
    sim.finished(sim.create_id())
    tasks = [sim.create_id(f"lake {number}") for number in range(4)]
    held = wait_for(lambda: len(found := workers_of(sim)) == WORKERS and found)
    for worker in held:
        worker.send_signal(signal.SIGSTOP)
    queued = sim.create_id("behind them")
    answer = sim.http.post(
        "/api/file-url-upload", json={"fileUrl": "https://example.com/a.jpg", "uploadPath": "a"}
    ).json()
    assert answer["code"] == 200
    assert sim.record(queued)["data"]["state"] != "success"
    for worker in held:
        worker.send_signal(signal.SIGCONT)
    assert {sim.finished(task)["state"] for task in (*tasks, queued)} == {"success"}


def workers_of(sim):
    """Return the processes that render.

    Between fork and exec one still has its parent's words, and the parent waits for it.
    """
    own = psutil.Process(sim.process.pid)
    return [one for one in own.children() if one.cmdline() not in ([], own.cmdline())]


def test_others_are_served_while_a_stand_in_is_drawn(monkeypatch):
    """Drawing holds up nobody: another request is answered before it ends."""
    begun, others_served = threading.Event(), threading.Event()

    def draw(_):
        begun.set()
        return b"drawn" if others_served.wait(30) else b"late"

    monkeypatch.setattr(picture, "stand_in", draw)

    async def ask():
        async with (
            serve(Settings()) as service,
            httpx.AsyncClient(
                base_url=service.origin, headers={"Authorization": "Bearer any"}, timeout=60
            ) as http,
        ):
            body = {"fileUrl": "https://example.com/a.jpg", "uploadPath": "a"}
            upload = asyncio.create_task(http.post("/api/file-url-upload", json=body))
            await asyncio.to_thread(begun.wait, 30)
            credit = await http.get("/api/v1/chat/credit")
            others_served.set()
            return credit.json(), (await upload).json()

    credit, upload = asyncio.run(ask())
    assert credit["data"] == 10000
    assert upload["data"]["fileSize"] == len(b"drawn")


def test_url_upload_copies_an_own_file(sim, png):
    """The service's own URL is copied under the new path."""
    url = sim.upload_url(png)
    answer = sim.http.post(
        "/api/file-url-upload", json={"fileUrl": url, "uploadPath": "copy", "fileName": "c.png"}
    ).json()
    assert sim.http.get(answer["data"]["downloadUrl"]).content == png


def test_url_upload_copies_an_own_clip(sim):
    """A finished clip is one of the service's own files, too."""
    task_id = sim.create_id()
    sim.finished(task_id)
    answer = sim.http.post(
        "/api/file-url-upload", json={"fileUrl": sim.clip_url(task_id), "uploadPath": "copy"}
    ).json()
    assert answer["data"]["mimeType"] == "video/mp4"
    assert sim.http.get(answer["data"]["downloadUrl"]).content == sim.clip(task_id)


@pytest.mark.parametrize(
    "names",
    [
        ("猫.png", "犬.png"),
        ("my photo (1).png", "my_photo_1_.png"),
        ("100%25.png", "100%.png"),
        ("a" * 400 + ".png", "b" * 10 + "a" * 390 + ".png"),
    ],
)
def test_different_names_are_different_files(sim, names):
    """Names are kept as they come, and each address serves its own bytes."""
    kept = [sim.upload(name.encode(), name)["data"] for name in names]
    for name, data in zip(names, kept, strict=True):
        assert sim.http.get(data["downloadUrl"]).content == name.encode()
        assert len(name) > 100 or data["fileName"] == name


def test_different_paths_are_different_places(sim):
    """A path in another script is a path."""
    kept = [sim.upload(path.encode(), "a.png", path)["data"] for path in ("写真", "絵", "my files")]
    served = [sim.http.get(data["downloadUrl"]).text for data in kept]
    assert served == ["写真", "絵", "my files"]


def test_same_path_and_name_overwrite(sim, png):
    """A second upload to the same place replaces the first."""
    first = sim.upload(png, "same.png", "p")["data"]
    newer = make_png(40, 40)
    second = sim.upload(newer, "same.png", "p")["data"]
    assert first["downloadUrl"] == second["downloadUrl"]
    assert sim.http.get(first["downloadUrl"]).content == newer


@pytest.mark.parametrize(
    ("path", "body", "msg"),
    [
        ("file-base64-upload", {"base64Data": "aGk="}, "Missing required parameter: uploadPath"),
        ("file-base64-upload", {"uploadPath": "a"}, "Missing required parameter: base64Data"),
        ("file-url-upload", {"uploadPath": "a"}, "Missing required parameter: fileUrl"),
        ("file-url-upload", {"fileUrl": "file:///etc/passwd", "uploadPath": "a"}, "Invalid URL"),
        ("file-base64-upload", {"base64Data": "%%", "uploadPath": "a"}, "Invalid base64 data"),
    ],
)
def test_upload_errors(sim, path, body, msg):
    """A missing or bad parameter has its code in the body, as all errors, in the uploads' shape."""
    answer = sim.http.post(f"/api/{path}", json=body)
    assert answer.status_code == 200
    assert answer.json() == {"success": False, "code": 400, "msg": msg}


def test_the_pages_upload_errors_are_true_ones(start):
    """With --documented the HTTP status says the same as the code."""
    sim = start(*QUICK, "--documented")
    for headers, code in (({}, 400), ({"Authorization": "Basic x"}, 401)):
        answer = sim.http.post("/api/file-url-upload", headers=headers, json={})
        assert (answer.status_code, answer.json()["code"]) == (code, code)
    sim.faults("server-error")
    answer = sim.http.post("/api/file-url-upload", json={})
    assert (answer.status_code, answer.json()["code"]) == (500, 500)


def test_stream_upload_needs_path_and_file(sim, png):
    """The multipart upload names what is missing."""
    no_path = sim.http.post("/api/file-stream-upload", files={"file": ("a.png", png)})
    assert no_path.json()["msg"] == "Missing required parameter: uploadPath"
    no_file = sim.http.post("/api/file-stream-upload", data={"uploadPath": "a"})
    assert no_file.json()["msg"] == "Missing required parameter: file"


def test_upload_without_key_and_by_get(sim):
    """No key is 401 without data; another method is 405."""
    no_key = sim.http.post("/api/file-url-upload", headers={"Authorization": ""}, json={})
    assert (no_key.status_code, no_key.json()["code"]) == (200, 401)
    assert "data" not in no_key.json()
    by_get = sim.http.get("/api/file-stream-upload")
    assert by_get.status_code == 405
    assert by_get.json() == {"success": False, "code": 405, "msg": "Method Not Allowed"}


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("../../..", "../../etc/passwd"),
        ("/etc/cron.d", "x\0.png"),
        ("a/./b/../../..", ".."),
        ("C:\\windows", "..\\..\\boot.ini"),
        ("é" * 400, "ü" * 400),
    ],
)
def test_path_tricks_stay_inside(sim, path, name):
    """No path or name leads out of the account's folder, and the file is still served."""
    answer = sim.http.post(
        "/api/file-base64-upload",
        json={"base64Data": "aGVsbG8=", "uploadPath": path, "fileName": name},
    ).json()
    data = answer["data"]
    parts = data["filePath"].split("/")
    assert parts[0] == "kieai"
    assert all(part and part.strip(".") and "\\" not in part for part in parts)
    assert "\0" not in data["filePath"]
    assert sim.http.get(data["downloadUrl"]).content == b"hello"


def test_missing_or_false_image_fails_the_task(sim):
    """An own URL without a picture behind it fails the task with the documented words."""
    text = sim.upload_url(b"this is no picture", "fake.png")
    broken = sim.upload_url(b"\x89PNG\r\n\x1a\n broken", "broken.png")
    for url in (text, broken, f"{sim.url}/files/kieai/nobody/none.png"):
        before = sim.credit()
        data = sim.finished(sim.create_id(model=I2V, image_url=url))
        assert data["state"] == "fail"
        assert data["failMsg"].startswith("Image fetch failed. Check access settings")
        assert sim.credit() == before


def test_image_above_10_mb_fails_the_task(sim, png):
    """A picture above the cap is unavailable to a task."""
    url = sim.upload_url(png + bytes(10_000_001), "big.png")
    data = sim.finished(sim.create_id(model=I2V, image_url=url))
    assert data["failMsg"] == "Your media file is unavailable, please replace it."


def test_download_url_is_for_own_urls_only(sim):
    """An own URL gets a signed link; a foreign or odd one is refused."""
    url = sim.clip_url(sim.create_id())
    answer = sim.http.post("/api/v1/common/download-url", json={"url": url}).json()
    link = answer["data"]
    assert sim.http.get(link).content == sim.http.get(url).content
    for bad in ("https://example.com/x.mp4", "", None, 5, sim.url + "/api", "http://[::1"):
        answer = sim.http.post("/api/v1/common/download-url", json={"url": bad}).json()
        assert answer == {"code": 422, "msg": "url is wrong", "data": None}


def test_forged_download_link_is_refused(sim):
    """A link with another signature or a later expiry does not open."""
    url = sim.clip_url(sim.create_id())
    link = sim.http.post("/api/v1/common/download-url", json={"url": url}).json()["data"]
    query = urllib.parse.parse_qs(urllib.parse.urlsplit(link).query)
    later = link.replace(query["expires"][0], str(int(query["expires"][0]) + 1))
    assert sim.http.get(later).status_code == 403
    assert sim.http.get(link[:-1] + ("0" if link[-1] != "0" else "1")).status_code == 403

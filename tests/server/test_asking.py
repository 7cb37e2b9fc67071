"""What a server tells of tasks, and to whom: a real one, with a token and below a prefix."""

import dataclasses
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import httpx
import pytest

from hailuo_nb.core.task import Snapshot
from hailuo_nb.store import wake
from hailuo_nb.store.opening import HISTORY
from hailuo_nb.store.registry import register
from tests.server.conftest import DENIED, PREFIX, TOKEN, JupyterServer
from tests.simulator.process import wait_for
from tests.store.make import RED, finished, snapshot_of, write_mp4

POSTER = "data:image/jpeg;base64,/9j/4AAQSkZJRg=="


def record(server: JupyterServer, snapshot: Snapshot) -> None:
    """Write a task into the history, in whichever state."""
    began = dataclasses.replace(snapshot, state="waiting", poster=None)
    server.history.add(began, folder=server.home)
    server.history.lease(snapshot.id)
    assert server.history.save(snapshot)


@pytest.fixture(scope="module")
def made(server: JupyterServer) -> Snapshot:
    """Record a clip that is done, outside of what the server shows."""
    write_mp4(server.home / "made1.mp4", [RED] * 12)
    done = finished("made1", server.home, name="boat")
    record(server, done)
    server.history.set_poster("made1", POSTER)
    return done


def test_the_extension_is_enabled_by_installing(server: JupyterServer) -> None:
    """Nobody has to enable anything: Jupyter lists it."""
    ran = subprocess.run(
        [sys.executable, "-m", "jupyter_server.extension.serverextension", "list"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "hailuo_nb.server" in ran.stdout + ran.stderr
    assert server.ask("tasks", {"ids": ["nobody"]}).json() == {"tasks": {}}


def test_loading_brings_in_nothing_heavy() -> None:
    """A server starts as fast as without it; what answers needs no numpy, PyAV or httpx either."""
    code = """
import sys
import jupyter_server.base.handlers
before = set(sys.modules)
import hailuo_nb.server.handlers
loaded = set(sys.modules) - before
import hailuo_nb.server.answers
answers = set(sys.modules) - before
print([name for name in loaded if name.partition(".")[0] != "hailuo_nb"])
print({"numpy", "av", "httpx", "PIL", "IPython", "ipywidgets"} & answers)
"""
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.split("\n")[:2] == ["[]", "set()"]


def test_states_are_told_by_their_ids(server: JupyterServer, made: Snapshot) -> None:
    """A finished task has an address of its clip; one under way is watched by who holds it."""
    record(server, snapshot_of("going1", state="generating", task_id="t1"))
    told = server.ask("tasks", {"ids": ["made1", "going1", "other"]}).json()["tasks"]
    assert set(told) == {"made1", "going1"}
    assert (told["made1"]["state"], told["made1"]["final"]) == ("done", True)
    assert told["made1"]["clip"] == f"{PREFIX}hailuo/clips/made1.mp4"
    assert (told["going1"]["words"], told["going1"]["watched"]) == ("generating", True)


def test_a_mark_changes_with_what_is_seen(server: JupyterServer) -> None:
    """Who asks again learns at no cost that nothing has changed."""
    running = snapshot_of("marked1", state="generating", task_id="t2")
    record(server, running)

    def mark() -> str:
        told = server.ask("tasks", {"ids": ["marked1"]}).json()["tasks"]["marked1"]
        return str(told["mark"])

    first = mark()
    assert mark() == first
    server.history.save(dataclasses.replace(running, note="No answer"))
    second = mark()
    assert second != first
    server.history.release("marked1")
    assert mark() not in (first, second)


def test_a_task_whose_process_is_gone_is_watched_by_nobody(
    server: JupyterServer, tmp_path: Path
) -> None:
    """A killed kernel's lease says nothing, however long it would last."""
    code = f"""
from pathlib import Path
from hailuo_nb.store.history import History
from tests.store.make import snapshot_of
with History(Path({str(server.home)!r})) as history:
    history.add(snapshot_of("orphan1", name="kite"), folder=Path())
    history.lease("orphan1")
"""
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).parents[2])
    told = server.ask("tasks", {"ids": ["orphan1"]}).json()["tasks"]
    assert told["orphan1"]["watched"] is False
    view = server.ask("views", {"ids": ["orphan1"]}).json()
    assert "nobody looks after it" in view["note"]
    assert "kite" in view["html"]


def test_a_card_is_drawn_as_it_is_saved(server: JupyterServer, made: Snapshot) -> None:
    """What a page shows for a finished task is the notebook's own figure, its clip served here."""
    view = server.ask("views", {"ids": ["made1"]}).json()
    assert view["note"] == ""
    assert '<figure class="hailuo-card hailuo-done"' in view["html"]
    assert f'src="{PREFIX}hailuo/clips/made1.mp4"' in view["html"]


def test_tasks_without_an_experiment_stand_side_by_side(
    server: JupyterServer, made: Snapshot
) -> None:
    """Several tasks are one grid in the order asked for."""
    record(server, snapshot_of("failed1", state="failed", name="pier", error="No."))
    view = server.ask("views", {"ids": ["made1", "failed1"], "study": "unknown"}).json()
    assert view["html"].index("boat") < view["html"].index("pier")
    assert "hailuo-grid" in view["html"]


def test_a_clip_comes_in_parts(server: JupyterServer, made: Snapshot) -> None:
    """A player seeks in it, though it lies outside the folders that the server shows."""
    clip = (server.home / "made1.mp4").read_bytes()
    whole = server.get("clips/made1.mp4")
    assert (whole.content, whole.headers["content-type"]) == (clip, "video/mp4")
    part = server.get("clips/made1.mp4", Range="bytes=4-7")
    assert (part.status_code, part.content) == (206, b"ftyp")
    assert part.headers["content-range"] == f"bytes 4-7/{len(clip)}"
    assert server.get("clips/made1.mp4", Range="bytes=99999999-").status_code == 416
    assert server.get("posters/made1").content.startswith(b"\xff\xd8")
    headers = {"Authorization": f"token {TOKEN}"}
    head = server.client.head(f"{PREFIX}hailuo/clips/made1.mp4", headers=headers)
    assert (head.content, int(head.headers["content-length"])) == (b"", len(clip))


@pytest.mark.parametrize(
    "where",
    [
        "clips/../home/history.sqlite3",
        "clips/..%2f..%2fhome%2fmade1.mp4",
        "clips/%2e%2e/made1.mp4",
        "clips//etc/passwd",
        "clips/made1.mp4%00.txt",
        "clips/made1",
        "clips/.mp4",
        "posters/../clips/nobody.mp4",
        "posters/made1%00",
    ],
)
def test_no_path_is_taken_from_a_request(server: JupyterServer, made: Snapshot, where: str) -> None:
    """An id is all that can be said; nothing else leads to a file."""
    request = server.client.build_request(
        "GET", f"{PREFIX}hailuo/none", headers={"Authorization": f"token {TOKEN}"}
    )
    request.url = request.url.copy_with(raw_path=f"{PREFIX}hailuo/{where}".encode())
    assert server.client.send(request).status_code in (400, 404)


def test_a_record_leads_to_clips_alone(server: JupyterServer) -> None:
    """Also a history that somebody has made up reads no other file of the person."""
    (server.home / "letter.txt").write_text("Dear Ann")
    record(server, finished("letter1", server.home, video=server.home / "letter.txt"))
    assert server.get("clips/letter1.mp4").status_code == 404
    record(server, finished("absent1", server.home))
    assert server.get("clips/absent1.mp4").status_code == 404


@pytest.mark.parametrize(
    "ids",
    [
        None,
        [],
        "made1",
        [5],
        ["../made1"],
        ["a' OR 1=1 --"],
        ["x" * 201],
        [f"a{number}" for number in range(101)],
    ],
)
def test_what_is_no_question_is_refused(server: JupyterServer, ids: object) -> None:
    """It says why in JSON, and reads nothing."""
    for where in ("tasks", "views", "watch"):
        refused = server.ask(where, {"ids": ids})
        assert refused.status_code == 400
        assert refused.headers["content-type"].startswith("application/json")


@pytest.mark.parametrize(
    ("body", "status"),
    [(b"", 400), (b"[1", 400), (b"[" * 60_000, 400), (b"[1]", 400), (b"9" * 70_000, 413)],
)  # fmt: skip
def test_a_body_that_is_none_is_refused(server: JupyterServer, body: bytes, status: int) -> None:
    """Neither nonsense nor a flood is read."""
    headers = {"Authorization": f"token {TOKEN}"}
    asked = server.client.post(f"{PREFIX}hailuo/tasks", content=body, headers=headers)
    assert asked.status_code == status


@pytest.mark.parametrize("where", ["clips/made1.mp4", "posters/made1"])
def test_nobody_gets_a_file_without_the_token(
    server: JupyterServer, made: Snapshot, where: str
) -> None:
    """A stranger is sent to the login, or learns nothing of it: not even its size."""
    answer = httpx.get(f"{server.origin}{PREFIX}hailuo/{where}", timeout=60)
    assert answer.status_code == 302
    assert answer.headers["location"].startswith(f"{PREFIX}login")
    assert httpx.head(f"{server.origin}{PREFIX}hailuo/{where}").status_code in (302, 405)


@pytest.mark.parametrize(
    ("method", "where"),
    [
        *(("POST", where) for where in ("tasks", "views")),
        *(("GET", where) for where in ("clips/made1.mp4", "posters/made1")),
        ("HEAD", "clips/made1.mp4"),
        ("POST", "watch"),
    ],
)
def test_who_may_not_read_gets_nothing(
    server: JupyterServer, made: Snapshot, method: str, where: str
) -> None:
    """The server's own rules of who may read its contents hold for the person's clips."""
    for denied, status in (({}, 200), ({DENIED: "1"}, 403)):
        headers = {"Authorization": f"token {TOKEN}", **denied}
        body = {"ids": ["made1"]} if method == "POST" else None
        asked = server.client.request(method, f"{PREFIX}hailuo/{where}", json=body, headers=headers)
        assert asked.status_code == status


@contextmanager
def logged_in(server: JupyterServer) -> Iterator[httpx.Client]:
    """Log in as a browser does; its cookies go with every request, whoever made it."""
    with httpx.Client(base_url=server.origin, timeout=60) as browser:
        browser.get(f"{PREFIX}tree", params={"token": TOKEN})
        assert browser.get(f"{PREFIX}api/status").status_code == 200
        yield browser


@pytest.mark.parametrize("where", ["tasks", "views", "watch"])
def test_a_page_of_another_site_asks_nothing(server: JupyterServer, where: str) -> None:
    """A browser that is logged in sends its cookies along: the server's own guard is in force."""
    asked, body = f"{PREFIX}hailuo/{where}", {"ids": ["made1"]}
    assert httpx.post(f"{server.origin}{asked}", json=body, timeout=60).status_code == 403
    with logged_in(server) as browser:
        assert browser.post(asked, json=body).status_code == 403
        token = {"X-XSRFToken": browser.cookies["_xsrf"]}
        foreign = token | {"Origin": "https://evil.example"}
        assert browser.post(asked, json=body, headers=foreign).status_code == 404
        assert browser.post(asked, json=body, headers=token).status_code == 200


def test_a_page_of_another_site_shows_no_clip(server: JupyterServer, made: Snapshot) -> None:
    """It could tell by it what is made here."""
    with logged_in(server) as browser:
        own, foreign = f"{server.origin}{PREFIX}lab", "https://evil.example/"
        for where in ("clips/made1.mp4", "posters/made1"):
            asked = f"{PREFIX}hailuo/{where}"
            assert browser.get(asked, headers={"Referer": own}).status_code == 200
            lies = {"Referer": foreign, "Sec-Fetch-Site": "same-origin"}
            assert browser.get(asked, headers=lies).status_code == 403


@pytest.mark.parametrize(
    ("said", "status"),
    [("same-origin", 200), ("none", 200), ("same-site", 403), ("cross-site", 403), (None, 403)],
)
def test_the_browser_tells_who_asks_where_a_proxy_takes_that(
    server: JupyterServer, made: Snapshot, said: str | None, status: int
) -> None:
    """Without a Referer a clip is shown to a page of our own, and to who typed its address."""
    headers = {} if said is None else {"Sec-Fetch-Site": said}
    with logged_in(server) as browser:
        for where in ("clips/made1.mp4", "posters/made1"):
            answer = browser.get(f"{PREFIX}hailuo/{where}", headers=headers)
            assert answer.status_code == status


def test_asking_is_no_activity_of_the_server(server: JupyterServer, made: Snapshot) -> None:
    """A page that is left open keeps no server from being culled."""

    def last() -> str:
        headers = {"Authorization": f"token {TOKEN}"}
        told = server.client.get(f"{PREFIX}api/status", headers=headers)
        return str(told.json()["last_activity"])

    before = last()
    server.ask("tasks", {"ids": ["made1"]}).raise_for_status()
    server.ask("views", {"ids": ["made1"]}).raise_for_status()
    assert last() == before


def test_looking_writes_nothing(server: JupyterServer, tmp_path: Path) -> None:
    """A history of another version is left alone, and no file is made where there is none."""
    (tmp_path / "older").mkdir()
    for name in ("none", "older"):
        register(tmp_path / name, server.history.holder)
    with closing(sqlite3.connect(tmp_path / "older" / HISTORY)) as older:
        older.execute("CREATE TABLE before (id TEXT)")
        assert server.ask("tasks", {"ids": ["older1"]}).json() == {"tasks": {}}
        assert server.get("clips/older1.mp4").status_code == 404
        tables = older.execute("SELECT name FROM sqlite_master").fetchall()
    assert tables == [("before",)]
    assert not (tmp_path / "none").exists()


def test_a_callback_needs_no_login_and_its_token_is_in_no_log(
    server: JupyterServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The service has neither token nor cookie: what its address ends with is all that counts."""
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(server.root.parent / "run"))
    woken, body = wake.begin(), {"code": 200, "data": {"taskId": "t1", "state": "success"}}
    assert woken is not None
    tokens = {woken.token: 200, "x" * 43: 404}
    for token, status in tokens.items():
        address = f"{server.origin}{PREFIX}hailuo/callback/{token}"
        assert httpx.post(address, json=body, timeout=60).status_code == status
    assert woken.called()
    httpx.get(f"{server.origin}{PREFIX}hailuo/afterwards", timeout=60)
    log = server.root.parent / "log"
    written = wait_for(lambda: (lines := log.read_bytes()).count(b"hailuo/afterwards") and lines)
    assert not [token for token in tokens if token.encode() in written]

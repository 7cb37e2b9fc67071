"""A service that sends anything: nothing runs, nothing hangs, nothing leaves the folder."""

import dataclasses
import html
import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from hailuo_nb.config import read_config
from hailuo_nb.core.request import make_request
from hailuo_nb.errors import HailuoError
from hailuo_nb.runner import poll, saving, submit, uploads
from hailuo_nb.runner.task import Task
from hailuo_nb.session.plan import PlanItem
from hailuo_nb.session.session import Session
from hailuo_nb.views.facts import Facts
from hailuo_nb.views.reports.history import history_html, history_row, history_text
from tests.support.loopback import Reply, loopback_server
from tests.views.samples import live_state, settled_html, settled_text

KEY = "sk-hostile-1f0e9d8c7b6a"
TASK = "f" * 32
WATCH_FOR_S = 0.5
DEEP = "[" * 200_000
BIDI = "".join(map(chr, [*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x61C]))
CONTROLS = "".join(map(chr, [*range(9), *range(0xB, 0x20), *range(0x7F, 0xA0)]))
MARKUP = "<img src=x onerror=alert(1)><script>alert(2)</script></p>\"'><b>"
SHOWN_CHARS_MAX = 2000


@dataclass(kw_only=True)
class Service:
    """A service on loopback that answers each path with what it is told to."""

    answers: dict[str, tuple[int, dict[str, str], bytes]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    origin: str = ""

    def say(self, path: str, body: object, status: int = 200, **headers: str) -> None:
        """Answer a path with bytes, or with anything else as JSON."""
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.answers[path] = (status, {"Content-Type": "application/json", **named}, content)

    def accept(self, task_id: object = TASK) -> None:
        """Take every task, under this id."""
        self.say("/api/v1/jobs/createTask", {"code": 200, "data": {"taskId": task_id}})

    def describe(self, **record: object) -> None:
        """Describe every task so."""
        self.say("/api/v1/jobs/recordInfo", {"code": 200, "data": record})

    def finish(self, *urls: object) -> None:
        """Say that the clip is done and lies at these addresses."""
        found = json.dumps({"resultUrls": urls})
        self.describe(state="success", resultJson=found, creditsConsumed=30)


@pytest.fixture
def service() -> Iterator[Service]:
    """Run a service that accepts tasks and never finishes them."""
    told = Service()

    def reply(path: str) -> Reply:
        told.asked.append(path)
        return told.answers.get(path.partition("?")[0], (404, {}, b""))

    with loopback_server(reply) as told.origin:
        told.accept()
        told.describe(state="generating")
        told.say("/api/v1/chat/credit", {"code": 200, "data": 1000})
        yield told


@pytest.fixture
def session(service: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Session]:
    """Open a session whose notebook lies three folders deep; pauses are short."""
    monkeypatch.setattr(submit, "BACK_OFF_S", (0.05,))
    monkeypatch.setattr(uploads, "BACK_OFF_S", (0.05, 0.05))
    monkeypatch.setattr(submit, "GIVE_UP_AFTER_S", 0.3)
    monkeypatch.setattr(poll, "LOST_PAUSE_S", (0.02,))
    monkeypatch.setattr(poll, "next_delay_s", lambda *_, **__: 0.02)
    monkeypatch.setattr(saving, "BACK_OFF_S", (0.02,))
    notebooks = tmp_path / "a" / "b" / "notebooks"
    notebooks.mkdir(parents=True)
    monkeypatch.chdir(notebooks)
    environ = {"HAILUO_HOME": str(tmp_path / "a" / "home"), "HAILUO_BASE_URL": service.origin}
    opened = Session(read_config(environ, session_key=KEY), display=lambda task: None)
    yield opened
    opened.close()


def run(session: Session, *, watch_for_s: float = 60.0) -> Task:
    """Make a clip and wait for the end, whatever it is."""
    task = session.dispatch.submit(
        PlanItem(request=make_request(prompt="A path."), watch_for_s=watch_for_s)
    )
    with suppress(HailuoError):
        task.wait(60)
    return task


def shown(task: Task) -> dict[str, str]:
    """Return every text that a notebook would show or keep of a task."""
    snapshot = task.snapshot
    return {
        "settled": settled_html(snapshot, src=None),
        "text": settled_text(snapshot, src=None),
        "waiting": settled_html(snapshot),
        "live": json.dumps(live_state(snapshot), ensure_ascii=False),
        "history": history_html([Facts(snapshot=snapshot)]),
        "history text": history_text([Facts(snapshot=snapshot)]),
        "row": json.dumps(history_row(snapshot), ensure_ascii=False),
        "error": str(task.error),
        "repr": repr(task),
    }


def check(session: Session, task: Task, tmp_path: Path) -> None:
    """Whatever happened: harmless to see, read again from the history, inside its folders."""
    for name, text in shown(task).items():
        assert set(text) & set(BIDI + CONTROLS) == set(), name
        assert "\\u00" not in text.replace("\\u00a0", ""), name
        assert KEY not in text, name
    for name in ("settled", "waiting", "history"):
        made = shown(task)[name]
        assert "onerror=alert" not in made.replace(html.escape(MARKUP), "")
        assert "<img src=x" not in made
        assert "<script>alert" not in made
    assert len(str(task.error)) < SHOWN_CHARS_MAX
    known = session.history.find(task.id)
    assert known is not None
    assert dataclasses.replace(known, estimate=None) == dataclasses.replace(
        task.snapshot, estimate=None
    )
    places = (session.config.home, session.folder)
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert [path for path in files if not any(map(path.is_relative_to, places))] == []
    assert [path for path in files if KEY.encode() in path.read_bytes()] == []


SCHEMES = (
    "file:///etc/passwd",
    "ftp://127.0.0.1/a.mp4",
    "data:video/mp4;base64,AAAA",
    "javascript:alert(1)",
    "//127.0.0.1/a.mp4",
    "/etc/passwd",
    "../../../a.mp4",
    "http:///a.mp4",
    "http://a\u202eb/a.mp4",
    {"a": 1},
    None,
    DEEP,
)


@pytest.mark.parametrize("url", SCHEMES, ids=lambda url: str(url)[:20])
def test_a_result_of_another_scheme_is_no_result(
    session: Session, service: Service, tmp_path: Path, url: object
) -> None:
    """Neither read from the disk nor asked for; the task says that it names no file."""
    service.finish(url)
    task = run(session)
    assert task.state == "expired"
    assert "names no file" in str(task.error)
    assert list(session.folder.iterdir()) == []
    check(session, task, tmp_path)


LEADS = (
    "http://10.0.0.1/a.mp4",
    "http://169.254.169.254/latest/meta-data/",
    "http://[fd00::1]/a.mp4",
    "http://0.0.0.0/a.mp4",
    "https://192.168.0.1/a.mp4",
    "file:///etc/passwd",
    "ftp://127.0.0.1/a.mp4",
    "http://name:word@127.0.0.1/a.mp4",
    "http://127.0.0.1:99999999/a.mp4",
)


@pytest.mark.parametrize("target", LEADS)
def test_a_result_that_leads_astray_is_not_followed(
    session: Session, service: Service, tmp_path: Path, target: str
) -> None:
    """Nothing is saved, and it is said that the clip was made and charged."""
    service.finish(f"{service.origin}/one.mp4")
    service.say("/one.mp4", b"", 302, Location=target)
    task = run(session)
    assert (task.state, type(task.error).__name__) == ("expired", "UnsafeAddress")
    assert "It was charged." in str(task.error)
    assert list(session.folder.iterdir()) == []
    check(session, task, tmp_path)


@pytest.mark.parametrize(
    "target",
    ["http://[::1", "", "data:video/mp4;base64,AAAA", "/two.mp4", "\\\\host\\a", "http://"],
)
def test_a_result_that_leads_nowhere_is_left(
    session: Session, service: Service, tmp_path: Path, target: str
) -> None:
    """What cannot be read as an address, or is not there, ends as told as well."""
    service.finish(f"{service.origin}/one.mp4")
    service.say("/one.mp4", b"", 302, Location=target)
    task = run(session)
    assert task.state == "expired"
    assert "It was charged." in str(task.error)
    assert list(session.folder.iterdir()) == []
    check(session, task, tmp_path)


def test_a_result_that_leads_in_a_circle_is_left(
    session: Session, service: Service, tmp_path: Path
) -> None:
    """After a few hops."""
    service.finish(f"{service.origin}/one.mp4")
    service.say("/one.mp4", b"", 302, Location="/one.mp4")
    task = run(session)
    assert (task.state, type(task.error).__name__) == ("expired", "UnsafeAddress")
    assert sum(path == "/one.mp4" for path in service.asked) < 10
    check(session, task, tmp_path)


def test_a_result_that_is_said_to_be_huge_is_not_fetched(
    session: Session, service: Service, tmp_path: Path
) -> None:
    """Ten gigabytes are refused by their number alone."""
    service.finish(f"{service.origin}/one.mp4")
    service.say("/one.mp4", b"x", Content_Length=str(10**10), Content_Type="video/mp4")
    task = run(session)
    assert (task.state, type(task.error).__name__) == ("expired", "TooLarge")
    check(session, task, tmp_path)


MESSAGES = {
    "controls": f"{CONTROLS}no\x1b[2J\x1b]0;title\x07 luck",
    "direction": f"{BIDI}gpj.exe no luck",
    "markup": f"{MARKUP} no luck",
    "megabyte": "no luck " * 130_000,
    "combining": "n" + "\u0301" * 50_000 + "o luck",
    "half characters": "no luck \ud800\udfff\udc00",
    "the key": f"no luck with {KEY}",
    "nothing": "\u200b\u2060\ufeff",
    "an object": {"no": "luck"},
    "deep": DEEP,
}


@pytest.mark.parametrize("name", MESSAGES)
def test_a_message_is_shown_harmless(
    session: Session, service: Service, tmp_path: Path, name: str
) -> None:
    """The reason of a failure is a short text of visible characters."""
    service.describe(state="fail", failCode="500", failMsg=MESSAGES[name], creditsConsumed=0)
    task = run(session)
    assert task.state == "failed"
    check(session, task, tmp_path)


@pytest.mark.parametrize("name", MESSAGES)
def test_a_refusal_is_shown_harmless(
    session: Session, service: Service, tmp_path: Path, name: str
) -> None:
    """So is what a refused submit says."""
    service.say("/api/v1/jobs/createTask", {"code": 402, "msg": MESSAGES[name], "data": None})
    task = run(session)
    assert task.state == "failed"
    check(session, task, tmp_path)


PLAIN_IDS = (
    "../../../x",
    "/etc/passwd",
    "..\\..\\x",
    "C:\\x",
    "<svg/onload=alert(1)>",
    "'--",
    "%00",
)
WRONG_IDS = (
    "x" * 10_000,
    f"a{BIDI}b",
    f"a{CONTROLS}b",
    "a b",
    "a\nb",
    "",
    "\ud800",
    None,
    ["a"],
    {"id": "a"},
)


@pytest.mark.parametrize("task_id", PLAIN_IDS)
def test_an_id_is_an_id_and_no_path(
    session: Session, service: Service, tmp_path: Path, task_id: str
) -> None:
    """It is asked for as it came, escaped where it is shown, and names no file."""
    service.accept(task_id)
    service.finish(f"{service.origin}/one.mp4")
    service.say("/one.mp4", b"no clip", Content_Type="video/mp4")
    task = run(session)
    assert task.task_id == task_id
    assert (task.state, type(task.error).__name__) == ("expired", "NotAVideo")
    assert list(session.folder.iterdir()) == []
    assert "<svg" not in shown(task)["settled"]
    check(session, task, tmp_path)


@pytest.mark.parametrize("task_id", WRONG_IDS, ids=lambda task_id: repr(task_id)[:20])
def test_an_id_that_cannot_be_one_is_unsure(
    session: Session, service: Service, tmp_path: Path, task_id: object
) -> None:
    """The request was taken and cannot be followed: said, and not sent again."""
    service.accept(task_id)
    task = run(session)
    assert task.state == "unsure"
    assert task.task_id is None
    assert service.asked.count("/api/v1/jobs/createTask") == 1
    check(session, task, tmp_path)


def test_an_id_that_is_the_key_is_not_kept(
    session: Session, service: Service, tmp_path: Path
) -> None:
    """Neither as an id nor in a result's address does the key reach the history."""
    service.accept(KEY)
    service.finish(f"{service.origin}/{KEY}.mp4")
    task = run(session)
    assert task.state == "expired"
    check(session, task, tmp_path)


@pytest.mark.parametrize("reply", [DEEP.encode(), b'{"a":' * 50_000, b"\x00\xff", b"[1e999]", b""])
def test_a_reply_that_is_no_answer_to_a_submit_is_unsure(
    session: Session, service: Service, tmp_path: Path, reply: bytes
) -> None:
    """Sent once; what came back is not trusted."""
    service.say("/api/v1/jobs/createTask", reply)
    task = run(session)
    assert task.state == "unsure"
    assert service.asked.count("/api/v1/jobs/createTask") == 1
    check(session, task, tmp_path)


RECORDS = {
    "deep": DEEP.encode(),
    "deep inside": {"code": 200, "data": {"state": "success", "resultJson": DEEP}},
    "no object": {"code": 200, "data": [1, 2]},
    "endless": b" " * 3_000_000,
    "another state": {"code": 200, "data": {"state": MARKUP + BIDI}},
    "code of words": {"code": MARKUP, "msg": MARKUP},
}


@pytest.mark.parametrize("name", RECORDS)
def test_watching_ends_whatever_is_answered(
    session: Session, service: Service, tmp_path: Path, name: str
) -> None:
    """Answers without sense are asked again until the time is over, never for ever."""
    service.say("/api/v1/jobs/recordInfo", RECORDS[name])
    task = run(session, watch_for_s=WATCH_FOR_S)
    assert task.state in ("stopped", "expired", "failed")
    assert "charged" in str(task.error)
    check(session, task, tmp_path)


@pytest.mark.parametrize("credits", [-5, float("nan"), float("inf"), 1e308, "1e400", "x", [], DEEP])
def test_credits_without_sense_are_unknown(
    session: Session, service: Service, tmp_path: Path, credits: object
) -> None:
    """They are neither shown nor counted."""
    service.describe(state="success", resultJson="{}", creditsConsumed=credits, costTime=credits)
    task = run(session)
    assert task.state == "expired"
    assert task.credits is None
    check(session, task, tmp_path)


@pytest.mark.parametrize("balance", [float("nan"), float("inf"), "x", {}, None, True])
def test_a_balance_without_sense_is_unknown(
    session: Session, service: Service, tmp_path: Path, balance: object
) -> None:
    """The task runs on; no balance is shown."""
    service.say("/api/v1/chat/credit", {"code": 200, "data": balance})
    task = run(session, watch_for_s=WATCH_FOR_S)
    assert task.state == "stopped"
    assert str(task.error).startswith("No result after 0.5 s of watching. ")
    assert task.snapshot.balance is None
    check(session, task, tmp_path)

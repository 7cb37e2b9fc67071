"""A class that practises is kept apart from a real one, and its operator's words are read."""

import json
import os
import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import httpx
import pytest
from sqlalchemy import URL, select, update

from hailuo_nb.errors import SetupError
from hailuo_nb.gateway import options
from hailuo_nb.gateway.asked import read_asked
from hailuo_nb.gateway.cli import main
from hailuo_nb.gateway.database import Books
from hailuo_nb.gateway.ledger import enrol, imbalances
from hailuo_nb.gateway.simulated import begin
from hailuo_nb.gateway.submit import ClipOrder, take
from hailuo_nb.gateway.tables import student, task
from tests.gateway.classroom import asked
from tests.simulator.process import wait_for

ADA = "ada"


def ordered(books: Books) -> str:
    """Have a clip taken in and return its id."""
    order = ClipOrder(student=ADA, asked=read_asked(json.dumps(asked()).encode()), repeated=None)
    books.now(lambda one: enrol(one, [ADA]))
    return str(books.now(lambda one: take(one, [order]))[0])


@pytest.mark.parametrize("was_practice", [True, False])
def test_what_is_practised_is_never_sent_for_money(url: str, *, was_practice: bool) -> None:
    """Nor is a real queue made up: one database is of one kind for good."""
    with closing(Books(url)) as books:
        books.create()
        for _ in range(2):
            begin(books, is_practice=was_practice)
        with pytest.raises(SetupError, match="--database"):
            begin(books, is_practice=not was_practice)


def test_a_queue_from_before_databases_said_whose_it_is_is_not_practised_with(url: str) -> None:
    """A class that was served before is real until somebody says otherwise."""
    with closing(Books(url)) as books:
        books.create()
        name = ordered(books)
        with pytest.raises(SetupError, match="--database"):
            begin(books, is_practice=True)
        begin(books, is_practice=False)
        assert books.now(lambda one: one.scalar(select(task.c.id))) == name


def test_one_gateway_practises_with_a_database(url: str) -> None:
    """Another would queue again what the first one's simulator is making, and know none of it."""
    with closing(Books(url)) as first, closing(Books(url)) as second:
        first.create()
        begin(first, is_practice=True)
        name = ordered(first)
        running = {"state": "running", "upstream": name, "sent": 1.0}
        first.now(lambda one: one.execute(update(task).values(running)))
        for _ in range(2):
            with pytest.raises(SetupError, match="Another gateway practises") as told:
                begin(second, is_practice=True)
            assert "--database" in told.value.advice
        assert second.now(lambda one: one.scalar(select(task.c.state))) == "running"
        first.close()
        begin(second, is_practice=True)
        assert second.now(lambda one: one.scalar(select(task.c.state))) == "queued"


def test_a_database_is_one_whatever_it_is_called(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A link to its file, or a path from elsewhere, is no other one."""
    (tmp_path / "link.db").symlink_to(tmp_path / "class.db")
    monkeypatch.chdir(tmp_path)
    with closing(Books(f"sqlite:///{tmp_path / 'class.db'}")) as first:
        first.create()
        begin(first, is_practice=True)
        for name in ("class.db", "link.db", str(tmp_path / "link.db")):
            with closing(Books(f"sqlite:///{name}")) as other, pytest.raises(SetupError):
                begin(other, is_practice=True)


def test_a_real_class_has_any_number_of_replicas(url: str) -> None:
    """Only what is practised is one gateway's."""
    with closing(Books(url)) as first, closing(Books(url)) as second:
        first.create()
        for books in (first, second):
            begin(books, is_practice=False)


@pytest.mark.parametrize("is_practice", [True, False])
def test_clips_of_a_simulator_that_has_ended_are_queued_again(
    url: str, *, is_practice: bool
) -> None:
    """At the service they would be there still, and are left alone."""
    with closing(Books(url)) as books:
        books.create()
        begin(books, is_practice=is_practice)
        name = ordered(books)
        running = {"state": "running", "upstream": name, "sent": 1.0}
        books.now(lambda one: one.execute(update(task).values(running)))
        begin(books, is_practice=is_practice)
        row = books.now(lambda one: one.execute(select(task)).one())
        assert (row.state, row.upstream) == (("queued", None) if is_practice else ("running", name))
        assert books.look(imbalances) == []


def test_doctor_looks_at_both(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is practised is a class, too; the folder of either may be called as it likes."""
    words, home = ["doctor"], tmp_path / "家 a?b#c%41"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HAILUO_HOME", str(home))
        assert main(words) == 0
        assert (home / "gateway" / "class.db").stat().st_size > 0
        place = str(home / "gateway" / "practice.db")
        with closing(Books(URL.create("sqlite", database=place))) as books:
            books.create()
            ordered(books)
            books.now(lambda one: one.execute(update(student).values(held=1)))
        capsys.readouterr()
        assert main(words) == 1
        assert capsys.readouterr().out.startswith(
            "practice: ada: 0.01 credits held and 0 spent, 30"
        )


@pytest.mark.parametrize(
    "words",
    [
        *("--port 65537", "--port -1", "--port 8o", "--host=", "--hub nonsense", "tokens 0"),
        *("tokens -2", "--student-budget x", "--class-budget nan", "--prefix a/../b"),
        *("--public-url ftp://a", "--database sqlite://", "--database nonsense"),
        *("--database mysql://a", "--database oracle+none://a"),
    ],
)
def test_odd_words_are_refused_in_words(
    words: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """None of them is taken for something else, and none ends in a traceback."""
    monkeypatch.setenv("HAILUO_HOME", str(tmp_path))
    monkeypatch.setenv("HAILUO_GATEWAY_KEY", "a")
    try:
        code = main(words.split(" "))
    except SystemExit as ended:
        code = int(str(ended.code))
    said = capsys.readouterr()
    assert code in (1, 2)
    assert ("must be" if code == 2 else "database") in said.err
    assert said.out == ""


@pytest.mark.parametrize("key", ["Bearer sk-1", "ключ", "sk\x01"])
def test_a_key_that_cannot_be_sent_is_told_at_once(
    key: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """And not with the first clip, nor to a student."""
    monkeypatch.setenv("HAILUO_HOME", str(tmp_path))
    monkeypatch.setenv("HAILUO_GATEWAY_KEY", key)
    assert main([]) == 1
    assert "cannot be sent" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://hub.example", "https://hub.example/services/class"),
        ("https://hub.example/other", "https://hub.example/other"),
        (None, None),
    ],
)
def test_where_it_is_called_has_its_path(url: str | None, expected: str | None) -> None:
    """Callbacks and links of a gateway below a path led to the proxy's front page."""
    assert options.below(url, "/services/class") == expected


@pytest.mark.parametrize("words", ["doctor", "--simulator", "--port 0"])
def test_what_the_extra_brings_is_named_where_it_is_missing(words: str, tmp_path: Path) -> None:
    """Whoever installed the package alone reads what to install."""
    text = "import sys; sys.modules['sqlalchemy'] = None; import hailuo_nb.gateway.cli as cli\n"
    text += f"sys.exit(cli.main({words.split()!r}))"
    env = os.environ | {"HAILUO_HOME": str(tmp_path), "HAILUO_GATEWAY_KEY": "a"}
    done = subprocess.run([sys.executable, "-c", text], env=env, capture_output=True, check=False)
    assert done.returncode == 1
    (line,) = done.stderr.decode().splitlines()
    assert "sqlalchemy is not installed" in line
    assert "hailuo_nb[gateway]" in line


def test_a_home_that_cannot_be_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """As a kernel tells it."""
    monkeypatch.setenv("HAILUO_HOME", "~nobody-of-this-name/x")
    assert main(["doctor"]) == 1
    assert "HAILUO_HOME" in capsys.readouterr().err


@pytest.mark.matrix
def test_a_simulator_ends_with_its_gateway(tmp_path: Path) -> None:
    """However that ends; it has none of its secrets, and its lines are JSON like all others."""
    log = tmp_path / "log"
    env = os.environ | {"HAILUO_HOME": str(tmp_path), "HAILUO_GATEWAY_KEY": "sk-secret-of-all"}
    words = [sys.executable, "-m", "hailuo_nb.gateway", "--simulator"]
    with log.open("wb") as errors:
        process = subprocess.Popen(words, env=env, stdout=subprocess.PIPE, stderr=errors)
    assert process.stdout
    url = process.stdout.readline().decode().strip()
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    (child,) = [Path("/proc") / number for number in children]
    assert b"sk-secret-of-all" not in (child / "environ").read_bytes()
    assert httpx.get(f"{url}/api/v1/chat/credit").json()["code"] == 401
    process.send_signal(signal.SIGKILL)
    process.wait()
    wait_for(lambda: not child.exists() or (child / "stat").read_text().split()[2] == "Z")
    lines = [json.loads(line)["message"] for line in log.read_text("utf-8").splitlines()]
    assert lines[0].startswith("nobody can come in: there is no ")
    assert sorted(path.name for path in (tmp_path / "gateway").glob("*.db")) == ["practice.db"]

"""The process: its one line, its end, what a second one with the same folder remembers."""

import json
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing

import httpx
import psutil
import pytest

from hailuo_nb.simulator.schedule import MEDIAN_S, P99_S, draw
from tests.simulator.process import I2V, QUICK, make_png, wait_for


def test_health_tells_pid_and_speed(start):
    """An owner recognises its own process."""
    sim = start("--speed", "20")
    health = sim.http.get("/_sim/health").json()
    assert health["pid"] == sim.process.pid
    assert health["speed"] == 20
    assert health["version"]


def test_stdout_is_one_line_and_sigint_ends_cleanly(start):
    """Stdout carries the base URL and nothing else; Ctrl-C is a clean end."""
    sim = start(*QUICK)
    assert sim.url.startswith("http://127.0.0.1:")
    sim.finished(sim.create_id())
    sim.process.send_signal(signal.SIGINT)
    assert sim.process.wait(60) == 0
    assert sim.process.stdout.read() == b""
    assert b"Traceback" not in sim.errors


def test_idle_exit(start):
    """Without requests it ends by itself with code 0."""
    sim = start("--idle-exit", "0.4")
    assert sim.process.wait(60) == 0


def test_stdin_may_be_closed(start):
    """A simulator without stdin still renders."""
    sim = start(*QUICK, stdin=subprocess.DEVNULL)
    assert sim.finished(sim.create_id())["state"] == "success"


def test_taken_port_is_exit_code_1(start):
    """An address in use is one line on stderr and code 1."""
    sim = start("--speed", "1")
    port = sim.url.rpartition(":")[2]
    second = subprocess.run(
        [sys.executable, "-m", "hailuo_nb.simulator", "--port", port],
        capture_output=True, timeout=60, check=False,
    )  # fmt: skip
    assert second.returncode == 1
    assert b"Traceback" not in second.stderr


def test_bad_options_are_exit_code_2():
    """A bad option is refused before anything is opened."""
    for words in (["--fault", "nonsense"], ["--speed", "0"], ["--max-size", "9"], ["--port", "-1"]):
        done = subprocess.run(
            [sys.executable, "-m", "hailuo_nb.simulator", *words],
            capture_output=True, timeout=60, check=False,
        )  # fmt: skip
        assert done.returncode == 2
        assert done.stdout == b""


def test_workers_end_with_a_killed_parent(start):
    """When the simulator is killed outright, its workers end too."""
    sim = start(*QUICK)
    sim.finished(sim.create_id())
    workers = psutil.Process(sim.process.pid).children()
    assert 1 <= len(workers) <= 2
    sim.process.kill()
    sim.process.wait(60)
    wait_for(lambda: all(not worker.is_running() for worker in workers))


def test_temporary_folder_is_deleted(start, tmp_path, monkeypatch):
    """Without --state-dir nothing is left behind."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    sim = start(*QUICK)
    sim.clip(sim.create_id())
    assert list(tmp_path.iterdir())
    assert sim.close() == 0
    assert list(tmp_path.iterdir()) == []


def test_restart_answers_for_old_ids(start, tmp_path):
    """Tasks, balances, clips and uploads are there again after a restart, at another port."""
    first = start(*QUICK, "--state-dir", str(tmp_path))
    task_id = first.create_id("before")
    clip, image = first.clip(task_id), make_png(64, 48)
    image_url = first.upload_url(image)
    asked = first.ledger()[0]["recordInfoRequests"]
    balance = first.credit()
    assert first.close() == 0

    second = start(*QUICK, "--state-dir", str(tmp_path))
    assert second.url != first.url
    assert second.credit() == balance
    assert second.ledger()[0]["recordInfoRequests"] == asked
    assert second.clip(task_id) == clip
    moved = image_url.replace(first.url, second.url)
    assert second.http.get(moved).content == image
    # The old port's URLs are still known as the service's own.
    assert second.finished(second.create_id(model=I2V, image_url=image_url))["state"] == "success"
    old = json.loads(second.record(task_id)["data"]["resultJson"])["resultUrls"][0]
    link = second.http.post(
        "/api/v1/common/download-url", json={"url": old.replace(second.url, first.url)}
    ).json()["data"]
    assert httpx.get(link, timeout=60).content == clip


def test_killed_in_mid_task_continues_by_wall_clock(start, tmp_path):
    """A task that was running when the simulator was killed ends after the restart."""
    words = ("--speed", "40", "--max-size", "64", "--rate-limit", "off")
    first = start(*words, "--state-dir", str(tmp_path))
    made = []

    def is_under_way():
        made.append(first.create_id("interrupted"))
        return first.record(made[-1])["data"]["state"] in ("waiting", "queuing", "generating")

    wait_for(is_under_way)
    task_id = made[-1]
    first.process.kill()
    first.process.wait(60)
    second = start(*words, "--state-dir", str(tmp_path))
    data = second.finished(task_id)
    assert data["state"] == "success"
    assert second.clip(task_id)[4:8] == b"ftyp"
    assert second.credit() == 10000 - 30 * len(made)


def test_a_state_folder_has_one_simulator(start, tmp_path):
    """A second simulator on the same folder ends with code 1 and a word about it."""
    start("--state-dir", str(tmp_path))
    second = subprocess.run(
        [sys.executable, "-m", "hailuo_nb.simulator", "--state-dir", str(tmp_path)],
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert second.returncode == 1
    assert b"locked" in second.stderr
    assert b"Traceback" not in second.stderr


def test_a_ledger_that_is_looked_at_for_a_moment_is_waited_for(start, tmp_path):
    """Another program holds the file while the simulator opens it; it starts all the same."""
    start("--state-dir", str(tmp_path)).close()
    ledger = tmp_path / "ledger.sqlite3"
    with closing(sqlite3.connect(ledger, isolation_level=None)) as other:
        other.execute("begin exclusive")
        second = subprocess.Popen(
            [sys.executable, "-m", "hailuo_nb.simulator", "--state-dir", str(tmp_path)],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        wait_for(lambda: str(ledger) in open_files_of(second.pid))
        other.execute("rollback")
    try:
        assert second.stdout.readline().startswith(b"http://127.0.0.1:")
    finally:
        second.terminate()
        assert (second.wait(60), b"locked" in second.communicate()[1]) == (0, False)


def open_files_of(pid):
    """Return the paths that a process has open."""
    return [file.path for file in psutil.Process(pid).open_files()]


def no_database(path):
    path.write_text("surely not a database")


def a_folder(path):
    path.mkdir()


def of_something_else(path):
    with closing(sqlite3.connect(path)) as db:
        db.execute("create table tasks (name text)")


def of_a_task_that_is_none(path):
    with closing(sqlite3.connect(path)) as db:
        db.execute("create table tasks (task_id text, number integer, body text)")
        db.execute("insert into tasks values ('a', 1, '{}')")
        db.commit()


@pytest.mark.parametrize(
    "damage", [no_database, a_folder, of_something_else, of_a_task_that_is_none]
)
def test_a_ledger_that_cannot_be_used_is_named(tmp_path, damage):
    """A damaged file ends the start with code 1 and a line that names it."""
    damage(tmp_path / "ledger.sqlite3")
    told = ended("--state-dir", str(tmp_path))
    assert told.returncode == 1
    assert f"cannot start: {tmp_path / 'ledger.sqlite3'}: " in told.stderr
    assert "Traceback" not in told.stderr


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (["--state-dir", "/proc/nope/state"], "/proc/nope: No such file or directory"),
        (["--state-dir", __file__], f"{__file__}: File exists"),
        (["--host", "nowhere.invalid"], "nowhere.invalid:0: "),
    ],
)
def test_what_cannot_be_had_is_named(words, named):
    """Folder and address are told apart, in a line."""
    told = ended(*words)
    assert told.returncode == 1
    assert f"cannot start: {named}" in told.stderr
    assert "Traceback" not in told.stderr


def test_options_can_be_checked_without_a_start(tmp_path):
    """--check reads them and ends, and touches nothing."""
    state = tmp_path / "state"
    assert ended("--state-dir", str(state), "--fault", "bad-key", "--check").returncode == 0
    assert ended("--check", "--fault", "nonsense").returncode == 2
    assert not state.exists()


def ended(*words):
    """Return what a simulator said that ends by itself."""
    return subprocess.run(
        [sys.executable, "-m", "hailuo_nb.simulator", *words],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


def test_stuck_task_is_released_by_a_restart_without_the_fault(start, tmp_path):
    """A stuck task goes on when the next simulator has no such fault."""
    first = start(*QUICK, "--state-dir", str(tmp_path), "--fault", "stuck-waiting")
    task_id = first.create_id()
    first.close()
    second = start(*QUICK, "--state-dir", str(tmp_path))
    assert second.finished(task_id)["state"] == "success"


def test_durations_follow_the_distribution():
    """Drawn durations have the median and the tail that were promised, scaled by the speed."""
    drawn = sorted(draw(0, number, 1.0).finish_s for number in range(1, 4001))
    assert 0.9 < drawn[2000] / MEDIAN_S < 1.1
    assert 0.8 < drawn[3960] / P99_S < 1.25
    assert draw(0, 7, 20.0).finish_s * 20 == draw(0, 7, 1.0).finish_s
    assert draw(0, 7, 1.0) == draw(0, 7, 1.0)
    assert draw(1, 7, 1.0) != draw(0, 7, 1.0)


def test_key_is_nowhere_in_the_state(start, tmp_path):
    """Neither the ledger on disk nor stderr holds a bearer."""
    sim = start(*QUICK, "--state-dir", str(tmp_path), "--key", "sk-secret-one")
    sim.http.headers["Authorization"] = "Bearer sk-secret-one"
    sim.finished(sim.create_id())
    sim.http.get("/api/v1/chat/credit", headers=sim.bearer("sk-wrong-one"))
    assert sim.close() == 0
    written = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    for secret in (b"sk-secret-one", b"sk-wrong-one"):
        assert secret not in written
        assert secret not in sim.errors


def test_state_folder_is_private(start, tmp_path):
    """A fresh state folder can be read by its owner alone."""
    folder = tmp_path / "state"
    sim = start("--state-dir", str(folder))
    assert sim.credit() == 10000
    assert folder.stat().st_mode & 0o077 == 0

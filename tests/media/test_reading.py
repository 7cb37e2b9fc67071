"""The reading process: no key in it, nothing of the folder, one for many jobs, none left over."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from hailuo_nb.media import limits, process, reading
from hailuo_nb.media.limits import Harmful, NoReader, Unreadable
from hailuo_nb.media.process import Reader
from tests.runner.service import until
from tests.store.make import RED, image_bytes, write_mp4

PNG_BYTES = image_bytes("PNG")
WAIT_S = 60.0


@pytest.fixture
def readers(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Reader]]:
    """Begin without a reading process; return those that are started, and end them."""
    started: list[Reader] = []

    def start(*args: object) -> Reader:
        started.append(process.start(*args))  # type: ignore[arg-type]
        return started[-1]

    monkeypatch.setattr(reading, "start", start)
    monkeypatch.setattr(reading, "_readers", {})
    yield started
    reading._current().close()
    for reader in started:
        reader.end()
        reader.join()


def poster() -> str:
    return str(reading.read("image_poster", data=PNG_BYTES).facts["poster"])


def test_one_process_reads_many(readers: list[Reader], tmp_path: Path) -> None:
    """Images and clips after each other, sound and broken, need one process."""
    clip = write_mp4(tmp_path / "a.mp4", [RED] * 3)
    for _ in range(3):
        assert poster().startswith("data:image/jpeg")
        assert reading.read("facts", clip).facts["width_px"] == 96
        with pytest.raises(Unreadable):
            reading.read("facts", tmp_path / "missing.mp4")
    assert len(readers) == 1


def test_many_at_once_need_two(readers: list[Reader]) -> None:
    """However many threads ask, two processes read, and each gets its own answer."""
    found: list[str] = []
    threads = [threading.Thread(target=lambda: found.append(poster())) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(found) == {poster()}
    assert len(found) == 12
    assert len(readers) <= 2


def test_a_job_gets_the_process_that_is_getting_ready(readers: list[Reader]) -> None:
    """One that is started ahead is the one that reads, though the job comes at once."""
    reading.warm()
    threads = [thread for thread in threading.enumerate() if thread.name == "hailuo-warm"]
    assert poster().startswith("data:image/jpeg")
    for thread in threads:
        thread.join()
    reading._current().warm()
    assert len(readers) == 1


def test_many_jobs_and_many_that_get_ready_wait_for_no_one_in_vain(readers: list[Reader]) -> None:
    """Jobs that meet a process getting ready, and the other way round, all come to their end."""
    found: list[str] = []
    threads = []
    for _ in range(20):
        reading.warm()
        threads.append(threading.Thread(target=lambda: found.append(poster()), daemon=True))
        threads[-1].start()
    for thread in threads:
        thread.join(WAIT_S)
    assert len(found) == 20
    assert len(readers) <= 2


def test_it_knows_no_secret(readers: list[Reader], monkeypatch: pytest.MonkeyPatch) -> None:
    """Its environment and its command hold nothing but what a Python needs to start."""
    monkeypatch.setenv("KIE_API_KEY", "sk-1c0ffee5")
    monkeypatch.setenv("HAILUO_BASE_URL", "https://elsewhere")
    monkeypatch.setenv("SOME_TOKEN", "sk-1c0ffee5")
    poster()
    there = psutil.Process(readers[0].pid)
    kept = {*process._KEPT, *process._LIBRARIES, "PYTHONPATH", "MALLOC_ARENA_MAX", "LC_CTYPE"}
    assert set(there.environ()) <= kept
    assert "sk-1c0ffee5" not in " ".join([*there.cmdline(), *there.environ().values()])
    assert there.terminal() is None or there.pid != os.getsid(0)


def test_nothing_of_the_folder_is_run(
    readers: list[Reader], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A module planted beside the notebook is not taken for a library."""
    for name in ("PIL", "av", "json", "hailuo_nb"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('planted')\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", ["", *sys.path])
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    assert poster().startswith("data:image/jpeg")
    assert len(readers) == 1


def test_a_process_that_was_ended_is_replaced(readers: list[Reader]) -> None:
    """One that the system ended while it was idle is no file's fault."""
    poster()
    os.kill(readers[0].pid, signal.SIGKILL)
    until(lambda: not readers[0].alive)
    assert poster().startswith("data:image/jpeg")
    assert len(readers) == 2


def test_what_crashes_it_is_harmful(readers: list[Reader], monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that ends over a file says so of the file, and the next one has another."""
    poster()
    os.kill(readers[0].pid, signal.SIGSTOP)
    send = process._send

    def ends_over_it(*job: Any) -> None:
        send(*job)
        os.kill(readers[0].pid, signal.SIGKILL)

    with monkeypatch.context() as patch, pytest.raises(Harmful, match="crashed the process"):
        patch.setattr(process, "_send", ends_over_it)
        poster()
    assert poster().startswith("data:image/jpeg")


def test_memory_that_earlier_jobs_took_is_no_files_fault(readers: list[Reader]) -> None:
    """A process that has not enough left is replaced, and the file read in a new one."""
    poster()
    worn = psutil.Process(readers[0].pid)
    worn.rlimit(psutil.RLIMIT_AS, (worn.memory_info().vms, worn.memory_info().vms))
    data = image_bytes("WEBP", size=(3_000, 3_000), mode="RGB")
    assert reading.read("image_poster", data=data).facts["poster"]
    assert len(readers) == 2


def test_what_hangs_it_is_harmful(readers: list[Reader], monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that stands still is ended, also where a pipe is full of what it never took."""
    poster()
    monkeypatch.setattr(limits, "WAIT_FACTOR", 0.01)
    os.kill(readers[0].pid, signal.SIGSTOP)
    with pytest.raises(Harmful, match=r"takes more than 0\.3 s"):
        reading.read("image_poster", data=bytes(9_000_000))
    readers[0].join()
    assert not psutil.pid_exists(readers[0].pid)


def test_memory_is_looked_at_where_no_limit_of_the_system_holds(
    readers: list[Reader], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the system enforces nothing, the kernel sees what is taken and ends it."""
    poster()
    monkeypatch.setattr(limits, "MEMORY_BYTES_MAX", 1_000_000)
    os.kill(readers[0].pid, signal.SIGSTOP)
    with pytest.raises(Harmful, match="more than 1 MB of memory"):
        poster()


def test_one_that_is_idle_ends(readers: list[Reader], monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a job it ends by itself, is reaped, and the next job starts another."""
    monkeypatch.setattr(process, "IDLE_S", 0.05)
    poster()
    readers[0].join()
    assert not readers[0].alive
    assert not psutil.pid_exists(readers[0].pid)
    assert poster().startswith("data:image/jpeg")


PARENT = """
import os, signal
from hailuo_nb.media import reading
reading._current().warm()
print(reading._current()._idle[0].pid, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_it_ends_with_its_parent() -> None:
    """A kernel that is killed leaves no reading process behind."""
    ran = subprocess.run([sys.executable, "-c", PARENT], capture_output=True, text=True)
    assert ran.returncode == -signal.SIGKILL
    with_pid = int(ran.stdout)
    try:
        psutil.Process(with_pid).wait(WAIT_S)
    except psutil.NoSuchProcess:
        return
    assert not psutil.pid_exists(with_pid)


def test_one_that_does_not_start_is_nobodys_fault(
    readers: list[Reader], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A Python that is gone, or ends at once, is told as such."""
    for executable in ("/nowhere/python", "/bin/false"):
        monkeypatch.setattr(sys, "executable", executable)
        with pytest.raises(NoReader, match="does not start"):
            poster()


def test_a_forked_process_has_its_own(readers: list[Reader]) -> None:
    """After a fork the parent's pipes are left alone."""
    poster()
    mine = reading._current()
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(writer, b"1" if reading._current() is not mine else b"0")
        os._exit(0)
    os.waitpid(child, 0)
    assert os.read(reader, 1) == b"1"
    os.close(reader)
    os.close(writer)
    assert reading._current() is mine


@pytest.mark.parametrize("module", ["media.worker", "media.reading", "media.films"])
def test_it_imports_where_there_are_no_limits_of_that_kind(module: str) -> None:
    """Windows has no module ``resource``: everything imports without it."""
    code = f"import sys; sys.modules['resource'] = None; import hailuo_nb.{module}"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_the_worker_runs_where_there_are_no_limits_of_that_kind(tmp_path: Path) -> None:
    """And it reads without it."""
    code = "import sys; sys.modules['resource'] = None; from hailuo_nb.media import worker; "
    code += "worker.main()"
    line = b'{"job": "image_poster", "cpu_s": 9, "data_bytes": %d}\n' % len(PNG_BYTES)
    with subprocess.Popen(
        [sys.executable, "-c", code, "1000000000"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as ran:
        assert ran.stdin is not None and ran.stdout is not None
        ran.stdin.write(line + PNG_BYTES)
        ran.stdin.flush()
        assert b"ready" in ran.stdout.readline()
        assert b"data:image/jpeg" in ran.stdout.readline()
        ran.stdin.close()
        assert ran.wait(WAIT_S) == 0

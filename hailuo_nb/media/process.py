"""One reading process: its start, one job at a time, and what it may take for it.

It knows the system's processes. Started by name in an environment without secrets, never
forked: a kernel has threads.
"""

import json
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import IO

from hailuo_nb.media import limits
from hailuo_nb.media.limits import Harmful, NoReader

IDLE_S = 60.0
START_S = 120.0
LOOK_S = 0.05
"""How often it is looked at what a job takes."""

ROOT = Path(__file__).absolute().parents[2]
"""Where this copy of the package lies."""

READS = "hailuo_nb.media.worker"

LINE_BYTES_MAX = 1_000_000

PROGRESS = "progress"
"""In an answer that is not the last one: how much of the job is done, 0 to 1."""

_KEPT = ("PATH", "LANG", "LC_ALL", "TMPDIR", "TEMP", "TMP", "SYSTEMROOT", "WINDIR")
_LIBRARIES = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH")
"""What of the environment a Python needs to start; a key is in none of them."""

Facts = dict[str, object]


class Gone(Exception):
    """The process ended without an answer."""


class Reader:
    """A running reading process; `ask` from one thread at a time.

    Parameters
    ----------
    process
        The process, its pipes open.
    may_leave
        Asked after a while without a job whether the process may end.
    """

    def __init__(
        self, process: "subprocess.Popen[bytes]", may_leave: "Callable[[Reader], bool]"
    ) -> None:
        self._process = process
        self._may_leave = may_leave
        self._asked: queue.SimpleQueue[tuple[Facts, bytes] | None] = queue.SimpleQueue()
        self._answers: queue.SimpleQueue[tuple[Facts, bytes] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._serve, name="hailuo-reader", daemon=True)
        self._thread.start()

    @property
    def pid(self) -> int:
        """The process's id."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Whether the process runs."""
        return self._process.poll() is None

    def ask(
        self,
        facts: Mapping[str, object],
        data: bytes,
        *,
        cpu_s: float,
        told: Callable[[float], None] | None = None,
    ) -> tuple[Facts, bytes]:
        """Have a job done; ``told`` hears how much of it is, 0 to 1, where the job says so.

        Raises
        ------
        Harmful
            It takes too much.
        Gone
            The process ended over it.
        """
        watch = _Watch(self._process.pid, cpu_s)
        self._asked.put(({**facts, "data_bytes": len(data)}, data))
        while True:
            try:
                answer = self._answers.get(timeout=LOOK_S)
            except queue.Empty:
                watch.check()
                continue
            if answer is None:
                raise Gone
            if PROGRESS not in answer[0]:
                return answer
            if told is not None:
                told(float(str(answer[0][PROGRESS])))

    def end(self) -> None:
        """End the process at once; safe to call twice."""
        self._asked.put(None)
        with suppress(OSError):
            self._process.kill()

    def join(self) -> None:
        """Wait until the process has ended and is forgotten by the system."""
        self._thread.join()

    def wait_ready(self) -> None:
        """Wait until it has started; raises `NoReader`."""
        with suppress(queue.Empty):
            if self._answers.get(timeout=START_S) is not None:
                return
        self.end()
        raise NoReader("the process that reads pictures and clips does not start")

    def _serve(self) -> None:
        """Carry jobs and answers: a pipe may block for as long as its other end likes."""
        process = self._process
        assert process.stdin is not None and process.stdout is not None
        try:
            self._answers.put(_received(process.stdout))
            while (job := self._next()) is not None:
                _send(process.stdin, *job)
                while PROGRESS in (answer := _received(process.stdout))[0]:
                    self._answers.put(answer)
                self._answers.put(answer)
        except (OSError, ValueError, KeyError, TypeError):
            process.kill()
        finally:
            for pipe in (process.stdin, process.stdout):
                with suppress(OSError):
                    pipe.close()
            process.wait()
            self._answers.put(None)

    def _next(self) -> tuple[Facts, bytes] | None:
        while True:
            try:
                return self._asked.get(timeout=IDLE_S)
            except queue.Empty:
                if self._may_leave(self):
                    return None


class _Watch:
    """What a job takes, as the system tells it."""

    def __init__(self, pid: int, cpu_s: float) -> None:
        import psutil

        self._gone = psutil.Error
        self._cpu_s = cpu_s
        self._ends_at = time.monotonic() + limits.WAIT_FACTOR * cpu_s
        self._process, self._before_s = None, 0.0
        with suppress(psutil.Error):
            self._process = psutil.Process(pid)
            self._before_s = self._taken_s()

    def check(self) -> None:
        """Raise `Harmful` where it is too much."""
        if time.monotonic() > self._ends_at:
            raise Harmful(f"reading it takes more than {limits.WAIT_FACTOR * self._cpu_s:g} s")
        if self._process is None:
            return
        with suppress(self._gone):
            if self._process.memory_info().rss > limits.MEMORY_BYTES_MAX:
                megabytes = limits.MEMORY_BYTES_MAX / 1e6
                raise Harmful(f"reading it takes more than {megabytes:g} MB of memory")
            if self._taken_s() - self._before_s > self._cpu_s:
                raise Harmful(f"reading it takes more than {self._cpu_s:g} s of a processor")

    def _taken_s(self) -> float:
        assert self._process is not None
        times = self._process.cpu_times()
        return float(times.user + times.system)


def start(may_leave: Callable[[Reader], bool], module: str = READS) -> Reader:
    """Start a reading process and wait until it is ready.

    ``module`` is what runs in it, `worker` or one that serves jobs of its own as it does.

    Raises
    ------
    NoReader
        It does not start.
    """
    try:
        process = subprocess.Popen(  # noqa: S603 - our own module under our own interpreter
            [sys.executable, "-P", "-m", module, str(limits.MEMORY_BYTES_MAX)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=ROOT,
            env=scrubbed_environment(),
            start_new_session=True,  # an Interrupt of the kernel is not meant for it
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except OSError as error:
        raise NoReader(f"the process that reads does not start: {error.strerror}") from None
    reader = Reader(process, may_leave)
    reader.wait_ready()
    return reader


def scrubbed_environment() -> dict[str, str]:
    """Return what a process of ours may know: where modules and libraries lie, and no secret."""
    kept = {name: os.environ[name] for name in (*_KEPT, *_LIBRARIES) if name in os.environ}
    # Our own copy of the package, and nothing of the working directory.
    paths = [path for path in sys.path if Path(path).is_absolute()]
    if str(ROOT) not in paths:
        paths.insert(0, str(ROOT))
    return kept | {"PYTHONPATH": os.pathsep.join(paths), "MALLOC_ARENA_MAX": "2"}


def _send(pipe: IO[bytes], facts: Facts, data: bytes) -> None:
    pipe.write(json.dumps(facts).encode() + b"\n")
    pipe.write(data)
    pipe.flush()


def _received(pipe: IO[bytes]) -> tuple[Facts, bytes]:
    """Return an answer; raises ValueError, KeyError or TypeError where it is none."""
    facts = json.loads(pipe.readline(LINE_BYTES_MAX))
    size_bytes = int(facts["data_bytes"])
    if not 0 <= size_bytes <= limits.ANSWER_BYTES_MAX:
        raise ValueError("too large an answer")
    data = pipe.read(size_bytes)
    if len(data) < size_bytes:
        raise ValueError("cut short")
    return facts, data

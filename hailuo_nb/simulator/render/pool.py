"""At most two worker processes that render, started when first needed or shortly before.

It knows processes and pipes; it must not know what is drawn. A worker ends when its stdin closes,
so none outlives the simulator, however that ends. A worker that dies is replaced at the next job.
"""

import json
import logging
import os
import queue
import subprocess
import sys
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from hailuo_nb.simulator.render.jobs import ClipJob, Trouble, dump

log = logging.getLogger("hailuo_nb.simulator")

WORKERS = 2
# The longest clip takes a slow machine a minute; a picture may be made to take for ever.
JOB_S_MAX = 600.0

# The very same copy of the package, wherever it lies, and nothing of the working directory.
_BOOT = """\
import sys
sys.path.insert(0, sys.argv[1])
import hailuo_nb
del sys.path[0]
from hailuo_nb.simulator.render.worker import main
main()
"""

# glibc gives frame-sized arrays back to the system each time and has them zeroed anew; kept, a
# clip takes a third less. Elsewhere these names mean nothing.
_KEEP_MEMORY = {
    "MALLOC_TRIM_THRESHOLD_": "536870912",
    "MALLOC_MMAP_THRESHOLD_": "268435456",
    "MALLOC_TOP_PAD_": "67108864",
}


class RenderError(Exception):
    """A job that came to nothing; `trouble` says whether the caller's image was at fault."""

    def __init__(self, trouble: Trouble, detail: str) -> None:
        super().__init__(detail)
        self.trouble = trouble


class RenderPool:
    """Runs jobs off the serving thread, first come, first served."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(WORKERS, thread_name_prefix="render")
        self._idle: queue.SimpleQueue[subprocess.Popen[str]] = queue.SimpleQueue()
        self._all: list[subprocess.Popen[str]] = []
        self._starting = threading.Lock()
        self._closed = False

    def warm(self) -> None:
        """Start one more worker ahead of its first job, unless all there may be run already."""
        if not self._closed:
            self._threads.submit(self._start_ahead)

    def submit(self, job: ClipJob) -> Future[None]:
        """Queue a job; the future fails with `RenderError`."""
        return self._threads.submit(self._run, job)

    def close(self) -> None:
        """Drop what is queued and end the workers at once."""
        self._closed = True
        for worker in self._all:
            worker.kill()
        self._threads.shutdown(wait=True, cancel_futures=True)
        for worker in self._all:
            worker.wait()
            for pipe in (worker.stdin, worker.stdout):
                if pipe is not None:
                    _close_quietly(pipe)

    def _run(self, job: ClipJob) -> None:
        worker = self._worker()
        late = threading.Timer(JOB_S_MAX, worker.kill)
        late.daemon = True
        late.start()
        try:
            answer = _ask(worker, dump(job))
        except (OSError, ValueError) as error:
            worker.kill()
            raise RenderError("crash", f"worker gone: {type(error).__name__}") from None
        finally:
            late.cancel()
        self._idle.put(worker)
        if answer["trouble"]:
            if answer["trouble"] == "crash":
                log.error("rendering failed: %s", answer["detail"])
            raise RenderError(
                "image" if answer["trouble"] == "image" else "crash", answer["detail"]
            )

    def _worker(self) -> subprocess.Popen[str]:
        with self._starting:
            try:
                return self._idle.get_nowait()
            except queue.Empty:
                return self._started()

    def _start_ahead(self) -> None:
        with self._starting:
            if sum(worker.poll() is None for worker in self._all) < WORKERS:
                self._idle.put(self._started())

    def _started(self) -> subprocess.Popen[str]:
        worker = _start()
        self._all.append(worker)
        if self._closed:
            worker.kill()
        return worker


def _start() -> subprocess.Popen[str]:
    root = str(Path(__file__).resolve().parents[3])
    return subprocess.Popen(  # noqa: S603 - our own module under our own interpreter
        [sys.executable, "-P", "-c", _BOOT, root],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=_KEEP_MEMORY | os.environ,
        text=True,
        encoding="utf-8",
    )


def _ask(worker: subprocess.Popen[str], line: str) -> dict[str, str]:
    assert worker.stdin is not None and worker.stdout is not None
    worker.stdin.write(line + "\n")
    worker.stdin.flush()
    answer: dict[str, str] = json.loads(worker.stdout.readline())
    return answer


def _close_quietly(pipe: object) -> None:
    try:
        pipe.close()  # type: ignore[attr-defined]
    except OSError:
        log.debug("pipe of a worker was gone already")

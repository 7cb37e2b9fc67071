"""The reading processes, seen from the kernel: started at need, watched, ended.

It knows processes, pipes and limits; what is read in them is next door. A process that met
its limits is not used again, one that is idle ends, and none outlives the kernel.
"""

import atexit
import os
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from hailuo_nb.core.fork import ProcessLock
from hailuo_nb.media import limits
from hailuo_nb.media.limits import Harmful, NoReader, Unreadable
from hailuo_nb.media.process import READS, Gone, Reader, start

READERS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What was read: facts by name, and bytes."""

    facts: Mapping[str, object]
    data: bytes


class _Readers:
    """Those in which one module runs, for one process; a forked one begins anew."""

    def __init__(self, module: str) -> None:
        self._module = module
        self.pid = os.getpid()
        self._room = threading.BoundedSemaphore(READERS if module == READS else 1)
        self._lock = threading.Lock()
        self._starting = threading.RLock()
        self._idle: list[Reader] = []
        self._in_use = 0
        self._closed = False
        atexit.register(self.close)

    def ask(
        self,
        job: Mapping[str, object],
        data: bytes,
        cpu_s: float,
        told: Callable[[float], None] | None,
    ) -> Answer:
        with self._room, self._used():
            asked = {**job, "cpu_s": cpu_s}
            used = self._taken()
            facts, made = self._asked(used or self._started(), asked, data, cpu_s, told)
            if used and "worn" in facts:  # what came before may have taken the memory
                facts, made = self._asked(self._started(), asked, data, cpu_s, told)
        if "harmful" in facts:
            raise Harmful(str(facts["harmful"]))
        if "unreadable" in facts:
            raise Unreadable(str(facts["unreadable"]))
        return Answer(facts=facts, data=made)

    def warm(self) -> None:
        """Have one process ready for films; a job that comes meanwhile waits for it."""
        if not self._room.acquire(blocking=False):  # first, as a job does: neither waits in vain
            return
        try:
            with self._starting:
                with self._lock:
                    is_there = self._idle or self._in_use
                if not is_there:
                    job = {"job": "warm", "cpu_s": limits.CPU_S_MAX}
                    self._asked(start(self._leave, self._module), job, b"", limits.CPU_S_MAX)
        finally:
            self._room.release()

    def _asked(
        self,
        reader: Reader,
        job: Mapping[str, object],
        data: bytes,
        cpu_s: float,
        told: Callable[[float], None] | None = None,
    ) -> tuple[Mapping[str, object], bytes]:
        """Have a job done by a process that is this job's alone, and keep it if it is sound."""
        try:
            facts, made = reader.ask(job, data, cpu_s=cpu_s, told=told)
        except BaseException:
            reader.end()
            raise
        if "worn" in facts:
            reader.end()
        else:
            self._keep(reader)
        return facts, made

    def close(self) -> None:
        if self.pid != os.getpid():  # a forked child: they are its parent's
            return
        with self._lock:
            self._closed, idle = True, self._idle[:]
            self._idle.clear()
        for reader in idle:
            reader.end()

    @contextmanager
    def _used(self) -> Iterator[None]:
        """Count a job, from before its process is there."""
        with self._lock:
            self._in_use += 1
        try:
            yield
        finally:
            with self._lock:
                self._in_use -= 1

    def _started(self) -> Reader:
        with self._starting:
            return self._taken() or start(self._leave, self._module)

    def _taken(self) -> Reader | None:
        """Return one that is idle; those that the system ended meanwhile go away."""
        with self._lock:
            while self._idle:
                if (reader := self._idle.pop()).alive:
                    return reader
        return None

    def _keep(self, reader: Reader) -> None:
        with self._lock:
            if not self._closed:
                self._idle.append(reader)
                return
        reader.end()

    def _leave(self, reader: Reader) -> bool:
        """Return whether a process that has been idle for long may end."""
        with self._lock:
            if reader in self._idle:
                self._idle.remove(reader)
                return True
        return False


_lock = ProcessLock()
_readers: dict[str, _Readers] = {}


def _current(module: str = READS) -> _Readers:
    with _lock:
        if module not in _readers or _readers[module].pid != os.getpid():
            _readers[module] = _Readers(module)
        return _readers[module]


def read(
    job: str,
    path: Path | None = None,
    data: bytes = b"",
    *,
    cpu_s: float | None = None,
    module: str = READS,
    told: Callable[[float], None] | None = None,
    **facts: object,
) -> Answer:
    """Have a picture or film read in another process; blocks, for `limits` at most.

    Parameters
    ----------
    job
        One that `worker` knows.
    path
        The file, or None where ``data`` is what is read.
    cpu_s
        How much of a processor it may take, in seconds; `limits.CPU_S_MAX` when left out.
    module
        What runs in the process: `worker`, or another room's that serves jobs as it does, and
        of which there is one process alone.
    told
        Hears in this thread how much of a long job is done, 0 to 1.
    facts
        What else the job needs: JSON values.

    Raises
    ------
    Unreadable
        It is not what it should be.
    Harmful
        Reading it took, or would take, too much, or crashed the process.
    NoReader
        The process does not start.
    """
    asked = {"job": job, **facts} | ({"path": str(path.absolute())} if path is not None else {})
    wanted_s = limits.CPU_S_MAX if cpu_s is None else cpu_s
    try:
        return _current(module).ask(asked, data, wanted_s, told)
    except Gone:
        raise Harmful("reading it crashed the process that did") from None


def warm() -> None:
    """Have a reading process ready when its first job comes; returns at once."""
    with suppress(RuntimeError):  # no thread begins any more: the kernel ends
        threading.Thread(target=_warm, name="hailuo-warm", daemon=True).start()


def _warm() -> None:
    with suppress(Unreadable, Harmful, NoReader, Gone):  # the job itself will tell
        _current().warm()

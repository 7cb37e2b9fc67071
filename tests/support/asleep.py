"""A machine that sleeps: its processes stand still, and its steady clock with them.

It knows processes by their ids. It must not know what they do.
"""

import mmap
import signal
import struct
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil

SLEPT = struct.Struct("d")

STEADY = """import mmap, os, struct, time
def steady(now=time.monotonic, slept=mmap.mmap(os.open({path!r}, os.O_RDONLY), 8, prot=1)):
    return now() - struct.unpack("d", slept)[0]
time.monotonic = steady"""
"""Has a process count no sleep on its steady clock, as Linux does; the wall's goes on."""


class Sleep:
    """How long a machine has slept, where its processes see it."""

    def __init__(self, path: Path) -> None:
        path.write_bytes(SLEPT.pack(0.0))
        self._file = path.open("r+b")
        self._slept, self._slept_s = mmap.mmap(self._file.fileno(), SLEPT.size), 0.0
        self.code = STEADY.format(path=str(path))

    @contextmanager
    def over(self, processes: Iterable[psutil.Process]) -> Iterator[None]:
        """Have these stand still for as long as the block lasts."""
        stopped = []
        began = time.monotonic()
        try:
            for process in processes:
                with suppress(psutil.NoSuchProcess):
                    process.send_signal(signal.SIGSTOP)
                    stopped.append(process)
            yield
        finally:
            self._slept_s += time.monotonic() - began
            self._slept[:] = SLEPT.pack(self._slept_s)
            for process in stopped:
                with suppress(psutil.NoSuchProcess):
                    process.send_signal(signal.SIGCONT)


def with_children(process: psutil.Process) -> list[psutil.Process]:
    """Return a process and all that it has started, and these."""
    with suppress(psutil.NoSuchProcess):
        return [process, *process.children(recursive=True)]
    return []

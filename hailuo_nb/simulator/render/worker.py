"""The worker's main loop: a line with a job in, a line with the outcome out.

It knows the pipe and its own priority; the drawing is next door. It ends when its stdin does.
"""

import contextlib
import json
import os
import queue
import signal
import sys
import threading
import traceback
from importlib import import_module
from pathlib import Path

from hailuo_nb.simulator.render.jobs import ClipJob, Trouble, load

# The largest clip takes 0.5 GB, the largest picture that is opened as much.
MEMORY_BYTES_MAX = 1_500_000_000


def main() -> None:
    """Serve jobs until stdin closes, at low priority, deaf to Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with contextlib.suppress(AttributeError, OSError):
        os.nice(10)
    lines: queue.SimpleQueue[str] = queue.SimpleQueue()
    threading.Thread(target=_read, args=(lines,), daemon=True).start()
    # What takes longest at the first job; a worker is often started before it.
    import_module("hailuo_nb.simulator.render.clip")
    _limit_memory()
    while True:
        trouble, detail = _do(load(lines.get()))
        sys.stdout.write(json.dumps({"trouble": trouble, "detail": detail}) + "\n")
        sys.stdout.flush()


def _limit_memory() -> None:
    """Let a job take so much more than what is loaded, where the system can hold it to that."""
    try:
        import resource

        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        most = pages * resource.getpagesize() + MEMORY_BYTES_MAX
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (ImportError, OSError, ValueError):
        return


def _read(lines: queue.SimpleQueue[str]) -> None:
    for line in sys.stdin:
        lines.put(line)
    # The simulator is gone: a clip half drawn is of no use to anybody.
    os._exit(0)


def _do(job: ClipJob) -> tuple[Trouble | None, str]:
    from hailuo_nb.simulator.render import clip, picture

    try:
        clip.render(job)
    except picture.UnreadableError as error:
        return "image", str(error)
    except Exception:  # noqa: BLE001 - the worker outlives whatever a job does
        return "crash", traceback.format_exc()
    return None, ""


if __name__ == "__main__":
    main()

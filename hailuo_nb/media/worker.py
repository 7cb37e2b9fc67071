"""The reading process: a line with a job in, a line with the answer out, bytes behind each.

It knows its pipes and what it may take; the reading is next door. It has no key, writes no
file, and ends with its parent, when it is idle, or by its limits.
"""

import contextlib
import json
import os
import queue
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

from hailuo_nb.media.limits import Harmful, Unreadable

ORPHAN_S = 300.0
"""Idle for so long, it ends, should its parent be gone and its pipe held by another."""

MOMENTS = (0.0, 1 / 3, 1 / 2, 2 / 3, 1.0)
"""Those of a clip's strip, and the middle, which is its poster."""

Asked = dict[str, Any]
Made = tuple[dict[str, object], bytes]
Jobs = dict[str, Callable[[Asked, bytes], "Made | Iterator[float | Made]"]]
"""What can be asked for; a job that takes long may yield how much of it is done, 0 to 1, first."""


def main(jobs: Jobs | None = None) -> None:
    """Serve jobs until stdin closes; the first argument is how much memory it may have.

    Another room's process serves its own ``jobs`` in the same way.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # a library that prints must not speak for us
    asked: queue.SimpleQueue[tuple[Asked, bytes]] = queue.SimpleQueue()
    threading.Thread(target=_read, args=(sys.stdin.buffer, asked), daemon=True).start()
    _limit(int(sys.argv[1]))
    _answer(answers, {"ready": True}, b"")
    with contextlib.suppress(queue.Empty):
        while True:
            facts, data = asked.get(timeout=ORPHAN_S)
            _limit_time(facts["cpu_s"])
            _answer(answers, *_do(jobs or JOBS, facts, data, answers))


def _warm(asked: Asked, data: bytes) -> Made:
    from hailuo_nb.media import films, stills

    return {"warm": [films.__name__, stills.__name__]}, b""


def _facts(asked: Asked, data: bytes) -> Made:
    from hailuo_nb.media import films

    return films.facts(Path(asked["path"])), b""


def _faults(asked: Asked, data: bytes) -> Made:
    return {"faults": [_fault(Path(path)) for path in asked["paths"]]}, b""


def _fault(path: Path) -> str:
    """Return why a file is no clip that plays, "" where it is one."""
    from hailuo_nb.media import films

    try:
        films.facts(path)
    except (Unreadable, Harmful) as error:
        return str(error)
    return ""


def _clip_pictures(asked: Asked, data: bytes) -> Made:
    from hailuo_nb.media import films, stills

    start, second, middle, third, end = films.moments(Path(asked["path"]), MOMENTS)
    strip = [stills.strip_frame(frame) for frame in (start, second, third, end)]
    return {"poster": stills.poster(middle), "strip": strip}, b""


def _last_frame(asked: Asked, data: bytes) -> Made:
    from hailuo_nb.media import films, stills

    return {}, stills.encoded(films.last_frame(Path(asked["path"]))).data


def _smaller(asked: Asked, data: bytes) -> Made:
    from hailuo_nb.media import films

    made = films.smaller(
        Path(asked["path"]),
        room=asked["room"],
        size_max_bytes=asked["size_max_bytes"],
        bits_per_s_min=asked["bits_per_s_min"],
    )
    return {"fits": made is not None}, made or b""


def _film(asked: Asked, data: bytes) -> Iterator[float | Made]:
    from hailuo_nb.media import filming, lettering

    words = [lettering.Words(*one) for one in asked["words"]]
    for made in filming.film(asked["kind"], tuple(asked["sides_px"]), asked["tiles"], words):
        yield ({}, made) if isinstance(made, bytes) else made


def _join(asked: Asked, data: bytes) -> Made:
    from hailuo_nb.media import joins

    made = joins.joined([Path(path) for path in asked["paths"]])
    return {"is_made": made is not None}, made or b""


def _sheet(asked: Asked, data: bytes) -> Made:
    from hailuo_nb.media import sheets

    return {"sheet": sheets.sheet(asked["cells"], asked["columns"])}, b""


def _image_poster(asked: Asked, data: bytes) -> Made:
    from hailuo_nb.media import stills

    return {"poster": stills.image_poster(data)}, b""


def _thumbnail(asked: Asked, data: bytes) -> Made:
    from hailuo_nb.media import stills

    return {"thumbnail": stills.thumbnail(data)}, b""


def _upright(asked: Asked, data: bytes) -> Made:
    from hailuo_nb.media import stills

    return {}, stills.upright(data)


JOBS: Jobs = {
    "warm": _warm,
    "facts": _facts,
    "faults": _faults,
    "clip_pictures": _clip_pictures,
    "last_frame": _last_frame,
    "smaller": _smaller,
    "sheet": _sheet,
    "film": _film,
    "join": _join,
    "image_poster": _image_poster,
    "thumbnail": _thumbnail,
    "upright": _upright,
}
"""Each brings what it needs when it is first asked for: an image needs no films."""


def _do(jobs: Jobs, asked: Asked, data: bytes, answers: BinaryIO) -> Made:
    try:
        made = jobs[asked["job"]](asked, data)
        return made if isinstance(made, tuple) else _done(made, answers)
    except Unreadable as error:
        return {"unreadable": str(error)}, b""
    except Harmful as error:
        return {"harmful": str(error)}, b""
    except MemoryError:
        return {"harmful": "reading it takes too much memory", "worn": True}, b""
    except OSError as error:
        return {"unreadable": error.strerror or type(error).__name__}, b""
    except Exception as error:  # noqa: BLE001 - whatever a library raises at a crafted file
        return {"unreadable": type(error).__name__}, b""


def _done(steps: "Iterator[float | Made]", answers: BinaryIO) -> Made:
    """Return what a long job makes, telling on the way how much of it is done."""
    for made in steps:
        if isinstance(made, tuple):
            return made
        _answer(answers, {"progress": made}, b"")
    raise Unreadable("nothing was made of it")


def _answer(answers: BinaryIO, facts: dict[str, object], data: bytes) -> None:
    answers.write(json.dumps({**facts, "data_bytes": len(data)}).encode() + b"\n" + data)
    answers.flush()


def _read(stdin: BinaryIO, asked: "queue.SimpleQueue[tuple[Asked, bytes]]") -> None:
    for line in stdin:
        facts = json.loads(line)
        asked.put((facts, stdin.read(facts["data_bytes"])))
    # The kernel is gone, or needs nothing more: what is half read is of no use to anybody.
    os._exit(0)


def _limit(memory_bytes: int) -> None:
    """Hold this process to its limits, as far as the system knows any."""
    with contextlib.suppress(OSError):  # Linux: of all processes, let this one go first
        Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")
    try:
        import resource
    except ImportError:  # Windows: the parent looks at what it takes
        return
    for kind, most in (
        (resource.RLIMIT_AS, memory_bytes),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(kind, (most, most))


def _limit_time(cpu_s: float) -> None:
    """End for certain once this job has taken so much, also where nobody looks any more."""
    try:
        import resource
    except ImportError:
        return
    usage = resource.getrusage(resource.RUSAGE_SELF)
    most = int(usage.ru_utime + usage.ru_stime + cpu_s) + 2
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CPU, (most, resource.getrlimit(resource.RLIMIT_CPU)[1]))


if __name__ == "__main__":
    main()

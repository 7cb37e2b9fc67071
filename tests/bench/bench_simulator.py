"""The simulator's figures: seconds to render a clip, recordInfo requests served while it renders.

Run it on a quiet machine: ``python -m tests.bench.bench_simulator``. It prints one JSON object of
medians and spreads and judges nothing.
"""

import argparse
import json
import os
import platform
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path

import httpx

from hailuo_nb.simulator.render import picture, plates, scene
from hailuo_nb.simulator.render.camera import COMMANDS
from hailuo_nb.simulator.render.jobs import ClipJob, Frame
from hailuo_nb.simulator.render.mood import mood_of
from hailuo_nb.simulator.render.pool import RenderPool
from hailuo_nb.simulator.studio import HEAD_START_S
from tests.bench.spread import spread

PROMPT = "a lone samurai in the mountains at sunset"
CITY = "a neon city street at night in the rain"
"""Of the landscapes the slowest to draw: most of it may be seen through."""
SUSPECTS = 3
"""How many of the slowest commands are timed again."""
KEY = {"Authorization": "Bearer bench"}
CLIPS, LOAD_S = 4, 2.5
BACKLOG = 5
"""How many times as many clips are asked for, so that there are always some left to render."""
POOL = RenderPool()


def main(argv: list[str] | None = None) -> int:
    """Measure everything and print it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeat", type=int, default=5, help="how often each clip is rendered")
    parser.add_argument("--load", metavar="URL", help=argparse.SUPPRESS)
    parser.add_argument("--quick", action="store_true", help="only the pan and the load")
    given = parser.parse_args(argv)
    if given.load:
        sys.stdout.write(json.dumps(load(given.load)) + "\n")
        return 0
    try:
        sys.stdout.write(json.dumps(measured(given.repeat, quick=given.quick), indent=2) + "\n")
    finally:
        POOL.close()
    return 0


def measured(repeat: int, *, quick: bool) -> dict[str, object]:
    """Return all figures."""
    render_s("[Static shot]", 64, None)
    result = {
        "machine": f"{os.cpu_count()} cores, {platform.machine()}, Python {sys.version.split()[0]}",
        "load_average": round(os.getloadavg()[0], 2),
        "startup_s": repeated(startup_s, repeat),
        "pan_6s_640px_s": {
            "scene": repeated(lambda: render_s("[Pan right]", 640, None), repeat),
            "picture": repeated(lambda: render_s("[Pan right]", 640, still()), repeat),
        },
        "first_clip_6s_640px_s": {
            "worker_started_before": repeated(lambda: first_clip_s(HEAD_START_S), min(3, repeat)),
            "worker_started_for_it": repeated(lambda: first_clip_s(0.0), min(3, repeat)),
        },
        "recordInfo_per_s_while_4_clips_render": repeated(served_per_s, min(3, repeat)),
    }
    if not quick:
        for size_px in (640, 1366):
            every = every_command_s(size_px)
            result[f"every_command_6s_{size_px}px_s"] = every
            result[f"any_command_6s_{size_px}px_s"] = slowest(every, size_px, min(3, repeat))
    return result


def repeated(measure: Callable[[], float], times: int) -> dict[str, float]:
    """Return median, least and most of repeated measurements."""
    return spread([measure() for _ in range(times)], 3)


def every_command_s(size_px: int) -> dict[str, dict[str, float]]:
    """Return the seconds of each command, for a scene and for a picture."""
    return {
        kind: {
            command: round(render_s(f"[{command}]", size_px, start, CITY), 3)
            for command in COMMANDS
        }
        for kind, start in starts().items()
    }


def slowest(
    every: dict[str, dict[str, float]], size_px: int, times: int
) -> dict[str, dict[str, float]]:
    """Return the spread of the slowest command, for a scene and for a picture.

    Those that took longest when all were timed once are timed again.
    """
    found = {}
    for kind, start in starts().items():
        suspects = sorted(every[kind], key=lambda command: -every[kind][command])[:SUSPECTS]
        again = {
            command: repeated(
                lambda c=command, s=start: render_s(f"[{c}]", size_px, s, CITY), times
            )
            for command in suspects
        }
        worst = max(again, key=lambda command: again[command]["median"])
        found[f"{kind}: {worst}"] = again[worst]
    return found


def starts() -> dict[str, Frame | None]:
    """Return what a clip can begin with."""
    return {"scene": None, "picture": still()}


@cache
def still() -> Frame:
    """Return a photograph-like start image."""
    path = Path(tempfile.gettempdir()) / "hailuo-bench-still.jpg"
    layers = scene.build(mood_of("autumn forest with a torii gate"), 1280, 720)
    picture.to_image(plates.still(layers, 1280, 720)).save(path, quality=90)
    return Frame(path=str(path))


def render_s(
    command: str,
    size_px: int,
    start: Frame | None,
    prompt: str = PROMPT,
    pool: RenderPool = POOL,
) -> float:
    """Return the seconds that one 6 s clip takes, by default in a warm worker."""
    with tempfile.TemporaryDirectory() as folder:
        job = ClipJob(
            out=str(Path(folder) / "clip.mp4"),
            prompt=f"{command} {prompt}",
            seed="bench",
            variation=1,
            duration_s=6,
            short_side_px=768,
            max_size_px=size_px,
            enhanced=True,
            start=start,
        )
        begun = time.perf_counter()
        pool.submit(job).result()
        return time.perf_counter() - begun


def first_clip_s(head_start_s: float) -> float:
    """Return the seconds of the first clip of a fresh pool, whose worker may be started before."""
    pool = RenderPool()
    try:
        if head_start_s:
            pool.warm()
            time.sleep(head_start_s)
        return render_s("[Truck left]", 640, None, pool=pool)
    finally:
        pool.close()


def begin(*arguments: str) -> tuple[subprocess.Popen[str], str]:
    """Start a simulator; return its process and base URL."""
    process = subprocess.Popen(
        [sys.executable, "-m", "hailuo_nb.simulator", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    return process, process.stdout.readline().strip()


def startup_s() -> float:
    """Return the seconds from starting the process to its line on stdout."""
    begun = time.perf_counter()
    process, _ = begin()
    took = time.perf_counter() - begun
    process.terminate()
    process.wait()
    return took


def served_per_s() -> float:
    """Return recordInfo answers a second for another process, while clips render."""
    process, url = begin(
        "--open-ledger", "--rate-limit", "off", "--speed", "2000", "--credits", "1000000"
    )
    try:
        with httpx.Client(base_url=url, headers=KEY, timeout=30) as http:
            for number in range(BACKLOG * CLIPS):
                create(http, f"[Push in] clip {number} {PROMPT}")
            command = [sys.executable, "-m", "tests.bench.bench_simulator", "--load", url]
            done = subprocess.run(command, capture_output=True, text=True, check=True)
        return float(json.loads(done.stdout))
    finally:
        process.terminate()
        process.wait()


def create(http: httpx.Client, prompt: str) -> str:
    """Create a text-to-video task and return its id."""
    body = {"model": "hailuo/02-text-to-video-standard", "input": {"prompt": prompt}}
    return str(http.post("/api/v1/jobs/createTask", json=body).json()["data"]["taskId"])


def load(url: str) -> float:
    """Ask about tasks over one raw socket for a while; return answers a second."""
    with httpx.Client(base_url=url) as http:
        tasks = [row["taskId"] for row in http.get("/_sim/ledger").json()]
    host, port = url.removeprefix("http://").split(":")
    count, begun = 0, time.perf_counter()
    with socket.create_connection((host, int(port))) as connection:
        while (passed := time.perf_counter() - begun) < LOAD_S:
            task = tasks[count % len(tasks)]
            connection.sendall(
                f"GET /api/v1/jobs/recordInfo?taskId={task} HTTP/1.1\r\nHost: {host}:{port}\r\n"
                f"Authorization: {KEY['Authorization']}\r\n\r\n".encode()
            )
            assert b'"code":200' in answer(connection)
            count += 1
    return round(count / passed, 1)


def answer(connection: socket.socket) -> bytes:
    """Read one HTTP answer with a Content-Length."""
    data = b""
    while b"\r\n\r\n" not in data:
        data += connection.recv(65536)
    head, _, body = data.partition(b"\r\n\r\n")
    length = int(head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0])
    while len(body) < length:
        body += connection.recv(65536)
    return body


if __name__ == "__main__":
    sys.exit(main())

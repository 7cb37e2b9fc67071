"""The part in a Jupyter Server: what it costs to load, open pages, forged callbacks, true ones.

A real server with a token, below a prefix: ``python -m tests.bench.bench_server``. Prints one JSON
object and judges nothing.
"""

import asyncio
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import psutil

from hailuo_nb.core.polling import net_delay_s
from hailuo_nb.kie.callback import signed
from hailuo_nb.runner.poll import sleep_awake
from hailuo_nb.store import wake
from tests.chaos.run import give_a_past
from tests.chaos.service import running_simulator
from tests.chaos.tap import Seen, Tap, running_tap
from tests.kernel.real_kernel import RealKernel, real_kernel
from tests.server.conftest import PREFIX, JupyterServer, running_server
from tests.simulator.owner import ask_owner
from tests.store.make import snapshot_of

KEY = "webhook-key-of-the-bench"
PAGES, CARDS, EVERY_S, OPEN_S = 10, 100, 2.0, 20.0
FORGED, AT_ONCE, WARM = 10_000, 20, 500
CALLS = 40
CLIPS, USUAL_S, CLIP_TIMEOUT_S = 20, 180.0, 120.0
SPEED = 90.0
"""A clip takes 2 s; it is told by a callback, for by all that is known it takes 3 min."""

BODY = json.dumps({"code": 200, "data": {"taskId": "t1", "state": "success"}}).encode()

LOADING = """
import json, sys, time
import psutil, jupyter_server.base.handlers, jupyter_server.serverapp
before, held = set(sys.modules), psutil.Process().memory_info().rss
began = time.perf_counter()
import hailuo_nb.server
import hailuo_nb.server.handlers
hailuo_nb.server.handlers.routes("/")
took_s = time.perf_counter() - began
more = psutil.Process().memory_info().rss - held
heavy = {"numpy", "av", "httpx"} & (set(sys.modules) - before)
print(json.dumps([1000 * took_s, more / 1e6, len(heavy)]))
"""


def loading() -> dict[str, Any]:
    """Return what loading the extension adds to a server, the middle of five processes."""
    words = [sys.executable, "-c", LOADING]
    ran = [json.loads(subprocess.check_output(words)) for _ in range(5)]
    took_ms, more_mb, heavy = zip(*ran, strict=True)
    return {
        "load_ms": round(statistics.median(took_ms), 1),
        "load_mb": round(statistics.median(more_mb), 2),
        "load_heavy": max(heavy),
    }


def pages(server: JupyterServer, process: psutil.Process) -> float:
    """Return what ten open pages take of a core, in percent: each asks for all of its cards."""
    ids = [[f"p{page}c{card}" for card in range(CARDS)] for page in range(PAGES)]
    for id in (id for of_page in ids for id in of_page):
        server.history.add(snapshot_of(id, state="waiting"), folder=server.home)
    ask = [server.ask("tasks", {"ids": of_page}).json()["tasks"] for of_page in ids]
    if [len(told) for told in ask] != [CARDS] * PAGES:
        raise SystemExit("not every card was told of")
    began, used_s = time.monotonic(), cpu_s(process)
    turn = 0
    while time.monotonic() - began < OPEN_S:
        server.ask("tasks", {"ids": ids[turn % PAGES]}).raise_for_status()
        turn += 1
        time.sleep(max(0.0, began + turn * EVERY_S / PAGES - time.monotonic()))
    return round(100 * (cpu_s(process) - used_s) / (time.monotonic() - began), 1)


def cpu_s(process: psutil.Process) -> float:
    """Return the seconds of a processor that a process has used."""
    used = process.cpu_times()
    return float(used.user + used.system)


async def flood(server: JupyterServer, process: psutil.Process) -> dict[str, Any]:
    """Call back falsely, in every way there is; return what was let in and what memory grew by."""
    woken = wake.begin()
    if woken is None:
        raise SystemExit("there is no runtime folder")
    now = int(time.time())
    kinds = [
        (woken.token, BODY, {}),
        (woken.token, BODY, signed("t1", str(now), "another key")),
        (woken.token, BODY, signed("t1", str(now - 3600), KEY)),
        (woken.token, BODY, signed("t2", str(now), KEY)),
        (woken.token, b"{", signed("t1", str(now), KEY)),
        (woken.token, b"x" * 70_000, signed("t1", str(now), KEY)),
        ("x" * wake.TOKEN_CHARS, BODY, signed("t1", str(now), KEY)),
    ]
    accepted, held = 0, 0
    async with httpx.AsyncClient(base_url=server.origin, timeout=60) as client:
        for at in range(0, FORGED, AT_ONCE):
            if at == WARM:
                held = process.memory_info().rss
            chosen = [kinds[(at + more) % len(kinds)] for more in range(AT_ONCE)]
            calls = [call(client, *kind) for kind in chosen]
            accepted += (await asyncio.gather(*calls)).count(200)
    grown_mb = (process.memory_info().rss - held) / 1e6
    return {"forged_accepted": accepted + woken.called(), "forged_mb": round(grown_mb, 1)}


async def call(client: httpx.AsyncClient, token: str, body: bytes, headers: dict[str, str]) -> int:
    """Call back; return the status, 0 where the server hangs up."""
    try:
        where = f"{PREFIX}hailuo/callback/{token}"
        return (await client.post(where, content=body, headers=headers)).status_code
    except httpx.TransportError:
        return 0


async def true_calls(server: JupyterServer) -> float:
    """Return how long it is from a callback to the watcher that it wakes, p95 in seconds."""
    took_s = []
    await asyncio.sleep(5)  # until the rate's bucket is full again
    async with httpx.AsyncClient(base_url=server.origin, timeout=60) as client:
        for _ in range(CALLS):
            woken = wake.begin()
            if woken is None:
                raise SystemExit("there is no runtime folder")
            sleeper = asyncio.create_task(sleep_awake(30, woken.called))
            await asyncio.sleep(0.05)
            began = time.monotonic()
            status = await call(client, woken.token, BODY, signed("t1", str(int(time.time())), KEY))
            if status != 200 or not await sleeper:
                raise SystemExit(f"a true callback was not heard: {status}")
            took_s.append(time.monotonic() - began)
    return round(statistics.quantiles(took_s, n=20)[-1], 2)


@contextmanager
def called_kernel(server: JupyterServer, folder: Path) -> Iterator[tuple[RealKernel, Tap]]:
    """Run a kernel whose tasks end with a callback to the server, and what relays its requests."""
    more = ("--max-size", "192", "--webhook-key", KEY)
    with running_simulator(speed=SPEED, more=more) as service, running_tap(service.url) as tap:
        env = {
            "HAILUO_BASE_URL": tap.url,
            "HAILUO_PUBLIC_URL": server.origin + PREFIX,
            "KIE_API_KEY": "sk-bench-calls-77",
            "HAILUO_KEEP": "off",
            "HAILUO_MEASURES": "off",
        }
        give_a_past(folder / "kernel-home", tap.url, tasks=2 * CLIPS, took_s=USUAL_S)
        with real_kernel(folder, folder / "kernel-home", **env) as kernel:
            kernel.load()
            yield kernel, tap


def finishes(server: JupyterServer, folder: Path) -> dict[str, Any]:
    """Return how long it is from a task's end at the service to its clip in the notebook.

    What the service took for its own replies meanwhile is taken off.
    """
    beyond_s = []
    with called_kernel(server, folder) as (kernel, tap):
        for number in range(1 + CLIPS):
            prompt = f"A boat turns for the {number}th time."
            times = Replies(prompt)
            tap.watch = times.note
            kernel.run(f"%%hailuo\n{prompt}")
            shown_s = wait_for_clip(kernel)
            ended_s = ended_at(tap.service, prompt)
            if number:  # the first one proves that callbacks come
                beyond_s.append(shown_s - ended_s - times.own_s(ended_s))
    return {"finish_beyond_p95_s": round(statistics.quantiles(beyond_s, n=20)[-1], 2)}


class Replies:
    """When the service was asked for a task and its clip, and when it had replied."""

    def __init__(self, prompt: str) -> None:
        self._prompt = prompt
        self._asked_s: dict[str, float] = {}
        self._replies: list[tuple[float, float]] = []

    def note(self, seen: Seen) -> bool:
        """Note a moment of a request."""
        if seen.prompt == self._prompt and seen.moment == "asked":
            self._asked_s[seen.call] = time.time()
        elif seen.prompt == self._prompt and seen.moment == "replied":
            self._replies.append((self._asked_s[seen.call], time.time()))
        return True

    def own_s(self, since_s: float) -> float:
        """Return for how long replies were under way since then, seconds."""
        return sum(max(0.0, to - max(since_s, at)) for at, to in self._replies)


def wait_for_clip(kernel: RealKernel) -> float:
    """Hold until the kernel has published a clip for its cell; return when, since the epoch."""
    ends = time.monotonic() + CLIP_TIMEOUT_S
    while time.monotonic() < ends:
        message = kernel.client.get_iopub_msg(timeout=CLIP_TIMEOUT_S)
        shown = message["content"].get("data", {})
        if message["msg_type"] == "update_display_data" and "<video" in shown.get("text/html", ""):
            return time.time()
    raise SystemExit("no clip came")


def ended_at(service: str, prompt: str) -> float:
    """Return when the service had a task's clip, seconds since the epoch."""
    rows = ask_owner(service, "/_sim/ledger")
    (row,) = [row for row in rows if row["input"]["prompt"] == prompt]
    return float(row["completeTime"]) / 1000


def questions(duration_s: float) -> int:
    """Return how often a task is asked for where callbacks come: the net's, and the one woken."""
    asked, at_s = 0, net_delay_s(0.0, duration_s)
    while at_s < duration_s:
        asked += 1
        at_s += net_delay_s(at_s, duration_s)
    return asked + 1


def main() -> None:
    """Measure and print."""
    found = loading() | {"questions_called_180_s": questions(180.0)}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "run").mkdir(mode=0o700)
        for variable in [one for one in os.environ if one.startswith(("HAILUO_", "KIE_"))]:
            del os.environ[variable]
        os.environ |= {"XDG_RUNTIME_DIR": str(folder / "run"), "HOME": name}
        os.environ |= {f"JUPYTER_{one}_DIR": str(folder / one) for one in ("CONFIG", "DATA")}
        os.environ["HAILUO_WEBHOOK_KEY"] = KEY
        with running_server(folder) as server:
            (process,) = psutil.Process().children()
            found["pages_percent"] = pages(server, process)
            found |= asyncio.run(flood(server, process))
            found["woken_p95_s"] = asyncio.run(true_calls(server))
            found |= finishes(server, folder)
    print(json.dumps(found))


if __name__ == "__main__":
    main()

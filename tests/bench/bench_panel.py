"""What the panel costs in a real JupyterLab: ``python -m tests.bench.bench_panel``.

Each round is a fresh kernel on a history of 10,000 tasks. It counts what goes over the
websocket, times what a person waits for, prints one JSON object and judges nothing.
"""

import base64
import io
import json
import os
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import PIL.Image
from playwright.sync_api import Browser, Page, WebSocket

from hailuo_nb.core.request import make_request
from hailuo_nb.core.task import Snapshot
from hailuo_nb.session.simulator_process import restart_simulator, running_simulator
from hailuo_nb.store.history import History
from tests.bench.spread import spread
from tests.lab.notebook import Notebook
from tests.lab.server import Lab, running_lab
from tests.support.browser import running_chromium

TASKS = 10_000
ROUNDS = 5
RUNNING = 100
WATCHED_S = 10
SPEED = 12
"""Slow enough that a hundred clips are under way for all the time that is watched."""
TYPED = "A long walk along the sea, with the wind in the grass and the gulls above it."
SHOWN = """async () => {
  const begin = performance.now();
  window.jupyterapp.commands.execute("notebook:run-cell-and-select-next");
  const isThere = () => document.querySelector(".hailuo-panel")?.checkVisibility();
  while (!isThere()) await new Promise(requestAnimationFrame);
  return performance.now() - begin;
}"""
READY = """async ([zone, name, data]) => {
  const bytes = Uint8Array.from(atob(data), (one) => one.charCodeAt(0));
  const files = new DataTransfer();
  files.items.add(new File([bytes], name, { type: "image/png" }));
  const begin = performance.now();
  const dropped = { bubbles: true, cancelable: true, dataTransfer: files };
  zone.dispatchEvent(new DragEvent("drop", dropped));
  const field = zone.closest("[data-field]");
  while (field.dataset.state !== "filled") await new Promise(requestAnimationFrame);
  return performance.now() - begin;
}"""


class Wire:
    """What went over a page's websockets."""

    def __init__(self, page: Page) -> None:
        self.sent: list[bytes] = []
        self.received: list[tuple[float, bytes]] = []
        page.on("websocket", self._listen)

    def _listen(self, socket: WebSocket) -> None:
        socket.on("framesent", lambda frame: self.sent.append(_bytes(frame)))
        socket.on(
            "framereceived", lambda frame: self.received.append((time.monotonic(), _bytes(frame)))
        )

    def clear(self) -> None:
        """Forget it."""
        self.sent.clear()
        self.received.clear()


def _bytes(frame: str | bytes) -> bytes:
    return frame.encode() if isinstance(frame, str) else frame


def fill(home: Path) -> None:
    """Record ten thousand finished tasks."""
    first = Snapshot(
        id="x",
        state="done",
        request=make_request(prompt="A lone samurai on a jagged peak, a storm of petals."),
        service="simulator",
        created_at=1.79e9,
        submitted_at=1.79e9,
        finished_at=1.79e9 + 151,
        credits=30.0,
    )
    with History(home) as history, history.together():
        for at in range(TASKS):
            made = replace(first, id=f"x{at}", created_at=first.created_at + at)
            history.add(made, folder=home)


def one_round(browser: Browser, lab: Lab, number: int) -> dict[str, float]:
    """Measure one fresh kernel."""
    page = browser.new_page(viewport={"width": 1300, "height": 1000})
    page.set_default_timeout(60_000)
    wire = Wire(page)
    notebook = Notebook(lab, page, f"r{number}.ipynb", ["%load_ext hailuo_nb", "%hailuo", ""])
    notebook.run_next()
    page.wait_for_timeout(1500)  # a person types the next cell
    wire.clear()
    shown_ms = page.evaluate(SHOWN)
    first_kb = sum(len(frame) for _, frame in wire.received) / 1e3
    notebook.wait_idle()
    panel = page.locator(".hailuo-panel")
    prompt = panel.get_by_role("textbox", name="Prompt")
    prompt.click()
    wire.clear()
    prompt.press_sequentially(TYPED)
    typed = len([frame for frame in wire.sent if b'"comm_msg"' in frame])
    panel.get_by_role("button", name="Generate 1 clip").wait_for()
    zone = panel.locator("[data-field=image] .drop").element_handle()
    ready_ms = page.evaluate(READY, [zone, *LARGE])
    page.close()
    lab.end_kernels()
    return {
        "panel_shown_ms": shown_ms,
        "panel_first_kb": first_kb,
        "panel_typing_messages": typed,
        "panel_image_ready_s": ready_ms / 1e3,
    }


def _large() -> list[str]:
    pixels = np.random.default_rng(1).integers(0, 255, (1730, 1730, 3), dtype=np.uint8)
    out = io.BytesIO()
    PIL.Image.fromarray(pixels).save(out, "PNG")
    return ["large.png", base64.b64encode(out.getvalue()).decode()]


LARGE = _large()


def messages_per_s(browser: Browser, lab: Lab) -> float:
    """Return how many messages the panel's page gets in its fullest second."""
    page = browser.new_page(viewport={"width": 1300, "height": 1000})
    wire = Wire(page)
    many = "|".join(f"sea {at}" for at in range(RUNNING))
    make = (
        "import hailuo_nb\npanel = hailuo_nb.panel('{" + many + "}', max_tasks='100',"
        " max_credits='9000')\npanel.generate()\npanel"
    )
    notebook = Notebook(lab, page, "many.ipynb", ["%load_ext hailuo_nb", make])
    notebook.run_next()
    notebook.run_next()
    notebook.wait_idle()
    page.wait_for_timeout(1000)
    wire.clear()
    page.wait_for_timeout(WATCHED_S * 1000)
    told = [(at, one) for at, one in wire.received if b'"comm_msg"' in one]
    times = [at for at, one in told if b'"method"' in one]  # not the kernel's busy and idle
    if len(times) < WATCHED_S / 2:
        raise SystemExit("too little was going on to be measured")
    page.close()
    lab.end_kernels()
    return float(max(sum(1 for one in times if at <= one < at + 1) for at in times))


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        os.environ.update(HAILUO_HOME=str(home), HAILUO_SIMULATOR="on")
        fill(home)
        restart_simulator(home, speed=SPEED)
        (Path(folder) / "lab").mkdir()
        with running_lab(Path(folder) / "lab") as lab, running_chromium() as browser:
            rounds = [one_round(browser, lab, number) for number in range(ROUNDS)]
            fullest = messages_per_s(browser, lab)
        found = running_simulator(home)
        if found is not None:
            found.stop()
    shown = {name: spread([one[name] for one in rounds]) for name in rounds[0]}
    json.dump({**shown, "panel_messages_fullest_s": fullest}, sys.stdout, indent=2)


if __name__ == "__main__":
    main()

"""Make the README's pictures from the code as it is: one experiment that moves, and the panel.

Run ``python -m tests.lab.picture docs/pictures``.

Not a test. A person's first minutes on the simulator in a real JupyterLab: a cell of four clips,
the grid that fills, all of them played, two voted on.
"""

import io
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from playwright.sync_api import Locator, Page, expect

from hailuo_nb.session.simulator_process import restart_simulator, running_simulator
from tests.lab.notebook import Notebook
from tests.lab.server import IS_RESTORED, Lab, running_lab
from tests.lab.test_judge_in_lab import begun, vote
from tests.support.browser import running_chromium

SIZE_PX = {"width": 900, "height": 1000}
WIDTH_PX = 800
LIVE_MS, STEP_MS = 250, 200
POSITIONS = 16
SEEK = """(slider, share) => {
  slider.value = String(share * Number(slider.max));
  slider.dispatchEvent(new Event("input", { bubbles: true }));
}"""
BYTES_MAX = 2_000_000
QUALITIES = (60, 45, 30, 20)
CELLS = [
    "%load_ext hailuo_nb",
    "%%hailuo trial --image sample:peak\n[{Push in|Pan left}] A lone samurai in {mist|snow}.",
    "%hailuo judge trial",
    "",
]  # fmt: skip


class Film:
    """What a notebook showed, picture by picture."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._pictures: list[Image.Image] = []
        self._lasts_ms: list[int] = []

    def take(self, lasts_ms: int) -> None:
        """Take what is seen now, to stand for so long."""
        seen = self._page.locator(".jp-NotebookPanel-notebook:visible").screenshot()
        shot = Image.open(io.BytesIO(seen)).convert("RGB")
        self._pictures.append(shot.resize((WIDTH_PX, round(WIDTH_PX * shot.height / shot.width))))
        self._lasts_ms.append(lasts_ms)

    def until(self, seen: Callable[[], bool]) -> None:
        """Take what is seen, again and again, until that is seen."""
        while not seen():
            self.take(LIVE_MS)
            self._page.wait_for_timeout(LIVE_MS)

    def play(self, slider: Locator) -> None:
        """Take the clips from their start to their end, as the slider shows them."""
        for position_s in range(POSITIONS):
            slider.evaluate(SEEK, position_s / POSITIONS)
            self._page.wait_for_timeout(LIVE_MS)
            self.take(STEP_MS)

    def write(self, path: Path) -> None:
        """Write all of it as one picture that moves, in the best quality that is small enough."""
        for quality in QUALITIES:
            first, *rest = self._pictures
            options = {"duration": self._lasts_ms, "quality": quality, "method": 6, "loop": 0}
            first.save(path, save_all=True, append_images=rest, minimize_size=True, **options)
            if path.stat().st_size < BYTES_MAX:
                return
        raise ValueError(f"{path} has {path.stat().st_size} bytes: film less")


def experiment(lab: Lab, page: Page, path: Path) -> None:
    """Film a cell from its run to the votes on its clips."""
    notebook = Notebook(lab, page, "picture.ipynb", CELLS)
    film = Film(page)
    notebook.run_next()
    film.take(1200)
    notebook.run_next(wait=False)
    grid = notebook.output(1)
    film.until(lambda: grid.locator("video").count() == 4)
    film.take(800)
    film.play(grid.get_by_role("slider").first)
    booth = begun(notebook, 2)
    booth.scroll_into_view_if_needed()
    for number, key in enumerate("abbaa", start=1):
        film.take(700)
        vote(page, booth, key, number)
    page.keyboard.press("e")
    expect(notebook.output(2).locator(".hailuo-votes")).to_be_visible()
    film.take(3500)
    film.write(path)


def panel(lab: Lab, page: Page, path: Path) -> None:
    """Draw the panel with a prompt, beside the clips of the experiment."""
    lab.clear(page)
    page.set_viewport_size({"width": 1400, "height": 1500})
    notebook = Notebook(lab, page, "panel.ipynb", ["%load_ext hailuo_nb", "%hailuo", ""])
    notebook.run_next()
    notebook.run_next()
    shown = notebook.output(1).locator(".hailuo-panel")
    shown.get_by_role("textbox", name="Prompt").fill("[Push in] A fox in {rain|snow}, at dusk.")
    shown.get_by_role("button", name="Samples").first.click()
    shown.get_by_role("menuitem", name="peak").first.click()
    expect(shown.locator("li.tile[data-state=done]")).to_have_count(4)
    page.mouse.move(0, 0)
    expect(shown.get_by_text("1024 x 576")).to_be_visible()
    page.wait_for_timeout(1500)  # for the eye: pictures come, nothing is asserted
    shown.screenshot(path=path)


def main() -> None:
    """Make both pictures in the folder that is named."""
    folder = Path(sys.argv[1])
    with tempfile.TemporaryDirectory() as place:
        home = Path(place) / "home"
        os.environ.update(HAILUO_HOME=str(home), HAILUO_SIMULATOR="on")
        restart_simulator(home, speed=60, size_px=480)
        (Path(place) / "lab").mkdir()
        with running_lab(Path(place) / "lab") as lab, running_chromium() as browser:
            page = browser.new_page(viewport=SIZE_PX)
            page.goto(f"{lab.origin}/lab")
            page.wait_for_function(IS_RESTORED)
            page.evaluate("window.jupyterapp.commands.execute('application:toggle-left-area')")
            experiment(lab, page, folder / "experiment.webp")
            panel(lab, page, folder / "panel.png")
        found = running_simulator(home)
        if found is not None:
            found.stop()


if __name__ == "__main__":
    main()

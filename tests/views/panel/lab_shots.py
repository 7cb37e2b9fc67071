"""Draw the panel in a real JupyterLab to PNG files.

Run ``python -m tests.views.panel.lab_shots OUTDIR``.

Not a test. A person's way through it on the simulator, each stop at three widths in three
themes: nothing yet, composed, under way, done, two compared, gone on from the last frame.
"""

import os
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from hailuo_nb.session.simulator_process import restart_simulator, running_simulator
from tests.lab.notebook import Notebook
from tests.lab.server import running_lab
from tests.support.browser import running_chromium

WIDTHS_PX = (560, 960, 1440)
"""Of the window; the notebook's margins take about 160 px of it."""

THEMES = {
    "light": "JupyterLab Light",
    "dark": "JupyterLab Dark",
    "contrast": "JupyterLab Dark High Contrast",
}
PROMPT = "[{Push in|Pan left|Static shot}] A lone samurai on a jagged peak, a storm of petals."


def draw(notebook: Notebook, panel: Locator, folder: Path, state: str) -> None:
    """Draw one state in every width and theme; end as it began."""
    page = notebook.page
    for theme, name in THEMES.items():
        notebook.theme(name)
        for width_px in WIDTHS_PX:
            page.set_viewport_size({"width": width_px, "height": 1100})
            panel.scroll_into_view_if_needed()
            page.wait_for_timeout(400)  # for the eye: pictures come, nothing is asserted
            panel.screenshot(path=folder / f"{state}-{theme}-{width_px}.png")
    notebook.theme(THEMES["light"])
    page.set_viewport_size({"width": WIDTHS_PX[-1], "height": 1100})


def walk(notebook: Notebook, folder: Path, home: Path) -> None:
    """Go through the panel as a person would."""
    notebook.page.evaluate(
        "() => window.jupyterapp.commands.execute('application:toggle-left-area')"
    )
    notebook.run_next()
    notebook.run_next()
    panel = notebook.output(1).locator(".hailuo-panel")
    expect(panel).to_be_visible()
    draw(notebook, panel, folder, "1-empty")
    panel.get_by_role("textbox", name="Prompt").fill(PROMPT)
    panel.get_by_role("button", name="Samples").first.click()
    panel.get_by_role("menuitem", name="peak").first.click()
    expect(panel.get_by_text("1024 x 576")).to_be_visible()
    expect(panel.get_by_role("button", name="Generate 3 clips")).to_be_visible()
    draw(notebook, panel, folder, "2-composed")
    panel.get_by_role("button", name="Generate 3 clips").click()
    expect(panel.locator("li.tile")).to_have_count(3)
    draw(notebook, panel, folder, "3-under-way")
    restart_simulator(home, speed=200)
    expect(panel.locator("li.tile[data-state=done]")).to_have_count(3, timeout=90_000)
    draw(notebook, panel, folder, "4-done")
    for tile in panel.locator("li.tile").all()[:2]:
        tile.get_by_role("checkbox").check()
    panel.get_by_role("button", name="Compare 2").click()
    expect(panel.locator(".hailuo-compare video")).to_have_count(2)
    draw(notebook, panel, folder, "5-compared")
    notebook.page.keyboard.press("Escape")
    goes_on(notebook.page, panel)
    draw(notebook, panel, folder, "6-goes-on")


def goes_on(page: Page, panel: Locator) -> None:
    """Let the last frame of a clip be the next one's start."""
    tile = panel.locator("li.tile").first
    tile.hover()
    tile.get_by_role("button", name="Go on from the last frame").click()
    expect(panel.get_by_text("The last frame of")).to_be_visible()
    page.mouse.move(0, 0)


def main() -> None:
    """Draw into the folder that is named."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        home = Path(place) / "home"
        os.environ.update(HAILUO_HOME=str(home), HAILUO_SIMULATOR="on")
        restart_simulator(home, speed=4)
        (Path(place) / "lab").mkdir()
        with running_lab(Path(place) / "lab") as lab, running_chromium() as browser:
            page = browser.new_page(viewport={"width": WIDTHS_PX[-1], "height": 1100})
            cells = ["%load_ext hailuo_nb", "%hailuo", ""]
            walk(Notebook(lab, page, "panel.ipynb", cells), folder, home)
        found = running_simulator(home)
        if found is not None:
            found.stop()


if __name__ == "__main__":
    main()

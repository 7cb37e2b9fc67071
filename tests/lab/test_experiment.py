"""An experiment in a real JupyterLab: filled live, tried again in place, compared for good."""

from pathlib import Path

import nbformat
from playwright.sync_api import Locator, Page, expect

from hailuo_nb.session.simulator_process import running_simulator
from tests.lab.notebook import PLAY, Notebook
from tests.lab.server import Lab
from tests.simulator.owner import ask_owner

CELL = "%%hailuo trial --image sample:peak --optimizer off\n[{Push in|Pull out}] A {calm|wild} sea."
FAULTS = "--fault fail-moderation=#2 --fault stuck-waiting=#4"
LOAD = f"%load_ext hailuo_nb\n%hailuo simulator --speed 60 --size 160 {FAULTS}"
SETTLED = "div.hailuo-grid"


def test_a_grid_fills_is_tried_again_and_compares(page: Page, lab: Lab, home: Path) -> None:
    """One output: live cells, a failure with its button, then a player that needs no kernel."""
    notebook = Notebook(lab, page, "trial.ipynb", [LOAD, CELL])
    notebook.run_next()
    notebook.run_next()
    output = notebook.output(1)
    again = output.get_by_role("button", name="Try again (30 simulated credits)")
    expect(again).to_be_visible(timeout=60_000)
    again.click()
    expect(again).to_have_count(0)
    expect(output.get_by_text("3 of 4 done").first).to_be_visible(timeout=60_000)
    live = output.locator(".hailuo-live-grid video").first
    assert live.evaluate(PLAY)[0] == 1  # what is done plays while another is still made
    output.get_by_role("button", name="Tell me when done").click()
    page.evaluate("() => { document.hasFocus = () => false; }")  # the person is elsewhere
    play_no_faults(home)
    grid = output.locator(SETTLED)
    expect(grid.locator("video")).to_have_count(4, timeout=60_000)
    notebook.wait_idle()
    comes_back(page)
    stands_otherwise(grid)
    plays_together(grid)
    wipes(page, grid)
    saved = notebook.save()
    assert "widget-view" not in str(saved.cells[1].outputs)
    assert len(nbformat.writes(saved)) < 4 * 60_000
    lab.end_kernels()
    lab.open(page, notebook.untrusted_copy())
    plain = page.locator(SETTLED)
    expect(plain.locator("video[controls]")).to_have_count(4)
    expect(plain.get_by_role("group", name="All clips together")).to_have_count(0)
    expect(plain.get_by_text("Push in · wild").first).to_be_visible()


def comes_back(page: Page) -> None:
    """Find the tab marked, and the mark gone as the page is looked at."""
    marked = "() => document.title.startsWith('✓ ')"
    page.wait_for_function(marked)
    page.evaluate("() => { delete document.hasFocus; window.dispatchEvent(new Event('focus')); }")
    page.wait_for_function(f"() => !({marked})()")


def stands_otherwise(grid: Locator) -> None:
    """Swap rows and columns of what is saved, and back."""
    heads, swap = grid.get_by_role("columnheader"), grid.get_by_role("button", name="Swap rows")
    before = heads.all_text_contents()
    swap.press("Enter")
    expect(grid.get_by_role("rowheader").first).to_contain_text(before[0])
    swap.press("Enter")
    expect(heads).to_have_text(before)


def play_no_faults(home: Path) -> None:
    """Let the simulator finish what it holds back."""
    simulator = running_simulator(home)
    assert simulator is not None
    ask_owner(simulator.url, "/_sim/faults", {"faults": []}, token=simulator.token)


def plays_together(grid: Locator) -> None:
    """Play, pause and scrub from the one toolbar: all clips are where the slider says."""
    grid.get_by_role("button", name="Play").click()
    grid.page.wait_for_function(
        """(root) => {
          const times = [...root.querySelectorAll("video")].map((video) => video.currentTime);
          return Math.min(...times) > 0.2 && Math.max(...times) - Math.min(...times) < 0.25;
        }""",
        arg=grid.element_handle(),
    )
    grid.get_by_role("button", name="Pause").click()
    grid.get_by_role("slider", name="Time of all clips").fill("3")
    grid.page.wait_for_function(
        "(root) => [...root.querySelectorAll('video')]"
        ".every((video) => !video.seeking && Math.abs(video.currentTime - 3) < 0.05)",
        arg=grid.element_handle(),
    )
    grid.get_by_role("button", name="Next frame").click()
    grid.page.wait_for_function(
        "(root) => [...root.querySelectorAll('video')]"
        ".every((video) => !video.seeking && video.currentTime > 3)",
        arg=grid.element_handle(),
    )


def wipes(page: Page, grid: Locator) -> None:
    """Two clips lie over each other, and the divider follows the keyboard."""
    grid.get_by_role("button", name="Wipe").click()
    divider = grid.get_by_role("slider", name="Divider between")
    expect(divider).to_be_visible()
    before = divider.get_attribute("aria-valuenow")
    divider.focus()
    page.keyboard.press("ArrowRight")
    expect(divider).not_to_have_attribute("aria-valuenow", str(before))
    page.keyboard.press("Escape")
    expect(divider).to_have_count(0)

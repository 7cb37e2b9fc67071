"""Where HTML does not take a live view's place: output widgets, and a kernel that has gone."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from hailuo_nb.session.simulator_process import restart_simulator
from tests.lab.conftest import SIZE_PX, SPEED
from tests.lab.notebook import PLAY, Notebook
from tests.lab.server import Lab

SHOW = """
import ipywidgets, hailuo_nb
from IPython.display import display
out = ipywidgets.Output()
with out:
    display(hailuo_nb.generate({prompt!r}, {more}))
"""
PLAYS_ON = """([video, time]) => !video.paused && video.currentTime !== time
  && Math.abs(video.playbackRate - 0.5) < 0.1"""
"""Whether it goes on at half speed, give or take what keeps clips in step."""

RESTART = """async () => {
  await window.jupyterapp.shell.currentWidget.context.sessionContext.session.kernel.restart();
}"""
RECONNECT = """async () => {
  await window.jupyterapp.shell.currentWidget.context.sessionContext.session.kernel.reconnect();
}"""
PLACES = {
    "output": "out",
    "tab": "ipywidgets.Tab([out], titles=['clip'])",
    "button": """
button = ipywidgets.Button(description="Make")
button.on_click(out.capture()(lambda _: display(hailuo_nb.generate("A second boat."))))
ipywidgets.VBox([button, out])""",
}


@pytest.mark.matrix
@pytest.mark.parametrize(
    "place",
    ["output", *(pytest.param(place, marks=pytest.mark.matrix) for place in ("tab", "button"))],
)
def test_a_finished_card_stays_in_an_output_widget(page: Page, lab: Lab, place: str) -> None:
    """It becomes the clip where it stands, plays there, and is there after a reload."""
    show = SHOW.format(prompt=f"A paper boat, {place}.", more="")
    notebook = Notebook(lab, page, f"{place}.ipynb", ["%load_ext hailuo_nb", show + PLACES[place]])
    notebook.run_next()
    notebook.run_next()
    out = notebook.output(1)
    if place == "button":
        out.get_by_role("button", name="Make").click()
        expect(out.locator("section.hailuo-live")).to_have_count(2)
    card = out.locator("section.hailuo-live[data-state=done]").first
    video = card.locator("video")
    expect(video).to_be_visible(timeout=60_000)
    expect(card.get_by_text("Done in")).to_be_visible()
    assert video.evaluate(PLAY)[0] == 1
    expect(card.get_by_role("link", name="Download MP4")).to_be_visible()
    expect(card.get_by_role("button", name="Next frame")).to_be_visible()


@pytest.mark.matrix
def test_a_grid_stays_in_an_output_widget(page: Page, lab: Lab) -> None:
    """All its clips are there and play together."""
    show = SHOW.format(prompt="A paper boat in {rain | fog}.", more="")
    notebook = Notebook(lab, page, "grid-out.ipynb", ["%load_ext hailuo_nb", show + "out"])
    notebook.run_next()
    notebook.run_next()
    grid = notebook.output(1).locator(".hailuo-live-grid")
    expect(grid.locator("video")).to_have_count(2, timeout=60_000)
    expect(grid.get_by_text("2 of 2 done").first).to_be_visible()
    grid.get_by_role("button", name="Play", exact=True).click()
    page.wait_for_function(
        "() => [...document.querySelectorAll('.hailuo-live-grid video')]"
        ".every((video) => !video.paused && video.currentTime > 0.1)"
    )


@pytest.mark.matrix
def test_a_finished_card_in_an_output_is_there_after_a_reload(page: Page, lab: Lab) -> None:
    """A page that opens anew asks the kernel for the picture that no model holds."""
    show = SHOW.format(prompt="A paper kite.", more="image='sample:peak'")
    notebook = Notebook(lab, page, "reload.ipynb", ["%load_ext hailuo_nb", show + "out"])
    notebook.run_next()
    notebook.run_next()
    video = notebook.output(1).locator("section.hailuo-live[data-state=done] video")
    expect(video).to_be_visible(timeout=60_000)
    notebook.save()
    lab.open(page, "reload.ipynb")
    notebook.wait_idle()
    again = notebook.output(1).locator("section.hailuo-live video")
    expect(again).to_be_visible(timeout=60_000)
    expect(again).to_have_attribute("poster", re.compile("^data:image/jpeg"))


LOAD = "%load_ext hailuo_nb\n%hailuo simulator --speed 60 --size 160 --fault stuck-waiting=#3"
GRID = "%%hailuo\nA {} over {{sand | snow | grass}}."


def plays_on(page: Page, video: Locator) -> None:
    """Hold until a clip goes on from where it is; one that was taken away never does."""
    handle = video.element_handle()
    time_s = video.evaluate("(video) => video.currentTime")
    page.wait_for_function(PLAYS_ON, arg=[handle, time_s], timeout=60_000)


@pytest.mark.matrix
def test_what_plays_goes_on_when_the_last_clip_lands(page: Page, lab: Lab, home: Path) -> None:
    """Nothing takes the place of clips that play; once they rest, the notebook gets its HTML."""
    notebook = Notebook(lab, page, "plays.ipynb", [LOAD, GRID.format("kite")])
    notebook.run_next()
    notebook.run_next()
    output = notebook.output(1)
    expect(output.locator(".hailuo-live-grid video")).to_have_count(2, timeout=60_000)
    output.get_by_label("Speed").select_option("0.5")
    loop = output.get_by_role("button", name="Loop")
    expect(loop).to_have_attribute("aria-pressed", "true")  # the third may take its time
    output.get_by_role("button", name="Play", exact=True).click()
    video = output.locator(".hailuo-live-grid video").first
    plays_on(page, video)
    notebook.wait_idle()
    restart_simulator(home, speed=SPEED, size_px=SIZE_PX)
    expect(output.get_by_text("3 of 3 done").first).to_be_visible(timeout=60_000)
    plays_on(page, video)
    output.get_by_role("button", name="Pause", exact=True).click()
    expect(output.locator("div.hailuo-grid video")).to_have_count(3)
    expect(output.locator(".hailuo-live-grid")).to_have_count(0)
    assert output.get_by_label("Speed").input_value() == "0.5"


@pytest.mark.matrix
def test_a_wait_puts_the_saved_grid_where_the_live_one_played(
    page: Page, lab: Lab, home: Path
) -> None:
    """A cell that waits saves at once: its clips go on from where they were."""
    notebook = Notebook(lab, page, "waits.ipynb", [LOAD, GRID.format("gull"), "%hailuo wait"])
    notebook.run_next()
    notebook.run_next()
    output = notebook.output(1)
    expect(output.locator(".hailuo-live-grid video")).to_have_count(2, timeout=60_000)
    notebook.run_next(wait=False)
    output.get_by_role("button", name="Play", exact=True).click()
    restart_simulator(home, speed=SPEED, size_px=SIZE_PX)
    expect(output.locator("div.hailuo-grid video")).to_have_count(3, timeout=60_000)
    page.wait_for_function(
        "() => [...document.querySelectorAll('div.hailuo-grid video')]"
        ".every((video) => !video.paused && video.currentTime > 0)"
    )


@pytest.mark.matrix
@pytest.mark.parametrize("cell", ["%%hailuo\nA boat.", "%%hailuo\nA boat in {rain | fog}."])
def test_a_live_view_says_that_its_kernel_has_gone(page: Page, lab: Lab, cell: str) -> None:
    """Within seconds of a restart it says so, itself or what heals it; nothing is left to press."""
    load = "%load_ext hailuo_nb\n%hailuo simulator --fault stuck-waiting"
    notebook = Notebook(lab, page, "gone.ipynb", [load, cell])
    notebook.run_next()
    notebook.run_next()
    output = notebook.output(1)
    expect(output.locator(".clock").first).to_be_visible(timeout=60_000)
    page.evaluate(RESTART)
    said = re.compile("The kernel was restarted or has ended|Its kernel has gone")
    expect(output.get_by_text(said).filter(visible=True).first).to_be_visible()
    expect(output.get_by_role("button", name="Stop watching")).to_have_count(0)


@pytest.mark.matrix
def test_a_connection_that_comes_back_ends_nothing(page: Page, lab: Lab) -> None:
    """A card whose page lost its kernel for a moment goes on, and can be stopped."""
    load = "%load_ext hailuo_nb\n%hailuo simulator --fault stuck-waiting"
    notebook = Notebook(lab, page, "back.ipynb", [load, "%%hailuo\nA barge."])
    notebook.run_next()
    notebook.run_next()
    card = notebook.output(1).locator("section.hailuo-live")
    expect(card.locator(".clock")).to_be_visible(timeout=60_000)
    page.evaluate(RECONNECT)
    notebook.wait_idle()
    expect(card.get_by_text("The kernel was restarted")).to_have_count(0)
    card.get_by_role("button", name="Stop watching").click()
    expect(notebook.output(1).get_by_text("it may still finish").first).to_be_visible()

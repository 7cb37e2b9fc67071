"""The panel as a person uses it, in a real JupyterLab: nothing typed into a cell but %hailuo."""

import base64
import io
import re

import nbformat
import PIL.Image
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.lab.conftest import NOTEBOOK_ERRORS
from tests.lab.notebook import Notebook
from tests.lab.server import Lab
from tests.support.browser import open_page
from tests.views.panel.gallery_page import in_sight

LOAD = "%load_ext hailuo_nb"
DROP = """async (zone, [name, data]) => {
  const bytes = Uint8Array.from(atob(data), (one) => one.charCodeAt(0));
  const files = new DataTransfer();
  files.items.add(new File([bytes], name, { type: "image/png" }));
  const carried = { bubbles: true, cancelable: true, dataTransfer: files };
  for (const type of ["dragenter", "dragover", "drop"]) {
    zone.dispatchEvent(new DragEvent(type, carried));
  }
}"""
UNTIL_CLICKED = """from pathlib import Path
import time
print("It runs.", flush=True)
while not Path("clicked").exists():
    time.sleep(0.05)"""
PLAYS = "(video) => video.readyState > 2 && video.currentTime > 0.1"


def a_picture() -> list[str]:
    """Return the name and bytes of an upright image, as a page is handed them."""
    out = io.BytesIO()
    PIL.Image.new("RGB", (540, 960), (200, 90, 40)).save(out, "PNG")
    return ["my photo.png", base64.b64encode(out.getvalue()).decode()]


def compose(panel: Locator, where: str) -> None:
    """Click a camera, type, drop an image: what the button says follows."""
    prompt = panel.get_by_role("textbox", name="Prompt")
    prompt.click()
    panel.get_by_role("button", name="Push in", exact=True).click()
    prompt.press_sequentially("A {calm|wild} " + where)
    expect(prompt).to_have_value("[Push in] A {calm|wild} " + where)
    panel.locator("[data-field=image] .drop").evaluate(DROP, a_picture())
    expect(panel.get_by_text("540 x 960 · 9:16")).to_be_visible()
    expect(panel.get_by_text("Makes 2 prompts")).to_be_visible()
    panel.get_by_role("button", name="512P").click()


def makes_two_clips(panel: Locator, where: str) -> Locator:
    """Generate names the price, and both clips are followed to their end."""
    panel.get_by_role("button", name="Generate 2 clips, 24 credits").dblclick()
    tiles = panel.locator("li.tile", has_text=where)
    expect(tiles).to_have_count(2)
    expect(panel.locator("li.tile[data-state=done]", has_text=where)).to_have_count(
        2, timeout=60_000
    )
    expect(panel.get_by_role("button", name="Show 2 clips, free")).to_be_visible()
    return tiles


@pytest.mark.parametrize("app", ["lab", "notebook"])
def test_a_person_makes_compares_and_goes_on(browser: Browser, lab: Lab, app: str) -> None:
    """Drop, click, generate, watch, compare, go on from the last frame."""
    with open_page(browser, foreign=NOTEBOOK_ERRORS) as page:
        page.emulate_media(reduced_motion="reduce")  # no clip shows itself unasked
        makes_compares_and_goes_on(page, lab, app)


def makes_compares_and_goes_on(page: Page, lab: Lab, app: str) -> None:
    """Do it in one of the two applications."""
    notebook = Notebook(lab, page, f"{app}.ipynb", [LOAD, "%hailuo", ""], app=app)
    notebook.run_next()
    notebook.run_next()
    panel = notebook.output(1).locator(".hailuo-panel")
    expect(panel).to_be_visible()
    compose(panel, where := f"sea in {app}")
    tiles = makes_two_clips(panel, where)
    tiles.last.get_by_role("button", name=re.compile("^Play ")).click()
    page.wait_for_function(PLAYS, arg=tiles.locator("video").element_handle())
    compares(page, panel, tiles)
    tiles.first.hover()
    tiles.first.get_by_role("button", name="Go on from the last frame").click()
    expect(panel.get_by_text("The last frame of")).to_be_visible()
    panel.get_by_role("textbox", name="Prompt").fill(f"It goes on in {app}.")
    panel.get_by_role("button", name="Generate 1 clip, 12 credits").click()
    next_one = panel.locator("li.tile[data-state=done]", has_text=f"It goes on in {app}.")
    expect(next_one).to_have_count(1, timeout=60_000)


def compares(page: Page, panel: Locator, tiles: Locator) -> None:
    """Two clips that are picked play together in the panel."""
    for tile in tiles.all():
        tile.get_by_role("checkbox").check()
    button = panel.get_by_role("button", name="Compare 2")
    in_sight(page, button)
    button.click()
    comparison = panel.locator(".hailuo-compare")
    comparison.get_by_role("button", name="Play", exact=True).click()
    for video in comparison.locator("video").all():
        page.wait_for_function(PLAYS, arg=video.element_handle())
    page.keyboard.press("Escape")
    expect(comparison).to_have_count(0)


@pytest.mark.matrix
def test_the_panel_comes_back_and_leaves_a_picture(page: Page, lab: Lab) -> None:
    """After a reload it is alive as it was; without a kernel a light picture of it stays."""
    first_cell = "import hailuo_nb\npanel = hailuo_nb.panel()\npanel"
    cells = [LOAD, first_cell, "panel", "print(panel.prompt)"]
    notebook = Notebook(lab, page, "back.ipynb", cells)
    notebook.run_next()
    notebook.run_next()
    notebook.run_next()
    first, second = (notebook.output(at).locator(".hailuo-panel") for at in (1, 2))
    first.get_by_role("textbox", name="Prompt").fill("A quiet harbour.")
    expect(second.get_by_role("textbox", name="Prompt")).to_have_value("A quiet harbour.")
    second.get_by_role("button", name="10 s", exact=True).click()
    expect(first.get_by_role("button", name="Generate 1 clip, 50 credits")).to_be_visible()
    first.get_by_role("button", name="Generate 1 clip, 50 credits").click()
    made = second.locator("li.tile[data-state=done]", has_text="A quiet harbour.")
    expect(made).to_have_count(1, timeout=60_000)
    notebook.run(3)
    expect(notebook.output(3)).to_contain_text("A quiet harbour.")
    page.wait_for_function("() => !document.activeElement.closest('.hailuo-panel')")
    saved = settled(notebook)
    assert "widget-view" not in str(saved.cells[1].outputs)
    assert len(nbformat.writes(saved)) < 120_000
    lab.open(page, "back.ipynb")
    expect(first.get_by_role("textbox", name="Prompt")).to_have_value("A quiet harbour.")
    expect(made).to_have_count(1)
    lab.end_kernels()
    lab.open(page, notebook.untrusted_copy())
    expect(page.get_by_text("Video panel").first).to_be_visible()
    expect(page.get_by_text("duration 10").first).to_be_visible()
    expect(page.get_by_text("model not found")).to_have_count(0)
    assert page.locator(".hailuo-panel").count() == 0


def settled(notebook: Notebook) -> nbformat.NotebookNode:
    """Save once the picture in the output tells of the clip."""
    notebook.page.wait_for_function(
        "() => JSON.stringify(window.jupyterapp.shell.currentWidget.context.model.toJSON())"
        ".includes('Video panel: A quiet harbour.\\\\n')"
    )
    return notebook.save()


@pytest.mark.matrix
def test_enter_begins_a_new_line(page: Page, lab: Lab) -> None:
    """A second prompt is typed as a person would, and the panel lists both."""
    notebook = Notebook(lab, page, "lines.ipynb", [LOAD, "%hailuo", ""])
    notebook.run_next()
    notebook.run_next()
    panel = notebook.output(1).locator(".hailuo-panel")
    panel.get_by_role("textbox", name="Prompt").click()
    for key in ("a", "Enter", "-", "-", "-", "Shift+Enter", "b"):
        page.keyboard.press(key)
    expect(panel.get_by_role("textbox", name="Prompt")).to_have_value("a\n---\nb")
    expect(panel.get_by_text("Makes 2 prompts")).to_be_visible()


END = """async (how) => {
  const { sessionContext } = window.jupyterapp.shell.currentWidget.context;
  if (how === "restarted") await sessionContext.session.kernel.restart();
  else await sessionContext.shutdown();
}"""


@pytest.mark.matrix
@pytest.mark.parametrize("how", ["restarted", "ended"])
def test_without_its_kernel_the_panel_says_so(page: Page, lab: Lab, how: str) -> None:
    """After a restart typing gives the true reason; nothing stands for the new prompt."""
    notebook = Notebook(lab, page, f"{how}.ipynb", [LOAD, "%hailuo", ""])
    notebook.run_next()
    notebook.run_next()
    panel = notebook.output(1).locator(".hailuo-panel")
    panel.get_by_role("textbox", name="Prompt").fill("Before the end.")
    expect(panel.get_by_role("button", name="Generate 1 clip")).to_be_visible()
    page.evaluate(END, how)
    panel.get_by_role("textbox", name="Prompt").fill("After the end.")
    panel.get_by_role("textbox", name="Prompt").press("Control+Enter")
    expect(panel.locator(".told")).to_have_text(re.compile("^The kernel was restarted or has"))
    expect(panel.locator("button.go")).to_have_text("Generate …")
    expect(panel.locator(".told")).to_contain_text("run %hailuo again")


HELD_ANSWER = """import threading
from hailuo_nb.notebook.panel import handlers
handlers.ANSWERS["generate"] = lambda *_: threading.Event().wait(600)"""


@pytest.mark.matrix
def test_a_click_that_no_kernel_answers_ends_in_words(page: Page, lab: Lab) -> None:
    """The kernel is restarted before it answers: "Sending" ends, and so does every other wait."""
    notebook = Notebook(lab, page, "unanswered.ipynb", [LOAD, HELD_ANSWER, "%hailuo"])
    for _ in range(3):
        notebook.run_next()
    panel = notebook.output(2).locator(".hailuo-panel")
    panel.get_by_role("textbox", name="Prompt").fill("Nobody answers.")
    expect(panel.get_by_role("button", name="Generate 1 clip")).to_be_visible()
    panel.locator("button.go").click()
    expect(panel.locator("button.go")).to_have_text("Sending…")
    page.evaluate(END, "restarted")
    expect(panel.locator(".told")).to_contain_text("before it answered")
    expect(panel.locator("button.go")).not_to_have_text("Sending…")


BROKEN_ANSWERS = """from hailuo_nb.notebook.panel import handlers
def interrupted(*_):
    raise KeyboardInterrupt
handlers.ANSWERS["copy"] = interrupted
handlers.ANSWERS["sources"] = lambda *_: 1 / 0"""


@pytest.mark.matrix
def test_an_interrupt_and_a_fault_are_answered_without_a_traceback(page: Page, lab: Lab) -> None:
    """Both end the waiting in words; the notebook has no line of either, and the panel goes on."""
    notebook = Notebook(lab, page, "faults.ipynb", [LOAD, BROKEN_ANSWERS, "%hailuo"])
    for _ in range(3):
        notebook.run_next()
    panel = notebook.output(2).locator(".hailuo-panel")
    panel.get_by_role("textbox", name="Prompt").fill("A calm sea.")
    expect(panel.get_by_role("button", name="Generate 1 clip")).to_be_visible()
    panel.get_by_role("button", name="From the notebook").first.click()
    expect(panel.get_by_text("A fault of hailuo_nb (ZeroDivisionError) stopped")).to_be_visible()
    page.keyboard.press("Escape")
    panel.get_by_role("button", name="Copy as cell").click()
    expect(panel.locator(".told")).to_have_text(re.compile("^This was interrupted[.]"))
    panel.get_by_role("textbox", name="Prompt").fill("A {calm|far} sea.")
    expect(panel.get_by_role("button", name="Generate 2 clips")).to_be_visible()
    outputs = str([cell.outputs for cell in notebook.save().cells])
    assert "Traceback" not in outputs
    assert "ZeroDivisionError" not in outputs


@pytest.mark.matrix
def test_typing_and_clicking_are_told_once(page: Page, lab: Lab) -> None:
    """Typing without a rest is a message or two; clicks on a busy kernel make one task."""
    frames: list[str | bytes] = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda one: frames.append(one)))
    count = "print('tasks:', len(hailuo_nb.api.session().tasks))"
    cells = [LOAD, "%hailuo", UNTIL_CLICKED, f"import hailuo_nb.api\n{count}"]
    notebook = Notebook(lab, page, "busy.ipynb", cells)
    notebook.run_next()
    notebook.run_next()
    panel = notebook.output(1).locator(".hailuo-panel")
    prompt = panel.get_by_role("textbox", name="Prompt")
    prompt.click()
    notebook.wait_idle()
    frames.clear()
    prompt.press_sequentially("A long walk along the sea, with the wind in the grass and gulls.")
    generate = panel.get_by_role("button", name="Generate 1 clip")
    expect(generate).to_be_visible()
    assert len([frame for frame in frames if b"comm_msg" in _bytes(frame)]) <= 6
    prompt.fill("")
    expect(generate).to_have_count(0)
    prompt.fill("A busy harbour.")
    expect(generate).to_be_visible()
    clicks_while_a_cell_runs(notebook, generate)
    expect(panel.locator("li.tile", has_text="A busy harbour.")).to_have_count(1, timeout=60_000)
    notebook.wait_idle()
    notebook.run(3)
    expect(notebook.output(3)).to_contain_text("tasks: 1")


def _bytes(frame: str | bytes) -> bytes:
    return frame.encode() if isinstance(frame, str) else frame


def clicks_while_a_cell_runs(notebook: Notebook, generate: Locator) -> None:
    """Start the cell that ends after the clicks; click and press keys without patience."""
    notebook.run(2, wait=False)
    expect(notebook.output(2)).to_contain_text("It runs.")
    generate.dblclick()
    for _ in range(3):
        notebook.page.keyboard.press("Control+Enter")
    (notebook.lab.root / "clicked").touch()

"""The promise in one notebook: a live card while a cell blocks, then the clip, for good."""

from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import Page, expect

from hailuo_nb.session.simulator_process import restart_simulator
from tests.lab.conftest import SPEED
from tests.lab.notebook import PLAY, Notebook, clip_of
from tests.lab.server import Lab
from tests.lab.test_experiment import play_no_faults

BLOCK = "import time\nfor _ in range(1000):\n    time.sleep(0.1)\n    if one.state == 'done': break"
HOSTILE = '<script>window.__bad = 1</script> "quoted" & \U0001f409 \u05e9\u05dc\u05d5\u05dd'


def test_a_card_lives_while_a_cell_blocks_and_stays(page: Page, lab: Lab, home: Path) -> None:
    """The card changes while the kernel is blocked, plays, and survives everything."""
    # Clips of the size that people see; none is made before the live card was seen.
    restart_simulator(home, speed=SPEED, faults=["stuck-waiting"])
    cells = ["%load_ext hailuo_nb", f"%%hailuo one --image sample:peak\n{HOSTILE}", BLOCK]
    notebook = Notebook(lab, page, "first.ipynb", cells)
    notebook.run_next()
    notebook.run_next()
    card = notebook.output(1)
    expect(card.get_by_text("SIMULATED", exact=True)).to_be_visible()
    expect(card.get_by_role("button", name="Stop watching")).to_be_visible()
    notebook.run_next(wait=False)
    play_no_faults(home)
    video = card.locator("figure.hailuo-card video")
    expect(video).to_be_visible(timeout=60_000)
    notebook.wait_idle()
    expect(card.get_by_text(HOSTILE)).to_be_visible()
    position, width = video.evaluate(PLAY)
    assert (position, width) == (1, 640)
    assert page.evaluate("() => window.__bad") is None
    saved = notebook.save()
    assert "widget-view" not in str(saved.cells[1].outputs)
    assert len(nbformat.writes(saved)) < 60_000
    assert clip_of(saved, lab.root).is_file()
    lab.end_kernels()
    lab.open(page, notebook.untrusted_copy())
    stays_without_trust_and_kernel(page)


def stays_without_trust_and_kernel(page: Page) -> None:
    """See what nobody ever trusted: poster and prompt show, the clip plays."""
    card = page.locator("figure.hailuo-card")
    expect(card.get_by_text(HOSTILE)).to_be_visible()
    expect(card.get_by_text("SIMULATED", exact=True)).to_be_visible()
    video = card.locator("video")
    assert (video.get_attribute("poster") or "").startswith("data:image/jpeg;base64,")
    assert video.evaluate(PLAY)[0] == 1
    expect(page.locator("figure.hailuo-card + script")).to_have_count(0)
    assert page.evaluate("() => window.__bad") is None


@pytest.mark.matrix
def test_stop_watching_says_that_it_is_not_the_end(page: Page, lab: Lab) -> None:
    """The button ends the watching, and the card says how to look again."""
    load = "%load_ext hailuo_nb\n%hailuo simulator --fault stuck-waiting"
    cells = [load, "%%hailuo two\nA quiet harbour at night."]
    notebook = Notebook(lab, page, "stop.ipynb", cells)
    notebook.run_next()
    notebook.run_next()
    card = notebook.output(1)
    sent = ":is([data-state=queued], [data-state=generating])"
    expect(card.locator(f"section.hailuo-live{sent}")).to_be_visible()
    card.get_by_role("button", name="Stop watching").click()
    expect(card.get_by_text("it may still finish").first).to_be_visible()
    expect(card.get_by_text("%hailuo resume").first).to_be_visible()

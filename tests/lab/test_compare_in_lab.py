"""The comparison in a real JupyterLab: played by its keys, and plain where nobody trusts it."""

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from hailuo_nb.core.rating import Rating, with_tag
from hailuo_nb.store.history import History
from hailuo_nb.views.compare.compare import comparison_html
from tests.lab.notebook import PLAY, Notebook, saved_notebook
from tests.lab.server import Lab
from tests.views.comparing import button, found, until
from tests.views.reels import reel, write_reels

SHOW = "from IPython.display import HTML, display\ndisplay(HTML(open('compare.html').read()))"


def made_html(lab: Lab) -> str:
    """Write three clips where notebooks keep them, and return their comparison."""
    folder = lab.root / "hailuo_videos"
    folder.mkdir(exist_ok=True)
    write_reels(folder)
    return comparison_html([reel(clip, folder="hailuo_videos") for clip in ("a", "b", "short")])


def shown(page: Page, lab: Lab, name: str) -> Notebook:
    """Run a cell that shows a comparison, in a notebook of this name."""
    (lab.root / "compare.html").write_text(made_html(lab), encoding="utf-8")
    notebook = Notebook(lab, page, name, [SHOW, "1 + 1", "2 + 2"])
    notebook.run_next()
    expect(notebook.output(0).locator(".tools")).to_be_visible()
    return notebook


def press_stage(root: Locator, x_share: float) -> None:
    """Press the mouse in the picture of the wipe, at a share of its width."""
    box = root.locator(".stage").bounding_box()
    assert box is not None
    root.page.mouse.click(box["x"] + box["width"] * x_share, box["y"] + 40)


@pytest.mark.matrix
def test_a_comparison_plays_scrubs_and_wipes(page: Page, lab: Lab) -> None:
    """Buttons and keys work, and JupyterLab acts on none of the keys."""
    notebook = shown(page, lab, "compare.ipynb")
    root = notebook.output(0).locator(".hailuo-compare")
    button(root, "Play").click()
    until(page, "playing.length === 3 && Math.min(...times) > 0.2 && spread < 1 / 24")
    root.locator("video").first.click()
    until(page, "still")
    root.get_by_label("Time of all clips").fill("2")
    until(page, "still && frames[0] === 48 && frames[2] === 23")
    for key in ("Home", "d", "d", "x", "j", "k", "k", "Home", ".", "w"):
        page.keyboard.press(key)
    expect(root.locator(".divider")).to_be_focused()
    until(page, "still && videos.filter((v) => frame(v.currentTime) === 1).length > 1")
    press_stage(root, 0.3)
    expect(root.locator(".divider")).to_have_attribute("aria-valuenow", "30")
    page.keyboard.press("Escape")
    expect(page.locator(".jp-Notebook .jp-Cell")).to_have_count(3)
    assert found(page, "videos.length") == 3


@pytest.mark.matrix
def test_without_trust_and_script_it_is_plain_players(page: Page, lab: Lab) -> None:
    """Sanitized, the clips stand side by side with controls, captions and the prompts."""
    lab.open(page, saved_notebook(lab, made_html(lab), name="trust.ipynb"))
    root = page.locator(".hailuo-compare")
    expect(root.locator("video")).to_have_count(3)
    expect(root.locator(".tools")).to_have_count(0)
    expect(root.get_by_text("SIMULATED", exact=True)).to_have_count(1)
    boxes = [video.bounding_box() for video in root.locator("video").all()]
    assert len({box["y"] for box in boxes if box}) == 1
    assert root.locator("video").first.evaluate(PLAY) == [1, 160]


RESTART = """() =>
  window.jupyterapp.shell.currentWidget.context.sessionContext.session.kernel.restart()"""
MADE = "%load_ext hailuo_nb\nimport hailuo_nb\nfor name in ('fox', 'owl'):\n    " + (
    "hailuo_nb.generate(f'A quiet {name}', name=name, duration=6).wait()"
)
NOTE = "</textarea><script>window.bad = 1</script>"
RATE = f"fox = hailuo_nb.history('fox')[0]\nfox.stars, fox.note = 2, {NOTE!r}"
TOLD = "print(fox.stars, list(fox.tags), fox.note, fox.wins)"


def rating(root: Locator) -> Locator:
    """Return what rates a clip in a card, or in one figure of a comparison."""
    return root.get_by_role("group", name="Your rating of fox", exact=True)


def stars(root: Locator) -> Locator:
    """Return the star that is pressed."""
    return rating(root).locator(".star[aria-pressed=true]")


@pytest.mark.matrix
def test_a_clip_is_rated_wherever_it_stands(page: Page, lab: Lab, home: Path) -> None:
    """By mouse and keys, in card and comparison, from cells and from another kernel: one rating."""
    cells = [MADE, "%hailuo show fox", "%hailuo compare fox owl", RATE, TOLD]
    notebook = Notebook(lab, page, "rated.ipynb", cells)
    for _ in range(3):
        notebook.run_next()
    card, compared = notebook.output(1), notebook.output(2)
    rating(card).get_by_role("button", name="4 stars").click()
    expect(stars(compared)).to_have_attribute("aria-label", "4 stars")
    stars(compared).focus()
    page.keyboard.press("5")
    expect(stars(card)).to_have_attribute("aria-label", "5 stars")
    expect(stars(compared)).to_be_focused()  # though the cell was saved anew
    page.keyboard.press("5")
    expect(stars(card)).to_have_count(0)
    page.keyboard.press("w")
    expect(rating(card).get_by_role("button", name="This one wins", pressed=True)).to_be_visible()
    page.keyboard.press("n")
    page.keyboard.type("<b>talk</b>")
    page.keyboard.press("Enter")
    expect(rating(card).get_by_text("#<b>talk</b>", exact=True)).to_be_visible()
    other = History(home)  # as another kernel has it
    fox = other.find("fox")
    assert fox is not None
    other.rate(fox.id, lambda now: with_tag(now or Rating(), "theirs"))
    rating(card).get_by_role("button", name="1 star", exact=True).hover()
    expect(rating(card).get_by_text("#theirs", exact=True)).to_be_visible()
    notebook.run(3)
    for root in (card, compared):
        expect(stars(root)).to_have_attribute("aria-label", "2 stars")
        expect(rating(root).get_by_text(NOTE)).to_be_visible()
    notebook.run(4)
    expect(notebook.output(4)).to_contain_text(f"2 ['<b>talk</b>', 'theirs'] {NOTE} True")
    assert page.evaluate("() => window.bad") is None
    notebook.save()
    page.evaluate(RESTART)
    expect(rating(card)).to_have_count(0)
    expect(card.locator(".hailuo-rated")).to_be_visible()
    lab.end_kernels()
    lab.open(page, notebook.untrusted_copy())
    for root in (page.locator("figure.hailuo-card"), page.locator(".hailuo-compare")):
        expect(root.locator(".hailuo-rated")).to_contain_text(
            f"★★☆☆☆ · this one wins · #<b>talk</b> · #theirs · {NOTE}"
        )

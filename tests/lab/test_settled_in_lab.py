"""The settled card in a real JupyterLab: untrusted, and with no kernel behind it."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.lab.notebook import PLAY, saved_notebook
from tests.lab.server import Lab
from tests.views.samples import PROMPT, settled_html, snapshot, write_clip


def saved_card(lab: Lab, *, name: str) -> str:
    """Write a notebook with one settled card as its output; return its name."""
    folder = lab.root / "hailuo_videos"
    folder.mkdir(exist_ok=True)
    write_clip(folder / "k3f9x2m7.mp4")
    html = settled_html(snapshot("done"), src="hailuo_videos/k3f9x2m7.mp4")
    return saved_notebook(lab, html, name=name)


def opened_card(page: Page, lab: Lab, name: str) -> Locator:
    """Open the notebook and return its card."""
    lab.open(page, name)
    card = page.locator("figure.hailuo-card")
    expect(card).to_be_visible()
    return card


@pytest.mark.matrix
def test_an_untrusted_card_without_a_kernel_shows_and_plays(page: Page, lab: Lab) -> None:
    """Sanitized and with no kernel, poster, strip and prompt show, the clip plays and seeks."""
    card = opened_card(page, lab, saved_card(lab, name="untrusted.ipynb"))
    assert page.request.get(f"{lab.origin}/api/sessions").json() == []
    expect(card.get_by_text(PROMPT)).to_be_visible()
    expect(card.get_by_text("SIMULATED", exact=True)).to_be_visible()
    video = card.locator("video")
    assert (video.get_attribute("poster") or "").startswith("data:image/jpeg;base64,")
    widths = "(all) => all.map((one) => [one.naturalWidth, one.offsetTop === all[0].offsetTop])"
    assert card.locator(".hailuo-strip img").evaluate_all(widths) == [[192, True]] * 4
    assert video.evaluate(PLAY) == [1, 160]
    expect(page.locator("figure.hailuo-card + script")).to_have_count(0)

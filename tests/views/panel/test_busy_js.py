"""While the kernel runs a cell the panel waits, and says what for."""

from playwright.sync_api import expect

from tests.views.panel.composer_page import go
from tests.views.panel.fake import Panel

SLOW_MS = 3000
BUSY = "The kernel is busy with a cell; it goes on when that ends."


def test_an_answer_that_takes_long_says_why(panel_page: Panel) -> None:
    """Not at once, but once it is slow; the answer takes the words away."""
    clock = panel_page.page.clock
    clock.install()
    panel = panel_page.open(held=("generate",))
    clock.pause_at("2100-01-01")
    told = panel.locator(".told")
    go(panel).click()
    panel_page.page.wait_for_function("() => window.model.waiting.length > 0")
    clock.run_for(SLOW_MS - 100)
    expect(told).not_to_contain_text("busy")
    clock.run_for(200)
    expect(told).to_have_text(BUSY)
    panel_page.release("generate", ids=[], words="1 clip is under way.")
    expect(told).to_have_text("1 clip is under way.")

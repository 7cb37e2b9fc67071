"""The looks of the composer: foreign text, widths, tab order, themes; how it ends."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import expect

from tests.views.grid_shots import themed
from tests.views.panel.composer_page import IMAGE, prompt
from tests.views.panel.fake import QUOTE, Panel


def test_foreign_text_is_shown_as_text(panel_page: Panel) -> None:
    """Markup in what Python or the service say makes no element and runs nothing."""
    bad = "<img src=x onerror=alert(1)>"
    panel_page.page.once("dialog", lambda dialog: pytest.fail(dialog.message))
    panel = panel_page.open(
        quote=QUOTE
        | {
            "button": bad,
            "lines": [bad],
            "notes": [bad],
            "prompts": [{"label": bad, "text": bad}] * 2,
            "left_out": [[bad, bad]],
            "problems": [{"field": field, "words": bad} for field in ("", "prompt", "image")],
        }
    )
    expect(panel.locator("img[src=x]")).to_have_count(0)
    assert panel.inner_text().count(bad) >= 8


@pytest.mark.parametrize("width_px", [400, 760, 1200])
def test_nothing_sticks_out(panel_page: Panel, width_px: int) -> None:
    """At every width the page does not scroll sideways, whatever the words."""
    panel_page.page.set_viewport_size({"width": width_px, "height": 900})
    long = "x" * 300
    panel_page.open(
        prompt=long,
        **IMAGE,
        quote=QUOTE
        | {
            "button": f"Generate {long}",
            "lines": [long],
            "prompts": [{"label": long, "text": long}] * 2,
            "left_out": [[long, long]],
            "problems": [{"field": field, "words": long} for field in ("", "image", "duration")],
        },
    )
    assert panel_page.page.evaluate("() => document.documentElement.scrollWidth") <= width_px


def test_tab_goes_from_top_to_bottom(panel_page: Panel) -> None:
    """The order of the keyboard is the order of the eye, and ends at the copies."""
    panel_page.page.set_viewport_size({"width": 330, "height": 1000})  # all in one column
    panel = panel_page.open(quote=QUOTE | {"can_send": True})
    prompt(panel).focus()
    middles = []
    for _ in range(40):
        panel_page.page.keyboard.press("Tab")
        if panel.get_by_role("button", name="Copy as Python").evaluate(
            "(one) => one === document.activeElement"
        ):
            break
        middles.append(
            panel_page.page.evaluate("""() => {
              const { top, bottom } = document.activeElement.getBoundingClientRect();
              return Math.round(scrollY + (top + bottom) / 2);
            }""")
        )
    else:
        pytest.fail("the last button was never reached")
    assert middles == sorted(middles)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("colours", ["none", "active"])
def test_axe_finds_nothing(panel_page: Panel, theme: Any, colours: Any) -> None:
    """In every theme names, roles, order and contrast are right, problems and all."""
    page = panel_page.page
    page.emulate_media(color_scheme=theme, forced_colors=colours)
    panel = panel_page.open(
        head=f"<style>{themed(theme)}</style>",
        prompt="A boat",
        frames=IMAGE["frames"],
        settings={"image": "sample:peak", "model": "2.3-i2v,02-i2v", "duration": "10"},
        quote=QUOTE
        | {
            "prompts": [{"label": "a", "text": "b"}] * 5,
            "left_out": [["a", "b"]],
            "notes": ["A note."],
            "again": {"button": "Another sample, 30 credits", "credits": 30},
            "problems": [{"field": f, "words": "No."} for f in ("", "image", "repeat", "model")],
        },
    )
    panel.get_by_role("button", name="Samples").first.click()
    found = Axe().run(page, options={"rules": {"page-has-heading-one": {"enabled": False}}})
    assert [one["id"] for one in found.response["violations"]] == [], found.generate_report()


def test_leaving_ends_every_listener(panel_page: Panel) -> None:
    """After the view ends the model has no listener left and the page no panel."""
    panel = panel_page.open()
    prompt(panel).press_sequentially("A boat")
    panel_page.page.evaluate("() => { for (const leave of window.leave) leave(); }")
    assert panel_page.page.evaluate("() => window.listeners()") == 0
    assert panel_page.trait("prompt") == "A boat"
    expect(panel_page.page.locator(".hailuo-panel")).to_have_count(0)

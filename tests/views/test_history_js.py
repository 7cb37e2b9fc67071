"""The list of clips that were found: text that stays text, and a table that fits its place."""

from dataclasses import replace

from playwright.sync_api import Page, expect

from hailuo_nb.core.rating import Rating
from hailuo_nb.views.facts import Facts
from hailuo_nb.views.reports.history import history_html, history_text
from tests.views.samples import poster, snapshot
from tests.views.site import Site
from tests.views.test_settled import EVIL, HOSTILE, Reader


def test_nothing_foreign_becomes_markup() -> None:
    """Name, prompt, model, tags and addresses are text, or nothing at all."""
    base = snapshot("done")
    request = replace(base.request, prompt=HOSTILE, model=HOSTILE)
    rating = Rating(stars=3, note=HOSTILE, tags=(HOSTILE,))
    for address in EVIL:
        shot = replace(base, name=HOSTILE, request=request, rating=rating, poster=address)
        page = Reader(history_html([Facts(label=HOSTILE, snapshot=shot, src=address)]))
        assert {tag for tag, _ in page.elements} & {"script", "img", "a", "video", "style"} == set()
        assert not any(key.startswith("on") for _, held in page.elements for key in held)
        assert page.text.count("<script>") == 4
        assert "\u202e" not in page.text


def test_what_is_not_listed_is_said_below_the_table() -> None:
    """To the eye as well as on a terminal, and nothing where all of it is listed."""
    clips = [Facts(label="", snapshot=snapshot("done"))]
    for listed in (history_html, history_text):
        assert "7 more; --limit N shows so many." in listed(clips, more=7)
        assert "more;" not in listed(clips)


def test_on_a_narrow_page_the_list_scrolls_by_itself(page: Page, site: Site) -> None:
    """A day stands on one line, a prompt never a word on each, and a clip has room to be played."""
    tall = snapshot("done", poster=poster(216, 384))
    clips = [Facts(label="", snapshot=one, src="clip.mp4") for one in (snapshot("done"), tall)]
    page.set_viewport_size({"width": 400, "height": 700})
    page.goto(site.put("list", f"<main>{history_html(clips)}</main>"))
    region = page.get_by_role("region", name="Clips found")
    assert region.evaluate("(it) => it.scrollWidth > it.clientWidth")
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    cells = page.get_by_role("row").nth(1).get_by_role("cell")
    day, prompt = (cells.nth(at).evaluate("(it) => it.offsetWidth") for at in (1, 8))
    assert day > 100
    assert prompt >= 180
    expect(page.locator("video")).to_have_count(2)
    for box in page.locator("video").evaluate_all("(all) => all.map((it) => it.offsetHeight)"):
        assert box == 90

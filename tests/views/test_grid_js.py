"""The live grid in a browser, with a fake model in the kernel's place."""

from dataclasses import replace
from importlib.resources import files
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, Route, expect

from hailuo_nb.core.matrix import Axis
from hailuo_nb.core.task import FINAL, STATE_WORDS, State
from hailuo_nb.core.words import without_bill
from hailuo_nb.views.bundles import bundle
from hailuo_nb.views.tile import clip_figure
from hailuo_nb.views.words import HEADLINES
from tests.views.axe import BARE_PAGE
from tests.views.grid_samples import (
    LEFT_OUT,
    MODEL,
    PACE,
    SIZE,
    Sample,
    at_work,
    frame,
    sample,
    told,
)
from tests.views.grid_shots import themed
from tests.views.measured import judged, measured
from tests.views.reels import reel
from tests.views.samples import SENT_AT, poster
from tests.views.site import Site, until_moving
from tests.views.test_grid_html import hostile

HARNESS = """
<link rel="stylesheet" href="/looks/grid.css"><main id="place"></main>
<script type="module">
import grid from "/static/grid/grid.js";
const heard = {};
const model = {
  traits: {}, sent: [],
  get: (name) => model.traits[name],
  on: (type, hear) => (heard[type] ??= new Set()).add(hear),
  off: (type, hear) => heard[type]?.delete(hear),
  send: (message) => model.sent.push(message),
};
window.model = model;
window.listeners = () => Object.values(heard).reduce((sum, { size }) => sum + size, 0);
window.start = (traits) => {
  model.traits = traits;
  window.leave = grid.render({ model, el: document.querySelector("#place") });
};
window.change = (traits) => {
  const before = model.traits;
  model.traits = { ...before, ...traits };
  for (const [name, value] of Object.entries(traits)) {
    if (JSON.stringify(before[name]) === JSON.stringify(value)) continue;
    for (const hear of heard[`change:${name}`] ?? []) hear();
  }
};
window.ready = true;
</script>
"""
TICKERS = """
  window.tickers = 0;
  const [begin, end] = [setInterval, clearInterval];
  window.setInterval = (...given) => { window.tickers += 1; return begin(...given); };
  window.clearInterval = (number) => { if (number) window.tickers -= 1; end(number); };
"""
CLIP = "/page-clips/clip.mp4"


def started(page: Page, site: Site, of: Sample, src: str | None = CLIP, **traits: Any) -> Locator:
    """Draw the grid on an otherwise empty page and return it."""
    page.goto(site.put("grid", HARNESS, head="<title>A notebook</title>"))
    page.wait_for_function("() => window.ready")
    page.evaluate(f"() => {{ {TICKERS} }}")
    page.evaluate("(traits) => window.start(traits)", told(of, src) | traits)
    return page.locator(".hailuo-live-grid")


def change(page: Page, to: Sample, *cells: int, src: str | None = CLIP, **traits: Any) -> None:
    """Bring some cells to another state in one message, as the kernel would."""
    new = told(to, src)
    names = [f"{kind}_{at}" for at in cells for kind in ("cell", "poster")]
    page.evaluate(
        "(traits) => window.change(traits)",
        {name: new[name] for name in (*names, "progress")} | traits,
    )


def sent(page: Page) -> list[dict[str, Any]]:
    """Return what the grid has asked for."""
    asked: list[dict[str, Any]] = page.evaluate("() => window.model.sent")
    return asked


def cell(grid: Locator, label: str) -> Locator:
    """Return a cell by its label."""
    return grid.locator(f'figure[data-label="{label}"]')


def test_what_is_measured_is_shown_as_it_comes(page: Page, site: Site) -> None:
    """No table before the first; what was chosen stays chosen as the next clip is measured."""
    of = sample((SIZE,), ["done"])
    grid = started(page, site, of)
    table = grid.locator("details.hailuo-measures")
    expect(table).to_be_hidden()
    whole = measured(of)
    change(page, replace(whole, snapshots=(whole.snapshots[0], *of.snapshots[1:])), 0)
    expect(table.get_by_role("row")).to_have_count(4)
    grid.get_by_label("On the clips").select_option("loop")
    grid.get_by_label("Order", exact=True).select_option("highest first")
    expect(grid.locator("figure .hailuo-measures").last).to_have_text("Loop –")
    change(page, whole, 1, 2)
    expect(grid.locator("figure .hailuo-measures").last).to_have_text("Loop 0.42")
    expect(table.get_by_role("rowheader")).to_have_text(["1080P", "768P", "512P"])
    assert sent(page) == []
    assert Axe().run(page, options=BARE_PAGE).response["violations"] == []
    grid = started(page, site, judged(of, [1, 5]))
    grid.get_by_label("On the clips").select_option("Votes")
    grid.get_by_label("Order", exact=True).select_option("lowest first")
    expect(table.get_by_role("rowheader")).to_have_text(["1080P", "768P", "512P"])
    change(page, judged(of, [2]), 0, 1, 2)
    expect(table.get_by_role("row").last).to_have_text("512P275 %")


def test_a_long_reason_unfolds_and_stays_so(page: Page, site: Site) -> None:
    """The first sentence is seen; the rest comes at a key and stays through the next change."""
    of = sample((SIZE,), ["failed"], error="It was refused. " + "Change the prompt, please. " * 4)
    failed = cell(started(page, site, of), "512P")
    rest = failed.get_by_text("Change the prompt, please.")
    expect(failed.locator("summary")).to_have_text("It was refused.")
    expect(rest).to_be_hidden()
    failed.locator("summary").press("Enter")
    expect(rest).to_be_visible()
    noted = at_work(of, 0, "failed", error=of.snapshots[0].error, note="Not again yet.")
    change(page, noted, 0)
    expect(failed.get_by_text("Not again yet.")).to_be_visible()
    expect(rest).to_be_visible()
    change(page, at_work(of, 0, "generating"), 0)
    expect(failed.locator(".reason")).to_be_hidden()


def test_every_state_is_drawn_in_the_same_place(page: Page, site: Site) -> None:
    """One cell goes through all states; words, rail and buttons follow, no picture moves."""
    of = sample((PACE, SIZE), ["waiting"])
    grid = started(page, site, of, None)
    boxes = "() => [...document.querySelectorAll('.frame')].map((f) => f.getBoundingClientRect().x)"
    top = grid.locator(".frame").nth(1).bounding_box()
    places = page.evaluate(boxes)
    for state in STATE_WORDS:
        of = at_work(of, 1, state)
        change(page, of, 1, src=None)
        figure = cell(grid, "slow · 768P")
        words = "Done in 2 min 31 s" if state == "done" else without_bill(HEADLINES[state])
        expect(figure.get_by_text(words, exact=True)).to_be_visible()
        expect(figure.locator(".rail")).to_be_visible(visible=state not in FINAL)
        expect(figure.get_by_role("button", name="Stop watching slow · 768P")).to_be_visible(
            visible=state in ("waiting", "queued", "generating", "saving")
        )
        assert (grid.locator(".frame").nth(1).bounding_box(), page.evaluate(boxes)) == (top, places)


def test_the_grid_tells_the_facts(page: Page, site: Site) -> None:
    """Plan, progress, mark, what all share, axes, left-out combinations and notes are there."""
    of = sample(left_out=LEFT_OUT, warnings=("Small image.",))
    grid = started(page, site, of)
    (reason,) = LEFT_OUT.values()
    for fact in (
        *("6 clips: 160 credits; 2 there already, free; usually 2-4 min", "Small image."),
        *("model\u00a002-i2v", "start\u00a0image\u00a0sample:peak", reason),
    ):
        expect(grid.get_by_text(fact, exact=True).first).to_be_visible()
    expect(grid.get_by_text(f"Left out: fast · 1080P: {reason}")).to_be_visible()
    expect(grid.locator(".count").get_by_text("1 of 5 done").first).to_be_visible()
    expect(grid.get_by_role("columnheader")).to_have_text(list(SIZE.values))
    expect(grid.get_by_role("rowheader")).to_have_text(list(PACE.values))
    expect(grid.get_by_text("SIMULATED", exact=True)).to_have_count(1)


def test_a_paid_grid_shows_no_mark(page: Page, site: Site) -> None:
    """What costs real credits is nowhere called simulated."""
    grid = started(page, site, sample(service="https://api.kie.ai"))
    assert "simulated" not in grid.inner_text().lower()


def test_all_clocks_tick_by_one_timer(page: Page, site: Site) -> None:
    """Elapsed time runs in the browser, sends nothing, and says when it takes longer."""
    page.clock.install(time=SENT_AT)
    page.clock.pause_at(SENT_AT + 59)
    grid = started(page, site, sample((Axis(name="a", values=tuple("abcdefgh")), SIZE), ["queued"]))
    expect(grid.locator(".clock").get_by_text("0:59")).to_have_count(24)
    page.clock.run_for(2000)
    expect(grid.locator(".clock").get_by_text("1:01")).to_have_count(24)
    page.clock.run_for(3600_000)
    expect(grid.locator(".clock").get_by_text("1:01:01")).to_have_count(24)
    expect(grid.get_by_text("longer this time")).to_have_count(24)
    assert sent(page) == []
    assert page.evaluate("() => window.tickers") == 1


def test_only_what_is_under_way_has_a_clock(page: Page, site: Site) -> None:
    """Neither a task that was not sent nor one that is over ticks."""
    page.clock.install(time=SENT_AT + 5)
    grid = started(page, site, sample((SIZE,), ["waiting", "generating", "failed"]))
    expect(grid.locator(".clock:visible")).to_have_count(1)


def test_only_the_cells_that_changed_are_drawn_again(page: Page, site: Site) -> None:
    """Two cells of 48 change: nothing in the other 46 is touched."""
    page.clock.set_fixed_time(SENT_AT)
    axes = (Axis(name="a", values=tuple("abcdefgh")), Axis(name="b", values=tuple("uvwxyz")))
    of = sample(axes, ["queued"])
    grid = started(page, site, of)
    expect(grid.locator("figure")).to_have_count(48)
    page.evaluate("""() => {
      window.touched = new Set();
      new MutationObserver((records) => records.forEach(({ target }) => {
        const from = target.nodeType === 1 ? target : target.parentElement;
        window.touched.add(from.closest("figure")?.dataset.label ?? from.closest("p").className);
      })).observe(document.querySelector(".hailuo-live-grid"),
        { childList: true, characterData: true, subtree: true, attributes: true });
    }""")
    change(page, at_work(at_work(of, 7, "generating"), 9, "failed"), 7, 9)
    expect(cell(grid, "b · w").get_by_text("Generating")).to_have_count(0)
    expect(grid.get_by_text("Generating")).to_have_count(1)
    assert page.evaluate("() => [...window.touched].sort()") == ["b · v", "b · x", "count"]


def test_many_changes_are_one_layout(page: Page, site: Site) -> None:
    """48 cells that change in one message make the browser lay the page out a few times at most."""
    page.clock.set_fixed_time(SENT_AT)  # each second that passed would be a layout, too
    axes = (Axis(name="a", values=tuple("abcdefgh")), Axis(name="b", values=tuple("uvwxyz")))
    started(page, site, sample(axes, ["queued"]))
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")

    def layouts() -> int:
        metrics = session.send("Performance.getMetrics")["metrics"]
        return round(next(one["value"] for one in metrics if one["name"] == "LayoutCount"))

    drawn = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
    page.evaluate(drawn)
    before = layouts()
    change(page, sample(axes, ["generating", "saving", "failed"]), *range(48))
    page.evaluate(drawn)
    assert 1 <= layouts() - before <= 4


def test_a_clip_that_is_done_plays_while_the_others_go_on(page: Page, site: Site) -> None:
    """It plays once through where it stands, muted; the others keep their states."""
    of = sample((PACE, SIZE), ["generating"])
    grid = started(page, site, of)
    expect(grid.get_by_role("group", name="All clips together")).to_have_count(0)
    change(page, at_work(of, 2, "done"), 2, poster_2=frame(2))
    video = cell(grid, "slow · 1080P").locator("video")
    expect(video).to_have_attribute("src", CLIP)
    expect(video).to_have_attribute("poster", frame(2))
    page.wait_for_function("(v) => v.currentTime > 0.1 && v.muted", arg=video.element_handle())
    expect(grid.get_by_text("Generating")).to_have_count(5)
    page.wait_for_function("(v) => v.ended", arg=video.element_handle())


def test_each_clip_that_is_done_plays_while_nothing_else_does(page: Page, site: Site) -> None:
    """The second plays once as the first did, although both are compared by then."""
    of = sample((PACE, SIZE), ["generating"])
    grid = started(page, site, of)
    for at, label in ((2, "slow · 1080P"), (0, "slow · 512P")):
        of = at_work(of, at, "done")
        change(page, of, at)
        video = cell(grid, label).locator("video").element_handle()
        page.wait_for_function("(v) => v.ended", arg=video)


def test_less_motion_plays_nothing_unasked(page: Page, site: Site) -> None:
    """Who asked for less motion sees the picture until Play is pressed; no clip is loaded."""
    page.emulate_media(reduced_motion="reduce")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    of = sample((PACE, SIZE), ["generating"])
    grid = started(page, site, of)
    change(page, at_work(of, 2, "done"), 2)
    expect(grid.get_by_role("button", name="Play", exact=True)).to_be_visible()
    assert grid.locator("video").evaluate("(v) => [v.paused, v.played.length]") == [True, 0]
    assert [url for url in asked if url.endswith(".mp4")] == []


def test_what_was_there_already_does_not_start_by_itself(page: Page, site: Site) -> None:
    """Clips that are done when the grid is drawn wait to be played."""
    grid = started(page, site, sample())
    expect(grid.locator("video")).to_have_count(1)
    assert grid.locator("video").evaluate("(v) => [v.paused, v.preload]") == [True, "none"]


def test_what_is_done_so_far_is_compared(page: Page, site: Site) -> None:
    """The toolbar plays the finished clips together while others run; one that ends joins in."""
    of = sample((PACE, SIZE), ["done", "done", "queued"])
    grid = started(page, site, of)
    play = grid.get_by_role("button", name="Play", exact=True)
    play.click()
    playing = "(n) => [...document.querySelectorAll('video')].filter((v) => !v.paused).length === n"
    page.wait_for_function(playing, arg=4)
    change(page, at_work(of, 2, "done"), 2)
    page.wait_for_function(playing, arg=5)
    expect(cell(grid, "slow · 1080P").get_by_role("checkbox")).to_be_checked()


def test_playing_is_told_at_once_and_rest_once_it_lasts(page: Page, site: Site) -> None:
    """A jump, or the start again at the end, stops clips for a moment: that is no rest."""
    page.clock.install(time=SENT_AT)
    grid = started(page, site, sample((SIZE,), ["done", "done", "generating"]))
    told = "() => window.model.sent.filter(({ kind }) => kind === 'play').map(({ on }) => on)"
    grid.get_by_role("button", name="Play", exact=True).click()
    page.wait_for_function(f"() => ({told})().length === 1")
    page.clock.pause_at(SENT_AT + 59)
    grid.evaluate("(root) => root.querySelectorAll('video').forEach((v) => v.pause())")
    page.clock.run_for(1000)
    grid.evaluate("(root) => root.querySelectorAll('video').forEach((v) => void v.play())")
    page.clock.run_for(1000)
    assert False not in page.evaluate(told)
    grid.get_by_role("button", name="Pause", exact=True).click()
    page.wait_for_function("() => [...document.querySelectorAll('video')].every((v) => v.paused)")
    page.clock.run_for(3000)
    assert page.evaluate(told)[-1] is False
    assert page.evaluate(told).count(False) == 1


def test_to_wait_for_a_clip_is_no_rest(page: Page, site: Site) -> None:
    """Clips that play stand until one that has just ended is loaded, however long that takes."""
    page.clock.install(time=SENT_AT)
    held: list[Route] = []
    page.route("**/held.mp4", lambda route: held.append(route))
    of = sample((SIZE,), ["done", "done", "generating"])
    grid = started(page, site, of)
    told = "() => window.model.sent.filter(({ kind }) => kind === 'play').map(({ on }) => on)"
    grid.get_by_role("button", name="Play", exact=True).click()
    page.wait_for_function(f"() => ({told})().length === 1")
    change(page, at_work(of, 2, "done"), 2, src="/held.mp4")
    videos = "[...document.querySelectorAll('video')]"
    page.wait_for_function(f"() => {videos}.every((video) => video.paused)")
    page.clock.run_for(10_000)
    assert False not in page.evaluate(told)
    for route in held:
        route.continue_(url=f"{site.origin}{CLIP}")
    page.wait_for_function(f"() => {videos}.filter((video) => !video.paused).length === 3")


def test_clips_that_cannot_be_played_hold_nothing(page: Page, site: Site) -> None:
    """Play was pressed, and nothing is there to wait for: what the notebook saves comes."""
    page.clock.install(time=SENT_AT)
    grid = started(page, site, sample((SIZE,), ["done"]), src="/missing.mp4")
    page.clock.pause_at(SENT_AT + 60)  # while the page hears of all three, nothing is told
    grid.get_by_role("button", name="Play", exact=True).click()
    expect(grid.get_by_text("This clip cannot be played")).to_have_count(3)
    page.clock.run_for(5000)
    assert "play" not in [message["kind"] for message in sent(page)]


def test_what_heals_finds_a_grid_whose_clips_are_compared(page: Page, site: Site) -> None:
    """The comparison notes its view on the same element, and takes that away again."""
    of = sample((SIZE,), ["done", "done", "generating"])
    grid = started(page, site, of, board=told(of, CLIP)["board"] | {"view": "v"})
    expect(grid.get_by_role("button", name="Play", exact=True)).to_be_visible()
    expect(page.locator("[data-live=v]")).to_have_count(1)


def test_what_is_saved_beside_a_live_grid_leaves_it_alone(page: Page, site: Site) -> None:
    """A comparison's script enhances what is saved; the grid gets one toolbar, its own."""
    of = sample((SIZE,), ["generating"])
    grid = started(page, site, of)
    beside = f'<div class="hailuo-compare" id="saved">{clip_figure(reel("a"))}</div>'
    page.evaluate("(html) => document.body.insertAdjacentHTML('beforeend', html)", beside)
    page.add_script_tag(content=bundle("compare"))
    tools = page.get_by_role("group", name="All clips together")
    expect(page.locator("#saved").locator(tools)).to_have_count(1)
    change(page, at_work(of, 0, "done"), 0)
    expect(cell(grid, "512P").locator("video")).to_be_visible()
    expect(grid.locator(tools)).to_have_count(1)


def test_a_player_is_never_made_anew(page: Page, site: Site) -> None:
    """Later messages leave a clip that plays alone, and give it its own picture."""
    of = sample()
    grid = started(page, site, of)
    video = grid.locator("video")
    video.evaluate("(v) => { window.first = v; }")
    change(page, of, 4, poster_4=frame(4))
    change(page, at_work(of, 4, "done", note="still here"), 4, poster_4=frame(4))
    expect(grid.get_by_text("still here")).to_be_visible()
    expect(video).to_have_attribute("poster", frame(4))
    assert video.evaluate("(v) => v === window.first")


def test_stop_sends_one_request(page: Page, site: Site) -> None:
    """Pressing Stop asks once for that cell, says so, and comes back if the state moves on."""
    of = sample((PACE, SIZE), ["queued"])
    grid = started(page, site, of)
    figure = cell(grid, "fast · 512P")
    stop = figure.get_by_role("button", name="Stop watching fast · 512P")
    stop.dblclick()
    assert sent(page) == [{"kind": "stop", "index": 3}]
    expect(stop).to_be_disabled()
    expect(figure.get_by_text("Stopping…")).to_be_visible()
    change(page, at_work(of, 3, "queued", note="a poll went by"), 3)
    expect(figure.get_by_text("a poll went by")).to_be_visible()
    expect(stop).to_be_disabled()
    expect(figure.get_by_text("Stopping…")).to_be_visible()
    change(page, at_work(of, 3, "generating"), 3)
    expect(stop).to_be_enabled()
    expect(figure.get_by_text("Generating")).to_be_visible()


def test_a_stop_is_not_said_again_to_the_next_try(page: Page, site: Site) -> None:
    """What was stopped and tried again at once is in the same state, and goes on."""
    page.clock.install(time=SENT_AT)
    of = sample((SIZE,), ["waiting"])
    grid = started(page, site, of)
    cell(grid, "512P").get_by_role("button", name="Stop watching 512P").click()
    change(page, at_work(of, 0, "stopped"), 0)
    change(page, of, 0)
    page.clock.run_for(120_000)
    assert sent(page) == [{"kind": "stop", "index": 0}]


def test_a_stop_that_nobody_answers_ends_with_the_grid(page: Page, site: Site) -> None:
    """Said again while it is shown, never after it was taken away; a retry is said once."""
    page.clock.install(time=SENT_AT)
    grid = started(page, site, sample((SIZE,), ["waiting", "failed", "failed"]))
    cell(grid, "512P").get_by_role("button", name="Stop watching 512P").click()
    cell(grid, "768P").get_by_role("button", name="Try again").click()
    page.clock.run_for(6000)
    asked = [{"kind": "stop", "index": 0}, {"kind": "retry", "index": 1}]
    assert sent(page) == [*asked, {"kind": "stop", "index": 0}]
    page.evaluate("() => window.leave()")
    page.clock.run_for(120_000)
    assert len(sent(page)) == 3


def test_try_again_sends_one_request(page: Page, site: Site) -> None:
    """Its price is on the button; pressed twice it asks once, and rests until the cell changes."""
    of = sample((PACE, SIZE), ["failed"])
    grid = started(page, site, of)
    figure = cell(grid, "slow · 768P")
    retry = figure.get_by_role("button", name="Try again (30 simulated credits): slow · 768P")
    retry.dblclick()
    assert sent(page) == [{"kind": "retry", "index": 1}]
    expect(figure.get_by_role("button", name="Trying again…")).to_be_disabled()
    change(page, at_work(of, 1, "failed", note="The cap of 200 credits is reached."), 1)
    expect(retry).to_be_enabled()
    retry.click()
    change(page, at_work(of, 1, "waiting"), 1)
    expect(retry).to_be_hidden()
    assert len(sent(page)) == 2


def test_buttons_work_by_keyboard_and_the_focus_is_not_lost(page: Page, site: Site) -> None:
    """Stop answers to Enter, and where its button goes the focus stays in the cell."""
    of = sample((PACE, SIZE), ["queued"])
    grid = started(page, site, of)
    cell(grid, "slow · 512P").get_by_role("button", name="Stop watching").focus()
    page.keyboard.press("Enter")
    assert sent(page) == [{"kind": "stop", "index": 0}]
    change(page, at_work(of, 0, "stopped"), 0)
    expect(cell(grid, "slow · 512P")).to_be_focused()


def test_a_screen_reader_hears_progress_seldom(page: Page, site: Site) -> None:
    """Of many ends in a row the first is spoken, then the newest; clocks and states are not."""
    page.clock.install(time=SENT_AT)
    page.clock.pause_at(SENT_AT + 59)
    of = sample((PACE, SIZE), ["generating"])
    grid = started(page, site, of)
    expect(page.locator("[aria-live=polite]")).to_have_count(1)
    page.clock.run_for(60_000)
    page.evaluate("""() => {
      window.spoken = [];
      const region = document.querySelector("[aria-live=polite]");
      new MutationObserver(() => window.spoken.push(region.textContent))
        .observe(region, { childList: true, characterData: true, subtree: true });
    }""")
    for at in range(5):
        of = at_work(of, at, "failed")
        change(page, of, at)
    expect(grid.locator(".count > :first-child")).to_have_text("0 of 6 done, 5 failed")
    page.clock.run_for(60_000)
    assert page.evaluate("() => window.spoken") == [
        "0 of 6 done, 1 failed",
        "0 of 6 done, 5 failed",
    ]


def test_tabs_are_opened_by_mouse_and_keyboard(page: Page, site: Site) -> None:
    """One sheet shows at a time; arrows, Home and End move between them."""
    grid = started(page, site, sample((PACE, SIZE, MODEL), ["queued"]))
    first, second = (grid.get_by_role("tab", name=f"model {name}") for name in MODEL.values)
    expect(grid.get_by_role("tabpanel")).to_have_count(1)
    expect(cell(grid, "slow · 512P · 02-i2v")).to_be_visible()
    second.click()
    expect(cell(grid, "slow · 512P · 2.3-i2v")).to_be_visible()
    expect(cell(grid, "slow · 512P · 02-i2v")).to_be_hidden()
    keys = {"ArrowRight": first, "ArrowLeft": second, "Home": first, "End": second}
    for key, shown in keys.items():
        page.keyboard.press(key)
        expect(shown).to_be_focused()
        expect(shown).to_have_attribute("aria-selected", "true")
    expect(grid.get_by_role("tabpanel", name="model 2.3-i2v")).to_be_visible()


AWAY = "() => { document.hasFocus = () => false; }"
BACK = "() => { document.hasFocus = () => true; window.dispatchEvent(new Event('focus')); }"


def test_who_asked_for_it_is_told_when_the_last_clip_is_done(page: Page, site: Site) -> None:
    """Off at first; the browser's refusal is said; the title is marked until it is looked at."""
    of = sample((SIZE,), ["generating"])
    ended = sample((SIZE,), ["done", "done", "failed"])
    grid = started(page, site, of)
    page.evaluate(AWAY)
    change(page, ended, 0, 1, 2)
    expect(page).to_have_title("A notebook")
    grid = started(page, site, of)
    button = grid.get_by_role("button", name="Tell me when done")
    expect(button).to_have_attribute("aria-pressed", "false")
    page.evaluate("() => { Notification.requestPermission = async () => 'denied'; }")
    button.press("Enter")
    expect(grid.get_by_role("status").last).to_contain_text("The browser refuses notices")
    page.evaluate(AWAY)
    change(page, ended, 0, 1)
    expect(page).to_have_title("A notebook")
    page.evaluate(NOTED)
    change(page, ended, 2)
    expect(page).to_have_title("✓ A notebook")
    expect(button).to_be_hidden()
    assert page.evaluate("() => window.notes") == ["2 of 3 clips are done."]
    page.evaluate("() => { document.title = 'Saved'; }")  # as a host does when it likes
    expect(page).to_have_title("✓ Saved")
    page.evaluate(BACK)
    expect(page).to_have_title("Saved")
    page.evaluate("() => { document.title = 'A notebook'; }")
    expect(page).to_have_title("A notebook")
    grid = started(page, site, of)
    page.evaluate("() => window.start(window.model.traits)")  # another view of the page
    buttons = grid.get_by_role("button", name="Tell me when done")
    for one in buttons.all():
        expect(one).to_have_attribute("aria-pressed", "true")
    buttons.last.press("Enter")
    expect(buttons.first).to_have_attribute("aria-pressed", "false")
    expect(buttons.last).to_have_attribute("aria-pressed", "false")


NOTED = """() => {
  window.notes = [];
  window.Notification = class { constructor(title, { body }) { window.notes.push(body); } };
}"""


def test_leaving_ends_every_listener(page: Page, site: Site) -> None:
    """After the view ends, the model has no listener, the page no grid, and no timer runs."""
    page.clock.install(time=SENT_AT)
    started(page, site, sample())
    page.evaluate("""() => {
      window.calls = 0;
      window.leave();
      const get = window.model.get;
      window.model.get = (name) => { window.calls += 1; return get(name); };
    }""")
    page.clock.run_for(60_000)
    assert page.evaluate("() => [window.listeners(), window.calls, window.tickers]") == [0, 0, 0]
    expect(page.locator("#place > *")).to_have_count(0)


@pytest.mark.parametrize("state", ["queued", "failed"])
def test_foreign_text_is_shown_as_text(page: Page, site: Site, state: State) -> None:
    """Markup in any field makes no element and runs nothing."""
    page.on("dialog", lambda dialog: pytest.fail(f"a script ran: {dialog.message}"))
    grid = started(page, site, hostile(state))
    expect(grid.locator("script, img[src=x]")).to_have_count(0)
    shown = grid.inner_text()
    grid.get_by_role("tab").nth(1).click()
    shown += grid.inner_text()
    assert shown.count("<script>alert(1)</script>") > 20
    assert "\u202e" not in shown


def test_long_text_folds_or_wraps(page: Page, site: Site) -> None:
    """1500 characters without a blank, anywhere, make nothing stick out of its cell."""
    long = "x" * 1500
    of = sample((Axis(name=long, values=(long, "b")), SIZE), ["failed", "queued"], error=long)
    shots = tuple(replace(shot, note=long, warnings=(long,)) for shot in of.snapshots)
    started(page, site, replace(of, snapshots=shots))
    over = """() => [...document.querySelectorAll('.hailuo-live-grid *')].filter(
      (e) => e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).display !== 'inline'
        && !e.matches('.spoken')
    ).map((e) => `${e.tagName} ${e.className}`)"""
    assert page.evaluate(over) == []


@pytest.mark.parametrize("axes", [(PACE, SIZE), (SIZE,), (PACE, SIZE, MODEL)])
def test_a_narrow_grid_scrolls_in_its_own_box(
    page: Page, site: Site, axes: tuple[Axis, ...]
) -> None:
    """At 400 px the page itself does not scroll sideways, and every clip can be reached."""
    page.set_viewport_size({"width": 400, "height": 800})
    grid = started(page, site, sample(axes, ["done", "queued"]))
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 400
    for figure in grid.locator("figure:visible").all():
        figure.scroll_into_view_if_needed()
        box = figure.bounding_box()
        assert box and box["width"] >= 100
        assert box["x"] < 400 - 50


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("colours", ["none", "active"])
def test_axe_finds_nothing(page: Page, site: Site, theme: str, colours: Any) -> None:
    """In every theme names, roles, order and contrast are right, with tabs, failures and all."""
    page.emulate_media(color_scheme=theme, forced_colors=colours)  # type: ignore[arg-type]
    left_out = {("fast", "1080P", "02-i2v"): "Not together."}
    axes = (PACE, SIZE, MODEL)
    started(page, site, sample(axes, [*STATE_WORDS], left_out=left_out, warnings=("Small.",)))
    page.add_style_tag(content=themed(theme))
    found = Axe().run(page, options=BARE_PAGE)
    assert [one["id"] for one in found.response["violations"]] == [], found.generate_report()


def test_reduced_motion_is_respected(page: Page, site: Site) -> None:
    """The moving parts of the rails stand still for people who ask for that."""
    started(page, site, sample((PACE, SIZE), ["generating"]))
    until_moving(page, 6)
    page.emulate_media(reduced_motion="reduce")
    until_moving(page, 0)


def test_the_grid_loads_nothing_from_elsewhere(page: Page, site: Site) -> None:
    """Every request goes to the server that served the page."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    grid = started(page, site, sample())
    grid.get_by_role("button", name="Play", exact=True).click()
    page.wait_for_function("() => document.querySelector('video').currentTime > 0")
    assert [url for url in asked if not url.startswith((site.origin, "data:"))] == []


def test_two_hundred_cells_are_drawn(page: Page, site: Site) -> None:
    """A grid far over what is usual is drawn, and its last cell still answers."""
    axes = (
        Axis(name="a", values=tuple(f"a{at}" for at in range(20))),
        Axis(name="b", values=tuple(f"b{at}" for at in range(10))),
    )
    of = sample(axes, ["queued"])
    grid = started(page, site, of)
    expect(grid.locator("figure")).to_have_count(200)
    change(page, at_work(of, 199, "failed"), 199)
    cell(grid, "a19 · b9").get_by_role("button", name="Try again").click()
    assert sent(page) == [{"kind": "retry", "index": 199}]


def test_a_picture_that_cells_share_is_drawn_in_each(page: Page, site: Site) -> None:
    """A number instead of an address stands for a picture that was sent once."""
    of = sample((SIZE,), ["queued"])
    grid = started(page, site, of)
    expect(grid.locator("img")).to_have_count(3)
    assert {image.get_attribute("src") for image in grid.locator("img").all()} == {poster()}
    change(page, of, 0, poster_0="")
    expect(grid.locator("img")).to_have_count(2)
    expect(cell(grid, "512P").locator(".frame")).to_be_empty()


def test_the_widget_sends_one_module(page: Page, site: Site) -> None:
    """Player, tabs and grid are one text that exports the view as anywidget wants it."""
    page.goto(site.put("blank", "<p>nothing</p>"))
    kinds = page.evaluate(
        """async (text) => {
          const url = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
          const module = await import(url);
          return [Object.keys(module), typeof module.default.render];
        }""",
        bundle("grid"),
    )
    assert kinds == [["default"], "function"]


STARS = """(source) => {
  const own = document.createElement("style");
  own.textContent = source.split("CSS = `")[1].split("`")[0];
  document.head.append(own);
  const places = [document.body, document.querySelector(".hailuo-live-grid figure")];
  return places.map((place) => {
    const rating = document.createElement("div");
    rating.className = "hailuo-rating";
    rating.innerHTML = '<button class="star">*</button>';
    place.append(rating);
    const look = getComputedStyle(rating.firstChild);
    return [look.borderTopColor, look.backgroundColor, look.padding, look.minHeight];
  });
}"""


def test_what_gives_stars_looks_alike_in_a_live_grid_and_anywhere(page: Page, site: Site) -> None:
    """The live view's own buttons have a border and a ground; a star has neither."""
    started(page, site, sample((SIZE,), ["done", "generating"]))
    source = (files("hailuo_nb.views") / "rating.js").read_text(encoding="utf-8")
    anywhere, in_grid = page.evaluate(STARS, source)
    assert in_grid == anywhere

"""The live card in a browser, with a fake model in the kernel's place."""

import base64
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from hailuo_nb.core.task import FINAL, STATE_WORDS, Snapshot, State
from tests.views.samples import (
    PROMPT,
    SENT_AT,
    card_traits,
    live_state,
    poster,
    settled_html,
    snapshot,
    strip,
)
from tests.views.site import Site, until_moving

HARNESS = """
<link rel="stylesheet" href="/looks/card.css"><div id="place"></div>
<script type="module">
import card from "/static/card/card.js";
const heard = {};
const model = {
  traits: {}, sent: [],
  get: (name) => model.traits[name],
  on: (type, hear) => (heard[type] ??= new Set()).add(hear),
  off: (type, hear) => heard[type]?.delete(hear),
  save_changes: () => {},
  send: (message) => model.sent.push(message),
};
window.heard = heard;
window.model = model;
window.start = (traits) => {
  model.traits = traits;
  window.leave = card.render({ model, el: document.querySelector("#place") });
};
window.change = (traits) => {
  model.traits = { ...model.traits, ...traits };
  for (const hear of heard["change:cell_0"]) hear();
};
window.ready = true;
</script>
"""


CLIP = "/page-clips/clip.mp4"
ANSWER = """(message) => { for (const hear of window.heard["msg:custom"]) hear(message, []); }"""
ANSWER_CLIP = """async (data) => {
  const bytes = await (await fetch("data:video/mp4;base64," + data)).arrayBuffer();
  for (const hear of window.heard["msg:custom"]) hear({ kind: "clip" }, [new DataView(bytes)]);
}"""


def started(page: Page, site: Site, first: Snapshot | dict[str, Any]) -> Locator:
    """Draw the card on an otherwise empty page and return it."""
    page.goto(site.put("card", HARNESS))
    page.wait_for_function("() => window.ready")
    page.evaluate("(state) => window.start(state)", told(first))
    return page.locator(".hailuo-live")


def change(page: Page, to: Snapshot) -> None:
    """Bring the card to another state, as the kernel would."""
    page.evaluate("(state) => window.change(state)", told(to))


def told(of: Snapshot | dict[str, Any]) -> dict[str, Any]:
    """Return the model's traits, of a task or of a card's state."""
    if not isinstance(of, dict):
        return card_traits(of)
    return card_traits(snapshot("done")) | {"cell_0": of}


def test_every_state_is_drawn_in_the_same_place(page: Page, site: Site) -> None:
    """One card goes through all states; headline, step and buttons follow, the box stays."""
    card = started(page, site, snapshot("waiting"))
    box = card.locator(".frame").bounding_box()
    for state in STATE_WORDS:
        change(page, snapshot(state))
        shown = live_state(snapshot(state))
        expect(card.get_by_role("status")).to_have_text(shown["headline"])
        expect(card.locator(".rail .past")).to_have_count(shown["phase"] or 0)
        expect(card.get_by_role("button", name="Stop watching")).to_be_visible(
            visible=state not in FINAL
        )
        assert card.locator(".frame").bounding_box() == box


CUT = """(card) => [...card.querySelectorAll("figcaption, .text, p, strong")]
  .filter((one) => one.getBoundingClientRect().right > card.getBoundingClientRect().right)
  .map((one) => one.textContent)"""


@pytest.mark.parametrize("width", [170, 260, 420])
@pytest.mark.parametrize("state", ["queued", "unsure", "failed", "done"])
def test_no_word_is_cut_off_however_narrow_the_place(
    page: Page, site: Site, state: State, width: int
) -> None:
    """Beside a file browser and in a column, live, and as it is saved: lines break instead."""
    page.set_viewport_size({"width": width, "height": 900})
    task = replace(snapshot(state), name="samurai" * 9)
    live = started(page, site, task)
    assert live.evaluate(CUT) == []
    page.goto(site.put("saved", settled_html(task, src=CLIP)))
    assert page.locator("figure.hailuo-card").evaluate(CUT) == []


def test_the_card_tells_the_facts(page: Page, site: Site) -> None:
    """Name, mark, prompt, options, image, money, id, note and warnings are on the card."""
    page.clock.install(time=SENT_AT)
    noted = {"note": "trying again in 4 s", "warnings": ("Small image.",)}
    full = replace(snapshot("queued"), name="first_take", pushed=True, **noted)
    card = started(page, site, full)
    for fact in (
        *("first_take", "SIMULATED", PROMPT, "optimizer\u00a0on", "start image sample:peak"),
        *("30 simulated credits held · balance 970 · push: the service calls back",),
        "281e5b0f39b9a4d2c8e7",
        *("trying again in 4 s", "Small image.", "usually 2-5 min"),
    ):
        expect(card.get_by_text(fact, exact=True)).to_be_visible()


def test_a_card_that_was_there_says_that_nothing_was_sent(page: Page, site: Site) -> None:
    """What the cell found is said below the state."""
    card = started(page, site, snapshot("queued"))
    page.evaluate("() => window.leave()")
    traits = card_traits(snapshot("queued")) | {"board": {"found": "There already."}}
    page.evaluate("(traits) => window.start(traits)", traits)
    expect(card.get_by_text("There already.", exact=True)).to_be_visible()


def test_a_paid_card_shows_no_mark(page: Page, site: Site) -> None:
    """The mark is hidden for a task that costs real credits."""
    card = started(page, site, replace(snapshot("queued"), service="https://api.kie.ai"))
    expect(card.get_by_text("SIMULATED")).to_be_hidden()


def test_the_clock_ticks_without_the_kernel(page: Page, site: Site) -> None:
    """Elapsed time runs in the browser, sends nothing, and says when it takes longer."""
    page.clock.install(time=SENT_AT)
    page.clock.pause_at(SENT_AT + 59)
    card = started(page, site, snapshot("generating"))
    expect(card.get_by_role("timer")).to_have_text("0:59")
    page.clock.run_for(2000)
    expect(card.get_by_role("timer")).to_have_text("1:01")
    page.clock.run_for(3600_000)
    expect(card.get_by_role("timer")).to_have_text("1:01:01")
    expect(card.locator(".estimate")).to_have_text("usually 2-5 min, longer this time")
    assert page.evaluate("() => window.model.sent") == []


FALL = """(isLive) => {
  for (const hear of window.heard["comm_live_update"]) hear.call({ model: { comm_live: isLive } });
}"""


def test_a_card_whose_kernel_has_gone_says_so_and_stands(page: Page, site: Site) -> None:
    """Its clock stops and nothing is left to press, until the kernel is there again."""
    page.clock.install(time=SENT_AT)
    page.clock.pause_at(SENT_AT + 59)
    card = started(page, site, snapshot("generating"))
    page.evaluate(FALL, False)
    expect(card.get_by_text("The kernel was restarted or has ended")).to_be_visible()
    expect(card.get_by_role("button", name="Stop watching")).to_be_hidden()
    page.clock.run_for(5000)
    expect(card.get_by_role("timer")).to_have_text("0:59")
    page.evaluate(FALL, True)
    expect(card.get_by_text("The kernel was restarted")).to_have_count(0)
    expect(card.get_by_role("button", name="Stop watching")).to_be_visible()
    page.clock.run_for(1000)
    expect(card.get_by_role("timer")).to_have_text("1:05")


def test_a_finished_card_needs_no_kernel(page: Page, site: Site) -> None:
    """What is over stays as it is when the kernel goes."""
    card = started(page, site, live_state(snapshot("done"), CLIP))
    page.evaluate(FALL, False)
    expect(card.get_by_text("The kernel was restarted")).to_have_count(0)


def test_the_end_is_drawn_where_the_card_stands(page: Page, site: Site) -> None:
    """The clip takes its picture's place in the same box, with the player of a saved card."""
    card = started(page, site, snapshot("saving"))
    shown = card.locator(".frame img").get_attribute("src")
    box = card.locator(".frame").bounding_box()
    page.evaluate("(state) => window.change(state)", card_traits(snapshot("done"), CLIP))
    video = card.locator(".frame video")
    expect(video).to_have_attribute("poster", shown or "")
    assert card.locator(".frame").bounding_box() == box
    card.get_by_role("button", name="Next frame").click()
    page.wait_for_function(
        "(video) => Math.floor(video.currentTime * 24) === 1", arg=video.element_handle()
    )
    expect(card.get_by_role("link", name="Download MP4")).to_have_attribute(
        "href", f"{site.origin}{CLIP}"
    )
    assert page.evaluate("() => window.model.sent") == []


def test_at_its_end_the_card_gets_the_pictures_of_the_clip(page: Page, site: Site) -> None:
    """The start image gives way to the middle frame and the strip, which stay with the card."""
    card = started(page, site, snapshot("saving"))
    expect(card.locator(".hailuo-strip")).to_be_hidden()
    told = {"poster_0": " ".join((poster(160, 90), *strip()))}
    page.evaluate("(traits) => window.change(traits)", card_traits(snapshot("done"), CLIP) | told)
    for _ in range(2):
        expect(card.locator("video")).to_have_attribute("poster", poster(160, 90))
        frames = card.locator(".hailuo-strip img")
        assert [one.get_attribute("src") for one in frames.all()] == list(strip())
        assert frames.last.get_attribute("alt") == "Clip samurai at 6 s"
        page.evaluate("(traits) => window.change(traits)", {"poster_0": ""})
    assert page.evaluate("() => window.model.sent") == []


def test_a_card_that_opens_after_the_end_asks_for_its_picture(page: Page, site: Site) -> None:
    """Its model holds none; it asks once."""
    card = started(page, site, live_state(snapshot("done"), CLIP))
    assert page.evaluate("() => window.model.sent") == [{"kind": "picture", "index": 0}]
    page.evaluate(ANSWER, {"kind": "picture", "poster": " ".join((poster(), *strip()))})
    expect(card.locator("video")).to_have_attribute("poster", poster())
    expect(card.locator(".hailuo-strip img")).to_have_count(4)


@pytest.mark.parametrize("src", ["kernel:", "/page-clips/forbidden.mp4"])
def test_a_clip_that_the_page_cannot_load_comes_from_the_kernel(
    page: Page, site: Site, clip: Path, src: str
) -> None:
    """Where it has no address, or the server forbids it; what was to play plays."""
    page.route("**/forbidden.mp4", lambda route: route.fulfill(status=403))
    state = live_state(snapshot("done"), CLIP) | {"src": src}
    card = started(page, site, state)
    if src != "kernel:":
        card.locator("video").evaluate("(video) => void video.play().catch(() => {})")
    page.wait_for_function("() => window.model.sent.some(({ kind }) => kind === 'clip')")
    page.evaluate(ANSWER_CLIP, base64.b64encode(clip.read_bytes()).decode())
    video = card.locator("video")
    if src == "kernel:":
        video.evaluate("(video) => video.play()")
    page.wait_for_function("(video) => video.currentTime > 0.1", arg=video.element_handle())


def test_before_the_submit_there_is_no_clock(page: Page, site: Site) -> None:
    """A task that was not sent has no elapsed time."""
    card = started(page, site, snapshot("waiting"))
    expect(card.locator(".clock")).to_be_hidden()


def test_a_clock_that_is_behind_shows_no_negative_time(page: Page, site: Site) -> None:
    """When the kernel's clock is ahead of the browser's, the count starts at zero."""
    page.clock.install(time=SENT_AT - 500)
    card = started(page, site, snapshot("queued"))
    expect(card.get_by_role("timer")).to_have_text("0:00")


def test_stop_sends_one_request(page: Page, site: Site) -> None:
    """Pressing Stop asks once, says so, and comes back if the state moves on."""
    card = started(page, site, snapshot("queued"))
    expect(card.get_by_text("The task goes on.")).to_be_visible()
    card.get_by_role("button", name="Stop watching").dblclick()
    assert page.evaluate("() => window.model.sent") == [{"kind": "stop", "index": 0}]
    expect(card.get_by_role("button", name="Stopping…")).to_be_disabled()
    change(page, replace(snapshot("queued"), note="a poll went by"))
    expect(card.get_by_role("button", name="Stopping…")).to_be_disabled()
    change(page, snapshot("generating"))
    expect(card.get_by_role("button", name="Stop watching")).to_be_enabled()


def test_a_stop_that_nobody_answers_is_said_again(page: Page, site: Site) -> None:
    """A connection that is being made anew loses messages; once the state moves all is quiet."""
    page.clock.install(time=SENT_AT)
    page.clock.pause_at(SENT_AT + 59)
    card = started(page, site, snapshot("queued"))
    card.get_by_role("button", name="Stop watching").click()
    said = []
    for seconds in (4, 3, 12, 22):
        page.clock.run_for(seconds * 1000)
        said.append(len(page.evaluate("() => window.model.sent")))
    assert said == [1, 2, 3, 4]
    change(page, snapshot("stopped"))
    page.clock.run_for(120_000)
    assert page.evaluate("() => window.model.sent") == [{"kind": "stop", "index": 0}] * 4


def test_what_cannot_be_stopped_offers_no_button(page: Page, site: Site) -> None:
    """While the task is being sent, Stop is there but disabled."""
    card = started(page, site, snapshot("submitting"))
    expect(card.get_by_role("button", name="Stop watching")).to_be_disabled()


def test_a_screen_reader_hears_state_changes_only(page: Page, site: Site) -> None:
    """The one live region changes with the state, not with clock, note or money."""
    page.clock.install(time=SENT_AT)
    card = started(page, site, snapshot("queued"))
    page.evaluate("""() => {
      window.spoken = [];
      const region = document.querySelector("[aria-live=polite]");
      new MutationObserver(() => window.spoken.push(region.textContent))
        .observe(region, { childList: true, characterData: true, subtree: true, attributes: true });
    }""")
    expect(page.locator("[aria-live=polite]")).to_have_count(1)
    page.clock.run_for(5000)
    change(page, replace(snapshot("queued"), note="trying again", credits=50.0))
    expect(card.get_by_text("trying again")).to_be_visible()
    change(page, snapshot("generating"))
    assert page.evaluate("() => window.spoken") == ["Generating"]


def test_leaving_ends_every_listener(page: Page, site: Site) -> None:
    """After the view ends, the model has no listener, the page no card, and no timer runs."""
    page.clock.install(time=SENT_AT)
    started(page, site, snapshot("queued"))
    page.evaluate("""() => {
      window.calls = 0;
      window.leave();
      const get = window.model.get;
      window.model.get = () => { window.calls += 1; return get(); };
    }""")
    page.clock.run_for(5000)
    assert page.evaluate("() => [window.heard['change:cell_0'].size, window.calls]") == [0, 0]
    expect(page.locator("#place > *")).to_have_count(0)


def test_foreign_text_is_shown_as_text(page: Page, site: Site) -> None:
    """Markup in any field makes no element and runs nothing."""
    bad = "<img src=x onerror='window.bad=1'><script>window.bad=1</script>"
    state = live_state(
        replace(snapshot("queued", prompt=bad), name=bad, task_id=bad, note=bad, warnings=(bad,))
    ) | {"options": [bad], "images": [bad], "money": bad, "estimate": bad, "explanation": bad}
    card = started(page, site, state)
    expect(card.get_by_text(bad)).to_have_count(10)
    expect(card.locator("script, img[src=x]")).to_have_count(0)
    assert page.evaluate("() => window.bad") is None


@pytest.mark.parametrize("length", [1500, 5000])
def test_a_long_prompt_folds(page: Page, site: Site, length: int) -> None:
    """Only the beginning shows until the prompt is unfolded; then all of it does."""
    prompt = ("Petals and storm. " * length)[:length]
    card = started(page, site, snapshot("queued", prompt=prompt))
    folded = card.bounding_box()
    card.locator("summary").click()
    expect(card.locator("details")).to_have_attribute("open", "")
    unfolded = card.bounding_box()
    assert folded and unfolded and unfolded["height"] > folded["height"] + 100
    assert (card.locator(".prompt").text_content() or "").replace("…", "", 1) == prompt


def test_an_unfolded_prompt_stays_open(page: Page, site: Site) -> None:
    """A change of state does not fold the prompt that someone is reading."""
    prompt = "Petals and storm. " * 60
    card = started(page, site, snapshot("queued", prompt=prompt))
    card.locator("summary").click()
    change(page, snapshot("generating", prompt=prompt))
    expect(card.locator("details")).to_have_attribute("open", "")


def test_the_task_id_is_copied(page: Page, site: Site) -> None:
    """Copy puts the id on the clipboard and says so."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=site.origin)
    card = started(page, site, snapshot("queued"))
    card.get_by_role("button", name="Copy the task id").click()
    expect(card.locator(".copy")).to_have_text("Copied")
    assert page.evaluate("() => navigator.clipboard.readText()") == "281e5b0f39b9a4d2c8e7"


def test_without_a_clipboard_the_id_is_selected(page: Page, site: Site) -> None:
    """Where the page may not write the clipboard, the id is selected for copying by hand."""
    page.add_init_script("navigator.clipboard.writeText = () => Promise.reject(new Error())")
    card = started(page, site, snapshot("queued"))
    card.get_by_role("button", name="Copy the task id").click()
    expect(card.locator(".copy")).to_have_text("Selected")
    assert page.evaluate("() => getSelection().toString()") == "281e5b0f39b9a4d2c8e7"


def test_the_card_loads_nothing_from_elsewhere(page: Page, site: Site) -> None:
    """Every request goes to the server that served the page."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    card = started(page, site, snapshot("generating"))
    expect(card.locator("img")).to_be_visible()
    assert [url for url in asked if not url.startswith((site.origin, "data:"))] == []


def test_reduced_motion_is_respected(page: Page, site: Site) -> None:
    """The moving part of the rail stands still for people who ask for that."""
    started(page, site, snapshot("generating"))
    until_moving(page, 1)
    page.emulate_media(reduced_motion="reduce")
    until_moving(page, 0)


@pytest.mark.parametrize("state", ["queued", "generating"])
def test_a_narrow_card_does_not_overflow(page: Page, site: Site, state: State) -> None:
    """At 360 px nothing sticks out, not even an unbroken prompt or id."""
    page.set_viewport_size({"width": 360, "height": 700})
    odd = replace(snapshot(state, prompt="x" * 290), task_id="y" * 200, name="z" * 120)
    started(page, site, odd)
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 360
    over = """() => [...document.querySelectorAll('.hailuo-live *')].filter(
      (e) => e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).display !== 'inline'
    ).map((e) => e.className)"""
    assert page.evaluate(over) == []


def test_what_leads_to_a_clip_is_read_like_its_other_words(page: Page, site: Site) -> None:
    """A clip without a picture is a link in the text's own colour; the row ends in this clip."""
    evil = '<img src=x onerror="window.bad=1">'
    chain = [["3 before", "", ""], [evil, "", "clip.mp4"], ["far", "", ""]]
    page.goto(site.put("card", HARNESS))
    page.wait_for_function("() => window.ready")
    traits = card_traits(snapshot("generating")) | {"board": {"chain": chain}}
    page.evaluate("(traits) => window.start(traits)", traits)
    row = page.locator(".hailuo-chain")
    expect(row).to_have_text(f"3 before → {evil} → far → this clip", use_inner_text=True)
    assert row.get_by_role("link", name=evil).get_attribute("href") == "clip.mp4"
    own, link = (
        one.evaluate("(it) => getComputedStyle(it).color") for one in (row, row.get_by_role("link"))
    )
    assert own == link
    assert page.evaluate("() => window.bad") is None


def test_the_notice_is_offered_below_what_else_can_be_done(page: Page, site: Site) -> None:
    """In the column of the words, however long these are."""
    page.set_viewport_size({"width": 760, "height": 700})
    card = started(page, site, snapshot("generating", prompt=PROMPT * 4))
    stop, tell = (
        card.get_by_role("button", name=name).bounding_box()
        for name in ("Stop watching", "Tell me when done")
    )
    assert stop is not None
    assert tell is not None
    assert tell["x"] == stop["x"]
    assert tell["y"] > stop["y"] + stop["height"]

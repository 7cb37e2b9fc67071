"""Judging in a browser: a fake kernel in the notebook, and the page of a class from the disk."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from hailuo_nb.judging.choice import lead, threshold
from hailuo_nb.judging.strengths import fit
from hailuo_nb.judging.votes import wins
from hailuo_nb.views.compare.export import export_page
from hailuo_nb.views.judge.judge import votes_page
from hailuo_nb.views.sources import as_address
from tests.judging.make import contestants_of, votes_on
from tests.views.axe import BARE_PAGE
from tests.views.comparing import show
from tests.views.judging import film, harness
from tests.views.reels import write_reels
from tests.views.site import Site

READY = """() => {
  const videos = [...document.querySelectorAll("figure.hailuo-clip video")];
  const isAsked = document.querySelector(".votes .left").ariaDisabled === "false";
  return isAsked && videos.length === 2 && videos.every((video) => video.readyState > 1);
}"""
"""Both clips are there, and an answer is taken."""
SENT = "() => window.model.sent"
HEAD = """<title>Judging</title>
<style>:root{color-scheme:light dark}body{color:CanvasText;background:Canvas}</style>"""
LOOKS = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "contrast": {"forced_colors": "active"},
}


@pytest.fixture
def booth(page: Page, site: Site, clip: Path) -> Locator:
    """Show the booth on an otherwise empty page."""
    write_reels(clip.parent)
    page.goto(site.put("judge", f"<main>{harness()}</main>", head=HEAD))
    found = page.locator(".hailuo-judge")
    expect(found.locator(".tools")).to_be_visible()
    found.focus()
    return found


def press(page: Page, key: str, turn: int) -> None:
    """Press a key once both clips are there, and wait for what is asked next."""
    page.wait_for_function(READY)
    page.keyboard.press(key)
    page.wait_for_function("(turn) => window.model.traits.ballot.turn === turn", arg=turn)


def test_every_vote_is_one_key(page: Page, booth: Locator) -> None:
    """Each answer goes to the turn that is shown; both clips begin anew and play."""
    for turn, key in enumerate("abtsu"):
        press(page, key, turn + 1)
    sent = page.evaluate(SENT)
    outcomes = [(message["kind"], message.get("outcome"), message["turn"]) for message in sent]
    votes = [("vote", one, at) for at, one in enumerate(("left", "right", "tie", "skip"))]
    assert outcomes == [*votes, ("undo", None, 4)]
    page.wait_for_function(
        "() => [...document.querySelectorAll('video')].every((one) => !one.paused)"
    )
    expect(booth.locator(".tally")).to_contain_text("Taken back. 3 votes of yours.")
    page.keyboard.press("?")
    rows = page.get_by_role("dialog", name="Keys").get_by_role("listitem")
    for key, does in (("A", "clip A is better"), ("S", "skip: no answer"), ("F", "full screen")):
        expect(rows.filter(has=page.get_by_text(key, exact=True))).to_have_text(f"{key}{does}")


def test_a_held_key_is_one_vote_and_nothing_is_taken_back_at_first(
    page: Page, booth: Locator
) -> None:
    """Its repetitions do nothing, nor does undo where nothing was cast."""
    page.wait_for_function(READY)
    page.keyboard.press("u")
    expect(booth.get_by_role("button", name="Undo")).to_have_attribute("aria-disabled", "true")
    page.keyboard.down("a")
    page.wait_for_function("() => window.model.traits.ballot.turn === 1")
    page.wait_for_function(READY)
    page.keyboard.down("a")
    page.keyboard.up("a")
    press(page, "b", 2)
    assert [message.get("outcome") for message in page.evaluate(SENT)] == ["left", "right"]


def test_until_it_is_answered_a_vote_is_the_only_one(page: Page, booth: Locator) -> None:
    """Further keys wait; what was refused is told, and the same turn can be answered again."""
    page.wait_for_function(READY)
    page.clock.install()
    page.clock.pause_at("2100-01-01")  # after seconds without an answer it would ask again
    page.evaluate("() => { window.model.answers = false; }")
    page.keyboard.press("a")
    page.keyboard.press("b")
    expect(booth.get_by_role("button", name="Skip")).to_have_attribute("aria-disabled", "true")
    assert len(page.evaluate(SENT)) == 1
    page.evaluate("() => window.tell('msg:custom', { kind: 'vote', trouble: 'The disk is full.' })")
    expect(booth.get_by_role("alert")).to_have_text("The disk is full.")
    page.keyboard.press("b")
    assert [message["turn"] for message in page.evaluate(SENT)] == [0, 0]
    page.evaluate("() => window.tell('comm:close')")
    expect(booth.get_by_role("alert")).to_contain_text("no vote is lost")


def test_the_result_takes_its_place_and_voting_goes_on(page: Page, booth: Locator) -> None:
    """Nothing of the prompts is on the page before; after it there is a way back."""
    assert "p0" not in booth.inner_text()
    page.wait_for_function(READY)
    page.keyboard.press("e")
    expect(page.get_by_role("rowheader", name="p0")).to_be_visible()
    expect(booth).to_be_hidden()
    page.get_by_role("button", name="Go on voting").press("Enter")
    expect(booth).to_be_visible()
    expect(page.locator(".hailuo-votes")).to_be_hidden()


def test_a_comparison_gives_the_line_that_votes_on_it(page: Page, site: Site, clip: Path) -> None:
    """A saved page reaches no kernel: a press copies what a cell runs."""
    write_reels(clip.parent)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    root = show(page, site, "a", "b")
    root.get_by_role("button", name="Judge").click()
    expect(root.get_by_text("Copied: paste it into a cell.")).to_be_visible()
    assert page.evaluate("() => navigator.clipboard.readText()") == "%hailuo judge a b"
    held = [film(name, as_address(b"x")) for name in ("a", "b")]
    assert "data-judge" not in export_page(held)


def held_page(clip: Path, to: Path) -> str:
    """Write the page of a class with three clips; return its address."""
    reels = write_reels(clip.parent)
    clips = []
    for name in ("a", "b", "short"):
        video = as_address((reels / f"{name}.mp4").read_bytes())
        clips.append(film(name, video))
    to.write_text(votes_page(clips, [0, 1, 2], name="trial", digest="ab12"), encoding="utf-8")
    return to.as_uri()


def axe_words(page: Page) -> str:
    """Return what axe-core finds."""
    found = Axe().run(page, options=BARE_PAGE)
    return str(found.generate_report()) if found.violations_count else ""


@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing(
    page: Page, booth: Locator, look: str, clip: Path, tmp_path: Path
) -> None:
    """In the booth, its help and the result, and in all that the page of a class shows."""
    page.emulate_media(**LOOKS[look])  # type: ignore[arg-type]
    assert axe_words(page) == ""
    page.keyboard.press("?")
    assert axe_words(page) == ""
    page.keyboard.press("Escape")
    booth.focus()
    page.wait_for_function(READY)
    page.keyboard.press("e")
    expect(page.get_by_role("rowheader", name="p0")).to_be_visible()
    assert axe_words(page) == ""
    page.goto(held_page(clip, tmp_path / "class.html"))
    assert axe_words(page) == ""
    page.get_by_role("textbox").fill("Ann")
    page.keyboard.press("Enter")
    page.wait_for_function(READY)
    assert axe_words(page) == ""
    page.keyboard.press("e")
    expect(page.get_by_role("button", name="Save the votes")).to_be_visible()
    assert axe_words(page) == ""


def test_several_share_a_browser_and_not_their_votes(
    page: Page, clip: Path, tmp_path: Path
) -> None:
    """Who ends saves a file of their own, and who comes next begins with a name and no vote."""
    page.goto(held_page(clip, tmp_path / "class.html"))
    title = page.get_by_role("heading", level=1)
    for judge, key in (("Ann", "a"), ("Ben", "b")):
        expect(title).to_have_text("Vote: trial")
        page.get_by_role("textbox").fill(judge)
        page.keyboard.press("Enter")
        expect(title).to_have_text(f"Vote: trial · {judge}")
        page.wait_for_function(READY)
        page.keyboard.press(key)
        expect(page.get_by_text("1 vote of yours.")).to_be_visible()
        page.keyboard.press("e")
        with page.expect_download() as saved:
            page.get_by_role("button", name="Save, then somebody else votes").press("Enter")
        form = json.loads(Path(saved.value.path()).read_text())
        assert [vote["judge"] for vote in form["votes"]] == [judge]
        page.reload()


REPEATS = """async ([prompts, number]) => {
  const { election, standing } = await import("/static/judge/elect.js");
  const log = [];
  const met = new Set();
  for (let at = 0; at < number; at += 1) {
    const { left, right, repeat } = election(new Map(prompts), log).next();
    const before = log.some((one) => one.left === right && one.right === left);
    if (left === right || (repeat && !before)) throw new Error("a pair that cannot be");
    met.add([left, right].sort().join());
    const outcome = left === "p0c0" ? "left" : right === "p0c0" ? "right" : "tie";
    log.push({ id: `v${at}`, judge: "Ann", left, right, outcome, repeat, at, undoes: null });
  }
  log.push({ ...log[3], id: "u", undoes: "v3" });
  const votes = standing(log);
  return {
    pairs: met.size,
    repeated: log.filter(({ repeat }) => repeat).length,
    standing: votes.length,
    isDecided: election(new Map(prompts), log).isDecided(),
  };
}"""


def test_a_page_chooses_and_ends_as_the_package_does(page: Page, site: Site) -> None:
    """Each two meet at first, one in ten comes again, and who wins always is seen to be ahead."""
    page.goto(site.put("elect", "<main></main>"))
    prompts = [(id, at) for at, one in enumerate(contestants_of(4)) for id in one.clips]
    found: dict[str, Any] = page.evaluate(REPEATS, [prompts, 120])
    assert found["pairs"] == 6
    assert 2 <= found["repeated"] <= 30
    assert found["standing"] == 119
    assert found["isDecided"]


FITTED = """async (wins) => {
  const { fit, lead, threshold } = await import("/static/judge/elect.js");
  const found = fit(wins);
  const { best, gaps } = lead(found);
  gaps[best] = 0;
  return { strengths: found.strengths, best, gaps, threshold: threshold(wins.length) };
}"""


def test_a_page_reckons_as_the_package_does(page: Page, site: Site) -> None:
    """Strengths, who is ahead and by how much are those of Python, to a millionth."""
    page.goto(site.put("elect", "<main></main>"))
    contestants = contestants_of(6)
    log = votes_on(contestants, [1, 0, 0.5, -1, 0, 0.2], 200, ties=0.2)
    places = {id: at for at, one in enumerate(contestants) for id in one.clips}
    table = wins(log, places)
    found: dict[str, Any] = page.evaluate(FITTED, json.loads(json.dumps(table.tolist())))
    fitted = fit(table)
    best, gaps = lead(fitted)
    gaps[best] = 0
    assert found["best"] == best
    assert np.allclose(found["strengths"], fitted.strengths, atol=1e-6)
    assert np.allclose(found["gaps"], gaps, atol=1e-6)
    assert found["threshold"] == pytest.approx(threshold(6))

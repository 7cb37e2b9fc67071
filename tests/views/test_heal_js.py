"""What stands below live views, in a browser, with a server of the test's own that it asks."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from hailuo_nb.core.task import Snapshot
from hailuo_nb.views.healing import BEAT_S, Healing
from tests.views.samples import card_traits, snapshot
from tests.views.site import Site
from tests.views.test_card_js import HARNESS

JUPYTER = '<script id="jupyter-config-data" type="application/json">{"baseUrl": "/base/"}</script>'
ROW = '<div class="jp-OutputArea-child"><div class="jp-OutputArea-output">{}</div></div>'
LIVE = '<section class="hailuo-live" data-live="{}">live</section>'
LATER = "2100-01-01"  # a page whose clock stands there is the test's alone to move on
FAR = '<div style="height: 9000px"></div>'


class Answers:
    """Plays the server: tells of tasks what the test says, and notes what was asked."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.asked: list[list[str]] = []
        self.drawn: list[list[str]] = []
        self.states: dict[str, str] = {}
        self.status = 200
        self.offer, self.watched = "", list[list[str]]()

    def take(self, route: Route) -> None:
        """Answer a question."""
        ids = json.loads(route.request.post_data or "{}")["ids"]
        if route.request.url.endswith("/base/hailuo/tasks"):
            self.asked.append(ids)
            told: dict[str, Any] = {
                "tasks": {
                    id: {"mark": self.states[id], "final": self.states[id] == "done"}
                    for id in ids
                    if id in self.states
                }
            }
        elif route.request.url.endswith("/base/hailuo/watch"):
            self.watched.append(ids)
            told = {"note": "No key."}
        else:
            self.drawn.append(ids)
            words = ", ".join(self.states[id] for id in ids)
            told = {"note": "Nobody looks.", "html": f"<p>healed: {words}</p>"}
            told["offer"] = self.offer
        route.fulfill(status=self.status, json=told)

    def pass_s(self, seconds: int) -> None:
        """Let seconds pass on the page's clock, each with its questions and answers."""
        for _ in range(seconds):
            self.page.clock.run_for(1000)
            self.page.evaluate("() => fetch('/page/empty').then(() => 1)")


@pytest.fixture
def answers(page: Page, site: Site) -> Iterator[Answers]:
    """Put a server there, and a clock that the test moves."""
    site.put("empty", "")
    page.clock.install()
    page.clock.pause_at(LATER)
    played = Answers(page)
    page.route("**/hailuo/*", played.take)
    yield played
    page.unroute_all(behavior="ignoreErrors")


def below(view: str, *shown: Snapshot) -> str:
    """Return what an output below a view holds."""
    published: list[dict[str, Any]] = []
    healing = Healing(lambda data, **_: published.append(data), lambda _s, _call: None)
    healing.show(view, shown, int)
    return str(published[0]["text/html"])


def tasks_of(ids: Sequence[str]) -> list[Snapshot]:
    """Make tasks of these ids."""
    return [Snapshot(id=id, request=snapshot("queued").request, service="simulator", created_at=1)
            for id in ids]  # fmt: skip


def opened(page: Page, site: Site, *outputs: str, head: str = JUPYTER) -> None:
    """Open a page of these outputs, one below the other."""
    page.goto(site.put("heal", "".join(map(ROW.format, outputs)), head=head))


def test_it_is_unseen_while_the_view_beats(page: Page, site: Site, answers: Answers) -> None:
    """It asks nothing then; a view that has lost its kernel gives way, and is there again after."""
    answers.states = {"a1": "generating"}
    opened(page, site, LIVE.format("v"), below("v", *tasks_of(["a1"])))
    live, healed = page.locator("[data-live=v]"), page.locator(".hailuo-heal")
    answers.pass_s(8)
    expect(live).to_be_visible()
    expect(healed).to_be_hidden()
    assert answers.asked == []
    live.evaluate("(view) => view.toggleAttribute('data-gone', true)")
    answers.pass_s(3)
    expect(healed.get_by_text("healed: generating")).to_be_visible()
    expect(healed.get_by_text("Nobody looks.")).to_be_visible()
    expect(live).to_be_hidden()
    live.evaluate("(view) => view.toggleAttribute('data-gone', false)")
    answers.pass_s(2)
    expect(live).to_be_visible()
    expect(healed).to_be_hidden()
    assert healed.evaluate("(box) => box.childElementCount") == 0  # else its clips would play, too


def test_a_view_that_comes_late_finds_nothing_drawn(
    page: Page, site: Site, answers: Answers
) -> None:
    """A page that opens is given a moment; a view that comes later still is alone at once."""
    answers.states = {"a1": "generating", "b1": "generating"}
    opened(page, site, "", below("v", *tasks_of(["a1"])), "", below("w", *tasks_of(["b1"])))
    place = page.locator(".jp-OutputArea-output").nth(2)
    page.locator(".jp-OutputArea-output").first.evaluate(
        "(place, html) => { place.innerHTML = html }", LIVE.format("v")
    )
    answers.pass_s(1)
    assert answers.asked == [["b1"]]
    healed = page.get_by_text("healed: generating")
    expect(healed).to_be_visible()
    left = place.evaluate(
        """(place, html) => {
          place.innerHTML = html;
          dispatchEvent(new Event("hailuo-begun"));
          return [...document.querySelectorAll(".hailuo-heal")].map((box) => box.childElementCount);
        }""",
        LIVE.format("w"),
    )
    assert left == [0, 0]
    expect(page.locator("[data-live=w]")).to_be_visible()


def test_one_that_comes_just_before_a_look_is_given_its_moment(
    page: Page, site: Site, answers: Answers
) -> None:
    """Looks are every second; who has come in between is asked for at the one after."""
    answers.states = {"a1": "generating", "b1": "generating"}
    opened(page, site, "no model", below("v", *tasks_of(["a1"])))
    page.clock.run_for(200)
    page.locator("body").evaluate(
        "(body, html) => body.append(new Range().createContextualFragment(html))",
        ROW.format(below("w", *tasks_of(["b1"]))),
    )
    answers.pass_s(1)
    assert answers.asked == [["a1"]]
    expect(page.get_by_text("healed: generating")).to_have_count(1)
    answers.pass_s(1)
    assert answers.asked[1:] == [["a1", "b1"]]


def test_an_error_in_the_views_place_is_not_seen(page: Page, site: Site, answers: Answers) -> None:
    """A page that was loaded anew knows no model; where nobody looks, somebody may be asked to."""
    answers.states, answers.offer = {"a1": "generating"}, "Look after it"
    opened(page, site, "Error: model not found", below("v", *tasks_of(["a1"])))
    answers.pass_s(3)
    expect(page.get_by_text("healed: generating")).to_be_visible()
    expect(page.get_by_text("model not found")).to_be_hidden()
    page.get_by_role("button", name="Look after it").click()
    expect(page.get_by_text("Nobody looks. No key.")).to_be_visible()
    expect(page.get_by_role("button")).to_have_count(0)
    assert answers.watched == [["a1"]]


def test_a_page_asks_once_for_all_that_is_seen(page: Page, site: Site, answers: Answers) -> None:
    """Every other second; what is far away, or over, is not asked for."""
    ids = ["a1", "a2", "b1"]
    answers.states = dict.fromkeys(ids, "generating")
    boxes = [below("v", *tasks_of(["a1", "a2"])), below("w", *tasks_of(["b1"]))]
    opened(page, site, *boxes, FAR)
    page.locator("body").evaluate("(body, html) => body.append(...new Range()"
        ".createContextualFragment(`<div><div>${html}</div></div>`).childNodes)",
        below("far", *tasks_of(["c1"])))  # fmt: skip
    answers.pass_s(9)
    assert all(asked == ids for asked in answers.asked[1:])
    assert 4 <= len(answers.asked) <= 6
    assert sorted(answers.drawn) == [["a1", "a2"], ["b1"]]
    answers.states |= {"b1": "done"}
    answers.pass_s(3)
    expect(page.get_by_text("healed: done")).to_be_visible()
    before = len(answers.asked)
    answers.pass_s(4)
    assert answers.asked[before:] == [["a1", "a2"]] * 2


@pytest.mark.parametrize(("status", "most"), [(404, 8), (500, 28)])
def test_a_server_that_does_not_answer_is_asked_less(
    page: Page, site: Site, answers: Answers, status: int, most: int
) -> None:
    """Within 5 s the page says that the kernel is gone, and what to run."""
    answers.status = status
    opened(page, site, "Error: model not found", below("v", *tasks_of(["a1"])))
    answers.pass_s(5)
    expect(page.get_by_text("Run this cell again to see it, free.")).to_be_visible()
    answers.pass_s(95)
    assert len(answers.asked) <= most


def test_a_server_that_was_down_is_soon_asked_again(
    page: Page, site: Site, answers: Answers
) -> None:
    """However long it was down, seconds after its start the card tells what became of its task."""
    answers.status, answers.states["a1"] = 503, "queued"
    opened(page, site, "no view here", below("v", *tasks_of(["a1"])))
    answers.pass_s(90)
    answers.status = 200
    answers.pass_s(5)
    expect(page.get_by_text("healed: queued")).to_be_visible()


@pytest.mark.parametrize("event", ["online", "visibilitychange", "sleep"])
def test_a_page_that_is_back_asks_at_once(
    page: Page, site: Site, answers: Answers, event: str
) -> None:
    """Whoever opens a laptop, or comes back to a page, does not wait for the next question."""
    answers.status, answers.states["a1"] = 404, "queued"
    opened(page, site, "no view here", below("v", *tasks_of(["a1"])))
    answers.pass_s(70)
    before, answers.status = len(answers.asked), 200
    if event == "sleep":
        page.clock.fast_forward(10_000)
    else:
        page.evaluate("(event) => dispatchEvent(new Event(event))", event)
    answers.pass_s(2)
    assert len(answers.asked) > before
    expect(page.get_by_text("healed: queued")).to_be_visible()


def test_without_a_jupyter_server_nothing_is_asked(
    page: Page, site: Site, answers: Answers
) -> None:
    """An editor, or a page that was converted, says the same, once no view beats."""
    opened(page, site, "no view here", below("v", *tasks_of(["a1"])), head="")
    answers.pass_s(5)
    expect(page.get_by_text("Its kernel does not answer.")).to_be_visible()
    assert answers.asked == []


def beating(page: Page, site: Site, *, beats: int = 1) -> Locator:
    """Show a live card whose kernel beats where `window.beat` is called; return its complaint.

    ``beats`` are those that it has told of when the card begins.
    """
    page.clock.install()
    page.clock.pause_at(LATER)
    page.goto(site.put("card", HARNESS))
    page.wait_for_function("() => window.ready")
    page.evaluate("() => { window.begun = 0; addEventListener('hailuo-begun', () => begun++); }")
    page.evaluate(
        """([traits, beats]) => {
          const heard = new Set();
          window.beat = () => { for (const hear of heard) hear(); };
          window.model.widget_manager = { get_model: async () => ({
            get: () => beats, on: (_, hear) => heard.add(hear), off: () => {} }) };
          window.start(traits);
        }""",
        [card_traits(snapshot("generating")) | {"code": "shared"}, beats],
    )
    return page.get_by_text("The kernel does not answer.")


def test_a_live_card_says_that_its_kernel_is_silent(page: Page, site: Site) -> None:
    """Within seconds of the last beat it says so; heard again, it is back. It tells its begin."""
    silent = beating(page, site)
    page.evaluate("() => window.beat()")
    for _ in range(4):
        page.clock.run_for(2000)
        page.evaluate("() => window.beat()")
    assert page.evaluate("() => window.begun") == 1
    expect(silent).to_have_count(0)
    page.clock.run_for(7000)
    expect(silent).to_be_visible()
    page.evaluate("() => window.beat()")
    expect(silent).to_have_count(0)
    page.clock.fast_forward(3_600_000)
    expect(silent).to_have_count(0)


def test_a_kernel_that_falls_silent_at_once_is_told_of(page: Page, site: Site) -> None:
    """A card whose connection breaks off before it heard one beat waits no longer than others."""
    silent = beating(page, site)
    page.clock.run_for(3000)
    expect(silent).to_have_count(0)
    page.clock.run_for(5000)
    expect(silent).to_be_visible()


def test_a_card_that_comes_before_the_first_beat_hears_the_next(page: Page, site: Site) -> None:
    """The first card of a kernel may be drawn before that has beaten once."""
    silent = beating(page, site, beats=0)
    page.clock.run_for(7000)
    expect(silent).to_have_count(0)
    page.evaluate("() => window.beat()")
    page.clock.run_for(7000)
    expect(silent).to_be_visible()


def test_the_output_below_beats_and_leaves_nothing() -> None:
    """It follows another try, lets the page hear of the kernel, and is empty at the end."""
    published: list[tuple[bool, str]] = []
    calls: list[Any] = []
    pulses: list[int] = []

    def publish(data: dict[str, Any], *, update: bool, **_: object) -> None:
        published.append((update, str(data.get("text/html", data))))

    healing = Healing(publish, lambda after_s, call: calls.append((after_s, call)), labels=["<a>"])
    for ids in (["a1"], ["a1"], ["a2"]):
        healing.show("v", tasks_of(ids), lambda: pulses.append(1))
    assert [update for update, _ in published] == [False, True]
    assert 'data-ids="a2"' in published[-1][1]
    assert "&lt;a&gt;" in published[-1][1]
    assert [after_s for after_s, _ in calls] == [BEAT_S]
    calls.pop()[1]()
    assert len(pulses) == 2
    healing.end("v")
    healing.end("v")
    assert published[2:] == [(True, "{}")]
    calls.pop()[1]()
    assert (len(pulses), calls) == (2, [])

"""The camera commands explained: all are there, each moves as it says, and can stand still."""

import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from hailuo_nb.core.cameras import CAMERAS, camera_warnings
from hailuo_nb.views.reports.camera_sketch import MOVES, moving_svg, still_address
from hailuo_nb.views.reports.cameras import GROUPS, IN_TURN, TOGETHER, cameras_html, cameras_text
from tests.support.browser import open_page
from tests.views.site import Site

Matrix = tuple[float, ...]
Poses = dict[int, dict[str, dict[str, Matrix]]]

START_MS, UNDERWAY_MS, END_MS = 0, 1_700, 4_000

POSES = """(time) => {
  for (const animation of document.getAnimations()) {
    animation.pause();
    animation.currentTime = time;
  }
  return Object.fromEntries([...document.querySelectorAll("li")].map((card) => [
    card.querySelector("code").textContent.slice(1, -1),
    Object.fromEntries([...card.querySelectorAll(".moving > g")].map((layer) => {
      const { a, b, c, d, e, f } = new DOMMatrix(getComputedStyle(layer).transform);
      return [layer.getAttribute("class"), [a, b, c, d, e, f]];
    })),
  ]));
}"""
"""Halts every animation at a time and returns each layer's transform, by command."""

PLACES = """(frame) => {
  const inner = (svg, layer) => {
    const { a, b, c, d, e, f } = svg.getScreenCTM().inverse().multiply(layer.getScreenCTM());
    return [a, b, c, d, e, f].map((number) => Math.round(number * 10) / 10);
  };
  const still = document.createElement("div");
  document.body.append(still);
  return Object.fromEntries([...document.querySelectorAll("li")].map((card) => {
    const moving = card.querySelector(".moving");
    still.innerHTML = decodeURIComponent(card.querySelector(".still").src.split(",")[1]);
    const picture = still.querySelectorAll("svg svg")[frame];
    const left = picture.x.baseVal.value;
    const drawn = [...picture.querySelectorAll("use")].map((use) => inner(still.firstChild, use));
    return [card.querySelector("code").textContent.slice(1, -1), {
      moving: [...moving.querySelectorAll(":scope > g")].map((layer) => inner(moving, layer)),
      still: drawn.map(([a, b, c, d, e, f]) => [a, b, c, d, Math.round(10 * (e - left)) / 10, f]),
    }];
  }));
}"""
"""Returns where each layer lies in the moving sketch, and in one frame of the still."""


@pytest.fixture
def sketches(page: Page, site: Site) -> Page:
    """Open the explanation on a page of its own."""
    page.goto(site.put("cameras", cameras_html()))
    return page


@pytest.fixture(scope="module")
def poses(browser: Browser, site: Site) -> Poses:
    """Read the transform of each layer of each command, by time in ms."""
    with open_page(browser) as page:
        page.goto(site.put("cameras", cameras_html()))
        return {time: page.evaluate(POSES, time) for time in (START_MS, UNDERWAY_MS, END_MS)}


def shown(sketches: Page, kind: str) -> int:
    """Count what is visible of the moving sketches, or of the stills."""
    return sketches.locator(f".hailuo-cameras .{kind}:visible").count()


def test_every_command_is_explained_once() -> None:
    """The groups and the sketches hold the commands of the table, each once."""
    grouped = [name for group in GROUPS for name in group.effects]
    assert sorted(grouped) == sorted(CAMERAS)
    assert set(MOVES) == set(CAMERAS)


@pytest.mark.parametrize("name", CAMERAS)
def test_a_command_stands_ready_to_copy(name: str) -> None:
    """Text and HTML have its bracket as it is typed, and what it does."""
    does = CAMERAS[name][1:]
    (line,) = [line for line in cameras_text().splitlines() if line.startswith(f"  [{name}] ")]
    assert does in line
    assert re.search(rf">\[{name}\]</code><br>[A-Z]{re.escape(does)}: .+?\.</p>", cameras_html())


@pytest.mark.parametrize("example", [TOGETHER, IN_TURN])
def test_the_examples_are_well_written(example: str) -> None:
    """What is said of several at once is shown with commands that draw no warning."""
    assert camera_warnings(example) == []
    assert example in cameras_text()
    assert f"<code>{example}</code>" in cameras_html()


def test_the_markup_is_light_and_asks_for_nothing() -> None:
    """Under 40 kB, no script, no handler, no address but the name of SVG."""
    page = cameras_html()
    assert len(page.encode()) < 40_000
    assert "<script" not in page
    assert not re.search(r"\son\w+=", page)
    assert set(re.findall(r"https?:[^'\"]+", page)) == {"http://www.w3.org/2000/svg"}
    assert all(not set(still_address(name)) & set('"&#') for name in CAMERAS)


def test_no_two_sketches_are_alike(poses: Poses) -> None:
    """Each command has a still, a drawing and a movement of its own."""
    assert len({still_address(name) for name in CAMERAS}) == len(CAMERAS)
    assert len({moving_svg(name) for name in CAMERAS}) == len(CAMERAS)
    assert len({str(layers) for layers in poses[UNDERWAY_MS].values()}) == len(CAMERAS)


def test_each_sketch_moves(sketches: Page, poses: Poses) -> None:
    """Between two times at least one layer of each sketch has gone elsewhere."""
    before, after = poses[START_MS], poses[UNDERWAY_MS]
    assert [name for name in CAMERAS if before[name] == after[name]] == []
    assert shown(sketches, "moving") == len(CAMERAS)
    assert shown(sketches, "still") == 0


@pytest.mark.parametrize(
    ("name", "axis", "sign"),
    [
        ("Truck left", 4, 1),
        ("Truck right", 4, -1),
        ("Pedestal up", 5, 1),
        ("Pedestal down", 5, -1),
        ("Tracking shot", 4, -1),
    ],
)
def test_a_camera_that_moves_leaves_near_things_behind(
    poses: Poses, name: str, axis: int, sign: int
) -> None:
    """Near things go against the camera, and many times further than far ones."""
    layers = poses[END_MS][name]
    far, mid, near = (layers[layer][axis] * sign for layer in ("far", "mid", "near"))
    assert 0 < far * 5 < mid < near / 2


@pytest.mark.parametrize(
    ("name", "axis", "sign"),
    [("Pan left", 4, 1), ("Pan right", 4, -1), ("Tilt up", 5, 1), ("Tilt down", 5, -1)],
)
def test_a_camera_that_turns_moves_all_alike(poses: Poses, name: str, axis: int, sign: int) -> None:
    """Every layer goes against the turn by the same way."""
    ways = {layer[axis] * sign for layer in poses[END_MS][name].values()}
    assert len(ways) == 1
    assert ways.pop() > 20


def test_a_push_has_perspective_and_a_zoom_has_none(poses: Poses) -> None:
    """A push enlarges what is near and hardly what is far; a zoom enlarges all alike."""
    start, end = poses[START_MS], poses[END_MS]
    for ways, pushed, zoomed in ((end, "Push in", "Zoom in"), (start, "Pull out", "Zoom out")):
        far, mid, near = (ways[pushed][layer][0] for layer in ("far", "mid", "near"))
        assert far < 1.1 < 1.5 < mid < near / 1.5
        (scale,) = {layer[0] for layer in ways[zoomed].values()}
        assert scale > 1.5
    rest = {(1, 0, 0, 1, 0, 0)}
    assert {tuple(layer) for layer in end["Pull out"].values()} == rest
    assert {tuple(layer) for layer in end["Zoom out"].values()} == rest


def test_a_subject_is_followed_or_let_go(poses: Poses) -> None:
    """Tracked, the walker keeps its place; in a static shot only the walker moves."""
    start, end = poses[START_MS], poses[END_MS]
    assert start["Tracking shot"]["walker"] == end["Tracking shot"]["walker"]
    moved = {
        layer for layer, way in end["Static shot"].items() if way != start["Static shot"][layer]
    }
    assert moved == {"walker"}


@pytest.mark.parametrize(("frame", "time_ms"), [(0, START_MS), (1, END_MS)])
def test_a_still_shows_where_the_movement_begins_and_ends(
    sketches: Page, frame: int, time_ms: int
) -> None:
    """Each layer lies in the still just as in the sketch at that time."""
    sketches.evaluate(POSES, time_ms)
    places: dict[str, Any] = sketches.evaluate(PLACES, frame)
    del places["Shake"]  # begins and ends at rest, which would show nothing
    assert {name: place["moving"] for name, place in places.items()} == {
        name: place["still"] for name, place in places.items()
    }


def test_reduced_motion_shows_stills(page: Page, site: Site) -> None:
    """Nothing moves, nothing offers to stop it, and every still has loaded."""
    page.emulate_media(reduced_motion="reduce")
    page.goto(site.put("cameras", cameras_html()))
    assert page.evaluate("() => document.getAnimations().length") == 0
    assert shown(page, "moving") == 0
    stills = page.locator("img.still:visible")
    widths = stills.evaluate_all("(stills) => stills.map((still) => still.naturalWidth)")
    assert len(widths) == len(CAMERAS)
    assert min(widths) > 0
    expect(page.get_by_text("first and last frame")).to_be_visible()
    expect(page.get_by_label("hold still")).to_be_hidden()


def test_motion_can_be_held_by_keyboard(sketches: Page) -> None:
    """A tick shows the stills instead, and taken away lets all move again."""
    sketches.keyboard.press("Tab")
    expect(sketches.get_by_label("hold still")).to_be_focused()
    sketches.keyboard.press("Space")
    assert (shown(sketches, "moving"), shown(sketches, "still")) == (0, len(CAMERAS))
    assert sketches.evaluate("() => document.getAnimations().length") == 0
    sketches.keyboard.press("Space")
    assert (shown(sketches, "moving"), shown(sketches, "still")) == (len(CAMERAS), 0)


@pytest.mark.parametrize(("width_px", "columns"), [(400, 2), (280, 1), (1000, 4)])
def test_cards_wrap(sketches: Page, width_px: int, columns: int) -> None:
    """A narrow output has fewer columns and never scrolls sideways."""
    sketches.set_viewport_size({"width": width_px, "height": 800})
    lefts = sketches.locator("li").evaluate_all("(all) => all.map((li) => li.offsetLeft)")
    assert len(set(lefts)) == columns
    assert sketches.evaluate("() => document.documentElement.scrollWidth") <= width_px


@pytest.mark.parametrize(
    "media",
    [
        {"color_scheme": "light"},
        {"color_scheme": "dark"},
        {"forced_colors": "active"},
        {"reduced_motion": "reduce"},
    ],
    ids=str,
)
def test_axe_finds_nothing(page: Page, site: Site, media: dict[str, Any]) -> None:
    """The accessibility checker is content, whatever the person prefers."""
    page.emulate_media(**media)
    head = '<meta name="color-scheme" content="light dark">'
    page.goto(site.put("cameras", cameras_html(), head=head))
    found = Axe().run(page, context=".hailuo-cameras").response["violations"]
    assert [(rule["id"], rule["help"]) for rule in found] == []

"""The gallery on a bare page: rows of the history, and Python's answers to what it asks.

The composer is a stand-in, so that these tests know one half of the panel only.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from playwright.sync_api import Locator, Page

from hailuo_nb.core.rating import NOT_RATED
from hailuo_nb.views.compare.compare import comparison_body
from hailuo_nb.views.panel.widget import style_text
from hailuo_nb.views.rating import rating_state
from tests.views.comparing import DRAWN
from tests.views.panel.fake import CATALOGUE, HARNESS, QUOTE
from tests.views.reels import reel
from tests.views.samples import PROMPT, SENT_AT, poster
from tests.views.site import Site

COMPOSER = """
export class Composer {
  constructor(wire, made) {
    this.root = document.createElement("div");
    this.root.className = "composer";
    window.made = made;
  }
  generate() {}
  focus() {}
}
"""
IMPORTS = {"/static/panel/composer.js": f"data:text/javascript,{quote(COMPOSER)}"}
"""The panel's other half is a stand-in."""

PLAYING = "(v) => !v.paused && v.currentTime > 0.05"
COUNTED = """
  window.tickers = 0;
  const [begin, end] = [setInterval, clearInterval];
  window.setInterval = (...given) => { window.tickers += 1; return begin(...given); };
  window.clearInterval = (number) => { if (number) window.tickers -= 1; end(number); };
"""
NOW_MS = round(1000 * SENT_AT)
PICTURE = poster(32, 18)

KERNEL = """
window.clips = {}; // id -> bytes, read in pieces
window.pictures = (id) => PICTURE;
window.refused = {}; // kind -> words
window.lists = (message) => model.answers.page;
const send = model.send;
model.send = (message, callbacks, buffers) => {
  const { kind, ask } = message;
  const refused = window.refused[kind];
  if (refused && !model.held.includes(kind)) {
    model.sent.push(message);
    return void queueMicrotask(() => tell({ answer: ask, refused }));
  }
  if (kind === "posters") {
    const drawn = message.ids.map((id) => [id, window.pictures(id)]);
    model.answers.posters = { posters: Object.fromEntries(drawn) };
  }
  if (kind === "page" && !model.held.includes("page")) model.answers.page = window.lists(message);
  if (kind !== "clip" || model.held.includes("clip")) return send(message, callbacks, buffers);
  model.sent.push(message);
  const bytes = window.clips[message.id] ?? new Uint8Array();
  const piece = bytes.slice(message.start, message.start + 4096);
  queueMicrotask(() => tell({ answer: ask, size: bytes.length }, [new DataView(piece.buffer)]));
};
model.widget_manager = { resolveUrl: async (address) => `/page-clips/${address}` };
"""


def row(number: int, state: str = "done", **facts: Any) -> dict[str, Any]:
    """Return the facts of a task; a higher number is a newer one."""
    group = state if state in ("done", "failed") else "running"
    phases = {"waiting": 0, "queued": 1, "generating": 2, "saving": 3}
    made_ms = NOW_MS + 60_000 * number
    return {
        "id": f"t{number}",
        "label": f"clip {number}",
        "named": True,
        "state": state,
        "group": group,
        "headline": {"done": "Done in 2 min 31 s", "failed": "Failed"}.get(state, "Generating"),
        "phase": phases.get(state),
        "final": group != "running",
        "submitted_at_ms": NOW_MS,
        "created_at_ms": made_ms,
        "late_after_s": 240,
        "estimate": "usually 2-4 min",
        "day": "2026-11-23",
        "when": "23 Nov 09:12",
        "model": "02-i2v",
        "options": ["6 s", "768P"],
        "prompt": PROMPT,
        "money": "30 simulated credits",
        "explanation": EXPLANATION if group == "failed" else None,
        "note": None,
        "simulated": True,
        "hidden": False,
        "here": True,
        "stop_hint": "The task goes on and may be charged." if group == "running" else None,
        "retry": "30 credits" if group == "failed" else None,
        "has_picture": True,
        "src": "clip.mp4" if group == "done" else None,
        "size_px": [16, 9],
        "seconds": 6,
        "can_continue": group == "done",
        "file": f"clip {number}.mp4",
        "line": "%%hailuo --model 02-i2v",
        "rating": rating_state(NOT_RATED),
    } | facts


EXPLANATION = (
    "The service could not make the clip: the prompt was refused by its content check. "
    "Nothing was charged. Change the prompt or the image and run the cell again."
)


DONE = [row(number) for number in (3, 2, 1)]


def listing(rows: Sequence[dict[str, Any]], *, total: int | None = None) -> dict[str, Any]:
    """Return a page of rows, with the numbers that stand in the filter."""
    total = len(rows) if total is None else total
    groups = {"running": 0, "done": 0, "failed": 0}
    for one in rows:
        groups[one["group"]] += 1
    groups["done"] += total - len(rows)
    return {
        "rows": list(rows),
        "more": total > len(rows),
        "total": total,
        "facets": {
            "group": [list(pair) for pair in groups.items()],
            "model": [["02-i2v", total]] if total else [],
            "day": [["2026-11-23", total]] if total else [],
        },
        "orders": [["camera", "Camera"], ["motion", "Motion"]],
        "cursor": [1.0, rows[-1]["id"]] if rows and total > len(rows) else None,
    }


@dataclass(frozen=True, slots=True)
class Shelf:
    """A gallery on a page, and the hand of the kernel behind it."""

    page: Page
    site: Site
    head: str = ""

    def open(
        self,
        rows: Sequence[dict[str, Any]] = (),
        *,
        total: int | None = None,
        places: int = 1,
        held: tuple[str, ...] = (),
        answers: dict[str, Any] | None = None,
        before: str = "",
        **traits: Any,
    ) -> Locator:
        """Draw the panel with these tasks on an otherwise empty page; return its first gallery.

        ``before`` is script that runs before anything is drawn.
        """
        kernel = KERNEL.replace("PICTURE", f'"{PICTURE}"')
        body = f'<main></main><script type="module">{HARNESS}{kernel}{before}</script>'
        parts = f'<script type="importmap">{json.dumps({"imports": IMPORTS})}</script>'
        head = f"<title>A notebook</title>{parts}{self.head}<style>{style_text()}</style>"
        self.page.goto(self.site.put("gallery", body, head=head))
        self.page.wait_for_function("() => window.ready")
        first = listing(rows, total=total)
        given = {
            "catalogue": CATALOGUE,
            "quote": QUOTE,
            "prompt": "",
            "settings": {},
            "selection": [],
            "first": first,
        }
        self.page.evaluate(
            """([traits, places, answers, held]) => {
              Object.assign(window.model, { answers, held });
              window.start(traits, places);
            }""",
            [
                given | traits,
                places,
                {"page": first, "strip": {"strip": []}} | (answers or {}),
                list(held),
            ],
        )
        return self.page.locator(".hailuo-panel .gallery").first

    def tell(self, *rows: dict[str, Any]) -> None:
        """Tell every view of new or changed rows in one message, as Python would."""
        self.page.evaluate(
            "(rows) => window.tell({ kind: 'rows', rows })",
            list(rows),
        )

    def release(self, kind: str, **answer: Any) -> None:
        """Answer the oldest held message of this kind."""
        self.page.evaluate("([kind, answer]) => window.release(kind, answer)", [kind, answer])

    def sent(self, kind: str) -> list[dict[str, Any]]:
        """Return the messages of this kind, without their numbers."""
        found: list[dict[str, Any]] = self.page.evaluate(
            "(kind) => window.model.sent.filter((one) => one.kind === kind)", kind
        )
        return [
            {k: v for k, v in one.items() if k not in ("kind", "ask", "bytes")} for one in found
        ]

    def wait_sent(self, kind: str, number: int = 1) -> list[dict[str, Any]]:
        """Wait until so many messages of this kind were sent, and return all of them."""
        self.page.wait_for_function(
            "([kind, n]) => window.model.sent.filter((one) => one.kind === kind).length >= n",
            arg=[kind, number],
        )
        return self.sent(kind)

    def selection(self) -> list[str]:
        """Return what is picked, as the model has it."""
        picked: list[str] = self.page.evaluate("() => window.model.get('selection')")
        return picked


def tile(gallery: Locator, label: str) -> Locator:
    """Return a tile by its label."""
    return gallery.locator(".tile").filter(
        has=gallery.page.get_by_role("heading", name=label, exact=True)
    )


def comparison(*names: str) -> dict[str, str]:
    """Return Python's answer with these clips side by side, and a script that must not run."""
    body = comparison_body(
        [reel(name, folder="", label=f"clip {at}") for at, name in enumerate(names, 1)]
    )
    return {"html": body.replace('src="/', 'src="') + "<script>alert(1)</script>"}


IN_SIGHT = """(one) => {
  const { left, right, top, bottom } = one.getBoundingClientRect();
  const at = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
  return top >= 0 && bottom <= innerHeight && one.contains(at);
}"""


def in_sight(page: Page, button: Locator) -> None:
    """Wait until a button is drawn where it can be seen and hit."""
    page.wait_for_function(IN_SIGHT, arg=button.element_handle())


def labels(gallery: Locator) -> list[str]:
    """Return the labels of the tiles, in their order, also of those not drawn yet."""
    return gallery.get_by_role("heading", level=4).all_text_contents()


def drawn(page: Page) -> None:
    """Wait until the page has been drawn once more."""
    page.evaluate(f"() => ({DRAWN})()")


def many(number: int, state: str = "done", **facts: Any) -> list[dict[str, Any]]:
    """Return so many rows, newest first."""
    return [row(at, state, **facts) for at in range(number, 0, -1)]


def until_count(page: Page, selector: str, number: int) -> None:
    """Wait until so many elements match: what `expect` does, but quick on a page of hundreds."""
    condition = "([selector, n]) => document.querySelectorAll(selector).length === n"
    page.wait_for_function(condition, arg=[selector, number])

"""The panel on a bare page: its module, and a fake model that stands for Python.

Both halves' tests use it. A test says with `answers` what Python answers to each kind of
message; a kind in `held` waits until the test answers it. What is asked stands in `sent`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Locator, Page

from hailuo_nb.views.panel.widget import style_text
from tests.views.site import Site

HARNESS = """
import panel from "/static/panel/panel.js";
const heard = {};
const tell = (content, buffers = []) => {
  for (const hear of [...(heard["msg:custom"] ?? [])]) hear(content, buffers);
};
const model = {
  traits: {}, sent: [], saves: 0, answers: {}, held: [], waiting: [], isGone: false,
  get: (name) => model.traits[name],
  set: (name, value) => window.change({ [name]: value }),
  save_changes: () => {
    if (model.isGone) throw new Error("Cannot send");
    model.saves += 1;
  },
  on: (type, hear) => (heard[type] ??= new Set()).add(hear),
  off: (type, hear) => heard[type]?.delete(hear),
  send: (message, _callbacks, buffers = []) => {
    if (model.isGone) throw new Error("Cannot send");
    model.sent.push({ ...message, bytes: buffers.map((buffer) => buffer.byteLength) });
    if (message.ask === undefined) return;
    const isBehind = message.kind === "heard" && model.waiting.length; // one after the other
    if (isBehind || model.held.includes(message.kind)) model.waiting.push(message);
    else queueMicrotask(() => reply(message));
  },
};
const reply = (message, answer = model.answers[message.kind] ?? {}) => {
  const { traits = {}, told = [], ...facts } = answer;
  window.change(traits);
  for (const one of told) tell(one);
  tell({ answer: message.ask, ...facts });
};
window.model = model;
window.tell = tell;
window.lose = () => { for (const hear of [...(heard.comm_live_update ?? [])]) hear(); };
window.listeners = () => Object.values(heard).reduce((sum, { size }) => sum + size, 0);
window.release = (kind, answer) => {
  const at = model.waiting.findIndex((message) => message.kind === kind);
  reply(...model.waiting.splice(at, 1), { ...model.answers[kind], ...answer });
};
window.change = (traits) => {
  for (const [name, value] of Object.entries(traits)) {
    const isSame = JSON.stringify(model.traits[name]) === JSON.stringify(value);
    model.traits[name] = value;
    if (isSame) continue;
    for (const hear of [...(heard[`change:${name}`] ?? [])]) hear();
  }
};
window.leave = [];
window.start = (traits, places) => {
  model.traits = traits;
  for (let number = 0; number < places; number += 1) {
    const el = document.createElement("div");
    document.querySelector("main").append(el);
    window.leave.push(panel.render({ model, el }));
  }
};
window.ready = true;
"""


def _option(name: str, kind: str, place: str, **facts: Any) -> dict[str, Any]:
    label = name.replace("_", " ").capitalize()
    flag = "--" + name.replace("_", "-")
    given = {"unit": "", "metavar": "", "choices": [], "several": "", "help": f"about {label}"}
    return {"name": name, "flag": flag, "label": label, "kind": kind, "place": place, **given} | (
        facts
    )


def _model(short: str, *, image: bool, end: bool, **fields: list[str]) -> dict[str, Any]:
    return {
        "short": short,
        "kind": "image-to-video" if image else "text-to-video",
        "prompt_chars_max": 1500,
        "takes_image": image,
        "takes_end_image": end,
        "fields": fields,
        "not_together": [],
    }


SWITCH = ["on", "off"]
CATALOGUE: dict[str, Any] = {
    "models": [
        _model(
            "02-i2v",
            image=True,
            end=True,
            duration=["6", "10"],
            resolution=["768P", "512P"],
            optimizer=SWITCH,
        ),
        _model("02-t2v", image=False, end=False, duration=["6", "10"], optimizer=SWITCH),
        _model("2.3-i2v", image=True, end=False, duration=["6", "10"], resolution=["768P", "1080P"])
        | {
            "prompt_chars_max": 5000,
            "not_together": [
                {
                    "values": {"duration": "10", "resolution": "1080P"},
                    "words": "2.3-i2v makes no 10 s clip at 1080P.",
                }
            ],
        },
    ],
    "default_model": {"with_image": "02-i2v", "without_image": "02-t2v"},
    "options": [
        _option("duration", "choice", "main", unit="s", several="commas"),
        _option("resolution", "choice", "main", several="commas"),
        _option("optimizer", "switch", "main", several="commas"),
        _option("repeat", "text", "more", metavar="N", help="samples 1 to N of the same request"),
        _option("max_credits", "text", "more", metavar="N", help="refuse what costs more"),
        _option("again", "flag", "more", help="pay for a next sample"),
    ],
    "cameras": [
        {"name": name, "does": f"what {name} does"}
        for name in (
            *("Truck left", "Truck right", "Pan left", "Pan right", "Push in", "Pull out"),
            *("Pedestal up", "Pedestal down", "Tilt up", "Tilt down", "Zoom in", "Zoom out"),
            *("Shake", "Tracking shot", "Static shot"),
        )
    ],
    "samples": ["sample:peak", "sample:harbour", "sample:forest"],
    "image": {
        "bytes_max": 200_000,
        "piece_bytes": 65_536,
        "types": ["image/jpeg", "image/png", "image/webp"],
    },
    "keywords": ["None", "class"],
    "states": [["running", "under way"], ["done", "done"], ["failed", "without a clip"]],
    "compare": [2, 9],
    "simulated": True,
    "service": "built-in simulator",
}
QUOTE: dict[str, Any] = {
    "turn": 1,
    "button": "Generate 1 clip, 30 credits",
    "clips": 1,
    "due": 1,
    "credits": 30,
    "free": False,
    "can_send": True,
    "confirm": None,
    "again": None,
    "lines": [
        "1 clip, 30 credits, usually 2-4 min",
        "balance 880 credits",
        "budget: 60 of 200 a day left",
    ],
    "prompts": [],
    "more_prompts": 0,
    "problems": [],
    "notes": [],
    "left_out": [],
    "chars": 12,
}
NOTHING: dict[str, Any] = {"model": [], "day": []}
TRAITS: dict[str, Any] = {
    "catalogue": CATALOGUE,
    "prompt": "",
    "settings": {},
    "selection": [],
    "quote": QUOTE,
    "frames": {"image": None, "end_image": None},
    "first": {"rows": [], "more": False, "total": 0, "facets": NOTHING, "cursor": None},
}
ANSWERS: dict[str, Any] = {
    "posters": {"posters": {}},
    "page": TRAITS["first"],
    "sources": {"sources": []},
    "copy": {"text": "%%hailuo"},
    "generate": {"ids": ["a"], "words": "1 clip is under way."},
}
"""What Python answers unless a test says otherwise; `traits` in an answer change before it."""


@dataclass(frozen=True, slots=True)
class Panel:
    """A panel on a page, and the hand of the kernel behind it."""

    page: Page
    site: Site

    def open(
        self,
        *,
        places: int = 1,
        held: tuple[str, ...] = (),
        answers: Mapping[str, Any] | None = None,
        head: str = "",
        **traits: Any,
    ) -> Locator:
        """Draw the panel with these traits on an otherwise empty page; return its first view."""
        looks = f"<style>body{{margin:8px}}</style>{head}<style>{style_text()}</style>"
        body = f'<main></main><script type="module">{HARNESS}</script>'
        self.page.goto(self.site.put("panel", body, head=f"<title>A notebook</title>{looks}"))
        self.page.wait_for_function("() => window.ready")
        self.page.evaluate(
            """([traits, places, answers, held]) => {
              Object.assign(window.model, { answers, held });
              window.start(traits, places);
            }""",
            [TRAITS | traits, places, ANSWERS | dict(answers or {}), list(held)],
        )
        return self.page.locator(".hailuo-panel").first

    def change(self, **traits: Any) -> None:
        """Change traits as Python would."""
        self.page.evaluate("(traits) => window.change(traits)", traits)

    def quote(self, **facts: Any) -> None:
        """Give a new quote."""
        self.change(quote=QUOTE | facts)

    def tell(self, **message: Any) -> None:
        """Send a message to every view, as Python would."""
        self.page.evaluate("(message) => window.tell(message)", message)

    def release(self, kind: str, **answer: Any) -> None:
        """Answer the oldest held message of this kind."""
        self.page.evaluate("([kind, answer]) => window.release(kind, answer)", [kind, answer])

    def trait(self, name: str) -> Any:
        """Return a trait as the model has it."""
        return self.page.evaluate("(name) => window.model.get(name)", name)

    def end_kernel(self) -> None:
        """Let the model throw at whatever it is to pass on, as it does without a kernel."""
        self.page.evaluate("() => { window.model.isGone = true; }")

    def lose_kernel(self) -> None:
        """Tell every view that the model's wire has ended, as at a restart of the kernel."""
        self.end_kernel()
        self.page.evaluate("() => window.lose()")

    def sent(self, kind: str) -> list[dict[str, Any]]:
        """Return the messages of this kind, without their numbers."""
        found: list[dict[str, Any]] = self.page.evaluate(
            "(kind) => window.model.sent.filter((one) => one.kind === kind)", kind
        )
        return [{k: v for k, v in one.items() if k not in ("kind", "ask")} for one in found]

    @property
    def saves(self) -> int:
        """How many times a view saved a trait: one message each."""
        return int(self.page.evaluate("() => window.model.saves"))

"""Draw every card in every state to PNG files.

Run ``python -m tests.views.shots OUTDIR``.

Not a test. Each sheet is one width and theme, with the theme's real style variables.
"""

import json
import sys
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from hailuo_nb.core.task import FINAL, STATE_WORDS, Snapshot
from hailuo_nb.media.posters import thumbnail
from hailuo_nb.views.bundles import bundle
from hailuo_nb.views.card.card import card_look
from hailuo_nb.views.card.chain import chain_of
from hailuo_nb.views.facts import Facts
from hailuo_nb.views.live import style_of
from hailuo_nb.views.look import Look
from tests.support.browser import running_chromium
from tests.views.measured import done as measured
from tests.views.samples import (
    PROMPT,
    card_traits,
    poster,
    settled_html,
    snapshot,
    strip,
    write_clip,
)
from tests.views.site import address_of

ORIGIN = "http://cards.test"
LONG = (PROMPT + " Petals whirl up, the camera circles, dawn breaks over the ridge. ") * 8


def live_samples() -> dict[str, Snapshot]:
    """Return the cards that run, by title."""
    found = {state: snapshot(state) for state in STATE_WORDS if state not in FINAL}
    running = snapshot("generating")
    return found | {
        "paid": replace(running, service="https://api.kie.ai"),
        "long prompt": snapshot("generating", prompt=LONG),
        "warnings, note": replace(
            running,
            note="The service is busy: trying again in 4 s.",
            warnings=("Did you mean [Push in]? [Puhs in] is no camera command.",),
        ),
        "no poster": snapshot("queued", poster=None),
        "portrait": snapshot("generating", poster=poster(216, 384)),
    }


def settled_samples() -> dict[str, Snapshot]:
    """Return the cards that stay, by title."""
    done = snapshot("done")
    return {state: snapshot(state) for state in STATE_WORDS if state in FINAL} | {
        "paid": replace(done, service="https://api.kie.ai"),
        "measured": measured(done),
        "long prompt": snapshot("done", prompt=LONG),
        "no poster": snapshot("failed", poster=None),
        "portrait": snapshot("done", poster=poster(216, 384)),
        "hostile": snapshot("failed", prompt='<script>x</script> "’ \u202eabc شروع 🐉' * 3),
    }


def chained(number: int) -> Look:
    """Return the look of a card that so many clips lead to, the first of them without a picture."""
    names = ("dawn", "the climb", "a very long name of a clip that a person gave it", "dusk")
    leading = [
        Facts(
            snapshot=snapshot("done", name=names[at % 4], **({} if at else {"poster": None})),
            src="hailuo_videos/k3f9x2m7.mp4",
        )
        for at in range(number)
    ]
    return card_look(chain=chain_of(leading, thumbnail))


def chains() -> tuple[dict[str, dict[str, Any]], str]:
    """Return the live cards that clips lead to, by title, and the markup of those that stay."""
    live, settled = {}, ""
    running, done = Facts(snapshot=snapshot("generating")), snapshot("done")
    ended = Facts(snapshot=replace(done, strip=strip(96, 54)), src="hailuo_videos/k3f9x2m7.mp4")
    for number in (1, 4, 30):
        look = chained(number)
        board = {"board": look.board([running])}
        live[f"{number} before it"] = card_traits(running.snapshot) | board
        settled += f"<h4>{number} before it</h4>{look.html([ended])}"
    return live, settled


def sheet(theme: str) -> str:
    """Return a page with all cards; the live ones are drawn by their own module."""
    lab = Path(find_spec("jupyterlab").origin).parent  # type: ignore[union-attr,arg-type]
    colours = (lab / f"themes/@jupyterlab/theme-{theme}-extension/index.css").read_text()
    code = address_of(bundle("card"))
    chained_live, chained_settled = chains()
    alone = {title: card_traits(shot) for title, shot in live_samples().items()}
    live = json.dumps(alone | chained_live)
    settled = "".join(
        f"<h4>{title}</h4>" + settled_html(shot, src="hailuo_videos/k3f9x2m7.mp4")
        for title, shot in settled_samples().items()
    )
    return (
        f'<!doctype html><meta charset="utf-8"><style>{colours}</style>'
        f"<style>{style_of('card')}</style><style>body{{margin:8px;"
        "background:var(--jp-layout-color1);color:var(--jp-content-font-color1);"
        "font-family:var(--jp-ui-font-family)}h4{font-weight:400;margin:14px 0 4px;opacity:.6}"
        f"</style><div id=live></div>{settled}{chained_settled}"
        f"<h4>waiting</h4>{settled_html(snapshot('queued'))}"
        f"<script>window.samples={live.replace('</', '<' + chr(92) + '/')}</script>"
        f'<script type="module">import card from "{code}";{_DRAW}</script>'
    )


_DRAW = """
for (const [title, state] of Object.entries(window.samples)) {
  if (state.cell_0.submitted_at_ms) state.cell_0.submitted_at_ms = Date.now() - 83_000;
  const model = { get: (name) => state[name], on() {}, off() {}, send() {} };
  const el = document.createElement("div");
  const heading = document.createElement("h4");
  heading.textContent = "live: " + title;
  document.querySelector("#live").append(heading, el);
  card.render({ model, el });
}
"""


def main(folder: Path) -> None:
    """Write one PNG for each theme and width."""
    folder.mkdir(parents=True, exist_ok=True)
    clip = write_clip(folder / "clip.mp4")
    with running_chromium() as browser:
        for theme in ("light", "dark"):
            for width_px in (360, 720, 900):
                page = browser.new_page(viewport={"width": width_px, "height": 800})
                page.emulate_media(color_scheme=theme)
                page.route(f"{ORIGIN}/**", lambda route: route.fulfill(path=clip))
                page.route(f"{ORIGIN}/", lambda route: route.fulfill(body=""))
                page.goto(f"{ORIGIN}/")
                page.set_content(sheet(theme))
                page.wait_for_function("document.querySelectorAll('.hailuo-bar select').length > 1")
                page.screenshot(path=folder / f"{theme}-{width_px}.png", full_page=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))

"""Draw grids in every state to PNG files.

Run ``python -m tests.views.grid_shots OUTDIR [NAME]``.

Not a test. Each sheet is one grid, theme and width, with the theme's real style variables.
"""

import json
import sys
from importlib.util import find_spec
from pathlib import Path

from hailuo_nb.core.matrix import Axis
from hailuo_nb.views.bundles import bundle
from hailuo_nb.views.grid.html import grid_html
from hailuo_nb.views.live import style_of
from tests.support.browser import running_chromium
from tests.views.grid_samples import LEFT_OUT, MODEL, PACE, SIZE, Sample, sample, told
from tests.views.measured import measured
from tests.views.samples import write_clip
from tests.views.site import address_of

ORIGIN = "http://grids.test"
ANSWERS = {
    title: f"() => {{ Notification.requestPermission = async () => '{answer}'; }}"
    for title, answer in (("asked", "granted"), ("refused", "denied"))
}


def axis(name: str, number: int, word: str) -> Axis:
    """Return an axis of so many values."""
    return Axis(name=name, values=tuple(f"{word} {at}" for at in range(1, number + 1)))


def grids() -> dict[str, Sample]:
    """Return the experiments, by title."""
    ended = ("done", "done", "failed", "done", "unsure", "done", "stopped", "expired")
    return {
        "2x3": sample(),
        "left-out": sample(left_out=LEFT_OUT, warnings=("Did you mean [Push in]?",)),
        "one-axis": sample((SIZE,)),
        "24": sample((axis("prompt", 4, "prompt"), axis("petals", 6, "storm"))),
        "48": sample((axis("prompt", 8, "prompt"), axis("petals", 6, "storm"))),
        "tabs": sample((PACE, SIZE, MODEL), left_out={("fast", "1080P", "2.3-i2v"): "No."}),
        "long": sample((axis("a very long name of an axis", 3, "A lone samurai on a"), PACE)),
        "ended": sample(states=ended, left_out=LEFT_OUT),
        "ended-tabs": sample((PACE, SIZE, MODEL), ended),
        "ended-24": sample((axis("prompt", 4, "prompt"), axis("petals", 6, "storm")), ended),
        "ended-one": sample((SIZE,), ended),
        "ended-frames": sample(states=ended),
        "ended-measured": measured(sample(states=ended)),
        "ended-24-measured": measured(
            sample((axis("prompt", 4, "prompt"), axis("petals", 6, "storm")), ("done",))
        ),
        "ended-arranged": sample((PACE, SIZE, MODEL), ended),
        "asked": sample(),
        "refused": sample(),
        "forced": sample(),
        "paid": sample(service="https://api.kie.ai"),
    }


def sheet(of: Sample, theme: str, *, live: bool) -> str:
    """Return a page with one grid; a live one is drawn by its own module."""
    body = "<div id=live></div>" if live else grid_html(of.board, of.clips("clip.mp4"))
    traits = json.dumps(told(of, "clip.mp4")).replace("</", "<\\/")
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><style>{themed(theme)}</style>'
        f"<style>{style_of('grid')}</style>"
        f"<main>{body}</main><script>window.traits={traits}</script>"
        + (f'<script type="module">{drawing()}</script>' if live else "")
    )


def themed(theme: str) -> str:
    """Return the style of a page in JupyterLab's "light" or "dark" theme."""
    lab = Path(find_spec("jupyterlab").origin).parent  # type: ignore[union-attr,arg-type]
    colours = (lab / f"themes/@jupyterlab/theme-{theme}-extension/index.css").read_text()
    return (
        f"{colours} body{{margin:8px;background:var(--jp-layout-color1);"
        "color:var(--jp-content-font-color1);font-family:var(--jp-ui-font-family)}"
    )


def drawing() -> str:
    """Return the grid's module with a model that never changes."""
    code = address_of(bundle("grid"))
    return (
        f'import grid from "{code}";'
        + """
for (const state of Object.values(window.traits)) {
  if (state.submitted_at_ms) state.submitted_at_ms = Date.now() - 83_000;
}
const model = { get: (name) => window.traits[name], on() {}, off() {}, send() {} };
grid.render({ model, el: document.querySelector("#live") });
"""
    )


def main(folder: Path, only: str) -> None:
    """Write one PNG for each grid, theme and width."""
    folder.mkdir(parents=True, exist_ok=True)
    clip = write_clip(folder / "clip.mp4")
    with running_chromium() as browser:
        for title, of in grids().items():
            if not title.startswith(only):
                continue
            for theme, width_px in (("light", 900), ("dark", 900), ("light", 400), ("dark", 400)):
                page = browser.new_page(
                    viewport={"width": width_px, "height": 700},
                    forced_colors="active" if title == "forced" else "none",
                )
                page.on("pageerror", lambda error: print("ERROR", error))
                page.on("console", lambda line: print("CONSOLE", line.text))
                page.emulate_media(color_scheme=theme, reduced_motion="reduce")
                page.route(f"{ORIGIN}/**", lambda route: route.fulfill(path=clip))
                page.route(f"{ORIGIN}/", lambda route: route.fulfill(body=""))
                page.goto(f"{ORIGIN}/")
                page.set_content(sheet(of, theme, live="ended" not in title))
                page.wait_for_selector(".hailuo-grid figure")
                if title == "ended-arranged":
                    page.get_by_label("model on").select_option("rows")
                    page.get_by_role("button", name="Swap rows and columns").click()
                    page.get_by_role("button", name="Hide row").first.click()
                if title in ANSWERS:
                    page.evaluate(ANSWERS[title])
                    page.get_by_role("button", name="Tell me when done").click()
                if title == "ended-frames":
                    page.get_by_role("button", name="Frames").click()
                    page.locator("video").first.hover()
                if title.endswith("measured"):
                    page.locator(".hailuo-measures").evaluate("(table) => { table.open = true; }")
                    page.get_by_label("On the clips").select_option("motion")
                    page.get_by_label("Order").select_option("highest first")
                page.screenshot(path=folder / f"{title}-{theme}-{width_px}.png", full_page=True)
                page.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "")

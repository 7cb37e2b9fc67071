"""Draw judging to PNG files: the booth, the result, the page of a class.

Run ``python -m tests.views.judge_shots OUTDIR``.

Not a test. Clips are rendered by the simulator once and kept in OUTDIR/clips.
"""

import sys
from dataclasses import replace
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from hailuo_nb.views.judge.judge import votes_page
from hailuo_nb.views.judge.result import result_html
from hailuo_nb.views.sources import as_address
from tests.judging.make import contestants_of, votes_on
from tests.support.browser import running_chromium
from tests.views.compare_shots import page_of, render
from tests.views.judging import eight, film, harness, standing_of
from tests.views.site import Site, running_site

READY = """() => {
  const videos = [...document.querySelectorAll("figure.hailuo-clip video")];
  return videos.length === 2 && videos.every((video) => video.readyState > 1 && !video.seeking);
}"""
REACHED = {
    "5": """() => [...document.querySelectorAll(".hailuo-judge video")].every(
      (video) => !video.seeking && Math.abs(video.currentTime - video.duration / 2) < 0.1)""",
    "a": f"""() => !document.querySelector("figure[data-before]") && ({READY})()""",
    "w": """() => document.querySelector(".hailuo-judge[data-view=wipe]")""",
    "?": """() => document.querySelector(".hailuo-judge dialog[open]")""",
    "e": """() => document.querySelector(".hailuo-judge[hidden]")""",
}
"""What is there once a key has done its work."""

AGAIN = "%hailuo judge trial"


def opened(browser: Browser, address: str, theme: str, width_px: int) -> Page:
    """Open a page in a theme and a width."""
    page = browser.new_page(viewport={"width": width_px, "height": 800})
    page.emulate_media(color_scheme="dark" if theme == "dark" else "light", reduced_motion="reduce")
    if theme == "contrast":
        page.emulate_media(forced_colors="active", reduced_motion="reduce")
    page.goto(address)
    return page


def press(page: Page, *keys: str) -> None:
    """Press keys in the booth, each once the one before has done its work."""
    page.wait_for_function(READY)
    page.locator(".hailuo-judge").focus()
    figures = page.locator("figure.hailuo-clip")
    figures.evaluate_all("(all) => all.forEach((one) => { one.dataset.before = ''; })")
    for key in keys:
        page.keyboard.press(key)
        page.wait_for_function(REACHED[key])


def draw_booth(browser: Browser, site: Site, out: Path) -> None:
    """Write the booth in its states."""
    body = harness("Push_in", "Pan_left")
    for theme in ("light", "dark", "contrast"):
        look = "dark" if theme == "dark" else "light"
        for width_px in (1100, 420):
            page = opened(browser, site.put("shot", page_of(body, look)), theme, width_px)
            for name, keys in (("booth", "5"), ("voted", "a5"), ("wipe", "5w"), ("help", "?")):
                press(page, *keys)
                page.screenshot(path=out / f"{name}-{theme}-{width_px}.png", full_page=True)
                if name == "wipe":
                    page.keyboard.press("w")
            page.close()


def draw_results(browser: Browser, site: Site, out: Path) -> None:
    """Write what votes say."""
    contestants = contestants_of(3)
    few = standing_of(contestants, votes_on(contestants, [0, 0, 0], 12))
    none = standing_of(contestants, [])
    body = "<br>".join(result_html(one, again=AGAIN) for one in (eight(), few, none))
    for theme in ("light", "dark"):
        for width_px in (1100, 420):
            page = opened(browser, site.put("shot", page_of(body, theme)), theme, width_px)
            page.screenshot(path=out / f"result-{theme}-{width_px}.png", full_page=True)
            page.close()


def draw_page(browser: Browser, out: Path, clips: Path) -> None:
    """Write the page of a class at its beginning, while it votes, and at its end."""
    names = ("Push_in", "Pan_left", "Shake")
    held = [
        replace(film(name.replace("_", "")), src=as_address((clips / f"{name}.mp4").read_bytes()))
        for name in names
    ]
    file = out / "class.html"
    file.write_text(votes_page(held, [0, 1, 2], name="trial", digest="ab12"), encoding="utf-8")
    for theme in ("light", "dark"):
        for width_px in (1100, 420):
            page = opened(browser, file.as_uri(), theme, width_px)
            page.screenshot(path=out / f"page-begin-{theme}-{width_px}.png", full_page=True)
            page.get_by_role("textbox").fill("Ann")
            page.keyboard.press("Enter")
            press(page, "5")
            page.screenshot(path=out / f"page-vote-{theme}-{width_px}.png", full_page=True)
            press(page, "a", "e")
            expect(page.get_by_role("button", name="Save the votes")).to_be_visible()
            page.screenshot(path=out / f"page-end-{theme}-{width_px}.png", full_page=True)
            page.close()


def main() -> int:
    """Write every picture."""
    out = Path(sys.argv[1])
    clips = out / "clips"
    render(clips)
    with running_chromium() as browser, running_site(clips / "Push_in.mp4") as site:
        draw_results(browser, site, out)
        draw_booth(browser, site, out)
        draw_page(browser, out, clips)
    return 0


if __name__ == "__main__":
    sys.exit(main())

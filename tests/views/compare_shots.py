"""Draw comparisons to PNG files.

Run ``python -m tests.views.compare_shots OUTDIR``.

Not a test. Clips are rendered by the simulator once and kept in OUTDIR/clips.
"""

import sys
from collections.abc import Sequence
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from hailuo_nb.core.rating import Rating
from hailuo_nb.media.posters import clip_pictures
from hailuo_nb.simulator.render.jobs import ClipJob
from hailuo_nb.simulator.render.pool import RenderPool
from hailuo_nb.views.bundles import bundle
from hailuo_nb.views.compare.compare import comparison_html
from hailuo_nb.views.compare.export import export_page
from hailuo_nb.views.facts import Facts
from hailuo_nb.views.judge.result import result_html
from hailuo_nb.views.sources import as_address
from hailuo_nb.views.tile import clip_figure
from tests.support.browser import running_chromium
from tests.views.comparing import button, until
from tests.views.judging import eight
from tests.views.samples import snapshot
from tests.views.site import Site, running_site

COMMANDS = (
    *("Push in", "Pull out", "Pan left", "Pan right", "Tilt up"),
    *("Zoom in", "Shake", "Truck left", "Pedestal up"),
)
SCENE = "A lone samurai on a jagged peak, a storm of sakura petals at dusk."
SIZES_PX = {"Tilt up": 360, "Pan right": 512}


def render(folder: Path, size_px: int = 640) -> list[Path]:
    """Render one 6 s clip for each camera command that is not there yet, and return all."""
    folder.mkdir(parents=True, exist_ok=True)
    pool = RenderPool()
    jobs = {}
    for command in COMMANDS:
        path = folder / f"{command.replace(' ', '_')}.mp4"
        if not path.exists():
            jobs[path] = pool.submit(
                ClipJob(
                    out=str(path),
                    prompt=f"[{command}] {SCENE}",
                    seed=command,
                    variation=1,
                    duration_s=6,
                    short_side_px=768,
                    max_size_px=size_px,
                    enhanced=True,
                )
            )
    for job in jobs.values():
        job.result()
    pool.close()
    return [folder / f"{command.replace(' ', '_')}.mp4" for command in COMMANDS]


def clips(number: int, folder: Path) -> list[Facts]:
    """Return so many finished clips, served from the site's folder of clips."""
    found = []
    for index, command in enumerate(COMMANDS[:number]):
        name = command.replace(" ", "_")
        made = clip_pictures(folder / f"{name}.mp4")
        shot = snapshot(
            "done",
            name=name,
            prompt=f"[{command}] {SCENE}",
            poster=made and made.poster,
            strip=made and made.strip,
            finished_at=1_790_000_090.0 + 13 * index,
        )
        request = replace(shot.request, prompt_optimizer=index % 2 == 0)
        shot = replace(shot, request=request)
        found.append(Facts(label=command, snapshot=shot, src=f"/page-clips/{name}.mp4"))
    return found


def failures(folder: Path) -> list[Facts]:
    """Return two clips, and two tasks that brought none."""
    first, second, third, fourth = clips(4, folder)
    failed, unsure = snapshot("failed"), snapshot("unsure", poster=None)
    return [
        first,
        replace(third, snapshot=replace(failed, poster=third.snapshot.poster), src=None),
        second,
        replace(fourth, snapshot=unsure, src=None),
    ]


def page_of(body: str, theme: str) -> str:
    """Return what comes before a body so that it looks as in JupyterLab."""
    lab = Path(find_spec("jupyterlab").origin).parent  # type: ignore[union-attr,arg-type]
    colours = (lab / f"themes/@jupyterlab/theme-{theme}-extension/index.css").read_text()
    return (
        f"<style>{colours}</style><style>body{{margin:8px;background:var(--jp-layout-color1);"
        "color:var(--jp-content-font-color1);font-family:var(--jp-ui-font-family);"
        f"color-scheme:{theme}}}</style>{body}"
    )


def grid(made: Sequence[Facts]) -> str:
    """Return the clips as a bare grid with tick boxes."""
    cells = "".join(f"<div>{clip_figure(clip)}</div>" for clip in made)
    style = "display:grid;grid-template-columns:repeat(4,1fr);gap:12px"
    return (
        f'<div class="hailuo-compare hailuo-grid"><div style="{style}">{cells}</div></div>'
        f'<script type="module">{bundle("compare")}</script>'
    )


def take(browser: Browser, site: Site, out: Path, name: str, body: str, **how: object) -> None:
    """Write one PNG: ``theme``, ``width_px``, and ``keys`` to press before it."""
    theme, width_px = str(how.get("theme", "light")), int(str(how.get("width_px", 1100)))
    page = browser.new_page(viewport={"width": width_px, "height": 800})
    page.emulate_media(
        color_scheme="dark" if theme == "dark" else "light",
        forced_colors="active" if how.get("contrast") else "none",
    )
    page.goto(site.put("shot", page_of(body, theme)))
    expect(page.locator(".tools").first).to_be_visible()
    if how.get("keys"):
        press(page, *how["keys"])  # type: ignore[misc]
    page.screenshot(path=out / f"{name}.png", full_page=not how.get("screen"))
    page.close()


def press(page: Page, *keys: str) -> None:
    """Press keys in the first comparison, and wait until its clips stand."""
    page.locator(".hailuo-compare").first.focus()
    for key in keys:
        page.keyboard.press(key)
    until(page, "still && videos.filter((v) => v.readyState > 1).length > 1")


def draw_all(browser: Browser, site: Site, out: Path, folder: Path) -> None:
    """Write every picture."""
    two, four, nine = (comparison_html(clips(number, folder)) for number in (2, 4, 9))
    take(browser, site, out, "four-untouched", four)
    for theme in ("light", "dark"):
        for name, html in (("two", two), ("four", four), ("nine", nine)):
            take(browser, site, out, f"{name}-{theme}", html, theme=theme, keys=["5"])
        take(browser, site, out, f"four-narrow-{theme}", four, theme=theme, width_px=400)
        take(browser, site, out, f"wipe-{theme}", four, theme=theme, keys=["5", "w"])
        take(browser, site, out, f"help-{theme}", four, theme=theme, keys=["5", "?"], screen=True)
        take(
            browser, site, out, f"failures-{theme}", comparison_html(failures(folder)), theme=theme
        )
        take(browser, site, out, f"grid-{theme}", grid(clips(9, folder) * 2), theme=theme)
    take(browser, site, out, "nine-narrow", nine, width_px=400)
    take(browser, site, out, "difference", four, keys=["5", "d"])
    take(browser, site, out, "wipe-narrow", four, keys=["5", "w"], width_px=400)
    take(browser, site, out, "contrast", four, theme="dark", keys=["5"], contrast=True)
    take(browser, site, out, "contrast-wipe", four, keys=["5", "w"], contrast=True)
    take(browser, site, out, "full-screen", four, keys=["5", "f"], screen=True)
    take(browser, site, out, "full-screen-wipe", four, keys=["5", "w", "f"], screen=True)


def rated(clip: Facts, rating: Rating) -> Facts:
    """Return the clip with what a person thinks of it."""
    return replace(clip, snapshot=replace(clip.snapshot, rating=rating))


def draw_export(browser: Browser, out: Path, folder: Path) -> None:
    """Write the offline page and pictures of it, on the screen and on paper."""
    held = [
        replace(clip, src=as_address((folder / str(clip.src).rpartition("/")[2]).read_bytes()))
        for clip in clips(4, folder)
    ]
    held[0] = rated(held[0], Rating(stars=5, wins=True, tags=("keeper",), note=SCENE * 3))
    held[1] = rated(held[1], Rating(stars=2, tags=("too-fast", "dark")))
    votes = f"<h2>Votes on cameras</h2>{result_html(eight(), again='')}"
    file = out / "comparison.html"
    file.write_text(export_page(held, title="Four cameras", votes=votes), encoding="utf-8")
    for scheme, width_px in (("light", 1100), ("dark", 1100), ("light", 400), ("dark", 400)):
        page = browser.new_page(viewport={"width": width_px, "height": 800}, color_scheme=scheme)
        page.goto(file.resolve().as_uri())
        press(page, "5")
        page.screenshot(path=out / f"page-{scheme}-{width_px}.png", full_page=True)
        button(page.locator(".hailuo-compare"), "Play").click()
        until(page, "playing.length === 4")
        if (scheme, width_px) == ("light", 1100):
            page.pdf(path=out / "page.pdf", format="A4")
        page.close()


def main(out: Path) -> None:
    """Write everything."""
    folder = out / "clips"
    first = render(folder)[0]
    with running_site(first) as site, running_chromium() as browser:
        draw_all(browser, site, out, folder)
        draw_export(browser, out, folder)


if __name__ == "__main__":
    main(Path(sys.argv[1]))

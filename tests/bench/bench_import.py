"""50,000 clips taken in from exported pages: ``python -m tests.bench.bench_import``.

Each clip is a file of its own, small and whole, with a prompt, stars, tags, a measure and a
picture; each page holds 500. Prints one JSON object: the seconds of all pages, and of all once
more.
"""

import base64
import hashlib
import json
import os
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from hailuo_nb.config import read_config
from hailuo_nb.core.measured import Measured
from hailuo_nb.core.rating import Rating
from hailuo_nb.session.pages import import_page
from hailuo_nb.session.session import Session
from hailuo_nb.store.page import page_data
from tests.store.make import RED, finished, image_bytes, write_mp4

PAGES, CLIPS = 100, 500
POSTER = "data:image/jpeg;base64," + base64.b64encode(image_bytes("JPEG")).decode()


def page(number: int, clip: bytes) -> str:
    """Return a page of clips that differ in their last bytes, which no player reads."""
    figures, told = [], []
    for at in range(CLIPS):
        id = f"b{number}x{at}"
        video = clip + (16).to_bytes(4, "big") + b"free" + f"{number:04}{at:04}".encode()
        known = finished(id, Path(), sha256=hashlib.sha256(video).hexdigest())
        request = replace(known.request, prompt=f"A red fox by the sea, take {id}.")
        known = replace(
            known,
            request=request,
            rating=Rating(stars=3, note="the mist", tags=("talk",)),
            measured={"motion": Measured(value=0.2, version=1)},
        )
        told.append((at, known))
        source = "data:video/mp4;base64," + base64.b64encode(video).decode()
        figures.append(
            f'<figure class="hailuo-clip hailuo-done"><video src="{source}" poster="{POSTER}">'
            "</video></figure>"
        )
    return f'<div class="hailuo-compare">{"".join(figures)}</div>{page_data(told, [])}'


def written(folder: Path) -> Iterator[Path]:
    """Yield the pages, each written when it is asked for."""
    clip = write_mp4(folder / "clip.mp4", [RED] * 3, size=(64, 64)).read_bytes()
    for number in range(PAGES):
        path = folder / "page.html"
        path.write_text(page(number, clip), encoding="utf-8")
        yield path


def seconds(here: Session, folder: Path, new: int) -> float:
    """Return how long all pages take, but for writing them."""
    took_s = 0.0
    for path in written(folder):
        began = time.perf_counter()
        made = import_page(here, path)
        took_s += time.perf_counter() - began
        if (made.new, len(made.ids), made.left_out) != (new, CLIPS, ()):
            raise SystemExit(f"not what is measured: {made.words}")
    return round(took_s, 1)


def main() -> None:
    """Take all pages in, twice."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.chdir(folder)
        environ = {"HAILUO_HOME": str(folder / "home"), "HAILUO_MEASURES": "off"}
        here = Session(read_config(environ), display=lambda task: None)
        found = {
            "import_50000_s": seconds(here, folder, CLIPS),
            "import_again_s": seconds(here, folder, 0),
        }
        here.close()
    print(json.dumps(found))


if __name__ == "__main__":
    main()

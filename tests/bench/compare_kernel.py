"""One way from clips on disk to a comparison's HTML, measured in a process of its own.

``python -m tests.bench.compare_kernel ours|posters|mediapy FILE...`` prints seconds, MB and
bytes as JSON. What a notebook has imported anyway is imported before the clock starts:
IPython for all, this package or mediapy for its own run.
"""

import json
import re
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import IPython  # noqa: F401  # a kernel has it

from hailuo_nb.core.request import ImageRef, make_request
from hailuo_nb.core.task import Snapshot


def main(way: str, files: list[Path]) -> dict[str, float]:
    """Return what the way took."""
    make = {"ours": ours, "posters": posters, "mediapy": mediapy}[way](files)
    before_mb, start = memory_mb("VmRSS"), time.perf_counter()
    size = len(make().encode())
    took_s = time.perf_counter() - start
    more_mb = memory_mb("VmHWM") - before_mb
    return {"s": took_s, "mb": max(0.0, more_mb), "bytes_per_clip": size / len(files)}


def memory_mb(name: str) -> float:
    """Return "VmRSS", what is held now, or "VmHWM", the most so far, in MB; Linux only.

    `resource.getrusage` would count what the process held before it became this program.
    """
    (line,) = re.findall(rf"^{name}:\s+(\d+) kB", Path("/proc/self/status").read_text(), re.M)
    return int(line) * 1024 / 1e6


def ours(files: list[Path]) -> Callable[[], str]:
    """Return the way of `%hailuo compare`: posters were stored when the clips came."""
    stored = [path.with_suffix(".poster") for path in files]
    for path, poster in zip(files, stored, strict=True):
        if not poster.exists():
            poster.write_text(poster_of(path))
    return lambda: compared(files, lambda path: path.with_suffix(".poster").read_text())


def posters(files: list[Path]) -> Callable[[], str]:
    """Return the way where every poster has to be made again from its clip."""
    return lambda: compared(files, poster_of)


def poster_of(path: Path) -> str:
    """Make a clip's poster."""
    from hailuo_nb.media.posters import clip_pictures

    made = clip_pictures(path)
    return made.poster if made is not None else ""


def compared(files: list[Path], poster_of: Callable[[Path], str]) -> str:
    """Return our comparison of the files."""
    from hailuo_nb.views.compare.compare import comparison_html
    from hailuo_nb.views.facts import Facts

    image = ImageRef(label="sample:peak", digest="00", width_px=1366, height_px=768)
    request = make_request(prompt="A lone samurai on a jagged peak.", image=image)
    clips = []
    for path in files:
        shot = Snapshot(
            id=path.stem,
            name=path.stem,
            state="done",
            request=replace(request, prompt=f"[{path.stem}] {request.prompt}"),
            service="simulator",
            created_at=0.0,
            poster=poster_of(path),
        )
        clips.append(Facts(label=path.stem, snapshot=shot, src=f"hailuo_videos/{path.name}"))
    return comparison_html(clips)


def mediapy(files: list[Path]) -> Callable[[], str]:
    """Return the peer's way: read the clips, and show them as HTML with their bytes in it."""
    import imageio_ffmpeg
    import mediapy as peer

    peer.set_ffmpeg(imageio_ffmpeg.get_ffmpeg_exe())

    def make() -> str:
        videos = {path.stem: peer.read_video(path) for path in files}
        return peer.show_videos(videos, fps=24, return_html=True) or ""

    return make


if __name__ == "__main__":
    json.dump(main(sys.argv[1], [Path(name) for name in sys.argv[2:]]), sys.stdout)

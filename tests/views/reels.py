"""Clips to compare, in lengths and sizes that differ, and pages that hold them.

Each frame of a reel is one even grey that grows from frame to frame, so that a test can read
from the pixels which frame is on the screen.
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import av
import numpy as np
from av.container import OutputContainer

from hailuo_nb.views.facts import Facts
from tests.views.samples import FPS, snapshot

REELS: dict[str, tuple[float, int, int]] = {
    "a": (3.0, 160, 90),
    "b": (3.0, 160, 90),
    "short": (1.0, 160, 90),
    "tall": (3.0, 90, 160),
    "song": (3.0, 160, 90),
    "tune": (3.0, 160, 90),
}
"""Seconds, width and height in px by name."""

HEARD = ("song", "tune")
"""Those with a sound track."""


def write_reels(folder: Path) -> Path:
    """Write every reel, one of noise that is too large to be fetched at once, one damaged."""
    if (folder / "damaged.mp4").exists():
        return folder
    for name, (seconds, width_px, height_px) in REELS.items():
        count = round(seconds * FPS)
        greys = [np.full((height_px, width_px, 3), 16 + 200 * i // count) for i in range(count)]
        write_frames(folder / f"{name}.mp4", greys, has_sound=name in HEARD)
    noise = np.random.default_rng(4)
    frames = [noise.integers(0, 255, (180, 320, 3)) for _ in range(4 * FPS)]
    write_frames(folder / "noise.mp4", frames)
    (folder / "damaged.mp4").write_bytes(b"no clip at all")
    return folder


def write_frames(
    path: Path, frames: Sequence[np.ndarray[Any, Any]], *, has_sound: bool = False
) -> None:
    """Write RGB frames, each height x width x 3 from 0 to 255, as an H.264 MP4; a hum with it."""
    with av.open(str(path), "w", options={"movflags": "faststart"}) as container:
        stream = container.add_stream("libx264", rate=FPS, options={"g": "12", "bf": "0"})
        stream.height, stream.width = frames[0].shape[:2]
        stream.pix_fmt = "yuv420p"
        if has_sound:
            write_hum(container, len(frames) / FPS)
        for pixels in frames:
            shot = av.VideoFrame.from_ndarray(pixels.astype("uint8"), format="rgb24")
            container.mux(stream.encode(shot))
        container.mux(stream.encode())


def write_hum(container: OutputContainer, seconds: float, rate_hz: int = 44_100) -> None:
    """Write an AAC track of one low tone."""
    track = container.add_stream("aac", rate=rate_hz)
    turns = 2 * np.pi * 220 * np.arange(round(seconds * rate_hz)) / rate_hz
    hum = av.AudioFrame.from_ndarray(
        0.05 * np.sin(turns, dtype=np.float32)[None], format="fltp", layout="mono"
    )
    hum.sample_rate = rate_hz
    container.mux(track.encode(hum))
    container.mux(track.encode(None))


def reel(
    name: str, *, label: str | None = None, folder: str = "/page-clips", **changes: Any
) -> Facts:
    """Return the clip of this name as a finished task, served from a folder of the site."""
    seconds = REELS.get(name, (2.0, 0, 0))[0]
    shot = snapshot("done", name=label or name, **changes)
    request = replace(shot.request, duration_s=round(seconds))
    return Facts(
        label=label or name,
        snapshot=replace(shot, request=request),
        src=f"{folder}/{name}.mp4",
    )

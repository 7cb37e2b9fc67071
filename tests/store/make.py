"""Snapshots, images and short clips for the tests of the store."""

import io
import subprocess
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import PIL.Image

from hailuo_nb.core.request import ImageRef, make_request
from hailuo_nb.core.task import Snapshot

IMAGE = ImageRef(
    label="start.png",
    url="https://files/start.png",
    digest="ab12",
    mime="image/png",
    width_px=1024,
    height_px=576,
    size_bytes=4096,
)
PROMPT = '[Push in] <b>Ein</b> "Samurai" 🗡 שלום\n\'; DROP TABLE tasks; --'

Colour = tuple[int, int, int]
RED, GREEN, BLUE = (220, 30, 30), (30, 200, 40), (30, 40, 210)


def snapshot_of(id: str = "0a1b2c3d", **changes: Any) -> Snapshot:
    """Make a task as it is recorded before its first byte leaves, with some changes."""
    facts: dict[str, Any] = {
        "id": id,
        "request": make_request(prompt=PROMPT, image=IMAGE),
        "service": "simulator",
        "created_at": 1000.0,
    }
    return Snapshot(**facts | changes)


def finished(id: str, folder: Path, **changes: Any) -> Snapshot:
    """Make a task that is done in every particular."""
    facts: dict[str, Any] = {
        "state": "done",
        "name": "samurai",
        "submitted_at": 1001.0,
        "finished_at": 1181.5,
        "task_id": "t-" + id,
        "credits": 50.0,
        "balance": 9950.0,
        "cost_time_s": 171.0,
        "note": "saved",
        "error": "none",
        "error_kind": "HailuoError",
        "warnings": ("a", "ü"),
        "video": folder / f"{id}.mp4",
        "sha256": "cd34",
        "size_bytes": 123456,
    }
    return snapshot_of(id, **facts | changes)


def write_mp4(path: Path, colours: Sequence[Colour], *, size: tuple[int, int] = (96, 64)) -> Path:
    """Write a clip of one plain frame a colour, 12 frames a second, with B-frames."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=12, options={"g": "12", "bf": "2"})
        stream.width, stream.height = size
        stream.pix_fmt = "yuv420p"
        stream.time_base = Fraction(1, 12)
        for colour in colours:
            pixels = np.full((size[1], size[0], 3), colour, np.uint8)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(pixels, format="rgb24")))
        container.mux(stream.encode())
    return path


def image_bytes(
    form: str = "PNG", *, size: tuple[int, int] = (64, 48), colour: Colour = RED, mode: str = "RGB"
) -> bytes:
    """Return a plain image's bytes."""
    out = io.BytesIO()
    PIL.Image.new("RGB", size, colour).convert(mode).save(out, form)
    return out.getvalue()


def noise_png(width_px: int, height_px: int) -> bytes:
    """Return the bytes of an image that compresses as badly as can be."""
    pixels = np.random.default_rng(1).integers(0, 256, (height_px, width_px, 3), np.uint8)
    out = io.BytesIO()
    PIL.Image.fromarray(pixels).save(out, "PNG", compress_level=1)
    return out.getvalue()


def go(process: subprocess.Popen[str]) -> None:
    """Let a process go on that waits for a line."""
    assert process.stdin is not None
    process.stdin.write("\n")
    process.stdin.flush()

"""Snapshots, posters and clips for the view tests and the screenshots."""

import base64
import io
import json
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import av
import numpy as np
from PIL import Image, ImageDraw

from hailuo_nb.core.polling import estimate
from hailuo_nb.core.request import ImageRef, make_request
from hailuo_nb.core.task import Snapshot, State
from hailuo_nb.media.stills import POSTER_BYTES_MAX, STRIP_FRAME_BYTES_MAX
from hailuo_nb.views.card.card import card_html, card_state, card_text
from hailuo_nb.views.facts import Facts

PROMPT = (
    "[Push in] A lone samurai on a jagged peak, a storm of sakura petals. "
    "The mountain is the back of a sleeping dragon."
)
SENT_AT = 1_790_000_000.0
FPS = 24
PAID = "https://api.kie.ai"


@cache
def poster(width_px: int = 384, height_px: int = 216, *, quality: int = 70) -> str:
    """Draw a mountain at dusk and return it as a ``data:`` URI."""
    rows = np.linspace(0, 1, height_px)[:, None, None]
    sky = (1 - rows) * np.array([52, 40, 92]) + rows * np.array([255, 156, 120])
    picture = Image.fromarray(np.repeat(sky, width_px, axis=1).astype("uint8"), "RGB")
    draw = ImageDraw.Draw(picture)
    w, h = width_px, height_px
    draw.ellipse((w * 0.62, h * 0.2, w * 0.62 + h * 0.28, h * 0.48), fill=(255, 226, 190))
    draw.polygon([(0, h), (w * 0.4, h * 0.34), (w * 0.8, h)], fill=(42, 32, 66))
    draw.polygon([(w * 0.3, h), (w * 0.72, h * 0.55), (w, h)], fill=(28, 22, 46))
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality)
    return "data:image/jpeg;base64," + base64.b64encode(out.getvalue()).decode()


@cache
def strip(width_px: int = 192, height_px: int = 108) -> tuple[str, ...]:
    """Draw a sun that crosses the sky in four frames, as ``data:`` URIs."""
    frames = []
    for at in range(4):
        picture = Image.new("RGB", (width_px, height_px), (52 + 40 * at, 40, 92))
        x = width_px * (0.1 + 0.22 * at)
        ImageDraw.Draw(picture).ellipse((x, 20, x + 28, 48), fill=(255, 226, 190))
        out = io.BytesIO()
        picture.save(out, "WEBP", quality=40)
        frames.append("data:image/webp;base64," + base64.b64encode(out.getvalue()).decode())
    return tuple(frames)


def heavy_pictures() -> dict[str, Any]:
    """Return the largest poster and strip that a clip may have, as fields of a snapshot."""
    poster = heavy_poster(POSTER_BYTES_MAX)
    frame = "data:image/webp;base64," + base64.b64encode(bytes(STRIP_FRAME_BYTES_MAX)).decode()
    return {"poster": poster, "strip": (frame,) * 4}


def heavy_poster(size_bytes: int) -> str:
    """Return a real JPEG of noise, about so many bytes, as a ``data:`` URI."""
    noise = np.random.default_rng(1).integers(0, 255, (216, 384, 3), dtype=np.uint8)
    for quality in range(95, 1, -1):
        out = io.BytesIO()
        Image.fromarray(noise).save(out, "JPEG", quality=quality)
        if len(out.getvalue()) <= size_bytes:
            break
    padded = out.getvalue() + b"\0" * (size_bytes - len(out.getvalue()))
    return "data:image/jpeg;base64," + base64.b64encode(padded).decode()


def write_clip(path: Path, *, seconds: float = 2.0) -> Path:
    """Write a small H.264 MP4 whose brightness grows from frame to frame."""
    frames = round(seconds * FPS)
    with av.open(str(path), "w", options={"movflags": "faststart"}) as container:
        stream = container.add_stream("libx264", rate=FPS, options={"g": "12"})
        stream.width, stream.height, stream.pix_fmt = 160, 90, "yuv420p"
        for index in range(frames):
            pixels = np.full((90, 160, 3), round(255 * index / frames), dtype=np.uint8)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(pixels, format="rgb24")))
        container.mux(stream.encode())
    return path


def snapshot(state: State = "done", **changes: Any) -> Snapshot:
    """Return a plausible task in this state; keywords replace its fields."""
    prompt = changes.pop("prompt", PROMPT)
    image = ImageRef(label="sample:peak", digest="00", width_px=1366, height_px=768)
    request = replace(make_request(prompt="stand-in", image=image), prompt=prompt)
    sent = state not in ("waiting", "submitting")
    ended = state in ("done", "failed", "expired", "stopped", "unsure")
    fields: dict[str, Any] = {
        "id": "k3f9x2m7",
        "name": "samurai",
        "state": state,
        "request": request,
        "service": "simulator",
        "created_at": SENT_AT - 1,
        "submitted_at": SENT_AT if sent else None,
        "finished_at": SENT_AT + 151 if ended else None,
        "task_id": "281e5b0f39b9a4d2c8e7" if sent and state != "unsure" else None,
        "credits": {"failed": 0.0, "unsure": None}.get(state, 30.0) if sent else None,
        "balance": 970.0,
        "estimate": estimate([]),
        "poster": poster(),
        "strip": strip() if state == "done" else None,
        "video": Path("hailuo_videos/k3f9x2m7.mp4") if state == "done" else None,
        "size_bytes": 1_240_000 if state == "done" else None,
        "error": ERRORS.get(state),
    }
    return Snapshot(**(fields | changes))


def settled_html(of: Snapshot, *, src: str | None = None) -> str:
    """Return the card that stays of a task whose clip lies at an address."""
    return card_html(Facts(snapshot=of, src=src))


def settled_text(of: Snapshot, *, src: str | None = None) -> str:
    """Return the same in plain text."""
    return card_text(Facts(snapshot=of, src=src))


def live_state(of: Snapshot, src: str | None = None) -> dict[str, Any]:
    """Return what the live card is told of a task."""
    return card_state(Facts(snapshot=of, src=src))


def card_traits(of: Snapshot, src: str | None = None) -> dict[str, Any]:
    """Return every trait of the live card as JSON would carry it."""
    state = live_state(of, src)
    seen = "" if state["final"] else Facts(snapshot=of).pictures
    traits = {"board": {}, "posters": [], "progress": "", "cell_0": state, "poster_0": seen}
    carried: dict[str, Any] = json.loads(json.dumps(traits))
    return carried


ERRORS: dict[State, str] = {
    "failed": (
        "The service could not make the clip: the prompt was refused by its content check. "
        "Nothing was charged. Change the prompt or the image and run the cell again."
    ),
    "stopped": (
        "You stopped watching. It may have been charged. "
        "%hailuo resume looks again, free of charge."
    ),
    "unsure": (
        "The connection broke while the task was being sent. The balance was 1000 before and "
        "is 970 now: it seems to have been charged. It is not sent again by itself."
    ),
    "expired": (
        "The service no longer keeps the file. It was charged. "
        "The service keeps clips for a day or more; this one is gone."
    ),
}

"""A landscape in layers, drawn from a mood: sky, clouds, bands of ground, a subject.

It knows which parts a scene has and where its subject stands; it must not know prompts, cameras
or frames in time.
"""

import hashlib

import numpy as np

from hailuo_nb.simulator.render import colour, shapes, silhouettes
from hailuo_nb.simulator.render.canvas import Canvas, canvas_layer, mixed
from hailuo_nb.simulator.render.ground import GROUNDS, band_layer
from hailuo_nb.simulator.render.layers import Layer
from hailuo_nb.simulator.render.mood import Mood
from hailuo_nb.simulator.render.sky import clouds, sky

SUBJECT_NEAR = 0.66
SUBJECT_SIZES: dict[str, float] = {
    "figure": 0.34,
    "boat": 0.36,
    "tree": 0.52,
    "tower": 0.56,
    "gate": 0.42,
    "horse": 0.30,
    "fox": 0.22,
    "bird": 0.20,
    "dragon": 0.42,
    "car": 0.26,
    "whale": 0.34,
    "balloon": 0.34,
}
IN_THE_AIR = ("bird", "dragon", "balloon")


def build(mood: Mood, width: int, height: int) -> list[Layer]:
    """Return the layers of a scene, far to near, for a frame of this size in pixels."""
    seed = int.from_bytes(hashlib.sha256(mood.seed.encode("utf-8", "replace")).digest()[:8])
    canvas = Canvas(width, height, mood, np.random.default_rng(seed))
    place = float(canvas.dice.uniform(-0.3, 0.3))
    layers = [sky(canvas, place), clouds(canvas)]
    layers += [band_layer(canvas, band, place) for band in GROUNDS[mood.ground]]
    layers.append(_subject(canvas, -0.14 if place > 0 else 0.14))
    return sorted(layers, key=lambda layer: layer.near)


def _subject(canvas: Canvas, place: float) -> Layer:
    name = canvas.mood.subject
    size = canvas.even(SUBJECT_SIZES[name], canvas.height)
    mask = shapes.drawn(size, size, silhouettes.Silhouette(name))
    if canvas.dice.random() < 0.5:
        mask = np.ascontiguousarray(mask[:, ::-1])
    red_gate = (168, 44, 34)
    body = red_gate if name == "gate" else canvas.light.ground
    body = mixed(body, canvas.light.haze, 0.08)
    luma, blue, red = colour.rows_of(np.broadcast_to(np.array(body, np.float32), (size, 3)).copy())
    lit = np.clip(mask - np.roll(mask, max(1, size // 60), axis=1 if place > 0 else 0), 0, 1)
    picture = luma[:, None] + lit * np.float32(60)
    feet = 0.345 if canvas.mood.ground == "sea" else 0.385
    if name in IN_THE_AIR:
        feet = 0.02
    return canvas_layer(
        canvas,
        np.asarray(picture, np.float32),
        (blue, red),
        mask,
        top=feet - size / canvas.height + 0.02,
        near=SUBJECT_NEAR,
        left=round(place * canvas.width / 2) * 2 - size / 2,
        is_subject=True,
    )

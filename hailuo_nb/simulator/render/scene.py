"""A landscape in layers, drawn from a mood: sky, clouds, bands of ground, a subject.

It knows which parts a scene has and where its subject stands; it must not know prompts, cameras
or frames in time.
"""

import hashlib
import math

import numpy as np
from PIL import Image

from hailuo_nb.simulator.render import colour, shapes, silhouettes
from hailuo_nb.simulator.render.canvas import (
    HORIZON,
    MARGIN_Y,
    Canvas,
    canvas_layer,
    gradient,
    mixed,
)
from hailuo_nb.simulator.render.colour import Floats
from hailuo_nb.simulator.render.ground import GROUNDS, band_layer
from hailuo_nb.simulator.render.layers import Layer
from hailuo_nb.simulator.render.mood import Mood

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


def sky(canvas: Canvas, place: float) -> Layer:
    """Paint gradient and glow small, enlarge them, then set stars and disc sharply."""
    wide, tall = canvas.even(1.7, canvas.width), canvas.even(1 + 2 * MARGIN_Y, canvas.height)
    rows, columns = max(8, tall // 6), max(8, wide // 6)
    down = (np.linspace(-0.5 - MARGIN_Y, 0.5 + MARGIN_Y, rows, dtype=np.float32))[:, None]
    across = np.linspace(-0.85, 0.85, columns, dtype=np.float32)[None, :]
    shape = canvas.width / canvas.height
    high = -0.16 if canvas.light.is_moon else 0.0
    away = np.sqrt(((across - place) * shape) ** 2 + (down - high) ** 2)
    glow = np.exp(-away * 3.2)[..., None] * 0.55 + np.exp(-away * 9)[..., None] * 0.4
    base = gradient(canvas.light.sky, (down + 0.55) / (HORIZON + 0.55))
    disc = np.array(canvas.light.disc, np.float32)
    small = base + (disc - base) * np.clip(glow * (0.55 if canvas.light.is_moon else 1.0), 0, 1)
    planes = _enlarged(np.broadcast_to(small, (rows, columns, 3)), tall, wide)
    luma = planes[0]
    if canvas.light.stars:
        _set_stars(canvas, luma)
    _set_disc(canvas, planes, place, high)
    return Layer(
        planes=(colour.to_bytes(luma), colour.to_bytes(planes[1]), colour.to_bytes(planes[2])),
        left=-wide / 2,
        top=-tall / 2,
        near=0.0,
    )


def _enlarged(small: Floats, tall: int, wide: int) -> tuple[Floats, Floats, Floats]:
    def grow(values: Floats, step: int) -> Floats:
        image = Image.fromarray(np.ascontiguousarray(values, np.float32))
        size = (wide // step, tall // step)
        return np.array(image.resize(size, Image.Resampling.BICUBIC), np.float32)

    luma, blue, red = colour.rows_of(small)
    return grow(luma, 1), grow(blue, 2), grow(red, 2)


def _set_stars(canvas: Canvas, luma: Floats) -> None:
    tall, wide = luma.shape
    count = int(canvas.light.stars * 420)
    rows = (canvas.dice.random(count) ** 1.4 * tall * 0.58).astype(np.intp)
    columns = (canvas.dice.random(count) * (wide - 2)).astype(np.intp)
    shine = canvas.dice.random(count).astype(np.float32) ** 2 * 170 + 30
    luma[rows, columns] = np.minimum(235, luma[rows, columns] + shine)
    big = max(1, canvas.height // 300)
    for row, column in zip(rows[: count // 6], columns[: count // 6], strict=True):
        luma[row : row + big, column : column + big + 1] = 225


def _set_disc(
    canvas: Canvas, planes: tuple[Floats, Floats, Floats], place: float, high: float
) -> None:
    tall, wide = planes[0].shape
    radius = canvas.height * (0.055 if canvas.light.is_moon else 0.075)
    centre = (tall / 2 + high * canvas.height, wide / 2 + place * canvas.width)
    colours = colour.rows_of(np.array(canvas.light.disc, np.float32)[None])
    for number, plane in enumerate(planes):
        step = 2 if number else 1
        top, left = (int((c - radius) / step) - 2 for c in centre)
        size = int(2 * radius / step) + 4
        window = plane[max(top, 0) : top + size, max(left, 0) : left + size]
        rows = np.arange(window.shape[0])[:, None] + max(top, 0) + 0.5 - centre[0] / step
        columns = np.arange(window.shape[1])[None] + max(left, 0) + 0.5 - centre[1] / step
        mask = np.clip(radius / step - np.hypot(rows, columns) + 0.5, 0, 1).astype(np.float32)
        window += (colours[number][0] - window) * mask * np.float32(0.96)


def clouds(canvas: Canvas) -> Layer:
    """Draw a veil of clouds that drifts on its own."""
    wide, tall = canvas.even(2.0, canvas.width), canvas.even(0.78, canvas.height)
    texture = shapes.noise(canvas.dice, tall // 2, wide // 8, canvas.height * 0.11, 4)
    image = Image.fromarray(texture).resize((wide, tall), Image.Resampling.BICUBIC)
    billow = np.asarray(image, np.float32)
    fade = np.sin(np.linspace(0, math.pi, tall, dtype=np.float32))[:, None]
    cover = float(canvas.dice.uniform(0.46, 0.54))
    alpha = np.clip((billow - cover) * 5.0, 0, 1) * fade * np.float32(0.62)
    light = np.array(canvas.light.disc, np.float32)
    sky = np.array(canvas.light.sky[1], np.float32)
    share = np.linspace(0.15, 0.8, tall, dtype=np.float32)[:, None]
    luma, blue, red = colour.rows_of(sky + (light - sky) * share)
    return canvas_layer(
        canvas,
        luma[:, None] + (billow - 0.5) * 60,
        (blue, red),
        alpha.astype(np.float32),
        top=-0.66,
        near=0.0,
        drift=0.006 * canvas.mood.tempo,
    )

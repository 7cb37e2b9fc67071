"""The sky of a scene: gradient and glow, sun or moon, stars, clouds that drift.

It knows what hangs above the horizon; it must not know the ground.
"""

import math

import numpy as np
from PIL import Image

from hailuo_nb.simulator.render import colour, shapes
from hailuo_nb.simulator.render.canvas import HORIZON, MARGIN_Y, Canvas, canvas_layer, gradient
from hailuo_nb.simulator.render.colour import Floats
from hailuo_nb.simulator.render.layers import Layer


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

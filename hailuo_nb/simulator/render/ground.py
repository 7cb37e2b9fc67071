"""Bands of ground: ridges, trees, skylines, waves, grass, each at its depth.

It knows one table of landscapes and how a band of each kind is drawn; it must not know the sky or
the subject. A landscape is one row of the table.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from hailuo_nb.simulator.render import colour, shapes
from hailuo_nb.simulator.render.canvas import MARGIN_Y, Canvas, canvas_layer, gradient, mixed
from hailuo_nb.simulator.render.colour import Floats
from hailuo_nb.simulator.render.layers import Layer

BandKind = Literal["ridge", "conifers", "skyline", "wave", "grass"]


@dataclass(frozen=True, slots=True)
class Band:
    """One band of ground.

    `near` is its depth 0..1, `top` where its lowest crest lies (0 the middle of the frame,
    0.5 its lower edge), `rise` how much higher its highest is, `cell` how wide a hill is, and
    `rough` the share of fine detail.
    """

    kind: BandKind
    near: float
    top: float
    rise: float
    cell: float
    rough: float = 0.5


GROUNDS: dict[str, tuple[Band, ...]] = {
    "peaks": (
        Band("ridge", 0.10, 0.12, 0.42, 0.42, 0.55),
        Band("ridge", 0.26, 0.20, 0.22, 0.30, 0.50),
        Band("conifers", 0.46, 0.32, 0.13, 0.5, 0.35),
        Band("ridge", 0.70, 0.40, 0.10, 0.7, 0.30),
        Band("grass", 1.00, 0.47, 0.06, 0.5, 0.30),
    ),
    "hills": (
        Band("ridge", 0.10, 0.12, 0.14, 0.50, 0.40),
        Band("ridge", 0.25, 0.19, 0.12, 0.55, 0.30),
        Band("conifers", 0.44, 0.30, 0.10, 0.60, 0.25),
        Band("ridge", 0.70, 0.38, 0.08, 0.80, 0.25),
        Band("grass", 1.00, 0.47, 0.06, 0.60, 0.30),
    ),
    "forest": (
        Band("ridge", 0.10, 0.10, 0.22, 0.40, 0.45),
        Band("conifers", 0.24, 0.16, 0.10, 0.50, 0.35),
        Band("conifers", 0.45, 0.26, 0.12, 0.60, 0.35),
        Band("ridge", 0.70, 0.38, 0.07, 0.70, 0.30),
        Band("grass", 1.00, 0.47, 0.06, 0.50, 0.30),
    ),
    "dunes": (
        Band("ridge", 0.10, 0.13, 0.12, 0.60, 0.25),
        Band("ridge", 0.28, 0.20, 0.14, 0.70, 0.15),
        Band("ridge", 0.48, 0.29, 0.14, 0.85, 0.12),
        Band("ridge", 0.72, 0.38, 0.09, 0.95, 0.10),
        Band("grass", 1.00, 0.53, 0.06, 0.70, 0.20),
    ),
    "city": (
        Band("ridge", 0.06, 0.10, 0.10, 0.45, 0.45),
        Band("skyline", 0.18, 0.16, 0.42, 0.0),
        Band("skyline", 0.40, 0.30, 0.44, 0.0),
        Band("ridge", 0.70, 0.42, 0.015, 1.5, 0.1),
        Band("grass", 1.00, 0.50, 0.05, 0.60, 0.30),
    ),
    "sea": (
        Band("ridge", 0.05, 0.105, 0.09, 0.30, 0.50),
        Band("wave", 0.16, 0.11, 0.004, 0.30, 0.30),
        Band("wave", 0.34, 0.20, 0.018, 0.24, 0.30),
        Band("wave", 0.54, 0.30, 0.026, 0.34, 0.30),
        Band("wave", 0.80, 0.42, 0.040, 0.50, 0.30),
    ),
}


def band_layer(canvas: Canvas, band: Band, place: float) -> Layer:
    """Draw one band; `place` is where the sun stands, in shares of the width."""
    wide = canvas.even(1 + 2 * (0.36 + 0.34 * band.near), canvas.width)
    over = 0.30 if band.kind in ("conifers", "skyline") else 0.03
    top = band.top - band.rise - over
    tall = canvas.even(0.5 + MARGIN_Y - top, canvas.height)
    line = _crest(canvas, band, wide, over)
    alpha = shapes.below(line, tall)
    depth = np.clip(np.arange(tall, dtype=np.float32)[:, None] - line[None, :], 0, None)
    growth = _growth(canvas, band, line, alpha)
    luma, blue, red = _ground_colours(canvas, band, tall)
    shade = shapes.noise(canvas.dice, tall, wide, canvas.height * (0.02 + 0.1 * band.near), 2)
    picture = luma[:, None] + (shade - 0.5) * (15 - 5 * band.near)
    picture += np.exp(depth * (-14.0 / canvas.height)) * _rim(canvas, band)
    if band.kind == "skyline":
        _light_windows(canvas, picture, growth)
    if band.kind == "wave":
        _glint(canvas, band, picture, wide / 2 + place * canvas.width)
    if band.kind == "ridge" and canvas.mood.ground == "peaks" and band.near < 0.2:
        _snow_cap(canvas, picture, line, depth, shade)
    return canvas_layer(
        canvas,
        picture,
        (blue, red),
        growth,
        top=top,
        near=band.near,
        sway=0.012 * band.near if band.kind == "wave" else 0.0,
    )


def _crest(canvas: Canvas, band: Band, wide: int, over: float) -> Floats:
    height = canvas.height
    if band.kind == "skyline":
        return np.full(wide, (over + band.rise) * height, np.float32)
    line = shapes.ridge(canvas.dice, wide, band.cell * canvas.width, band.rough)
    if band.kind == "wave":
        swell = np.arange(wide, dtype=np.float32) * (40 / canvas.width / (0.3 + band.near))
        line = np.asarray(0.5 * line + 0.25 + 0.25 * np.sin(swell), np.float32)
    return np.asarray((over + band.rise * (1 - line)) * height, np.float32)


def _growth(canvas: Canvas, band: Band, line: Floats, alpha: Floats) -> Floats:
    """Return the band's opacity with what stands on it."""
    wide = alpha.shape[1]
    size = canvas.height
    room = canvas.even(0.30 + band.rise, size)
    shape = wide / room
    if band.kind == "skyline":
        low, high = (0.25, 0.75) if band.near < 0.3 else (0.12, 0.80)
        mask = shapes.drawn(room, wide, shapes.Skyline(canvas.dice, shape, low=low, high=high), 2)
        alpha[:room] = np.maximum(alpha[:room], mask)
        return alpha
    if band.kind not in ("conifers", "grass"):
        return alpha
    if band.kind == "conifers":
        count, strip = int(60 + 50 / band.near), canvas.even(0.10 + 0.26 * band.near, size)
        grove: shapes.Painter = shapes.Conifers(
            canvas.dice, wide / strip, count=count, tall=0.95, slim=0.16
        )
    else:
        strip = canvas.even(0.17, size)
        grove = shapes.Grove(canvas.dice, wide / strip, count=700, tall=0.95, slim=0.04)
    _plant(alpha, shapes.drawn(strip, wide, grove, 2), line)
    return alpha


def _plant(alpha: Floats, strip: Floats, line: Floats) -> None:
    """Stand a strip of plants on a crest: each column is moved down to meet it."""
    tall, wide = alpha.shape
    high = strip.shape[0]
    rows = np.arange(tall)[:, None] - (line[None, :] + high * 0.12).astype(np.intp) + high
    inside = (rows >= 0) & (rows < high)
    moved = strip[np.clip(rows, 0, high - 1), np.arange(wide)[None, :]]
    np.maximum(alpha, np.where(inside, moved, np.float32(0)), out=alpha)


def _ground_colours(canvas: Canvas, band: Band, tall: int) -> tuple[Floats, Floats, Floats]:
    haze, ground = canvas.light.haze, canvas.light.ground
    body = mixed(haze, ground, min(1.0, 0.22 + band.near * 1.0))
    foot = mixed(haze, ground, min(1.0, 0.05 + band.near * 1.15))
    if band.kind == "wave":
        body = mixed(canvas.light.sky[1], ground, 0.15 + 0.6 * band.near)
        foot = mixed(canvas.light.sky[0], ground, 0.2 + 0.6 * band.near)
    share = np.linspace(0, 1, tall, dtype=np.float32)[:, None] ** np.float32(0.7)
    return (
        colour.rows_of(gradient((body, mixed(body, foot, 0.5), foot), share[:, 0]))
        if (band.near < 0.9)
        else colour.rows_of(
            gradient((ground, mixed(ground, (0, 0, 0), 0.35), (0, 0, 0)), share[:, 0])
        )
    )


def _rim(canvas: Canvas, band: Band) -> np.float32:
    """Return how much light lies along the crest."""
    strength = 10.0 if canvas.light.is_moon else 26.0
    return np.float32(strength * (1 - 0.75 * band.near) * (1.6 if band.kind == "wave" else 1))


def _light_windows(canvas: Canvas, picture: Floats, mask: Floats) -> None:
    tall, wide = picture.shape
    cell = max(3, canvas.height // 70)
    shape = (tall // cell + 1, wide // cell + 1)
    lit = (canvas.dice.random(shape) < 0.17).astype(np.float32)
    lit *= 0.4 + 0.6 * canvas.dice.random(shape, dtype=np.float32)
    panes = np.repeat(np.repeat(lit, cell, axis=0), cell, axis=1)[:tall, :wide]
    gaps = (np.arange(tall)[:, None] % cell > cell // 3) & (np.arange(wide)[None] % cell > 0)
    glow = 110.0 if canvas.light.stars else 46.0
    picture += panes * gaps * (mask > 0.99) * np.float32(glow)


def _glint(canvas: Canvas, band: Band, picture: Floats, middle: float) -> None:
    tall, wide = picture.shape
    sparkle = shapes.noise(canvas.dice, tall, max(4, wide // 5), max(2.0, tall * 0.02), 1)
    sparkle = np.repeat(sparkle, 6, axis=1)[:, :wide]
    away = np.abs(np.arange(wide, dtype=np.float32) - middle) / canvas.width
    beam = np.exp(-((away / (0.05 + 0.16 * band.near)) ** 2))[None, :]
    picture += np.clip((sparkle - 0.5) * 5, 0, 1) * beam * np.float32(96)
    picture += np.clip((sparkle - 0.62) * 5, 0, 1) * np.float32(22)


def _snow_cap(canvas: Canvas, picture: Floats, line: Floats, depth: Floats, shade: Floats) -> None:
    high = 1 - (line - line.min()) / max(float(np.ptp(line)), 1.0)
    reach = np.clip(high - 0.35, 0, 1)[None, :] * canvas.height * 0.16
    white = np.clip((reach * (0.55 + shade) - depth) / (canvas.height * 0.012), 0, 1)
    level = 190 if not canvas.light.stars else 120
    picture += (level - picture) * white * np.float32(0.72)

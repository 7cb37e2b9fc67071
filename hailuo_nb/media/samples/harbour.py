"""The sample "harbour": a fishing town at dusk, its lights and boats on the water.

It knows this one scene, and paints it with the brush alone.
"""

import numpy as np
from numpy.random import Generator

from hailuo_nb.media.samples import HEIGHT_PX, WIDTH_PX
from hailuo_nb.media.samples.brush import (
    Plane,
    Points,
    below,
    between,
    disc,
    dot,
    glow,
    gradient,
    mist,
    noise,
    paint,
    picture,
    place,
    ridge,
    shape,
    shine,
    step,
    tint,
)

_SHORE_PX = 330
_BOAT: list[Points] = [
    [(-62, -15), (-40, -10), (30, -10), (68, -23), (48, 2), (-46, 2)],
    [(2, -9), (2, -26), (26, -26), (30, -9)],
    [(-1, -27), (29, -27), (26, -30), (2, -30)],
    [(-14, -9), (-12.6, -92), (-11.4, -92), (-10, -9)],
    [(-12, -20), (-11, -18), (-52, -62), (-53, -64)],
    [(-12, -90), (-11.4, -91), (66, -22), (66, -21)],
    [(-12, -90), (-12.4, -91), (-60, -14), (-59.6, -13)],
    [(-16, -86), (-19, -40), (-48, -59)],
]
_LIGHTHOUSE: list[Points] = [
    [(846, 334), (880, 306), (960, 292), (1024, 284), (1024, 334)],
    [(913, 300), (918, 217), (932, 217), (937, 300)],
    [(913, 206), (937, 206), (925, 195)],
]


def draw() -> bytes:
    """Return the scene as PNG bytes."""
    return picture(_scene, seed=23)


def _scene(rng: Generator, x: Plane, y: Plane) -> Plane:
    sky = _sky(rng, x, y)
    for depth in range(3):
        line = ridge(rng, 282 + 16 * depth, 26 - 4 * depth, 4 + 2 * depth)
        paint(sky, between("b4748a", "4a4068", depth / 2), below(y, line))
        paint(sky, "ffb58c", mist(rng, y - 334, 26) * 0.45)
    _town(sky, rng)
    beam = shape([[(925, 211), (470, 130), (470, 185)]], 5) * step(x, 470, 925) * 0.35
    paint(sky, "ffe0b0", beam)
    scene = _water(sky, rng)
    for left, foot, size in ((565.0, 368, 0.5), (330.0, 402, 0.9), (770.0, 470, 1.6)):
        _boat(scene, rng, x, y, left, foot, size)
    return scene


def _sky(rng: Generator, x: Plane, y: Plane) -> Plane:
    sky = gradient({0: "0e1c3f", 150: "33497a", 250: "a86f8c", 305: "f59a6c", 340: "ffcf86"})
    shine(sky, "ffa860", glow(x - 640, y - 335, 190), 0.6)
    stars = rng.uniform((0, 0), (WIDTH_PX, 170), (90, 2))
    paint(sky, "fff4dc", shape([dot(px, py, 0.7) for px, py in stars.tolist()]) * 0.8)
    paint(sky, "fff2d0", disc(x - 820, y - 84, 24) * (1 - disc(x - 831, y - 78, 22)))
    paint(sky, "ff9f80", step(noise(rng, 2, 12, 5), 0.5, 0.8) * 0.55)
    return sky


def _town(sky: Plane, rng: Generator) -> None:
    """Add houses on a slope, a quay and a lighthouse; their lamps are brighter than white."""
    lamps = [dot(925, 211, 4.5)]
    for row in (2, 1, 0):
        houses: list[Points] = [[(0, 322), (452, 322), (470, 334), (0, 334)]]
        for px in rng.uniform(-20, 420 - 40 * row, 18):
            wide, tall = rng.uniform((17, 20), (34, 38))
            foot = 326 - 36 * row * (1 - px / 460)
            houses.append(_house(px, foot, wide, tall))
            panes = [
                (px + wide * u, foot - tall * v) for u in (0.25, 0.5, 0.75) for v in (0.4, 0.8)
            ]
            lamps += [dot(u, v, 1.4) for u, v in panes if rng.random() < 0.3]
        paint(sky, between("1a1a38", "4b3f66", row / 2.4), shape(houses))
    paint(sky, "1a1a38", shape(_LIGHTHOUSE))
    for blur, strength in ((0, 1.6), (4, 1.6), (18, 1.6)):
        sky += tint("ffb25a") * shape(lamps, blur) * strength


def _house(left: float, foot: float, wide: float, tall: float) -> Points:
    """Outline a gabled house; its walls reach down behind the quay."""
    eaves = foot - tall
    gable = [(left, eaves), (left + wide / 2, eaves - wide * 0.4), (left + wide, eaves)]
    return [(left, 332), *gable, (left + wide, 332)]


def _water(sky: Plane, rng: Generator) -> Plane:
    """Mirror what is above the shore in rippled water."""
    rows = np.arange(HEIGHT_PX - _SHORE_PX, dtype=np.float32)[:, None]
    where = 4000 / (rows[:, 0] + 14) + 20
    waves = noise(rng, 5, 60, 5)
    low = where.astype(int)
    part = (where - low)[:, None]
    swell = waves[low] * (1 - part) + waves[low + 1] * part - 0.5
    sea = np.zeros((3, len(rows), WIDTH_PX), np.float32)
    for tap in range(-3, 4):
        up = rows * 0.93 + swell * (10 + rows * 0.5) + tap * (0.8 + rows * 0.045)
        source = (_SHORE_PX - 1 - abs(up)).clip(0, _SHORE_PX - 1).astype(int)
        sea += sky[:, source, np.arange(WIDTH_PX)] / 7
    sea *= 0.88 - 0.42 * rows / len(rows)
    sea += tint("0c1c3c") * 0.12 + tint("ffb890") * swell * 0.2
    return np.concatenate([sky[:, :_SHORE_PX], sea], axis=1)


def _boat(
    scene: Plane, rng: Generator, x: Plane, y: Plane, left: float, foot: int, size: float
) -> None:
    """Moor a boat whose waterline is at ``foot``, with its mirror image below."""
    hull = shape(place(_BOAT, left, foot, size))
    lamp = glow(x - left - 14 * size, y - foot + 17 * size, 4 * size)
    light = lamp * lamp * 1.6
    deep = min(foot, HEIGHT_PX - foot)
    wobble = (noise(rng, 8, 60, 4)[foot : foot + deep] - 0.5) * 40 * size
    columns = (np.arange(WIDTH_PX) + wobble).clip(0, WIDTH_PX - 1).astype(int)
    rows = foot - 1 - np.arange(deep)[:, None]
    mirror = scene[:, foot : foot + deep]
    paint(mirror, "14142c", hull[rows, columns] * 0.7)
    mirror += tint("ffbe6a") * light[rows, columns] * 0.6
    paint(scene, "0f0f24", hull)
    scene += tint("ffbe6a") * light

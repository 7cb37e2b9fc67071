"""The sample "forest": a path to a red gate, light falling through the mist.

It knows this one scene, and paints it with the brush alone.
"""

from numpy.random import Generator

from hailuo_nb.media.samples import HEIGHT_PX, WIDTH_PX
from hailuo_nb.media.samples.brush import (
    Plane,
    Points,
    between,
    dot,
    glow,
    gradient,
    interp,
    mist,
    noise,
    paint,
    picture,
    place,
    shape,
    shine,
    step,
    tint,
)

_CANOPY_PX = 440
"""No leaf hangs below this row."""

_FLOOR_PX = 320
"""No ground shows above this row."""

_GATE: list[Points] = [
    [(-44, 0), (-38, -92), (-31, -92), (-35, 0)],
    [(44, 0), (38, -92), (31, -92), (35, 0)],
    [(-52, -74), (52, -74), (52, -66), (-52, -66)],
    [(-60, -99), (0, -94), (60, -99), (57, -90), (0, -86), (-57, -90)],
    [(-66, -107), (0, -100), (66, -107), (61, -98), (0, -93), (-61, -98)],
]


def draw() -> bytes:
    """Return the scene as PNG bytes."""
    return picture(_scene, seed=5)


def _scene(rng: Generator, x: Plane, y: Plane) -> Plane:
    wood = gradient({0: "8db07a", 200: "e6e6a8", 330: "faecb8", 400: "8aa070", 576: "26382c"})
    shine(wood, "fff3c0", glow(x - 560, y - 200, 220), 0.7)
    bark = noise(rng, 60, 3, 4)
    for depth in range(5):
        near = depth / 4
        hue = between("c6d6a4", "0e1d1a", near**0.75)
        grass = 344 + 14 * depth + 10 * depth**2 + (bark - 0.5) * (20 + 40 * near)
        cover = shape(_trunks(rng, depth)) * step(grass - y, -4, 4)
        paint(wood, hue * (0.6 + 0.8 * bark), cover)
        leaves = _leaves(rng, x[:_CANOPY_PX], y[:_CANOPY_PX], depth) * (0.6 + 0.38 * near)
        paint(wood[:, :_CANOPY_PX], hue * (0.9 + 0.2 * bark[:_CANOPY_PX]), leaves)
        if depth == 1:
            _ground(wood[:, _FLOOR_PX:], rng, x[_FLOOR_PX:], y[_FLOOR_PX:])
            paint(wood, "bb4431", shape(place(_GATE[:4], 540, 352)))
            paint(wood, "6d3430", shape(place(_GATE[4:], 540, 352)))
        paint(wood, "f1efc4", mist(rng, y - 338 - 15 * depth, 62) * (0.5 - 0.11 * depth))
    _rays(wood, rng, x, y)
    paint(wood, "0a1613", shape(_ferns(rng)))
    return wood


def _ground(low: Plane, rng: Generator, x: Plane, y: Plane) -> None:
    """Lay the forest floor, and a path that winds to the gate."""
    deep = ((y - 340) / (HEIGHT_PX - 340)).clip(0, 1)
    rough, fine = noise(rng, 12, 30, 5)[_FLOOR_PX:], noise(rng, 90, 90, 3)[_FLOOR_PX:]
    floor = step(y + (rough - 0.5) * 26, 338, 352)
    moss = (1.35 - deep) * (0.1 + 0.9 * rough + 0.9 * fine)
    paint(low, tint("66794c") * moss, floor)
    bend = 540 - 30 * deep + 330 * deep * deep * (1 - deep) * (1 - 1.7 * deep) * 3
    edge = 22 + 190 * deep * deep + (rough + fine - 1) * 90 * deep
    path = ((edge - abs(x - bend)) / (4 + 16 * deep)).clip(0, 1)
    paint(low, tint("f4e0a8") * (1.0 - 0.66 * deep + (fine - 0.5) * 0.6), path * floor * 0.9)


def _leaves(rng: Generator, x: Plane, y: Plane, depth: int) -> Plane:
    """Return a canopy that leaves the middle open, and the single leaves at its rim."""
    crown = noise(rng, 6 + depth, 4 + depth, 5)[:_CANOPY_PX] + (100 + 18 * depth - y) / 520
    crown -= glow(x - 540, y - 250, 150 + 25 * depth) * 0.27
    size = 2.6 + 1.0 * depth
    places = rng.uniform((0, 0, 0.4), (WIDTH_PX, 400, 2), (4200 - 600 * depth, 3))
    here = crown[places[:, 1].astype(int), places[:, 0].astype(int)]
    rim = places[(here > 0.5) & (here < 0.68)].tolist()
    sprigs = [dot(px, py, size * stretch, size) for px, py, stretch in rim]
    return shape(sprigs)[:_CANOPY_PX].clip(step(crown, 0.62, 0.7), 1)


def _trunks(rng: Generator, depth: int) -> list[Points]:
    count, wide = (26, 18, 11, 7, 4)[depth], (7, 11, 20, 34, 62)[depth]
    outlines: list[Points] = []
    for index in range(count):
        px = WIDTH_PX * (index + rng.uniform(0.1, 0.9)) / count
        half, lean, low = rng.uniform((0.35, -26, -4), (0.6, 26, 10)) * (wide, 1, 1)
        low += 348 + 14 * depth + 10 * depth**2
        waist, up = low - 5 * half, px + lean
        if depth < 1 or abs(px - 540) > 90 + 62 * depth:
            left = [(px - half * 1.9, low), (px - half, waist), (up - half * 0.7, -5)]
            right = [(up + half * 0.7, -5), (px + half, waist), (px + half * 2, low)]
            outlines.append(left + right)
    return outlines


def _rays(wood: Plane, rng: Generator, x: Plane, y: Plane) -> None:
    """Let light fall in shafts from the upper right, with motes in it."""
    lean = (x - 800) / (y + 260)
    knots = {-3 + index / 26: value for index, value in enumerate(rng.random(130))}
    broad = {-3 + index / 7: value for index, value in enumerate(rng.random(40))}
    shafts = step(interp(lean, knots) + interp(lean, broad), 0.75, 1.7)
    shafts *= glow(lean + 0.75, 0 * y, 0.6) * (1 - 0.8 * y / HEIGHT_PX)
    shine(wood, "ffe9a0", shafts, 0.7, fill=0.8)
    motes = [dot(px, py, 1.3) for px, py in rng.normal((500, 300), (150, 90), (70, 2))]
    paint(wood, "fff8d8", (shape(motes) * 0.8 + shape(motes, 3) * 1.5).clip(0, 1))


def _ferns(rng: Generator) -> list[Points]:
    """Outline ferns in both lower corners, each a bent stem of leaflets in pairs."""
    leaves: list[Points] = []
    for root in (*rng.uniform(-20, 260, 12), *rng.uniform(780, 1044, 12)):
        bend, tall = rng.uniform((-90, 60), (90, 150))
        for rung in range(2, 26):
            share = rung / 26
            px, py = root + bend * share**2, 590 - tall * (share - 0.25 * share**2)
            reach = 26 * (1 - share) * min(1, share * 4) + 2
            tips = py - reach * 0.35
            leaves.append([(px - reach, tips), (px, py - 2), (px + reach, tips), (px, py + 2)])
    return leaves

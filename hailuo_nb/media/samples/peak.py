"""The sample "peak": a lone swordsman before the rising sun, petals on the wind.

It knows this one scene, and paints it with the brush alone.
"""

from numpy.random import Generator

from hailuo_nb.media.samples import HEIGHT_PX, WIDTH_PX
from hailuo_nb.media.samples.brush import (
    Plane,
    Points,
    below,
    between,
    disc,
    glow,
    gradient,
    interp,
    mist,
    noise,
    paint,
    picture,
    place,
    ridge,
    shape,
    shift,
    shine,
    step,
    tint,
)

_SWORDSMAN: list[Points] = [
    [(-7, 2), (-9, -20), (-6, -29), (6, -29), (9, -18), (13, 2), (5, 2), (1, -12), (-2, 2)],
    [
        (-6, -47),
        (6, -47),
        (9, -26),
        (20, -20),
        (34, -21),
        (26, -14),
        (38, -10),
        (14, -8),
        (-9, -18),
    ],
    [(-15, -47), (0, -60), (15, -47)],
    [(-4, -50), (4, -50), (4, -44), (-4, -44)],
    [(-24, -18), (-23, -20), (9, -31), (10, -29)],
]
_PETAL = [(-1, 0), (-0.6, 0.7), (0.1, 0.9), (0.8, 0.5), (0.7, 0), (0.8, -0.5), (0.1, -0.9)]
_PETAL += [(-0.6, -0.7)]


def draw() -> bytes:
    """Return the scene as PNG bytes."""
    return picture(_scene, seed=11)


def _scene(rng: Generator, x: Plane, y: Plane) -> Plane:
    scene = _sky(rng, x, y)
    for depth in range(4):
        line = ridge(rng, 300 + 42 * depth, 58 + 8 * depth, 5 + depth)
        paint(scene, between("cb8c9d", "3c3358", depth / 3), below(y, line))
        paint(scene, "ffcfae", mist(rng, y - line.min() - 95, 80) * (0.75 - 0.1 * depth))
    _rock(scene, rng, x, y)
    paint(scene, "f4a58e", mist(rng, y - 570, 100) * 0.85)
    paint(scene, "120d1f", shape(place(_SWORDSMAN, 356, 238)))
    for count, size, blur in ((130, 3, 0), (46, 6, 0), (9, 15, 4)):
        petals = [_petal(rng, size) for _ in range(count)]
        paint(scene, "ffb8cb", shape(petals, blur) * 0.9)
    return scene


def _sky(rng: Generator, x: Plane, y: Plane) -> Plane:
    sky = gradient({0: "1b2150", 180: "6b4a86", 300: "dd7f8c", 400: "ffc48c", 576: "ffe3b5"})
    shine(sky, "ffc890", glow(x - 676, y - 262, 210), 0.5)
    paint(sky, "ffcfbf", step(noise(rng, 2, 9, 5), 0.5, 0.8) * step(-y, -330, -230) * 0.5)
    paint(sky, "fff4da", disc(x - 676, y - 262, 66))
    return sky


def _rock(scene: Plane, rng: Generator, x: Plane, y: Plane) -> None:
    """Raise the peak, its folds lit from the right, calm where the swordsman stands."""
    spine = {0: 520, 90: 470, 150: 452, 205: 400, 240: 382, 285: 310, 318: 288, 343: 237, 370: 237}
    spine |= {394: 264, 430: 288, 470: 352, 520: 370, 590: 440, 690: 468, 800: 520, 1024: 560}
    calm = (abs(x[:1] - 356) / 90).clip(0, 1)
    top = interp(x[:1], spine) + ridge(rng, 8, 24, 40) * calm
    folds = abs(noise(rng, 11, 4, 6) - 0.5) + 0.5 * abs(noise(rng, 30, 9, 4) - 0.5)
    lit = step(shift(folds, 3) - folds, -0.03, 0.09) * step(-y, -600, -240)
    paint(scene, tint("171430") + tint("ff9a70") * lit * 0.75, below(y, top))


def _petal(rng: Generator, size: float) -> Points:
    x, y, turn, thin = rng.uniform((0, 0, 0, 0.3), (WIDTH_PX, HEIGHT_PX, 6.3, 0.75))
    along, across = complex(size, 0), complex(0, size * thin)
    spun = [(along * u + across * v) * 1j ** (turn / 1.571) for u, v in _PETAL]
    return [(x + p.real, y + p.imag) for p in spun]

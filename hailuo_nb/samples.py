"""Three start images drawn by code, so that the first cell works anywhere.

Gradients, noise and outlines, painted from far to near, then a grain against banding.
It knows shapes and colours only; numpy and Pillow are imported when one is drawn.
"""

import io
from typing import TYPE_CHECKING

from hailuo_nb.errors import ImageError

if TYPE_CHECKING:
    import numpy as np
    from numpy.random import Generator
    from numpy.typing import NDArray

    Plane = NDArray[np.float32]  # (height, width), or (3, height, width) in colour, 0 to 1

Points = list[tuple[float, float]]

WIDTH_PX = 1024
HEIGHT_PX = 576
VERSION = 1
"""To be raised with every visible change: it is part of a sample's identity."""

SAMPLES: dict[str, str] = {
    "peak": "a lone swordsman on a jagged peak at dawn, petals on the wind",
    "harbour": "a fishing harbour at dusk, its lights on the water",
    "forest": "a forest path to a red gate, light falling through the mist",
}
"""Each sample's name and what it shows."""

_SHORE_PX = 330


def draw(name: str) -> bytes:
    """Return a sample as PNG bytes of `WIDTH_PX` x `HEIGHT_PX`, the same every time.

    Parameters
    ----------
    name
        One of `SAMPLES`.

    Raises
    ------
    ImageError
        There is no such sample.
    """
    scenes = {"peak": (_peak, 11), "harbour": (_harbour, 23), "forest": (_forest, 5)}
    if name not in scenes:
        raise ImageError(f"There is no sample {name!r}.")
    import numpy as np

    scene, seed = scenes[name]
    rng = np.random.default_rng(seed)
    y, x = np.mgrid[0:HEIGHT_PX, 0:WIDTH_PX].astype(np.float32)
    return _png(scene(rng, x, y), rng)


def _peak(rng: "Generator", x: "Plane", y: "Plane") -> "Plane":
    sky = _gradient({0: "1b2150", 180: "6b4a86", 300: "dd7f8c", 400: "ffc48c", 576: "ffe3b5"})
    sky += _hex("ffc890") * _glow(x - 676, y - 262, 210) * 0.5 * (1 - sky)
    _paint(sky, "ffcfbf", _step(_noise(rng, 2, 9, 5), 0.5, 0.8) * _step(-y, -330, -230) * 0.5)
    _paint(sky, "fff4da", _disc(x - 676, y - 262, 66))
    for depth in range(4):
        line = _ridge(rng, 300 + 42 * depth, 58 + 8 * depth, 5 + depth)
        _paint(sky, _between("cb8c9d", "3c3358", depth / 3), _below(y, line))
        _paint(sky, "ffcfae", _mist(rng, y - line.min() - 95, 80) * (0.75 - 0.1 * depth))
    spine = {0: 520, 90: 470, 150: 452, 205: 400, 240: 382, 285: 310, 318: 288, 343: 237, 370: 237}
    spine |= {394: 264, 430: 288, 470: 352, 520: 370, 590: 440, 690: 468, 800: 520, 1024: 560}
    calm = (abs(x[:1] - 356) / 90).clip(0, 1)
    top = _interp(x[:1], spine) + (_ridge(rng, 8, 24, 40)) * calm
    folds = abs(_noise(rng, 11, 4, 6) - 0.5) + 0.5 * abs(_noise(rng, 30, 9, 4) - 0.5)
    lit = _step(_shift(folds, 3) - folds, -0.03, 0.09) * _step(-y, -600, -240)
    _paint(sky, _hex("171430") + _hex("ff9a70") * lit * 0.75, _below(y, top))
    _paint(sky, "f4a58e", _mist(rng, y - 570, 100) * 0.85)
    _paint(sky, "120d1f", _shape(_at(_SWORDSMAN, 356, 238)))
    for count, size, colour, blur in ((130, 3, "ffc2d2", 0), (46, 6, "ffb3c8", 0.6), (9, 15, "ff9fbc", 4)):
        _paint(sky, colour, _shape([_petal(rng, size) for _ in range(count)], blur) * 0.9)
    return sky


_SWORDSMAN: list[Points] = [
    [(-7, 2), (-9, -20), (-6, -29), (6, -29), (9, -18), (13, 2), (5, 2), (1, -12), (-2, 2)],
    [(-6, -47), (6, -47), (9, -26), (20, -20), (34, -21), (26, -14), (38, -10), (14, -8), (-9, -18)],
    [(-15, -47), (0, -60), (15, -47)],
    [(-4, -50), (4, -50), (4, -44), (-4, -44)],
    [(-24, -18), (-23, -20), (9, -31), (10, -29)],
]


def _petal(rng: "Generator", size: float) -> Points:
    x, y, turn, thin = rng.uniform((0, 0, 0, 0.3), (WIDTH_PX, HEIGHT_PX, 6.3, 0.75))
    along, across = complex(size, 0), complex(0, size * thin)
    round_ = [(-1, 0), (-0.6, 0.7), (0.1, 0.9), (0.8, 0.5), (0.7, 0), (0.8, -0.5), (0.1, -0.9), (-0.6, -0.7)]
    spun = [(along * u + across * v) * 1j ** (turn / 1.571) for u, v in round_]
    return [(x + p.real, y + p.imag) for p in spun]


def _harbour(rng: "Generator", x: "Plane", y: "Plane") -> "Plane":
    sky = _gradient({0: "0e1c3f", 150: "33497a", 250: "a86f8c", 305: "f59a6c", 340: "ffcf86"})
    sky += _hex("ffa860") * _glow(x - 640, y - 335, 190) * 0.6 * (1 - sky)
    stars = rng.uniform((0, 0), (WIDTH_PX, 170), (90, 2))
    _paint(sky, "fff4dc", _shape([_dot(px, py, 0.7) for px, py in stars]) * 0.8)
    _paint(sky, "fff2d0", _disc(x - 820, y - 84, 24) * (1 - _disc(x - 831, y - 78, 22)))
    _paint(sky, "ff9f80", _step(_noise(rng, 2, 12, 5), 0.5, 0.8) * 0.55)
    for depth in range(3):
        line = _ridge(rng, 282 + 16 * depth, 26 - 4 * depth, 4 + 2 * depth)
        _paint(sky, _between("b4748a", "4a4068", depth / 2), _below(y, line))
        _paint(sky, "ffb58c", _mist(rng, y - 334, 26) * 0.45)
    _town(sky, rng)
    beam = _shape([[(925, 211), (470, 130), (470, 185)]], 5) * _step(x, 470, 925) * 0.35
    _paint(sky, "ffe0b0", beam)
    scene = _water(sky, rng)
    for left, foot, size in ((565.0, 368, 0.5), (330.0, 402, 0.9), (770.0, 470, 1.6)):
        _boat(scene, rng, left, foot, size)
    return scene


def _town(sky: "Plane", rng: "Generator") -> None:
    """Add houses on a slope, a quay and a lighthouse; their lamps are brighter than white."""
    lamps = [_dot(925, 211, 4.5)]
    for row in (2, 1, 0):
        houses: list[Points] = [[(0, 322), (452, 322), (470, 334), (0, 334)]]
        for px in rng.uniform(-20, 420 - 40 * row, 18):
            wide, tall = rng.uniform((17, 20), (34, 38))
            foot = 326 - 36 * row * (1 - px / 460)
            roof = foot - tall - wide * 0.4
            houses.append([(px, 332), (px, foot - tall), (px + wide / 2, roof)])
            houses[-1] += [(px + wide, foot - tall), (px + wide, 332)]
            panes = [(px + wide * u, foot - tall * v) for u in (0.25, 0.5, 0.75) for v in (0.4, 0.8)]
            lamps += [_dot(u, v, 1.4) for u, v in panes if rng.random() < 0.3]
        _paint(sky, _between("1a1a38", "4b3f66", row / 2.4), _shape(houses))
    point: list[Points] = [[(846, 334), (880, 306), (960, 292), (1024, 284), (1024, 334)]]
    point += [[(913, 300), (918, 217), (932, 217), (937, 300)], [(913, 206), (937, 206), (925, 195)]]
    _paint(sky, "1a1a38", _shape(point))
    for blur, strength in ((0.5, 1.6), (4, 1.6), (18, 1.6)):
        sky += _hex("ffb25a") * _shape(lamps, blur) * strength


def _water(sky: "Plane", rng: "Generator") -> "Plane":
    """Mirror what is above the shore in rippled water."""
    import numpy as np

    rows = np.arange(HEIGHT_PX - _SHORE_PX, dtype=np.float32)[:, None]
    where = 4000 / (rows[:, 0] + 14) + 20
    waves = _noise(rng, 5, 60, 5)
    low = where.astype(int)
    part = (where - low)[:, None]
    swell = waves[low] * (1 - part) + waves[low + 1] * part - 0.5
    sea = np.zeros((3, len(rows), WIDTH_PX), np.float32)
    for tap in range(-3, 4):
        up = rows * 0.93 + swell * (10 + rows * 0.5) + tap * (0.8 + rows * 0.045)
        source = (_SHORE_PX - 1 - abs(up)).clip(0, _SHORE_PX - 1).astype(int)
        sea += sky[:, source, np.arange(WIDTH_PX)] / 7
    sea *= 0.88 - 0.42 * rows / len(rows)
    sea += _hex("0c1c3c") * 0.12 + _hex("ffb890") * swell * 0.2
    return np.concatenate([sky[:, :_SHORE_PX], sea], axis=1)


def _boat(scene: "Plane", rng: "Generator", x: float, foot: int, size: float) -> None:
    """Moor a boat whose waterline is at ``foot``, with its mirror image below."""
    import numpy as np

    hull, lamp = _shape(_at(_BOAT, x, foot, size)), _dot(x + 14 * size, foot - 17 * size, 2 * size)
    glow = _shape([lamp], 0.5) * 1.5 + _shape([lamp], 7 * size) * 2.0
    deep = min(foot, HEIGHT_PX - foot)
    wobble = (_noise(rng, 8, 60, 4)[foot : foot + deep] - 0.5) * 40 * size
    columns = (np.arange(WIDTH_PX) + wobble).clip(0, WIDTH_PX - 1).astype(int)
    rows = foot - 1 - np.arange(deep)[:, None]
    below = scene[:, foot : foot + deep]
    _paint(below, "14142c", hull[rows, columns] * 0.7)
    below += _hex("ffbe6a") * glow[rows, columns] * 0.6
    _paint(scene, "0f0f24", hull)
    scene += _hex("ffbe6a") * glow


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


def _forest(rng: "Generator", x: "Plane", y: "Plane") -> "Plane":
    wood = _gradient({0: "86b07c", 200: "dfe6ae", 330: "f6efc4", 400: "8aa070", 576: "26382c"})
    wood += _hex("fff3c0") * _glow(x - 560, y - 200, 220) * 0.7 * (1 - wood)
    bark = _noise(rng, 60, 3, 4)
    for depth in range(5):
        near = depth / 4
        tint = _between("c6d6a4", "0e1d1a", near**0.75)
        grass = 344 + 14 * depth + 10 * depth**2 + (bark - 0.5) * (20 + 40 * near)
        cover = _shape(_trunks(rng, depth), 0.3) * _step(grass - y, -4, 4)
        _paint(wood, tint * (0.6 + 0.8 * bark), cover)
        _paint(wood, tint * (0.9 + 0.2 * bark), _leaves(rng, x, y, depth) * (0.6 + 0.38 * near))
        if depth == 1:
            _ground(wood, rng, x, y)
        _paint(wood, "f1efc4", _mist(rng, y - 338 - 15 * depth, 62) * (0.5 - 0.11 * depth))
    _rays(wood, rng, x, y)
    _paint(wood, "0a1613", _shape(_ferns(rng)))
    return wood


def _ground(wood: "Plane", rng: "Generator", x: "Plane", y: "Plane") -> None:
    """Lay the forest floor, a path that winds to the gate, and the gate."""
    deep = ((y - 340) / (HEIGHT_PX - 340)).clip(0, 1)
    rough, fine = _noise(rng, 12, 30, 5), _noise(rng, 90, 90, 3)
    floor = _step(y + (rough - 0.5) * 26, 338, 352)
    moss = (1.35 - deep) * (0.1 + 0.9 * rough + 0.9 * fine)
    _paint(wood, _hex("66794c") * moss, floor)
    bend = 540 - 30 * deep + 120 * deep * (1 - deep) * (1 - 2.2 * deep) * 3
    edge = 15 + 190 * deep * deep + (rough + fine - 1) * 90 * deep
    path = _step(edge - abs(x - bend), -1, 3 + 16 * deep)
    _paint(wood, _hex("f4e0a8") * (1.0 - 0.66 * deep + (fine - 0.5) * 0.6), path * floor * 0.9)
    _paint(wood, "bb4431", _shape(_at(_GATE[:4], 540, 352)))
    _paint(wood, "6d3430", _shape(_at(_GATE[4:], 540, 352)))


_GATE: list[Points] = [
    [(-44, 0), (-38, -92), (-31, -92), (-35, 0)],
    [(44, 0), (38, -92), (31, -92), (35, 0)],
    [(-52, -74), (52, -74), (52, -66), (-52, -66)],
    [(-60, -99), (0, -94), (60, -99), (57, -90), (0, -86), (-57, -90)],
    [(-66, -107), (0, -100), (66, -107), (61, -98), (0, -93), (-61, -98)],
]


def _leaves(rng: "Generator", x: "Plane", y: "Plane", depth: int) -> "Plane":
    """Return a canopy that leaves the middle open, and the single leaves at its rim."""
    crown = _noise(rng, 6 + depth, 4 + depth, 5) + (100 + 18 * depth - y) / 520
    crown -= _glow(x - 540, y - 250, 150 + 25 * depth) * 0.27
    size = 2.2 + 0.9 * depth
    sprigs = [
        _dot(px, py, size * stretch, size)
        for px, py, stretch in rng.uniform((0, 0, 0.4), (WIDTH_PX, 420, 2), (9000 - 1200 * depth, 3))
        if crown[int(py), int(px)] > 0.5
    ]
    return _shape(sprigs).clip(_step(crown, 0.56, 0.62), 1)


def _trunks(rng: "Generator", depth: int) -> list[Points]:
    count, wide = (26, 18, 11, 7, 4)[depth], (7, 11, 20, 34, 62)[depth]
    outlines: list[Points] = []
    for index in range(count):
        px = WIDTH_PX * (index + rng.uniform(0.1, 0.9)) / count
        half, lean, low = rng.uniform((0.35, -26, -4), (0.6, 26, 10)) * (wide, 1, 1)
        low += 348 + 14 * depth + 10 * depth**2
        waist, up = low - 5 * half, px + lean
        if depth < 1 or abs(px - 540) > 90 + 62 * depth:
            left = [(px - half * 1.9, low), (px - half, waist), (up - half * 0.7, -5)]
            outlines.append([*left, (up + half * 0.7, -5), (px + half, waist), (px + half * 2, low)])
    return outlines


def _rays(wood: "Plane", rng: "Generator", x: "Plane", y: "Plane") -> None:
    """Let light fall in shafts from the upper right, with motes in it."""
    lean = (x - 760) / (y + 150)
    knots = {-5 + index / 9: value for index, value in enumerate(rng.random(90))}
    shafts = _step(_interp(lean, knots), 0.35, 1.0) * _glow(lean + 0.8, 0 * y, 0.9)
    _paint(wood, "fff2b8", shafts * (1 - 0.75 * y / HEIGHT_PX) * 0.75)
    motes = [_dot(px, py, 1.3) for px, py in rng.normal((500, 300), (150, 90), (70, 2))]
    _paint(wood, "fff8d8", (_shape(motes) * 0.8 + _shape(motes, 3) * 1.5).clip(0, 1))


def _ferns(rng: "Generator") -> list[Points]:
    """Outline ferns in both lower corners, each a bent stem of leaflets."""
    leaves: list[Points] = []
    for root in (*rng.uniform(-20, 260, 12), *rng.uniform(780, 1044, 12)):
        bend, tall = rng.uniform((-90, 60), (90, 150))
        for step in range(2, 26):
            share = step / 26
            px, py = root + bend * share**2, 590 - tall * (share - 0.25 * share**2)
            reach = 26 * (1 - share) * min(1, share * 4) + 2
            for side in (-reach, reach):
                leaves.append([(px, py - 2), (px + side, py - reach * 0.35), (px, py + 2)])
    return leaves


def _hex(colour: str) -> "Plane":
    import numpy as np

    return np.frombuffer(bytes.fromhex(colour), np.uint8).astype(np.float32)[:, None, None] / 255


def _between(first: str, second: str, share: float) -> "Plane":
    return _hex(first) * (1 - share) + _hex(second) * share


def _gradient(stops: dict[int, str]) -> "Plane":
    """Return a canvas whose colour changes from row to row."""
    import numpy as np

    colours = np.concatenate([_hex(colour) for colour in stops.values()], axis=1)[..., 0]
    bands = [np.interp(np.arange(HEIGHT_PX), list(stops), colour) for colour in colours]
    column = np.array(bands, np.float32)[..., None]
    return np.repeat(column, WIDTH_PX, axis=2)


def _interp(at: "Plane", knots: "dict[float, float] | dict[int, int]") -> "Plane":
    import numpy as np

    return np.interp(at, list(knots), list(knots.values())).astype(np.float32)


def _step(value: "Plane", low: float, high: float) -> "Plane":
    share = ((value - low) / (high - low)).clip(0, 1)
    return share * share * (3 - 2 * share)


def _shift(plane: "Plane", columns: int) -> "Plane":
    """Return what lies so many columns to the right."""
    import numpy as np

    return np.roll(plane, -columns, axis=1)


def _noise(rng: "Generator", across: int, down: int, octaves: int) -> "Plane":
    """Return fractal noise from 0 to 1; the coarsest has across x down cells."""
    import numpy as np

    total = np.zeros((2, 2), np.float32)
    for octave in range(octaves):
        size = (across << octave) + 2, (down << octave) + 2
        total = _resize(total, size) + rng.random(size[::-1], dtype=np.float32) / 2 ** (octave + 1)
    return _resize(total, (WIDTH_PX, HEIGHT_PX)) / (1 - 0.5**octaves)


def _resize(plane: "Plane", size: tuple[int, int]) -> "Plane":
    import numpy as np
    import PIL.Image

    resized = PIL.Image.fromarray(plane).resize(size, PIL.Image.Resampling.BICUBIC)
    return np.asarray(resized, np.float32)


def _ridge(rng: "Generator", base: float, height: float, cells: int) -> "Plane":
    """Return a jagged line, one y for each column, around ``base`` in px."""
    import numpy as np

    line = np.full((1, WIDTH_PX), base, np.float32)
    for octave in range(6):
        count = (cells << octave) + 1
        knots = (np.arange(count) + rng.uniform(-0.3, 0.3, count)) * WIDTH_PX / (count - 1)
        bumps = rng.uniform(-1, 1, count) * height / 2**octave
        line += np.interp(np.arange(WIDTH_PX), knots, bumps).astype(np.float32)
    return line


def _below(y: "Plane", line: "Plane") -> "Plane":
    slope = abs(_shift(line, 1) - _shift(line, -1)).clip(0, 8) / 2
    return ((y - line) / (1 + slope * slope) ** 0.5 + 0.5).clip(0, 1)


def _disc(x: "Plane", y: "Plane", radius: float) -> "Plane":
    return (radius - (x * x + y * y) ** 0.5 + 0.5).clip(0, 1)


def _glow(x: "Plane", y: "Plane", radius: float) -> "Plane":
    return 1 / (1 + (x * x + y * y) / radius**2)


def _mist(rng: "Generator", y: "Plane", depth: float) -> "Plane":
    """Return a drifting band of mist around y = 0."""
    far = y / depth + (_noise(rng, 2, 6, 4) - 0.5) * 2.2
    fade = 1 / (1 + far * far)
    return fade * fade


def _paint(canvas: "Plane", colour: "str | Plane", cover: "Plane") -> None:
    """Lay a colour over the canvas where ``cover`` (0 to 1) says."""
    canvas += ((_hex(colour) if isinstance(colour, str) else colour) - canvas) * cover


def _dot(x: float, y: float, radius: float, tall: float | None = None) -> Points:
    high, slant, rise = tall or radius, 0.7 * radius, 0.7 * (tall or radius)
    right = [(x + slant, y - rise), (x + radius, y), (x + slant, y + rise), (x, y + high)]
    return [*right, (x - slant, y + rise), (x - radius, y), (x - slant, y - rise), (x, y - high)]


def _at(outlines: list[Points], x: float, y: float, size: float = 1) -> list[Points]:
    return [[(x + dx * size, y + dy * size) for dx, dy in points] for points in outlines]


def _shape(outlines: list[Points], blur: float = 0) -> "Plane":
    """Return the cover of polygons with smooth edges, blurred by so many px."""
    import numpy as np
    import PIL.Image
    import PIL.ImageDraw
    import PIL.ImageFilter

    large = PIL.Image.new("L", (WIDTH_PX * 3, HEIGHT_PX * 3))
    pen = PIL.ImageDraw.Draw(large)
    for points in outlines:
        pen.polygon([(3 * x, 3 * y) for x, y in points], fill=255)
    mask = large.reduce(3)
    if blur:
        mask = mask.filter(PIL.ImageFilter.GaussianBlur(blur))
    return np.asarray(mask, np.float32) / 255


def _png(canvas: "Plane", rng: "Generator") -> bytes:
    import numpy as np
    import PIL.Image

    grain = rng.random(canvas.shape[1:], dtype=np.float32)
    pixels = (canvas * 255 + grain).clip(0, 255).astype(np.uint8)
    out = io.BytesIO()
    PIL.Image.fromarray(np.ascontiguousarray(pixels.transpose(1, 2, 0))).save(
        out, "PNG", compress_level=4
    )
    return out.getvalue()

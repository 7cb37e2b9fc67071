"""Three start images drawn by code, so that the first cell works anywhere.

Layers of gradients and noise, painted from far to near, then a grain against banding.
It knows shapes and colours only; numpy and Pillow are imported when one is drawn.
"""

import io
from typing import TYPE_CHECKING

from hailuo_nb.errors import ImageError

if TYPE_CHECKING:
    import numpy as np
    from numpy.random import Generator
    from numpy.typing import NDArray

    Plane = NDArray[np.float32]
    """Values of (height, width), or of (height, width, 3) with colours from 0 to 1."""

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

_HORIZON = 330
_SEEDS = {"peak": 11, "harbour": 23, "forest": 5}
_Points = list[tuple[float, float]]


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
    if name not in SAMPLES:
        raise ImageError(f"There is no sample {name!r}.")
    import numpy as np

    scene = {"peak": _peak, "harbour": _harbour, "forest": _forest}[name]
    rng = np.random.default_rng(_SEEDS[name])
    return _png(scene(rng), rng)


def _peak(rng: "Generator") -> "Plane":
    x, y = _grid()
    sky = _gradient((0, "1d2350"), (180, "6b4a86"), (300, "d9788a"), (400, "ffc48c"), (576, "ffe3b5"))
    _glow(sky, x, y, (676, 262), 400, "ffd9a0", 0.55)
    _paint(sky, "fff3d6", _disc(x, y, (676, 262), 66))
    _paint(sky, "ffd0c0", _smooth(_noise(rng, 2, 9, 5), 0.52, 0.8) * 0.5 * (y < 330))
    for depth in range(4):
        line = _ridge(rng, 300 + 42 * depth, 62 + 9 * depth, 5 + depth)
        _paint(sky, _between("c98a9c", "3c3358", depth / 3), _below(y, line))
        _paint(sky, "ffcfae", _mist(rng, y, line.min() + 95, 70) * (0.75 - 0.1 * depth))
    top = _summit(rng, x)
    rock = _rock(rng, 15)[..., None] * _hex("ff9c78") * 0.55 + _hex("1a1631")
    _paint(sky, rock, _below(y, top))
    _paint(sky, "f4a58e", _mist(rng, y, 560, 90) * 0.8)
    figure = _shape(_swordsman(356, float(top[0, 356])))
    _paint(sky, "120d1f", figure)
    _petals(sky, rng)
    return sky


def _summit(rng: "Generator", x: "Plane") -> "Plane":
    import numpy as np

    spine_x = [0, 90, 150, 205, 240, 285, 320, 345, 368, 392, 430, 470, 520, 590, 690, 800, 1024]
    spine_y = [520, 470, 455, 400, 385, 310, 290, 236, 236, 262, 290, 352, 372, 440, 470, 520, 560]
    line = np.interp(x, spine_x, spine_y)
    rough = _ridge(rng, 0, 26, 40)
    calm = np.clip(np.abs(x - 356) / 90, 0, 1)
    return (line + (rough + 8) * calm).astype("float32")


def _harbour(rng: "Generator") -> "Plane":
    return _grid()[0][..., None] * _hex("ffffff") / 1024 + _grid()[1][..., None] * 0

def _forest(rng: "Generator") -> "Plane":
    return _harbour(rng)


def _swordsman(x: float, y: float) -> list[_Points]:
    """Outline a figure of 60 px that stands at (x, y) and looks into the wind."""
    outline = {
        "legs": [(-7, 2), (-9, -20), (-6, -29), (6, -29), (9, -18), (13, 2), (5, 2), (1, -12), (-2, 2)],
        "cloak": [(-6, -47), (6, -47), (9, -26), (20, -20), (34, -21), (26, -14), (38, -10), (14, -8), (-8, -16), (-9, -30)],
        "hat": [(-14, -48), (0, -60), (14, -48)],
        "head": [(-4, -50), (4, -50), (4, -44), (-4, -44)],
        "sword": [(-24, -18), (-23, -20), (9, -31), (10, -29)],
    }
    return [[(x + dx, y + dy) for dx, dy in points] for points in outline.values()]


def _petals(sky: "Plane", rng: "Generator") -> None:
    import numpy as np

    for count, size, colour, blur in ((130, 3.2, "ffc2d2", 0), (46, 6.0, "ffb3c8", 0), (9, 15.0, "ff9fbc", 4)):
        shapes = []
        for _ in range(count):
            cx, cy = rng.uniform(0, WIDTH_PX), rng.uniform(0, HEIGHT_PX)
            turn, thin = rng.uniform(0, 3.14), rng.uniform(0.3, 0.75)
            angle = np.linspace(0, 6.28, 14)
            u, v = size * np.cos(angle), size * thin * np.sin(angle) * (1 - 0.35 * np.cos(angle))
            px, py = cx + u * np.cos(turn) - v * np.sin(turn), cy + u * np.sin(turn) + v * np.cos(turn)
            shapes.append([(float(a), float(b)) for a, b in zip(px, py, strict=True)])
        _paint(sky, colour, _shape(shapes, blur) * 0.85)


def _grid() -> tuple["Plane", "Plane"]:
    import numpy as np

    y, x = np.mgrid[0:HEIGHT_PX, 0:WIDTH_PX].astype(np.float32)
    return x, y


def _hex(colour: str) -> "Plane":
    import numpy as np

    return np.frombuffer(bytes.fromhex(colour), np.uint8).astype(np.float32) / 255


def _between(first: str, second: str, share: float) -> "Plane":
    return _hex(first) * (1 - share) + _hex(second) * share


def _gradient(*stops: tuple[float, str]) -> "Plane":
    """Return a sky whose colour changes from row to row, by (row, colour) stops."""
    import numpy as np

    rows, colours = [row for row, _ in stops], np.array([_hex(colour) for _, colour in stops])
    bands = [np.interp(np.arange(HEIGHT_PX), rows, colours[:, k]) for k in range(3)]
    column = np.stack(bands, axis=-1).astype(np.float32)
    return np.repeat(column[:, None, :], WIDTH_PX, axis=1)


def _smooth(value: "Plane", low: float, high: float) -> "Plane":
    import numpy as np

    share = np.clip((value - low) / (high - low), 0, 1)
    return share * share * (3 - 2 * share)


def _noise(rng: "Generator", across: int, down: int, octaves: int) -> "Plane":
    """Return fractal noise from 0 to 1; the coarsest has across x down cells."""
    import numpy as np
    import PIL.Image

    total = np.zeros((HEIGHT_PX, WIDTH_PX), np.float32)
    for octave in range(octaves):
        cells = rng.random(((down << octave) + 2, (across << octave) + 2), dtype=np.float32)
        layer = PIL.Image.fromarray(cells).resize((WIDTH_PX, HEIGHT_PX), PIL.Image.Resampling.BICUBIC)
        total += np.asarray(layer) / 2 ** (octave + 1)
    return total / (1 - 0.5**octaves)


def _ridge(rng: "Generator", base: float, height: float, cells: int) -> "Plane":
    """Return a jagged line, one y for each column, around ``base`` in px."""
    import numpy as np

    line = np.full(WIDTH_PX, base, np.float32)
    for octave in range(6):
        count = (cells << octave) + 1
        knots = np.sort(rng.uniform(0, WIDTH_PX, count))
        line += np.interp(np.arange(WIDTH_PX), knots, rng.uniform(-1, 1, count)) * height / 2**octave
    return line[None, :]


def _rock(rng: "Generator", cells: int) -> "Plane":
    """Return how bright the faces of a rock are, lit from the right."""
    import numpy as np

    folds = np.abs(_noise(rng, cells, cells // 2, 5) - 0.5)
    return np.clip((np.roll(folds, 3, axis=1) - folds) * 9 + 0.25, 0, 1)


def _below(y: "Plane", line: "Plane") -> "Plane":
    import numpy as np

    slope = np.sqrt(1 + np.gradient(line[0]) ** 2)
    return np.clip((y - line) / slope + 0.5, 0, 1)


def _disc(x: "Plane", y: "Plane", centre: tuple[float, float], radius: float) -> "Plane":
    import numpy as np

    return np.clip(radius - np.hypot(x - centre[0], y - centre[1]) + 0.5, 0, 1)


def _mist(rng: "Generator", y: "Plane", level: float, depth: float) -> "Plane":
    import numpy as np

    drift = _noise(rng, 2, 6, 4) - 0.5
    return np.exp(-(((y - level) / depth + drift * 2.2) ** 2))


def _glow(canvas: "Plane", x: "Plane", y: "Plane", centre: tuple[float, float], radius: float, colour: str, strength: float) -> None:
    import numpy as np

    far = ((x - centre[0]) ** 2 + (y - centre[1]) ** 2) / radius**2
    canvas += (_hex(colour) * strength) * (1 / (1 + 12 * far))[..., None] * (1 - canvas)


def _paint(canvas: "Plane", colour: "str | Plane", cover: "Plane") -> None:
    """Lay a colour over the canvas where ``cover`` (0 to 1) says."""
    paint = _hex(colour) if isinstance(colour, str) else colour
    canvas += (paint - canvas) * cover[..., None]


def _shape(outlines: list[_Points], blur: float = 0) -> "Plane":
    """Return the cover of polygons, with smooth edges."""
    import numpy as np
    import PIL.Image
    import PIL.ImageDraw
    import PIL.ImageFilter

    large = PIL.Image.new("L", (WIDTH_PX * 3, HEIGHT_PX * 3))
    pen = PIL.ImageDraw.Draw(large)
    for points in outlines:
        pen.polygon([(3 * px, 3 * py) for px, py in points], fill=255)
    mask = large.reduce(3)
    if blur:
        mask = mask.filter(PIL.ImageFilter.GaussianBlur(blur))
    return np.asarray(mask, dtype=np.float32) / 255


def _png(canvas: "Plane", rng: "Generator") -> bytes:
    import numpy as np
    import PIL.Image

    grain = rng.random(canvas.shape[:2], dtype=np.float32)[..., None]
    pixels = (np.clip(canvas, 0, 1) * 255 + grain).clip(0, 255).astype(np.uint8)
    out = io.BytesIO()
    PIL.Image.fromarray(pixels).save(out, "PNG", compress_level=4)
    return out.getvalue()

"""What the scenes are painted with: gradients, noise, outlines, and a grain against banding.

It knows shapes and colours of one canvas size, and no scene. A canvas is painted in place,
from far to near; places and sizes are in px, y grows downwards, colours are "rrggbb".
"""

import io
from collections.abc import Callable
from typing import Any

import numpy as np
import PIL.Image
import PIL.ImageDraw
import PIL.ImageFilter
from numpy.random import Generator
from numpy.typing import NDArray

from hailuo_nb.media.samples import HEIGHT_PX, WIDTH_PX

Plane = NDArray[np.floating[Any]]
"""(height, width), or (3, height, width) in colour; covers and colours from 0 to 1."""

Points = list[tuple[float, float]]
"""The corners of one polygon."""


def picture(scene: Callable[[Generator, Plane, Plane], Plane], seed: int) -> bytes:
    """Return a scene as PNG bytes; it is called with its chance, and every pixel's x and y."""
    rng = np.random.default_rng(seed)
    y, x = np.mgrid[0:HEIGHT_PX, 0:WIDTH_PX].astype(np.float32)
    canvas = scene(rng, x, y)
    grain = rng.random(canvas.shape[1:], dtype=np.float32)
    pixels = (canvas * 255 + grain).clip(0, 255).astype(np.uint8)
    out = io.BytesIO()
    image = PIL.Image.fromarray(np.ascontiguousarray(pixels.transpose(1, 2, 0)))
    image.save(out, "PNG", compress_level=2)
    return out.getvalue()


def paint(canvas: Plane, colour: str | Plane, cover: Plane) -> None:
    """Lay a colour over the canvas where ``cover`` (0 to 1) says."""
    for plane, tone in zip(canvas, _tones(colour), strict=True):
        plane += (tone - plane) * cover


def shine(canvas: Plane, colour: str, light: Plane, strength: float, fill: float = 1) -> None:
    """Add light to the canvas, the less the brighter it is; ``fill`` 0 to 1 says how much less."""
    for plane, tone in zip(canvas, tint(colour), strict=True):
        plane += tone * light * strength * (1 - fill * plane)


def _tones(colour: str | Plane) -> Plane:
    return tint(colour) if isinstance(colour, str) else colour


def tint(colour: str) -> Plane:
    """Return a colour as a plane of one pixel."""
    return np.frombuffer(bytes.fromhex(colour), np.uint8).astype(np.float32)[:, None, None] / 255


def between(first: str, second: str, share: float) -> Plane:
    """Return the colour a share (0 to 1) of the way from the first to the second."""
    return tint(first) * (1 - share) + tint(second) * share


def gradient(stops: dict[int, str]) -> Plane:
    """Return a canvas whose colour changes from row to row, between the rows given."""
    colours = np.concatenate([tint(colour) for colour in stops.values()], axis=1)[..., 0]
    bands = [np.interp(np.arange(HEIGHT_PX), list(stops), colour) for colour in colours]
    column = np.array(bands, np.float32)[..., None]
    return np.repeat(column, WIDTH_PX, axis=2)


def interp(at: Plane, knots: dict[float, float] | dict[int, int]) -> Plane:
    """Return the values on straight lines between knots."""
    return np.interp(at, list(knots), list(knots.values())).astype(np.float32)


def step(value: Plane, low: float, high: float) -> Plane:
    """Return a smooth rise from 0 at ``low`` to 1 at ``high``."""
    share: Plane = ((value - low) / (high - low)).clip(0, 1)
    return share * share * (3 - 2 * share)


def shift(plane: Plane, columns: int) -> Plane:
    """Return what lies so many columns to the right."""
    return np.roll(plane, -columns, axis=1)


def noise(rng: Generator, across: int, down: int, octaves: int) -> Plane:
    """Return fractal noise from 0 to 1; the coarsest has across x down cells."""
    total = np.zeros((2, 2), np.float32)
    for octave in range(octaves):
        size = (across << octave) + 2, (down << octave) + 2
        total = _resize(total, size) + rng.random(size[::-1], dtype=np.float32) / 2 ** (octave + 1)
    return _resize(total, (WIDTH_PX, HEIGHT_PX)) / (1 - 0.5**octaves)


def _resize(plane: Plane, size: tuple[int, int]) -> Plane:
    resized = PIL.Image.fromarray(plane).resize(size, PIL.Image.Resampling.BICUBIC)
    return np.asarray(resized, np.float32)


def ridge(rng: Generator, base: float, height: float, cells: int) -> Plane:
    """Return a jagged line, one y for each column, around ``base``."""
    line = np.full((1, WIDTH_PX), base, np.float32)
    for octave in range(6):
        count = (cells << octave) + 1
        knots = (np.arange(count) + rng.uniform(-0.3, 0.3, count)) * WIDTH_PX / (count - 1)
        bumps = rng.uniform(-1, 1, count) * height / 2**octave
        line += np.interp(np.arange(WIDTH_PX), knots, bumps).astype(np.float32)
    return line


def below(y: Plane, line: Plane) -> Plane:
    """Return the cover of all that is below a line, with a smooth edge."""
    slope = abs(shift(line, 1) - shift(line, -1)).clip(0, 8) / 2
    return ((y - line) / (1 + slope * slope) ** 0.5 + 0.5).clip(0, 1)


def disc(x: Plane, y: Plane, radius: float) -> Plane:
    """Return the cover of a disc around x = y = 0."""
    return (radius - (x * x + y * y) ** 0.5 + 0.5).clip(0, 1)


def glow(x: Plane, y: Plane, radius: float) -> Plane:
    """Return a light that is 1 at x = y = 0 and half of it at the radius."""
    return 1 / (1 + (x * x + y * y) / radius**2)


def mist(rng: Generator, y: Plane, depth: float) -> Plane:
    """Return a drifting band of mist around y = 0."""
    far = y / depth + (noise(rng, 2, 6, 4) - 0.5) * 2.2
    fade = 1 / (1 + far * far)
    return fade * fade


def dot(x: float, y: float, radius: float, tall: float | None = None) -> Points:
    """Return an octagon; ``tall`` is half its height, by default the radius."""
    high, slant, rise = tall or radius, 0.7 * radius, 0.7 * (tall or radius)
    right = [(x + slant, y - rise), (x + radius, y), (x + slant, y + rise), (x, y + high)]
    return [*right, (x - slant, y + rise), (x - radius, y), (x - slant, y - rise), (x, y - high)]


def place(outlines: list[Points], x: float, y: float, size: float = 1) -> list[Points]:
    """Return outlines drawn around x = y = 0, scaled and moved to their place."""
    return [[(x + dx * size, y + dy * size) for dx, dy in points] for points in outlines]


def shape(outlines: list[Points], blur: float = 0) -> Plane:
    """Return the cover of polygons with smooth edges, blurred by so many px."""
    large = PIL.Image.new("L", (WIDTH_PX * 3, HEIGHT_PX * 3))
    pen = PIL.ImageDraw.Draw(large)
    for points in outlines:
        pen.polygon([(3 * x, 3 * y) for x, y in points], fill=255)
    if not blur:
        return _reduced(large)
    soft = large.reduce(6).filter(PIL.ImageFilter.GaussianBlur(blur / 2))
    mask = soft.resize((WIDTH_PX, HEIGHT_PX), PIL.Image.Resampling.BICUBIC)
    return np.asarray(mask, np.float32) / 255


def _reduced(large: PIL.Image.Image) -> Plane:
    """Return a third of each side; only the rows that hold something are looked at."""
    cover = np.zeros((HEIGHT_PX, WIDTH_PX), np.float32)
    _, top, _, end = large.getbbox() or (0, 0, 0, 0)
    rows = slice(top // 3, -(-end // 3))
    if end:
        mask = large.reduce(3, (0, rows.start * 3, large.width, rows.stop * 3))
        cover[rows] = np.asarray(mask, np.float32) / 255
    return cover

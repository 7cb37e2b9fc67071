"""Masks and textures: noise, ridges, skylines, trees and buildings.

It knows geometry in pixels; it must not know colours, depth or prompts.
"""

import math
from abc import ABC, abstractmethod

import numpy as np
from PIL import Image, ImageDraw

from hailuo_nb.simulator.render.colour import Floats

Dice = np.random.Generator


def noise(dice: Dice, height: int, width: int, cell: float, octaves: int = 3) -> Floats:
    """Return soft noise around 0.5, roughly 0..1, with features `cell` pixels wide."""
    total = np.zeros((height, width), np.float32)
    weight, weights = 1.0, 0.0
    for _ in range(octaves):
        rows, columns = (max(2, math.ceil(size / cell) + 1) for size in (height, width))
        grid = Image.fromarray(dice.random((rows, columns), dtype=np.float32))
        smooth = grid.resize((width, height), Image.Resampling.BICUBIC)
        total += np.asarray(smooth, np.float32) * np.float32(weight)
        weights += weight
        weight, cell = weight / 2, cell / 2.2
    return np.asarray(total / np.float32(weights), np.float32)


def ridge(dice: Dice, width: int, cell: float, rough: float = 0.5) -> Floats:
    """Return a skyline 0..1 along x; `rough` 0..1 is the share of fine detail."""
    line = np.zeros(width, np.float32)
    weight = 1.0
    while cell > 3 and weight > 0.01:
        knots = dice.random(max(4, math.ceil(width / cell) + 3), dtype=np.float32)
        place = np.arange(width, dtype=np.float32) / cell + 1
        whole = place.astype(np.intp)
        share = place - whole
        share = share * share * (3 - 2 * share)
        a, b = knots[whole % len(knots)], knots[(whole + 1) % len(knots)]
        line += np.float32(weight) * (a + (b - a) * share)
        weight, cell = weight * rough, cell / 2
    line -= line.min()
    return np.asarray(line / max(float(line.max()), 1e-6), np.float32)


def below(line: Floats, height: int) -> Floats:
    """Return opacity 0..1 below a skyline given as rows from the top, softened by a pixel."""
    rows = np.arange(height, dtype=np.float32)[:, None]
    return np.asarray(np.clip(rows - line[None, :] + 0.5, 0, 1), np.float32)


def drawn(height: int, width: int, paint: "Painter", fine: int = 3) -> Floats:
    """Return a smooth mask of what `paint` draws at `fine` times the size."""
    image = Image.new("L", (width * fine, height * fine))
    paint(ImageDraw.Draw(image), height * fine)
    small = image.resize((width, height), Image.Resampling.BOX)
    return np.asarray(small, np.float32) / np.float32(255)


class Painter(ABC):
    """Something that draws a white silhouette; sizes are in shares of the mask's height."""

    @abstractmethod
    def __call__(self, draw: ImageDraw.ImageDraw, height: int) -> None:
        """Draw on a canvas `height` pixels high."""


class Grove(Painter):
    """A row of conifers or blades of grass along the bottom."""

    def __init__(self, dice: Dice, width: float, *, count: int, tall: float, slim: float) -> None:
        self.places = dice.random(count) * width
        self.heights = tall * (0.35 + 0.65 * dice.random(count) ** 1.5)
        self.leans = (dice.random(count) - 0.5) * 7
        self.slim = slim

    def __call__(self, draw: ImageDraw.ImageDraw, height: int) -> None:
        """Draw each as a tall triangle."""
        for place, tall, lean in zip(self.places, self.heights, self.leans, strict=True):
            half = tall * self.slim
            tip = (place + lean * half, 1 - tall)
            feet = ((place - half, 1.0), (place + half, 1.0))
            draw.polygon([(x * height, y * height) for x, y in (tip, *feet)], fill=255)


class Conifers(Grove):
    """Conifers: three skirts each."""

    def __call__(self, draw: ImageDraw.ImageDraw, height: int) -> None:
        """Draw each as three triangles, widening downwards."""
        for place, tall in zip(self.places, self.heights, strict=True):
            for top, foot, wide in ((1.0, 0.55, 0.6), (0.8, 0.28, 0.85), (0.55, 0.0, 1.1)):
                half = tall * self.slim * wide
                points = (
                    (place, 1 - tall * top),
                    (place - half, 1 - tall * foot),
                    (place + half, 1 - tall * foot),
                )
                draw.polygon([(x * height, y * height) for x, y in points], fill=255)


class Skyline(Painter):
    """Blocks of buildings side by side."""

    def __init__(self, dice: Dice, width: float, *, low: float, high: float) -> None:
        self.blocks: list[tuple[float, float, float]] = []
        place = 0.0
        while place < width:
            wide = float(dice.uniform(0.09, 0.24))
            self.blocks.append((place, wide, float(dice.uniform(low, high))))
            place += wide * float(dice.uniform(0.85, 1.1))

    def __call__(self, draw: ImageDraw.ImageDraw, height: int) -> None:
        """Draw rectangles, each third one with a mast."""
        for number, (place, wide, tall) in enumerate(self.blocks):
            box = (place * height, (1 - tall) * height, (place + wide) * height, height)
            draw.rectangle(box, fill=255)
            if number % 3 == 0:
                middle = place + wide / 2
                mast = (middle - 0.005, 1 - tall - 0.09, middle + 0.005, 1 - tall)
                draw.rectangle([side * height for side in mast], fill=255)

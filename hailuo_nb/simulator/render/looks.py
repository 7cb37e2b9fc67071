"""What words make of a given still: seasons, moods, light and weather, as a grade and as air.

It knows one table of looks and how each is laid over a picture, once for a clip; it must not know
cameras, nor frames in time.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from hailuo_nb.simulator.render.camera import without_commands
from hailuo_nb.simulator.render.colour import Floats
from hailuo_nb.simulator.render.words import LOOK_WORDS, all_meant, words_of

Colour = tuple[int, int, int]
MOST = 3
"""How many looks are laid over each other; more are mud."""
_GREY = np.array((0.2126, 0.7152, 0.0722), np.float32)


@dataclass(frozen=True, slots=True)
class Haze:
    """A colour that hides what is behind it, by shares 0..1 at top, middle and bottom."""

    colour: Colour
    top: float
    middle: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Glow:
    """Light around a place in shares of the frame; `reach` in its heights."""

    colour: Colour
    x: float
    y: float
    reach: float


@dataclass(frozen=True, slots=True, kw_only=True)
class WordedLook:
    """A grade, and what drifts through the air.

    Attributes
    ----------
    light, contrast, colour : float
        Factors: on all light, around middle grey, on how far colours are from grey.
    tint : (float, float, float)
        Factors on red, green, blue.
    corners : float
        How much darker the corners are, 0..1.
    motes : str
        A key of `particles.KINDS`, or "".
    crowd : float
        Factor on how many of them there are.
    veil : str
        A key of `veil.VEILS`, or "".
    """

    light: float = 1.0
    contrast: float = 1.0
    colour: float = 1.0
    tint: tuple[float, float, float] = (1.0, 1.0, 1.0)
    haze: Haze | None = None
    glow: Glow | None = None
    corners: float = 0.0
    motes: str = ""
    crowd: float = 1.0
    veil: str = ""


LOOKS: dict[str, WordedLook] = {
    "fog": WordedLook(
        contrast=0.75,
        colour=0.35,
        haze=Haze((206, 210, 212), 0.46, 0.58, 0.26),
        veil="fog",
    ),
    "rain": WordedLook(
        light=0.82,
        contrast=0.72,
        colour=0.45,
        tint=(0.90, 0.99, 1.10),
        haze=Haze((148, 160, 172), 0.34, 0.34, 0.14),
        motes="rain",
        crowd=1.7,
    ),
    "snow": WordedLook(
        light=1.12,
        contrast=0.85,
        colour=0.35,
        tint=(0.95, 1.0, 1.09),
        haze=Haze((236, 242, 250), 0.22, 0.24, 0.58),
        motes="snow",
        crowd=2.2,
    ),
    "storm": WordedLook(
        light=0.66,
        contrast=1.3,
        colour=0.5,
        tint=(0.86, 1.02, 1.06),
        haze=Haze((26, 34, 44), 0.66, 0.10, 0.10),
        corners=0.35,
        motes="rain",
        veil="shadow",
    ),
    "embers": WordedLook(
        light=0.62,
        contrast=1.3,
        colour=0.75,
        tint=(1.35, 0.78, 0.48),
        glow=Glow((225, 84, 14), 0.5, 1.10, 0.52),
        corners=0.3,
        motes="sparks",
        crowd=1.8,
    ),
    "spring": WordedLook(
        light=1.12,
        colour=1.1,
        tint=(1.08, 1.0, 0.98),
        haze=Haze((255, 206, 222), 0.40, 0.30, 0.12),
        motes="petals",
        crowd=2.4,
    ),
    "summer": WordedLook(
        light=1.15,
        contrast=1.12,
        colour=1.5,
        tint=(1.05, 1.03, 0.90),
        glow=Glow((130, 112, 40), 0.30, 0.0, 0.7),
        motes="dust",
        crowd=0.6,
    ),
    "autumn": WordedLook(
        light=0.84, contrast=1.05, colour=1.1, tint=(1.32, 0.98, 0.60), motes="leaves", crowd=1.8
    ),
    "dawn": WordedLook(
        light=1.05,
        contrast=0.85,
        colour=0.95,
        tint=(1.06, 0.94, 1.04),
        haze=Haze((246, 186, 176), 0.10, 0.45, 0.16),
        glow=Glow((110, 60, 40), 0.5, 0.55, 0.6),
    ),
    "gold": WordedLook(
        light=1.02,
        contrast=1.1,
        colour=1.15,
        tint=(1.24, 1.0, 0.60),
        haze=Haze((255, 190, 96), 0.16, 0.26, 0.06),
        glow=Glow((200, 130, 40), 0.86, 0.32, 0.55),
        motes="dust",
        crowd=1.6,
    ),
    "dusk": WordedLook(
        light=0.62,
        contrast=0.95,
        colour=0.9,
        tint=(0.94, 0.78, 1.28),
        haze=Haze((120, 84, 150), 0.30, 0.26, 0.12),
        glow=Glow((130, 56, 60), 0.3, 0.6, 0.5),
    ),
    "night": WordedLook(
        light=0.46,
        contrast=1.1,
        colour=0.40,
        tint=(0.55, 0.84, 1.50),
        glow=Glow((78, 98, 136), 0.78, 0.08, 0.34),
        corners=0.5,
    ),
    "joy": WordedLook(
        light=1.15,
        contrast=1.1,
        colour=1.9,
        glow=Glow((90, 70, 20), 0.5, 0.1, 1.1),
        motes="confetti",
    ),
    "serene": WordedLook(
        light=1.06,
        contrast=0.8,
        colour=0.85,
        tint=(0.92, 1.04, 1.06),
        haze=Haze((206, 232, 232), 0.12, 0.26, 0.12),
    ),
    "dream": WordedLook(
        light=1.08,
        contrast=0.85,
        colour=1.25,
        tint=(1.06, 0.90, 1.16),
        haze=Haze((236, 196, 250), 0.34, 0.26, 0.30),
        glow=Glow((110, 70, 120), 0.5, 0.45, 0.7),
        motes="lights",
    ),
    "gloom": WordedLook(
        light=0.72,
        contrast=0.8,
        colour=0.25,
        tint=(0.95, 0.99, 1.08),
        haze=Haze((96, 102, 110), 0.30, 0.22, 0.16),
        corners=0.3,
    ),
    "dread": WordedLook(
        light=0.62, contrast=1.25, colour=0.55, tint=(0.86, 1.06, 0.80), corners=0.85, veil="shadow"
    ),
    "nostalgia": WordedLook(
        light=1.02,
        contrast=0.78,
        colour=0.12,
        tint=(1.22, 1.02, 0.74),
        haze=Haze((240, 214, 168), 0.14, 0.10, 0.14),
        corners=0.4,
    ),
    "drama": WordedLook(
        light=0.95,
        contrast=1.55,
        colour=1.2,
        tint=(1.06, 0.98, 1.0),
        haze=Haze((14, 60, 76), 0.34, 0.04, 0.22),
        corners=0.5,
    ),
    "noir": WordedLook(light=0.86, contrast=1.7, colour=0.0, corners=0.6),
    "slow": WordedLook(
        light=1.04,
        contrast=0.8,
        haze=Haze((236, 224, 240), 0.06, 0.20, 0.34),
        corners=0.3,
        motes="lights",
        crowd=2.4,
    ),
    "fast": WordedLook(contrast=1.05, motes="wind"),
}
PLAIN = WordedLook(motes="dust")


def looks_in(prompt: str) -> list[WordedLook]:
    """Return the looks that a prompt's words ask for, at most `MOST`, in the order of laying."""
    found = all_meant(words_of(without_commands(prompt)), LOOK_WORDS)
    return [LOOKS[name] for name in found[:MOST]]


def lit(rgb: Floats, looks: Sequence[WordedLook]) -> Floats:
    """Return a picture (height, width, 3) in 0..255 under looks, one after the other."""
    for look in looks:
        rgb = _under(rgb, look)
    return rgb


def _under(rgb: Floats, look: WordedLook) -> Floats:
    grey = (rgb @ _GREY)[..., None]
    graded = np.asarray(grey + (rgb - grey) * np.float32(look.colour), np.float32)
    graded *= np.float32(look.light)
    # Middle grey moves with the light, so that more contrast does not swallow what is dark.
    middle = np.float32(112 * min(look.light, 1.0))
    graded *= np.array(look.tint, np.float32)
    graded = (graded - middle) * np.float32(look.contrast) + middle
    if look.haze:
        graded = _hazy(graded, look.haze)
    if look.glow:
        graded = _glowing(graded, look.glow)
    if look.corners:
        down, across = _places(graded)
        away = np.clip((down**2 + across**2) * 2, 0, 1)[..., None]
        graded *= 1 - np.float32(look.corners) * away
    return np.asarray(np.clip(graded, 0, 255), np.float32)


def _hazy(rgb: Floats, haze: Haze) -> Floats:
    rows = np.linspace(0, 1, len(rgb), dtype=np.float32)
    shares = np.interp(rows, (0, 0.5, 1), (haze.top, haze.middle, haze.bottom))
    mixed = rgb + (np.array(haze.colour, np.float32) - rgb) * shares[:, None, None]
    return np.asarray(mixed, np.float32)


def _glowing(rgb: Floats, glow: Glow) -> Floats:
    down, across = _places(rgb)
    shape = rgb.shape[1] / rgb.shape[0]
    away = np.hypot(down - (glow.y - 0.5), (across - (glow.x - 0.5)) * min(shape, 1.4))
    light = np.exp(-((away / glow.reach) ** 2))[..., None] * np.array(glow.colour, np.float32)
    bright = 255 - np.clip(rgb, 0, 255)
    return np.asarray(255 - bright * (1 - light / 255), np.float32)


def _places(rgb: Floats) -> tuple[Floats, Floats]:
    """Return how far each row and each column is from the middle, in shares of the side."""
    height, width = rgb.shape[:2]
    down = np.linspace(-0.5, 0.5, height, dtype=np.float32)[:, None]
    return down, np.linspace(-0.5, 0.5, width, dtype=np.float32)[None, :]

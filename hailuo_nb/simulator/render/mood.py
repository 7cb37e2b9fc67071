"""What a prompt's words say about a scene: light, ground, weather, subject, tempo.

It knows palettes and dice; it must not know how anything is drawn. What the words leave
open is drawn from the text itself, so that each prompt has its own scene.
"""

import random
from dataclasses import dataclass

from hailuo_nb.simulator.render.camera import without_commands
from hailuo_nb.simulator.render.words import (
    FAST_WORDS,
    GROUND_WORDS,
    LIGHT_WORDS,
    SLOW_WORDS,
    SUBJECT_WORDS,
    WEATHER_WORDS,
    most_meant,
    words_of,
)

Colour = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Light:
    """A palette: sky from top to horizon, the sun or moon, haze, and the darkest ground."""

    sky: tuple[Colour, Colour, Colour]
    disc: Colour
    haze: Colour
    ground: Colour
    stars: float = 0.0
    is_moon: bool = False


LIGHTS: dict[str, Light] = {
    "dawn": Light(
        ((70, 92, 150), (186, 140, 170), (255, 205, 170)),
        (255, 236, 205),
        (226, 170, 165),
        (46, 44, 66),
    ),
    "day": Light(
        ((38, 110, 190), (112, 176, 226), (214, 236, 244)),
        (255, 252, 232),
        (176, 208, 222),
        (28, 66, 58),
    ),
    "sunset": Light(
        ((50, 38, 92), (206, 84, 88), (255, 186, 96)),
        (255, 232, 170),
        (226, 118, 88),
        (38, 20, 42),
    ),
    "dusk": Light(
        ((26, 30, 74), (98, 72, 130), (232, 140, 138)),
        (255, 214, 196),
        (128, 88, 132),
        (22, 20, 44),
        0.35,
    ),
    "night": Light(
        ((6, 10, 32), (18, 34, 78), (58, 86, 136)),
        (236, 240, 252),
        (44, 66, 112),
        (6, 10, 24),
        1.0,
        True,
    ),
    "storm": Light(
        ((34, 40, 52), (74, 84, 98), (150, 158, 162)),
        (214, 220, 224),
        (104, 114, 122),
        (18, 24, 30),
    ),
    "gold": Light(
        ((92, 120, 150), (226, 190, 132), (255, 226, 160)),
        (255, 246, 214),
        (232, 188, 120),
        (72, 44, 24),
    ),
    "teal": Light(
        ((10, 54, 78), (36, 128, 138), (190, 226, 196)),
        (244, 255, 226),
        (88, 160, 156),
        (6, 36, 46),
    ),
    "violet": Light(
        ((40, 22, 84), (126, 74, 168), (246, 172, 206)),
        (255, 230, 244),
        (164, 104, 178),
        (32, 16, 56),
        0.25,
    ),
}

DRY = ("tree", "horse", "figure", "fox", "car")
"""What does not stand in the sea."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mood:
    """What to draw; `seed` draws the details."""

    light: Light
    ground: str
    weather: str
    subject: str
    tempo: float
    seed: str


def mood_of(prompt: str, variation: int = 1) -> Mood:
    """Read a mood from a prompt.

    Parameters
    ----------
    prompt : str
        The text; camera commands and words of tempo do not change the scene.
    variation : int
        From 1; another one has other details under the same words.
    """
    words = words_of(without_commands(prompt))
    scene = " ".join(word for word in words if word not in SLOW_WORDS | FAST_WORDS)
    seed = scene if variation == 1 else f"{scene}#{variation}"
    dice = random.Random(seed)  # noqa: S311 - must repeat, guards nothing
    light = most_meant(words, LIGHT_WORDS) or dice.choice(list(LIGHTS))
    ground = most_meant(words, GROUND_WORDS) or dice.choice(list(GROUND_WORDS))
    subject = most_meant(words, SUBJECT_WORDS) or dice.choice(_USUAL[ground])
    return Mood(
        light=LIGHTS[light],
        ground=ground,
        weather=most_meant(words, WEATHER_WORDS)
        or dice.choice(("dust", "dust", "petals", "leaves")),
        subject="boat" if ground == "sea" and subject in DRY else subject,
        tempo=tempo_of(prompt),
        seed=seed,
    )


_USUAL: dict[str, tuple[str, ...]] = {
    "sea": ("boat", "tower", "boat", "gate"),
    "city": ("figure", "tree"),
    "forest": ("figure", "horse", "gate"),
    "dunes": ("figure", "horse", "tower"),
    "peaks": ("figure", "tower", "gate", "tree"),
    "hills": ("tree", "tower", "horse", "figure"),
}


def tempo_of(prompt: str) -> float:
    """Return how briskly things move, 1 when no word says so."""
    words = set(words_of(prompt))
    return 0.5 if words & SLOW_WORDS else 1.9 if words & FAST_WORDS else 1.0

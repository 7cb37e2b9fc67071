"""What a prompt's words say about a scene: light, ground, weather, subject, tempo.

It knows words, palettes and dice; it must not know how anything is drawn. What the words leave
open is drawn from the text itself, so that each prompt has its own scene.
"""

import random
import re
from dataclasses import dataclass

from hailuo_nb.simulator.render.camera import without_commands

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

LIGHT_WORDS: dict[str, str] = {
    "night": "night midnight moon moonlit moonlight stars starry neon cyberpunk space galaxy",
    "sunset": "sunset evening fire flames lava volcano ember embers red",
    "dawn": "dawn sunrise morning pastel sakura blossom cherry spring pink",
    "dusk": "dusk twilight lightning dragon gothic",
    "storm": "storm stormy rain rainy thunder fog foggy mist misty grey gray war",
    "gold": "golden gold desert dune dunes autumn savanna savannah wheat dusty honey warm",
    "teal": "underwater jungle emerald aurora tropical lagoon reef green",
    "violet": "dream dreamy magic magical fantasy purple violet alien surreal",
    "day": "day noon sunny blue bright daylight summer snow snowy winter meadow kitchen product",
}
GROUND_WORDS: dict[str, str] = {
    "sea": "sea ocean beach waves wave coast boat ship sail sailing island harbour harbor lake "
    "water surf surfer whale lagoon pirate",
    "city": "city street town skyline tokyo york neon building buildings skyscraper skyscrapers "
    "car cars robot cyberpunk traffic urban rooftop alley",
    "forest": "forest wood woods jungle tree trees pine pines deer fox bear garden park",
    "dunes": "desert dune dunes sand camel sahara mars",
    "peaks": "mountain mountains peak peaks alps cliff summit snow snowy winter glacier dragon "
    "castle samurai eagle volcano",
    "hills": "hill hills meadow field fields valley farm grass horse wheat vineyard village",
}
WEATHER_WORDS: dict[str, str] = {
    "petals": "sakura petal petals blossom blossoms cherry flowers",
    "snow": "snow snowy winter blizzard snowfall ice icy glacier",
    "rain": "rain rainy storm stormy thunder downpour",
    "leaves": "autumn leaves leaf fall wind windy",
    "sparks": "fire flames embers ember sparks lava dragon volcano firefly fireflies magic "
    "magical lantern lanterns",
    "dust": "dust dusty desert sand sunbeam sunlight underwater space",
}
SUBJECT_WORDS: dict[str, str] = {
    "figure": "samurai man woman girl boy person figure hero knight warrior traveller traveler "
    "monk dancer astronaut child wizard surfer robot",
    "horse": "horse deer wolf dog fox cat lion animal camel elephant",
    "boat": "boat ship sail sailing sailboat yacht pirate",
    "gate": "torii gate shrine japan japanese arch portal kyoto",
    "tower": "lighthouse tower castle church temple windmill rocket",
    "tree": "tree oak pine blossom garden",
}
SLOW_WORDS = frozenset(
    ("slow", "slowly", "gentle", "gently", "calm", "calmly", "leisurely", "serene", "softly")
)
FAST_WORDS = frozenset(
    ("fast", "quick", "quickly", "rapid", "rapidly", "racing", "swift", "swiftly", "rushing")
)


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
    words = re.findall(r"\w+", without_commands(prompt).lower())
    scene = " ".join(word for word in words if word not in SLOW_WORDS | FAST_WORDS)
    seed = scene if variation == 1 else f"{scene}#{variation}"
    dice = random.Random(seed)  # noqa: S311 - must repeat, guards nothing
    light = _read(words, LIGHT_WORDS) or dice.choice(list(LIGHTS))
    ground = _read(words, GROUND_WORDS) or dice.choice(list(GROUND_WORDS))
    subject = _read(words, SUBJECT_WORDS) or dice.choice(_USUAL[ground])
    return Mood(
        light=LIGHTS[light],
        ground=ground,
        weather=_read(words, WEATHER_WORDS) or dice.choice(("dust", "dust", "petals", "leaves")),
        subject="boat" if ground == "sea" and subject in ("tree", "horse", "figure") else subject,
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
    words = set(re.findall(r"\w+", prompt.lower()))
    return 0.6 if words & SLOW_WORDS else 1.4 if words & FAST_WORDS else 1.0


def _read(words: list[str], table: dict[str, str]) -> str | None:
    """Return the row that most words speak for; an earlier row decides a tie."""
    hits = {name: len(set(words) & set(listed.split())) for name, listed in table.items()}
    best = max(hits, key=lambda name: hits[name])
    return best if hits[best] else None

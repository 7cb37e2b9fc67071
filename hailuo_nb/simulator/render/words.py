"""The words that steer a picture, and how they are found in a prompt.

It knows tables of words; it must not know what becomes of a row that is found.
"""

import re

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
    "petals": "sakura petal petals blossom blossoms cherry flowers spring",
    "snow": "snow snowy winter blizzard snowfall ice icy glacier",
    "rain": "rain rainy storm stormy thunder downpour",
    "leaves": "autumn leaves leaf fall wind windy",
    "sparks": "fire flames embers ember sparks lava dragon volcano firefly fireflies magic "
    "magical lantern lanterns",
    "dust": "dust dusty desert sand sunbeam sunlight underwater space",
}
SUBJECT_WORDS: dict[str, str] = {
    "figure": "samurai man woman girl boy person people figure hero knight warrior traveller "
    "traveler monk dancer astronaut child wizard surfer robot",
    "horse": "horse horses deer lion animal camel elephant cow",
    "fox": "fox foxes wolf dog cat",
    "bird": "bird birds gull gulls seagull eagle hawk crow raven swan heron",
    "dragon": "dragon dragons wyvern",
    "boat": "boat boats ship sail sailing sailboat yacht pirate",
    "car": "car cars taxi truck",
    "whale": "whale whales dolphin",
    "balloon": "balloon balloons airship",
    "gate": "torii gate shrine japan japanese arch portal kyoto",
    "tower": "lighthouse tower castle church temple windmill rocket",
    "tree": "tree oak pine blossom garden",
}
SLOW = "slow slowly gentle gently calm calmly leisurely serene softly"
FAST = "fast quick quickly rapid rapidly racing swift swiftly rushing"
SLOW_WORDS, FAST_WORDS = frozenset(SLOW.split()), frozenset(FAST.split())

LOOK_WORDS: dict[str, str] = {
    "fog": "fog foggy mist misty haze hazy smoke smoky",
    "rain": "rain rains rainy raining rainfall drizzle downpour shower showers monsoon",
    "snow": "snow snows snowy snowing snowfall blizzard winter wintry frost frosty icy frozen",
    "storm": "storm storms stormy thunder thunderstorm lightning tempest squall",
    "embers": "ember embers burning burn burns fire fiery flame flames ablaze blazing inferno lava "
    "sparks smouldering smoldering",
    "spring": "spring springtime sakura blossom blossoms petal petals cherry",
    "summer": "summer summery sunny noon midday sunlit",
    "autumn": "autumn autumnal october leaves foliage",
    "dawn": "dawn sunrise daybreak morning",
    "gold": "golden gold sunset evening amber honey warm glowing",
    "dusk": "dusk twilight gloaming nightfall",
    "night": "night nighttime midnight moon moonlit moonlight moonrise starry stars nocturnal",
    "joy": "joyful happy cheerful vibrant playful festive lively colourful colorful",
    "serene": "serene peaceful calm tranquil quiet gentle meditative",
    "dream": "dream dreamy dreamlike ethereal magic magical surreal fantasy",
    "gloom": "gloomy sad melancholy melancholic lonely bleak sombre somber grey gray dreary",
    "dread": "dread ominous menacing eerie horror scary sinister haunted creepy dark",
    "nostalgia": "nostalgic nostalgia vintage sepia retro faded memory memories",
    "drama": "dramatic epic heroic cinematic intense",
    "noir": "noir monochrome",
    "slow": SLOW,
    "fast": FAST,
}
"""Weather, seasons, light, moods, tempo: what is found is laid over a still in this order."""

_OF_MANY = re.compile(r"\b(storms?|showers?|rain|blizzard) of\b")


def words_of(text: str) -> list[str]:
    """Return the words of a text, in small letters; "a storm of petals" is no storm."""
    return re.findall(r"\w+", _OF_MANY.sub("", text.lower()))


def most_meant(words: list[str], table: dict[str, str]) -> str | None:
    """Return the row that most words speak for; an earlier row decides a tie."""
    hits = {name: len(set(words) & set(listed.split())) for name, listed in table.items()}
    best = max(hits, key=lambda name: hits[name])
    return best if hits[best] else None


def all_meant(words: list[str], table: dict[str, str]) -> list[str]:
    """Return every row that a word speaks for, in the table's order."""
    return [name for name, listed in table.items() if set(words) & set(listed.split())]

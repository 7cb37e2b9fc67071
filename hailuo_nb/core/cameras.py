"""The camera commands that a prompt may hold in square brackets.

It knows their names and meaning and finds them in a text; a slip of one is worth a warning,
never a refusal. Other words in brackets are ordinary text. Source: the upstream model's
documentation, English and Chinese.
"""

import re
from functools import lru_cache

CAMERAS: dict[str, str] = {
    "Truck left": "the camera slides to the left",
    "Truck right": "the camera slides to the right",
    "Pan left": "the camera turns to the left",
    "Pan right": "the camera turns to the right",
    "Push in": "the camera moves towards the subject",
    "Pull out": "the camera moves away from the subject",
    "Pedestal up": "the camera rises",
    "Pedestal down": "the camera sinks",
    "Tilt up": "the camera looks up",
    "Tilt down": "the camera looks down",
    "Zoom in": "the lens narrows, the camera stays",
    "Zoom out": "the lens widens, the camera stays",
    "Shake": "the camera trembles, as if hand-held",
    "Tracking shot": "the camera follows the subject",
    "Static shot": "the camera does not move",
}
"""Each command's name, as it is typed, and what it does."""

CHINESE: dict[str, str] = {
    "Truck left": "左移",
    "Truck right": "右移",
    "Pan left": "左摇",
    "Pan right": "右摇",
    "Push in": "推进",
    "Pull out": "拉远",
    "Pedestal up": "上升",
    "Pedestal down": "下降",
    "Tilt up": "上摇",
    "Tilt down": "下摇",
    "Zoom in": "变焦推近",
    "Zoom out": "变焦拉远",
    "Shake": "晃动",
    "Tracking shot": "跟随",
    "Static shot": "固定",
}
"""The same commands as the models of the 02 and 2.3 families read them, too."""

ADVISED_TOGETHER = 3
"""More commands than this in one bracket tend to blur into one another."""

SLIPS_MAX = 2
"""So many letters may be wrong in a slip of a command; of a short one a single letter."""

_BRACKET = re.compile(r"\[([^\[\]\n]{1,200})\]")
_OTHER_BRACKET = re.compile(r"[【［〔]([^【［〔】］〕\n]{1,200})[】］〕]")
_COMMA = re.compile("[,，、]")
_KNOWN = {name.lower(): name for name in CAMERAS} | {name: name for name in CHINESE.values()}
_SHORT_CHARS = 6


def _said(name: str) -> re.Pattern[str]:
    """Return what says a command in a sentence: its verb bent, or its noun as it stands."""
    verb, _, way = name.lower().partition(" ")
    if way == "shot":
        return re.compile(rf"\b{verb} shot\b", re.IGNORECASE)
    bent = rf"{verb.removesuffix('e')}(?:e|e?s|{verb[-1]}?ing)?"
    return re.compile(rf"\bcamera (?:\w+ ){{0,2}}?{bent}\b ?{way}\b", re.IGNORECASE)


_SAID = {name: _said(name) for name in CAMERAS}


def camera_warnings(prompt: str) -> list[str]:
    """Return what looks wrong with the camera commands of a prompt, in words."""
    warnings: list[str] = []
    for bracket in _BRACKET.finditer(prompt):
        commands = _commands(bracket[1])
        warnings += [hint for command in commands if (hint := _hint(command))]
        known = [command for command in commands if _spoken(command) in _KNOWN]
        if len(known) > ADVISED_TOGETHER:
            warnings.append(
                f"[{bracket[1]}] asks for {len(known)} moves at once; "
                f"{ADVISED_TOGETHER} at most are advised."
            )
    for bracket in _OTHER_BRACKET.finditer(prompt):
        if any(_spoken(command) in _KNOWN for command in _commands(bracket[1])):
            warnings.append(f"{bracket[0]} is sent as plain text: write [{bracket[1]}].")
    return list(dict.fromkeys(warnings))


def asked_moves(prompt: str) -> tuple[tuple[str, ...], ...]:
    """Return the commands of each bracket that holds any, by their English names, in order.

    Where no bracket does, what a text says of the camera by a command's own words is one: "the
    camera pans left".
    """
    brackets = [
        tuple(_KNOWN[word] for word in map(_spoken, _commands(found[1])) if word in _KNOWN)
        for found in _BRACKET.finditer(prompt)
    ]
    english = {chinese: name for name, chinese in CHINESE.items()}
    asked = tuple(tuple(english.get(n, n) for n in names) for names in brackets if names)
    said = tuple(name for name, words in _SAID.items() if words.search(prompt))
    return asked or ((said,) if said else ())


def spellings(command: str) -> tuple[str, ...]:
    """Return all names of the command that one of them names, in brackets or not.

    What names none stays as it is.
    """
    spoken = _spoken(command.strip().removeprefix("[").removesuffix("]"))
    for name, chinese in CHINESE.items():
        if spoken in (name.lower(), chinese):
            return name, chinese
    return (command,)


def _commands(inside: str) -> list[str]:
    return [word.strip() for word in _COMMA.split(inside) if word.strip()]


def _spoken(command: str) -> str:
    return " ".join(command.lower().split())


@lru_cache(maxsize=256)
def _hint(command: str) -> str:
    spoken = _spoken(command)
    known = _KNOWN.get(spoken)
    if known == command:
        return ""
    if known:
        return f"[{command}] is usually written [{known}]."
    slips = {name: _slips(spoken, name.lower()) for name in CAMERAS}
    near = min(slips, key=slips.__getitem__)
    if slips[near] > (1 if len(near) <= _SHORT_CHARS else SLIPS_MAX):
        return ""
    return f"[{command}] is no camera command; did you mean [{near}]?"


def _slips(typed: str, meant: str) -> int:
    """Return how many letters are wrong, missing, too many or changed about, at most 3."""
    if abs(len(typed) - len(meant)) > SLIPS_MAX:
        return SLIPS_MAX + 1
    rows = [list(range(len(meant) + 1))]
    for at, letter in enumerate(typed, start=1):
        row = [at]
        for to, other in enumerate(meant, start=1):
            best = min(rows[-1][to] + 1, row[-1] + 1, rows[-1][to - 1] + (letter != other))
            if at > 1 and to > 1 and (letter, typed[at - 2]) == (meant[to - 2], other):
                best = min(best, rows[-2][to - 2] + 1)
            row.append(best)
        rows.append(row)
    return min(rows[-1][-1], SLIPS_MAX + 1)

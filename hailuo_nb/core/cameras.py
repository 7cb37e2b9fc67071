"""The camera commands that a prompt may hold in square brackets.

It knows their names and meaning and finds them in a text; an unknown one is
worth a warning, never a refusal. Source: the upstream model's documentation.
"""

import re
from difflib import get_close_matches
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

ADVISED_TOGETHER = 3
"""More commands than this in one bracket tend to blur into one another."""

_BRACKET = re.compile(r"\[([^\[\]\n]{1,200})\]")
_KNOWN = {name.lower(): name for name in CAMERAS}


def camera_warnings(prompt: str) -> list[str]:
    """Return what looks wrong with the camera commands of a prompt, in words."""
    warnings: list[str] = []
    for bracket in _BRACKET.finditer(prompt):
        commands = [word.strip() for word in bracket[1].split(",") if word.strip()]
        warnings += [hint for command in commands if (hint := _hint(command))]
        if len(commands) > ADVISED_TOGETHER:
            warnings.append(
                f"[{bracket[1]}] asks for {len(commands)} moves at once; "
                f"{ADVISED_TOGETHER} at most are advised."
            )
    return list(dict.fromkeys(warnings))


@lru_cache(maxsize=256)
def _hint(command: str) -> str:
    known = _KNOWN.get(" ".join(command.lower().split()))
    if known == command:
        return ""
    if known:
        return f"[{command}] is usually written [{known}]."
    near = get_close_matches(command.lower(), _KNOWN, n=1, cutoff=0.6)
    if near:
        return f"[{command}] is no camera command; did you mean [{_KNOWN[near[0]]}]?"
    return f"[{command}] is no camera command; it is sent as plain text."

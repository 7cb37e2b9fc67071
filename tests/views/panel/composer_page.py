"""The composer's parts on the page, and catalogues and images to open it with."""

from typing import Any

from playwright.sync_api import Locator

from tests.views.panel.fake import CATALOGUE
from tests.views.panel.pictures import thumbnail

STYLE = {
    "name": "style",
    "flag": "--style",
    "label": "Style",
    "unit": "",
    "help": "how it is drawn",
    "metavar": "",
    "choices": [],
    "several": "commas",
    "place": "main",
    "kind": "choice",
}
FUTURE = CATALOGUE | {
    "models": [
        *CATALOGUE["models"],
        {
            "short": "9-x2v",
            "kind": "image-to-video",
            "prompt_chars_max": 20,
            "takes_image": True,
            "takes_end_image": False,
            "fields": {"style": ["calm", "wild"], "loop": ["off", "on"], "duration": ["60"]},
            "not_together": [],
        },
    ],
    "options": [
        *CATALOGUE["options"],
        STYLE,
        STYLE | {"name": "loop", "label": "Loop", "kind": "switch", "several": ""},
        STYLE | {"name": "mood", "label": "Mood", "kind": "text", "place": "main"},
        STYLE | {"name": "secret", "label": "Secret", "kind": "flag", "place": "more"},
    ],
}
IMAGE: dict[str, Any] = {
    "settings": {"image": "sample:peak"},
    "frames": {
        "image": {
            "source": "sample:peak",
            "words": "JPEG · 1280 x 720 · 16:9 · 212 kB",
            "thumbnail": thumbnail(),
            "problems": [],
            "notes": [],
        },
        "end_image": None,
    },
}


def prompt(panel: Locator) -> Locator:
    """Return the prompt's field."""
    return panel.get_by_role("textbox", name="Prompt")


def counter(panel: Locator) -> Locator:
    """Return the prompt's counter."""
    return panel.locator(".script .count")


def row(panel: Locator, name: str) -> Locator:
    """Return an option's row."""
    return panel.locator(f"[data-option={name}]")


def chip(panel: Locator, name: str, value: str) -> Locator:
    """Return one value of an option."""
    return row(panel, name).locator(f".chip[data-value='{value}']")


def go(panel: Locator) -> Locator:
    """Return the big button."""
    return panel.locator("button.go")

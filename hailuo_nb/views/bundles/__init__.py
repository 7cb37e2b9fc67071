"""The front end as it is sent and saved: one text for each view, bundled from its modules.

`make front-end` writes the bundles; they are committed, so that nobody else needs Node. It
knows their names, not what they do.
"""

from functools import cache
from pathlib import Path
from typing import Literal

Name = Literal[
    "card",
    "clip",
    "compare",
    "desk",
    "grid",
    "heal",
    "judge",
    "kit",
    "loader",
    "panel",
    "tabs",
    "unpack",
]


SHARING: tuple[Name, ...] = ("grid", "judge", "panel")
"""Those that have the player; they take it from the kit, which lies there once for all of them."""


@cache
def bundle(name: Name) -> str:
    """Return a bundle's text without its first line, which says what it was made of."""
    own = (Path(__file__).parent / f"{name}.js").read_text("utf-8").partition("\n")[2]
    return bundle("kit") + own if name in SHARING else own

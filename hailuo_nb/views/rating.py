"""What a person thinks of a clip, for the eye: as state for a live view, as markup that stays.

Pure. All text of it is the person's own, or a stranger's, and is cleaned here.
"""

from collections.abc import Iterator
from typing import Any

from hailuo_nb.core.rating import STARS_MAX, Rating
from hailuo_nb.views.text import escaped, isolated, plain

_STYLE = "margin:4px 0 0 0;padding:0;font-size:12px;overflow-wrap:anywhere;white-space:pre-wrap"
_FULL, _EMPTY = "\N{BLACK STAR}", "\N{WHITE STAR}"


def rating_state(rating: Rating) -> dict[str, Any]:
    """Return a rating for `rating.js`: JSON values only."""
    return {
        "stars": rating.stars,
        "note": plain(rating.note),
        "tags": [plain(tag) for tag in rating.tags],
        "wins": rating.wins,
    }


def rating_html(rating: Rating) -> str:
    """Return a rating as it stays where no kernel lives; "" where none was given."""
    inner = " · ".join(_phrases(rating))
    return f'<p class="hailuo-rated" style="{_STYLE}">{inner}</p>' if inner else ""


def _phrases(rating: Rating) -> Iterator[str]:
    if rating.stars:
        signs = _FULL * rating.stars + _EMPTY * (STARS_MAX - rating.stars)
        words = escaped(f"{rating.stars} of {STARS_MAX} stars")
        yield f'<span role="img" aria-label="{words}" title="{words}">{signs}</span>'
    if rating.wins:
        yield "<strong>this one wins</strong>"
    yield from (isolated(f"#{tag}") for tag in rating.tags)
    if rating.note:
        yield isolated(rating.note)

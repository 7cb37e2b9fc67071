"""What stays for paper, where HTML does not come: one picture of all clips of a view, labelled.

Facts in, a picture out; it is drawn in the reading process, and only where it is not the same
as it was.
"""

from collections.abc import Sequence

from hailuo_nb.media.posters import contact_sheet
from hailuo_nb.views.facts import Facts
from hailuo_nb.views.text import one_line

Place = Facts | str
"""A clip, or why there is none."""

CLIPS_MAX = 60
"""Of more, paper shows the first ones."""


def card_picture(of: Facts) -> str:
    """Return a clip's poster above its strip as a ``data:`` URI of a JPEG, "" without a poster."""
    return contact_sheet(((tuple(of.pictures.split()), _words(of)),), 1) if of.poster else ""


def sheet_picture(places: Sequence[Place], columns: int) -> str:
    """Return the posters of clips, in rows of so many; "" where none has one."""
    more = len(places) - CLIPS_MAX
    shown = [*places[:CLIPS_MAX], *([f"and {more} more"] if more > 0 else [])]
    cells = tuple(
        ((), one_line(one)) if isinstance(one, str) else ((one.poster,), _words(one))
        for one in shown
    )
    return contact_sheet(cells, columns) if any(all(uris) and uris for uris, _ in cells) else ""


def _words(of: Facts) -> str:
    return of.title if of.state == "done" else f"{of.title}: {of.headline}"

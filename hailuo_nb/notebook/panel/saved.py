"""What the notebook keeps of a panel: a light picture of its form and of the newest clips.

It draws it where the panel stands, and anew while nobody looks after the panel.
"""

import uuid
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from hailuo_nb.core.cell_text import given
from hailuo_nb.core.options import Option
from hailuo_nb.session.session import Session
from hailuo_nb.store.gallery_queries import Wanted
from hailuo_nb.views.panel.picture import TILES_MAX, picture_html, picture_text


class SavedPicture:
    """The pictures of one panel, one for each cell that shows it.

    Parameters
    ----------
    here
        The session.
    place
        The class of the element in which the live panel stands.
    """

    def __init__(self, here: Session, place: str) -> None:
        self._here, self._place = here, place
        self._shown: list[str] = []
        self._drawn: dict[str, str] = {}

    def show(self, prompt: str, settings: Mapping[str, Any], view: Mapping[str, Any]) -> None:
        """Draw it in the running cell; with ``view`` where the host shows no place of ours."""
        self._shown.append(f"hailuo-{uuid.uuid4().hex}")
        self._drawn = self._picture(prompt, settings)
        host = self._here.host
        data = dict(self._drawn) | (dict(view) if host.needs_view else {})
        host.publish(data, metadata={}, display_id=self._shown[-1], update=False)

    def draw(self, prompt: str, settings: Mapping[str, Any]) -> None:
        """Draw it anew in every cell, where it is not what stands there."""
        picture = self._picture(prompt, settings)
        if picture == self._drawn or self._here.host.needs_view:
            return
        self._drawn = picture
        for display_id in self._shown:
            self._here.host.publish(dict(picture), metadata={}, display_id=display_id, update=True)

    def _picture(self, prompt: str, settings: Mapping[str, Any]) -> dict[str, str]:
        shelf = self._here.history.shelf
        newest = shelf.page(Wanted(), TILES_MAX)
        posters = shelf.posters([snapshot.id for snapshot in newest])
        shown = [replace(snapshot, poster=posters.get(snapshot.id)) for snapshot in newest]
        options = [_option_words(option, value) for option, value in given(settings)]
        return {
            "text/html": picture_html(self._place, prompt, options, shown),
            "text/plain": picture_text(prompt, shown),
        }


def _option_words(option: Option, value: str | list[str] | bool) -> str:
    told = ", ".join(value) if isinstance(value, list) else "" if value is True else str(value)
    return f"{option.name.replace('_', ' ')} {told}".rstrip()

"""What keeps the ratings that are given on a page, and tells the page of those given elsewhere.

One model for each session. It has no view: its front end finds the clips that stand on the page,
in whatever view, and asks for theirs. It knows ids and ratings, not what a clip looks like.
"""

import logging
from collections.abc import Mapping
from functools import partial
from typing import Any

import anywidget
import traitlets

from hailuo_nb.core.rating import Rating, changed
from hailuo_nb.core.task import Snapshot
from hailuo_nb.errors import HailuoError, UsageError
from hailuo_nb.runner.task import Task
from hailuo_nb.session.session import Session
from hailuo_nb.views.bundles import bundle
from hailuo_nb.views.live import Reachable
from hailuo_nb.views.rating import rating_state
from hailuo_nb.views.text import plain

IDS_MAX = 1000
"""So many clips of a page are looked at in one message."""

_log = logging.getLogger("hailuo_nb")


class Desk(Reachable, anywidget.AnyWidget):
    """The model behind the ratings on a page.

    Parameters
    ----------
    here
        The session whose history keeps them.
    """

    _esm = bundle("desk")
    own = traitlets.Unicode().tag(sync=True)
    """Its own id, by which its front end finds whether its kernel lives."""

    def __init__(self, here: Session) -> None:
        super().__init__()
        self.own = str(self.model_id)
        self._here = here
        self._told: dict[str, Rating] = {}
        here.watchers.append(self.note)
        self.on_msg(self._on_message)

    def serves(self, here: Session) -> bool:
        """Whether it is this session's and open; somebody may have closed all widgets."""
        return self._here is here and self.comm is not None

    def note(self, snapshot: Snapshot) -> None:
        """Tell the page of a task's rating, where it shows another."""
        told = self._told.get(snapshot.id)
        if told is not None and told != snapshot.rating and self.comm is not None:
            self._tell({snapshot.id: snapshot.rating})

    def _on_message(self, _widget: object, content: object, _buffers: object) -> None:
        """Do what the page asks; ipywidgets would show a traceback in some cell."""
        message = content if isinstance(content, dict) else {}
        does = {"look": self._look, "rate": self._rate}.get(str(message.get("kind")))
        try:
            if does is not None:
                does(message)
        except HailuoError as error:
            words = plain(HailuoError.mask(str(error)))
            self.send({"kind": "refused", "ask": message.get("ask"), "refused": words})
        except Exception:  # noqa: BLE001 - the page hears that nothing was kept
            _log.exception("a message of the page could not be answered")
            words = "It could not be kept, by a fault of this package; the log says which."
            self.send({"kind": "refused", "ask": message.get("ask"), "refused": words})

    def _look(self, message: Mapping[str, Any]) -> None:
        """Tell the ratings of those clips that the history knows, as they are now."""
        given = message.get("ids")
        ids = (
            [id for id in given[:IDS_MAX] if isinstance(id, str)] if isinstance(given, list) else []
        )
        found = {known.id: known.rating for known in self._here.history.shelf.some(ids)}
        self._tell(found)
        for id, rating in found.items():
            task = self._here.own(id)
            if task is not None and task.snapshot.rating != rating:  # by another kernel
                task.rate(lambda now: now)

    def _rate(self, message: Mapping[str, Any]) -> None:
        change = message.get("change")
        rate = partial(changed, change=change if isinstance(change, dict) else {})
        task = self._task(message.get("id"))
        self._told.pop(task.id, None)  # what is answered is not told besides
        self._tell({task.id: task.rate(rate)}, ask=message.get("ask"))

    def _task(self, id: object) -> Task:
        task = self._here.dispatch.find(id) if isinstance(id, str) else None
        if task is None:
            raise UsageError("That clip is not in the history.", advice="")
        return task

    def _tell(self, ratings: Mapping[str, Rating], **more: object) -> None:
        self._told.update(ratings)
        told = {id: rating_state(rating) for id, rating in ratings.items()}
        self.send({"kind": "ratings", "ratings": told, **more})

"""One output of the notebook, from the first state to the saved HTML.

A card shows one clip, a grid several. It decides what is published and when: however
many clips change, four messages a second at most, and the end at once; the HTML that takes the live
view's place waits while somebody plays its clips. The live view draws the end itself, since the
HTML reaches neither an output widget nor a served page. What the pieces look like stands in a
`Look`. It never prints, and knows no IPython: the publisher is handed in.
"""

import logging
import time
import uuid
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hailuo_nb.core.fork import ProcessLock
from hailuo_nb.core.task import FINAL, Snapshot
from hailuo_nb.views.facts import Facts
from hailuo_nb.views.healing import Healing
from hailuo_nb.views.look import Look, Publish
from hailuo_nb.views.sources import awaits_picture, clip_of, picture_of, source_of

if TYPE_CHECKING:
    from hailuo_nb.views.live import Live

INTERVAL_S = 0.25
"""Seconds between two messages at least."""

PLAYING_S = 20.0
"""So long after the last word of it somebody is thought to play the clips."""

HELD_S = 600.0
"""So long the saved HTML waits for somebody who plays."""

_log = logging.getLogger("hailuo_nb")


class Output:
    """Tasks in one output: live while one of them runs, light HTML once all are final.

    Parameters
    ----------
    look
        How it looks.
    labels
        What tells each clip from the others.
    publish
        Sends a bundle; wraps the display publisher saved at load.
    on_stop, on_retry
        Called with a cell's number when the person presses "Stop watching" or "Try again"
        there, on any thread. What follows is told by `update`.
    locate
        Turns a clip's path into its address as seen from the notebook.
    later
        Calls a function after so many seconds, on the thread that calls `update`.
    healing
        What stands below it while it is live.
    """

    def __init__(
        self,
        *,
        look: Look,
        labels: Sequence[str],
        publish: Publish,
        on_stop: Callable[[int], None],
        on_retry: Callable[[int], None],
        locate: Callable[[Path], str],
        later: Callable[[float, Callable[[], None]], object],
        healing: Healing | None = None,
    ) -> None:
        self.display_id = f"hailuo-{uuid.uuid4().hex}"
        self._look = look
        self._labels = tuple(labels)
        self._publish = publish
        self._on_stop = on_stop
        self._on_retry = on_retry
        self._locate = locate
        self._later = later
        self._healing = healing
        self._lock = ProcessLock()
        self._widget: Live | None = None
        self._shown = False
        self._last: dict[int, Snapshot] = {}
        self._changed: set[int] = set()
        self._is_pausing = False
        self._playing_until_s = self._held_until_s = 0.0
        self._is_held = self._is_full = self._awaits_pictures = False

    def show(self, snapshots: Sequence[Snapshot]) -> None:
        """Draw it in the cell that is running; call it there, once.

        Parameters
        ----------
        snapshots
            One for each clip, in their order. One that `update` was given before counts
            as the newer one.
        """
        with self._lock:
            self._last = dict(enumerate(snapshots)) | self._last
            self._shown = True
            self._changed.clear()
            self._send(self._bundle() if self._is_over() else self._live(), update=False)
            self._heal()
            self._awaits_pictures = self._lacks_pictures()

    def update(self, index: int, snapshot: Snapshot) -> None:
        """Bring one clip to a new state; never raises, never prints.

        Called from the engine's thread in a clean context. The browser is told within
        `INTERVAL_S`, of the last cell's end at once.
        """
        try:
            with self._lock:
                self._update(index, snapshot)
        except Exception:  # noqa: BLE001  # a broken view must not end a paid task's watch
            _log.exception("the view of %s could not be updated", snapshot.id)

    def settle_again(self) -> None:
        """Publish the end once more from the cell that is running.

        Headless runners keep only messages whose parent is the running cell. Does
        nothing while a task runs, or where nothing was shown.
        """
        with self._lock:
            if self._shown and self._is_over():
                self._settle(at_once=True)

    def _update(self, index: int, snapshot: Snapshot) -> None:
        before = self._last.get(index)
        self._last[index] = snapshot
        if not self._shown:
            return
        if self._is_over():
            self._changed.add(index)
            self._settle()
        elif self._widget is not None or before is None or before.state != snapshot.state:
            # Shown when it was over: widgets are made in cells only.
            if before is not None and self._was_over(index, before):
                self._live_again()
            self._changed.add(index)
            if not self._is_pausing:
                self._flush()

    def _flush(self) -> None:
        """Tell the browser what has changed, and then nothing for a while."""
        changed, self._changed = sorted(self._changed), set()
        self._heal()
        if self._widget is not None:
            self._widget.change(self._traits(changed, self._widget.posters))
            self._keep_pictures(self._widget)
        else:
            self._send(self._bundle(), update=True)
        self._later(INTERVAL_S, self._resume)
        self._is_pausing = True

    def _keep_pictures(self, widget: "Live") -> None:
        """Once all start images are drawn, have a notebook that is saved now keep them."""
        is_played = time.monotonic() < self._playing_until_s
        if self._awaits_pictures and not is_played and not self._lacks_pictures():
            self._awaits_pictures = False
            self._send(self._live_bundle(widget), update=True)

    def _lacks_pictures(self) -> bool:
        return any(map(awaits_picture, self._last.values()))

    def _resume(self) -> None:
        """End the pause; what has changed in it is told now."""
        try:
            with self._lock:
                self._is_pausing = False
                if self._changed:
                    self._flush()
        except Exception:  # noqa: BLE001
            _log.exception("a view could not be updated")

    def _settle(self, *, at_once: bool = False) -> None:
        if self._widget is not None:  # who watches has the pictures, and keeps them
            names = [f"poster_{at}" for at in range(len(self._labels))]
            self._widget.change(self._traits(sorted(self._changed), self._widget.posters))
            self._widget.change(dict.fromkeys(names, "") | {"posters": []})
        self._changed.clear()
        self._held_until_s = 0.0 if at_once and not self._is_full else time.monotonic() + HELD_S
        self._save()

    def _save(self) -> None:
        """Publish what stays in the notebook, later if somebody plays what it would replace."""
        self._is_held = time.monotonic() < min(self._playing_until_s, self._held_until_s)
        if self._is_held:
            self._later(1.0, self._save_held)
        else:
            self._send(self._bundle(), update=True)
            if self._healing is not None:
                self._healing.end(self.display_id)

    def _heal(self) -> None:
        """Have what stands below know the tasks of now; a view that is not live has nothing."""
        if self._healing is not None and self._widget is not None and not self._is_over():
            shown = [self._last[at] for at in range(len(self._labels))]
            self._healing.show(self.display_id, shown, self._widget.pulse)

    def _save_held(self) -> None:
        try:
            with self._lock:
                if self._is_held and self._is_over():
                    self._save()
        except Exception:  # noqa: BLE001
            _log.exception("a view could not be saved")

    def _on_play(self, plays: bool, is_full: bool) -> None:
        with self._lock:
            self._is_full = is_full  # which what takes its place would end
            self._playing_until_s = time.monotonic() + PLAYING_S if plays else 0.0
            if self._is_held and not plays and self._is_over():
                self._save()

    def _stop(self, index: int) -> None:
        """Stop watching a clip; who asks after its end has not heard of it and is told again."""
        with self._lock:
            is_final = self._last[index].state in FINAL
            if is_final and self._widget is not None:
                self._widget.send_state([f"cell_{index}", "progress"])
                if self._is_over():
                    self._save()
        if not is_final:
            self._on_stop(index)

    def _was_over(self, index: int, before: Snapshot) -> bool:
        others = (one for at, one in self._last.items() if at != index)
        return before.state in FINAL and all(one.state in FINAL for one in others)

    def _live_again(self) -> None:
        """Put the live view back in its place: a task of it runs again."""
        if self._widget is None:
            return
        posters = self._posters(self._clips())
        cells = range(len(self._labels))
        self._widget.change({"posters": posters} | self._traits(cells, posters))
        self._send(self._live_bundle(self._widget), update=True)

    def _is_over(self) -> bool:
        return all(snapshot.state in FINAL for snapshot in self._last.values())

    def _live(self) -> dict[str, Any]:
        from hailuo_nb.views.live import live

        clips = self._clips()
        posters = self._posters(clips)
        state = self._traits(range(len(clips)), posters)
        board = self._look.board(clips) | ({"view": self.display_id} if self._healing else {})
        state |= {"board": board, "posters": posters}
        self._widget = live(
            self._look.bundle,
            size=len(clips),
            state=state,
            of_cell={
                "stop": self._stop,
                "retry": self._on_retry,
                "picture": partial(self._asked, picture_of),
                "clip": partial(self._asked, clip_of),
            },
            on_play=self._on_play,
        )
        return self._live_bundle(self._widget)

    def _live_bundle(self, widget: "Live") -> dict[str, Any]:
        return {**widget.view_data, **self._bundle()}

    def _posters(self, clips: Sequence[Facts]) -> list[str]:
        return list(dict.fromkeys(clip.pictures for clip in clips if clip.poster))

    def _asked(self, answer: Callable[[Facts], dict[str, Any]], index: int) -> dict[str, Any]:
        """Answer with what a cell's state does not hold once all is over."""
        with self._lock:
            clip = self._clip(index)
        return {"index": index} | answer(clip)

    def _traits(self, indices: Sequence[int], posters: Sequence[str]) -> dict[str, Any]:
        """Return the widget's traits for these cells; a known picture goes by its number."""
        traits: dict[str, Any] = {}
        for index in indices:
            clip = self._clip(index)
            seen = clip.pictures
            traits[f"cell_{index}"] = self._look.tile(clip)
            traits[f"poster_{index}"] = f"#{posters.index(seen)}" if seen in posters else seen
        of_all = [Facts(snapshot=self._last[index]) for index in range(len(self._labels))]
        return traits | {"progress": self._look.progress(of_all)}

    def _bundle(self) -> dict[str, Any]:
        clips = self._clips()
        bundle = {"text/html": self._look.html(clips), "text/plain": self._look.text(clips)}
        picture = self._look.picture(clips) if self._is_over() else ""
        return bundle | ({"image/jpeg": picture.partition(",")[2]} if picture else {})

    def _clips(self) -> list[Facts]:
        return [self._clip(index) for index in range(len(self._labels))]

    def _clip(self, index: int) -> Facts:
        snapshot = self._last[index]
        return Facts(
            label=self._labels[index],
            snapshot=snapshot,
            src=source_of(snapshot, self._locate),
        )

    def _send(self, data: dict[str, Any], *, update: bool) -> None:
        self._publish(data, metadata={}, display_id=self.display_id, update=update)

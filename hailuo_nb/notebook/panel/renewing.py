"""Quotes one after the other: typing, clips that end and the balance all ask for the newest.

It knows when a quote is due and who needs none of their own; what one says is not its affair.
"""

import itertools
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from hailuo_nb.core.fork import ProcessLock


class Renewing:
    """The newest quote of one form, made at most once at a time.

    Parameters
    ----------
    tell
        Makes the quote and tells it, as the answer to so many changes of the form.
    """

    def __init__(self, tell: Callable[[int], None]) -> None:
        self._tell = tell
        self._lock, self._counting = ProcessLock(), ProcessLock()
        self._tickets = itertools.count(1)
        self._seen = self._changes = 0
        self._is_held = False

    def renew(self, *, is_answer: bool = False) -> None:
        """Tell the newest quote, unless one that was begun since then has been told.

        Parameters
        ----------
        is_answer
            Whether the form was changed: then it is told even where it says the same.
        """
        with self._counting:
            ticket = next(self._tickets)
            self._changes += is_answer
        with self._lock:
            if self._is_held or ticket <= self._seen:
                return
            begun = next(self._tickets)
            self._tell(self._changes)
            self._seen = begun

    @contextmanager
    def held(self, *, renews: bool = True) -> Iterator[None]:
        """Make no quote in the block, and one for all of it at its end; none without ``renews``."""
        with self._lock:
            self._is_held = True
            try:
                yield
            finally:
                self._is_held = False
                if renews:
                    self.renew(is_answer=True)

"""One line below the running cell that tells how far something is, and what came of it."""

import uuid

from hailuo_nb.session.shell import Host

STEP = 0.05
"""It changes so often that a person sees it move, and a saved notebook holds one line."""


class Progress:
    """Say "film.mp4: 40 %" below the cell, in place, and at last something else.

    Parameters
    ----------
    host
        The notebook; a terminal, where a line cannot be changed, shows the last one alone.
    what
        What is made.
    """

    def __init__(self, host: Host, what: str) -> None:
        self._host, self._what = host, what
        self._display_id = f"hailuo-{uuid.uuid4().hex}"
        self._told = -1.0
        self._can_change = hasattr(host.shell, "kernel")

    def tell(self, share: float) -> None:
        """Say how much is done, 0 to 1; what differs too little is not said."""
        if self._can_change and share - self._told >= STEP:
            self._say(f"{self._what}: {share:.0%}")
            self._told = share

    def end(self, words: str) -> None:
        """Say what came of it, in place of how far it is."""
        if self._told < 0:
            self._host.show(html=None, text=words)
        else:
            self._say(words)

    def _say(self, words: str) -> None:
        update = self._told >= 0
        data = {"text/plain": words}
        self._host.publish(data, metadata={}, display_id=self._display_id, update=update)

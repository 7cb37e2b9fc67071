"""What each of our widgets can rely on: what the page sends to it arrives. It knows no view."""

from typing import Any


class Reachable:
    """Mixed into a widget, whose messages then go to the subshell that the page names.

    ipykernel sends them where the message came from under which the widget was last heard: for
    one that speaks from a thread that may be a subshell of somebody else's, gone since.
    """

    comm: Any

    def _send(self, msg: Any, buffers: Any = None) -> None:
        super()._send(msg, buffers)  # type: ignore[misc]
        if self.comm is not None:
            vars(self.comm).pop("_reply_subshell_id", None)

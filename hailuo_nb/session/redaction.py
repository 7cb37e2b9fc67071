"""The key, kept out of every word of ours: error texts, tracebacks and the log.

It is told how to blot the key out of a text, and never holds the key itself.
"""

import logging
import traceback
from collections.abc import Callable

from hailuo_nb.errors import HailuoError

Mask = Callable[[str], str]


def redact_with(mask: Mask) -> None:
    """Blot the key out of errors and of this package's log from now on.

    Parameters
    ----------
    mask
        Returns a text without the key; takes the place of an earlier one.
    """
    HailuoError.mask = staticmethod(mask)
    log = logging.getLogger("hailuo_nb")
    log.filters[:] = [known for known in log.filters if type(known).__name__ != KeyFilter.__name__]
    log.addFilter(KeyFilter(mask))


class KeyFilter(logging.Filter):
    """Lets every record through, without the key in its words or traceback."""

    def __init__(self, mask: Mask) -> None:
        super().__init__()
        self._mask = mask

    def filter(self, record: logging.LogRecord) -> bool:
        """Write the record's words out, where the key is in them."""
        words = record.getMessage()
        if self._mask(words) != words:
            record.msg, record.args = self._mask(words), ()
        if record.exc_info:
            drawn = "".join(traceback.format_exception(*record.exc_info)).rstrip("\n")
            if self._mask(drawn) != drawn:
                record.exc_info, record.exc_text = None, self._mask(drawn)
        return True

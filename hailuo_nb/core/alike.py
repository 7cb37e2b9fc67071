"""What two prompts share that look equal: a form for looking up, never for sending.

It knows Unicode and line ends. It must not know what a request is.
"""

import re
from unicodedata import normalize

UNSEEN = {
    "\u00a0": " ",  # no-break space
    "\u200b": "",  # zero-width space
    "\u2060": "",  # word joiner
    "\ufeff": "",  # byte order mark
}
"""What nobody sees, and what it stands for. Joiners (U+200C, U+200D) carry meaning and stay."""

_UNSEEN = str.maketrans(UNSEEN)
_LINE_END = re.compile(r"[^\S\n]*\n")


def normal_form(text: str) -> str:
    """Return a text in NFC, with plain line ends and blanks, and none at the end of a line."""
    if not text.isascii():
        text = normalize("NFC", text.translate(_UNSEEN))
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _LINE_END.sub("\n", text).rstrip()

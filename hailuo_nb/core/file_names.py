"""File names made of words that a person wrote, for every platform.

Pure. It knows what file systems refuse, not where a file lies.
"""

import re
import unicodedata

STEM_CHARS_MAX = 60
"""Even in four bytes each they are a name that every file system takes."""

_REFUSED = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]+')
_UNSEEN = ("Cf", "Cs", "Cn", "Co")
"""Categories of characters that nobody sees, or that are none."""

_DEVICE = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)


def stem_of(words: str, *, otherwise: str) -> str:
    """Return words as a file's name without its suffix.

    Parameters
    ----------
    words
        Any text.
    otherwise
        The name where nothing of them is left.
    """
    seen = "".join(one for one in words if unicodedata.category(one) not in _UNSEEN)
    line = " ".join(_REFUSED.sub(" ", unicodedata.normalize("NFC", seen)).split())
    stem = line[:STEM_CHARS_MAX].strip(" .")
    if _DEVICE.match(stem):
        stem = f"_{stem}"
    return stem or otherwise

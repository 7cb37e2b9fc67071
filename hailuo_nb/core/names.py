"""Names that several rooms share, and names made of what a person wrote; cheap to import.

It knows what Python and file systems refuse, not where a file lies.
"""

import re
from unicodedata import category, normalize

SIMULATOR = "simulator"
"""The service's name for the built-in simulator, whatever its port."""

FOLDER = "hailuo_videos"
"""The visible folder beside the notebook; servers do not serve dot-folders."""

MASK = "***"
"""Stands where a key was blotted out."""

CHAIN = "chain"
"""Begins the id of several clips in one, as no task's id begins; before a colon, names them."""

STEM_CHARS_MAX = 60
"""Even in four bytes each they are a name that every file system takes."""

_REFUSED = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]+')
_UNSEEN = ("Cf", "Cs", "Cn", "Co")
"""Categories of characters that nobody sees, or that are none."""

_DEVICE = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)


def is_chain(id: str) -> bool:
    """Return whether a clip's local id is that of several clips, one after another."""
    return id.startswith(CHAIN)


def as_name(text: str) -> str:
    """Return a name as Python has it: letters that look alike are the same ones.

    A text that can be no variable's name keeps its letters, composed.
    """
    name = normalize("NFKC", text)
    return name if name.isidentifier() else normalize("NFC", text)


def stem_of(words: str, *, otherwise: str) -> str:
    """Return words as a file's name without its suffix, for every platform.

    Parameters
    ----------
    words
        Any text.
    otherwise
        The name where nothing of them is left.
    """
    seen = "".join(one for one in words if category(one) not in _UNSEEN)
    line = " ".join(_REFUSED.sub(" ", normalize("NFC", seen)).split())
    stem = line[:STEM_CHARS_MAX].strip(" .")
    if _DEVICE.match(stem):
        stem = f"_{stem}"
    return stem or otherwise

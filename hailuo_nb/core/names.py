"""Names that several rooms share and that must cost nothing to import."""

from unicodedata import normalize

SIMULATOR = "simulator"
"""The service's name for the built-in simulator, whatever its port."""

FOLDER = "hailuo_videos"
"""The visible folder beside the notebook; servers do not serve dot-folders."""

MASK = "***"
"""Stands where a key was blotted out."""


CHAIN = "chain"
"""Begins the id of several clips in one, as no task's id begins; before a colon, names them."""


def is_chain(id: str) -> bool:
    """Return whether a clip's local id is that of several clips, one after another."""
    return id.startswith(CHAIN)


def as_name(text: str) -> str:
    """Return a name as Python has it: letters that look alike are the same ones.

    A text that can be no variable's name keeps its letters, composed.
    """
    name = normalize("NFKC", text)
    return name if name.isidentifier() else normalize("NFC", text)

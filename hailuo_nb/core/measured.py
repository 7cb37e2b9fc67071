"""What a measure found in a clip, wherever that is kept or shown.

It knows a value and by which definition it was found; it must not know what the measures are.
"""

from dataclasses import dataclass

Value = float | str


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What a measure found.

    Attributes
    ----------
    value
        A number or a word; None where the clip, or what was sent for it, has none.
    version
        That of the definition, 0 where it could not be measured at all: any later version
        measures it anew.
    words
        More to be said of it: a camera's whole sentence, or what is to be installed first.
    """

    value: Value | None
    version: int
    words: str = ""

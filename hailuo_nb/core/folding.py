"""Words as they are looked for: in every script, whatever their case and width.

Pure. What is kept and shown stays as it was typed; only the search reads it so.
"""

import re
import unicodedata

_ACCENTED_GREEK = re.compile(r"(?<=[\u03b1-\u03c9])[\u0300-\u036f]+")
"""Greek capitals are written without what stands on the small letters."""

_DOTTED_I = "i\u0307"
"""What the Turkish capital with a dot becomes."""


def folded(text: str) -> str:
    """Return a text in the one form of all that differ from it in case or width alone.

    The four Turkish letters I are one, "ß" is "ss", both small sigmas are one, full-width forms
    are the plain ones; other accents tell words apart.
    """
    if text.isascii():
        return text.lower()
    small = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    apart = unicodedata.normalize("NFD", small)
    plain = _ACCENTED_GREEK.sub("", apart.replace(_DOTTED_I, "i").replace("ı", "i"))
    return unicodedata.normalize("NFC", plain)

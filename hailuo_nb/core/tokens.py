"""Words as they are looked for, and as an index keeps them, so that no search reads every text.

Pure. What is kept and shown stays as it was typed; only the search reads it so. Scripts that write
words without blanks between them are kept as overlapping pairs of characters: so two that stand
together are found wherever they stand.
"""

import re
from functools import cache
from unicodedata import normalize

_ACCENTED_GREEK = re.compile(r"(?<=[\u03b1-\u03c9])[\u0300-\u036f]+")
"""Greek capitals are written without what stands on the small letters."""

_DOTTED_I = "i\u0307"
"""What the Turkish capital with a dot becomes."""

_UNSPACED = (
    "\u0e00-\u0eff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Tibetan, Burmese, Khmer
    "\u1100-\u11ff\u3040-\u30ff\u3130-\u318f\u31f0-\u31ff\uac00-\ud7af"  # kana, Hangul
    "\u3005\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # Han
)
_RUNS = rf"[{_UNSPACED}]+|(?:(?![{_UNSPACED}])[^\W_]|[\u0300-\u036f])+"
_PAIRED = rf"[{_UNSPACED}]"

WORDS_MAX = 10
"""So many words of a search are heeded."""


def folded(text: str) -> str:
    """Return a text in the one form of all that differ from it in case or width alone.

    The four Turkish letters I are one, "ß" is "ss", both small sigmas are one, full-width forms
    are the plain ones; other accents tell words apart.
    """
    if text.isascii():
        return text.lower()
    small = normalize("NFKC", normalize("NFKC", text).casefold())
    apart = normalize("NFD", small)
    plain = _ACCENTED_GREEK.sub("", apart.replace(_DOTTED_I, "i").replace("ı", "i"))
    return normalize("NFC", plain)


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """Return a pattern, made when it is first used: so many characters take longer than a load."""
    return re.compile(pattern)


def indexed(text: str) -> str:
    """Return a text as the index keeps it: tokens with blanks between them."""
    return " ".join(token for run in _runs(text) for token in _tokens(run))


def wanted(text: str) -> str | None:
    """Return what an FTS5 index is asked for; None where nothing in the text is a word.

    All words are asked for, each as the beginning of one; a run of characters without blanks as
    it stands.
    """
    asked = []
    for run in _runs(" ".join(text.split()[:WORDS_MAX])):
        pairs = _tokens(run)[:-1] if compiled(_PAIRED).match(run) and len(run) > 1 else [run]
        asked.append(f'"{" ".join(pairs)}"' + ("" if len(pairs) > 1 else "*"))
    return " ".join(asked) or None


def _runs(text: str) -> list[str]:
    return compiled(_RUNS).findall(folded(text))


def _tokens(run: str) -> list[str]:
    """Return the pairs of a run and its last character, which begins none; else the run."""
    return [run[at : at + 2] for at in range(len(run))] if compiled(_PAIRED).match(run) else [run]

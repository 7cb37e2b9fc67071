"""Words as an index keeps them: so that a search finds them without reading every text.

Pure. Scripts that write words without blanks between them are kept as overlapping pairs of
characters: so two that stand together are found wherever they stand.
"""

import re

from hailuo_nb.core.folding import folded

_UNSPACED = (
    "\u0e00-\u0eff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Tibetan, Burmese, Khmer
    "\u1100-\u11ff\u3040-\u30ff\u3130-\u318f\u31f0-\u31ff\uac00-\ud7af"  # kana, Hangul
    "\u3005\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # Han
)
_RUNS = re.compile(rf"[{_UNSPACED}]+|(?:(?![{_UNSPACED}])[^\W_]|[\u0300-\u036f])+")
_PAIRED = re.compile(rf"[{_UNSPACED}]")

WORDS_MAX = 10
"""So many words of a search are heeded."""


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
        pairs = _tokens(run)[:-1] if _PAIRED.match(run) and len(run) > 1 else [run]
        asked.append(f'"{" ".join(pairs)}"' + ("" if len(pairs) > 1 else "*"))
    return " ".join(asked) or None


def _runs(text: str) -> list[str]:
    return _RUNS.findall(folded(text))


def _tokens(run: str) -> list[str]:
    """Return the pairs of a run and its last character, which begins none; else the run."""
    return [run[at : at + 2] for at in range(len(run))] if _PAIRED.match(run) else [run]

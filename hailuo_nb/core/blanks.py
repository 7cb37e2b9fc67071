"""The blanks around alternatives: ``{slow | fast}`` says the same as ``{slow|fast}``.

It knows letters beside letters, not where they come from.
"""

from collections.abc import Sequence

Part = tuple[str, bool]
"""A piece of a prompt, and whether it is an alternative out of braces."""

BLANKS = " \t\u00a0"
_BEFORE = ("", "\n", *BLANKS, *"([{\u00bf\u00a1\u201c\u2018")
_BEHIND = ("", "\n", *BLANKS, *".,;:!?)]}\u2026\u201d")


def joined(parts: Sequence[Part]) -> str:
    """Return a prompt without the blanks of its alternatives that part no words.

    Beside a word they stay: ``{very |}slow`` has two readings, each with its blanks. An
    alternative of nothing takes one of the blanks on its two sides with it.
    """
    if not any(is_alternative for _, is_alternative in parts):
        return "".join(part for part, _ in parts)
    text = ""
    follows = _first_letters(parts)
    for (part, is_alternative), behind in zip(parts, follows, strict=True):
        if not is_alternative:
            text += part
            continue
        own = part.lstrip(BLANKS) if text[-1:] in _BEFORE else part
        own = own.rstrip(BLANKS) if behind in _BEHIND else own
        if not own and text[-1:] in (*BLANKS,) and behind in _BEHIND:
            text = text[:-1]
        text += own
    return text


def _first_letters(parts: Sequence[Part]) -> list[str]:
    """Return the letter that stands behind each part, "" at the end."""
    found, letter = [], ""
    for part, _ in reversed(parts):
        found.append(letter)
        letter = part[:1] or letter
    return found[::-1]

"""What a person thinks of a clip: stars, a note, tags, and whether it wins.

Pure. It must not know which clip.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from hailuo_nb.core.values import scalar, shown, whole_of, whole_text
from hailuo_nb.errors import OptionError

STARS_MAX = 5
NOTE_CHARS_MAX = 2000
TAG_CHARS_MAX = 40
TAGS_MAX = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating:
    """A person's own judgement of one clip.

    Parameters
    ----------
    stars
        1 to 5; None where none were given.
    note
        Free text, "" without one.
    tags
        Single words, in order, each once.
    wins
        Whether it is the one that was looked for.
    """

    stars: int | None = None
    note: str = ""
    tags: tuple[str, ...] = ()
    wins: bool = False

    def __bool__(self) -> bool:
        return self != NOT_RATED


NOT_RATED = Rating()


def check_stars(value: object) -> int | None:
    """Return a number of stars, None for none or 0.

    Raises
    ------
    OptionError
        It is no whole number from 0 to 5.
    """
    if value is None:
        return None
    number = whole_of(value)
    if number is None or not 0 <= number <= STARS_MAX:
        given = shown(scalar(value))
        raise OptionError(f"Stars are a whole number from 0 to {STARS_MAX}, not {given}.")
    return number or None


def check_note(value: object) -> str:
    """Return a note's text; raises `OptionError` where it is none or too long."""
    if not isinstance(value, str) or len(value) > NOTE_CHARS_MAX:
        raise OptionError(f"A note is a text of at most {NOTE_CHARS_MAX} characters.")
    return whole_text("A note", value).strip()


def bare_tag(typed: str) -> str:
    """Return a tag as it is kept, however it was typed: "#talk" is "talk"."""
    return typed.strip().removeprefix("#")


def check_tag(value: object) -> str:
    """Return a tag; raises `OptionError` where it is no short word without blanks."""
    tag = bare_tag(value) if isinstance(value, str) else ""
    if not 0 < len(tag) <= TAG_CHARS_MAX or len(tag.split()) > 1 or not tag.isprintable():
        raise OptionError(
            f"A tag is one word of at most {TAG_CHARS_MAX} characters, not {shown(value)}."
        )
    return tag


def check_tags(value: object) -> tuple[str, ...]:
    """Return tags as a rating has them; raises `OptionError` where one is none, or too many."""
    if isinstance(value, str) or not isinstance(value, Iterable):
        raise OptionError(f"Tags are several words, such as {{'talk'}}, not {shown(value)}.")
    after = NOT_RATED
    for tag in value:
        after = with_tag(after, check_tag(tag))
    return after.tags


def changed(rating: Rating, change: Mapping[str, object]) -> Rating:
    """Return a rating with a change that a page asks for; what it does not name stays.

    Parameters
    ----------
    rating
        As it is kept now, whoever wrote it.
    change
        "stars", "wins", "add" and "drop" (lists of tags), and "note": what it was where it was
        changed, and what it became. What somebody else has written meanwhile stays above that.

    Raises
    ------
    OptionError
        It asks for something that cannot be.
    """
    after = rating
    if "stars" in change:
        after = replace(after, stars=check_stars(change["stars"]))
    if "wins" in change:
        after = replace(after, wins=change["wins"] is True)
    if "note" in change:
        after = replace(after, note=_merged(rating.note, change["note"]))
    for tag in _tags(change.get("add")):
        after = with_tag(after, check_tag(tag))
    for tag in _tags(change.get("drop")):
        after = without_tag(after, str(tag))
    return after


def _merged(now: str, change: object) -> str:
    before, after = change if isinstance(change, list) and len(change) == 2 else (None, None)
    note = check_note(after)
    if now in ("", before, note):
        return note
    return check_note(f"{now}\n{note}") if note else now


def _tags(given: object) -> list[object]:
    return given[:TAGS_MAX] if isinstance(given, list) else []


def with_tag(rating: Rating, tag: str) -> Rating:
    """Return a rating that has a tag.

    Raises
    ------
    OptionError
        It has too many.
    """
    if tag in rating.tags:
        return rating
    if len(rating.tags) >= TAGS_MAX:
        raise OptionError(f"A clip takes at most {TAGS_MAX} tags.")
    return replace(rating, tags=tuple(sorted({*rating.tags, tag})))


def without_tag(rating: Rating, tag: str) -> Rating:
    """Return a rating that has not a tag."""
    return replace(rating, tags=tuple(one for one in rating.tags if one != tag))

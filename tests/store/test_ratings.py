"""What a person thinks of a clip: kept at once, changed by two at the same time, found again."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from hailuo_nb.core.rating import NOT_RATED, Rating, check_note, with_tag
from hailuo_nb.errors import OptionError
from hailuo_nb.store.gallery_queries import Wanted
from hailuo_nb.store.history import History
from hailuo_nb.store.ratings import rating_form, read_rating
from tests.store.make import snapshot_of

GOOD = Rating(stars=4, note="the mist is right", tags=("talk",), wins=True)


@pytest.fixture
def history(tmp_path: Path) -> Iterator[History]:
    """Open a history with three clips."""
    with History(tmp_path) as opened:
        for id in ("t1", "t2", "t3"):
            opened.add(snapshot_of(id), folder=Path("clips"))
        yield opened


def tagged(now: Rating | None, tag: str) -> Rating:
    return with_tag(now or NOT_RATED, tag)


def shown(history: History, **wish: object) -> set[str]:
    return {known.id for known in history.shelf.page(Wanted(**wish), 9)}  # type: ignore[arg-type]


def test_a_rating_is_of_its_clip_alone(history: History) -> None:
    """Wherever the clip is looked up."""
    assert history.ratings.change("t1", lambda _: GOOD) == GOOD
    by_id = {known.id: known.rating for known in history.shelf.page(Wanted(), 9)}
    assert by_id == {"t1": GOOD, "t2": NOT_RATED, "t3": NOT_RATED}
    known = history.get("t1")
    assert known is not None and known.rating == GOOD


def test_clips_are_found_by_what_is_thought_of_them(history: History) -> None:
    """Stars are at least so many; notes and tags are read like prompts."""
    history.ratings.change("t1", lambda _: GOOD)
    history.ratings.change("t2", lambda _: Rating(stars=2, tags=("Später",)))
    assert shown(history, stars=2) == {"t1", "t2"}
    assert shown(history, stars=3) == {"t1"}
    assert shown(history, tag="SPÄTER") == {"t2"}
    assert shown(history, text="mist") == {"t1"}
    assert shown(history, text="talk") == {"t1"}
    history.ratings.change("t1", lambda now: replace(now or NOT_RATED, note="fog"))
    assert shown(history, text="mist") == set()


def test_two_kernels_change_one_rating(history: History, tmp_path: Path) -> None:
    """What each adds is there at the end."""

    def tag(own: History, word: str) -> None:
        for number in range(20):
            own.ratings.change("t1", partial(tagged, tag=f"{word}{number}"))

    with History(tmp_path) as other:
        threads = [
            threading.Thread(target=tag, args=(own, word))
            for own, word in ((history, "a"), (other, "b"))
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(history.ratings.of(["t1"])["t1"].tags) == 40


def test_odd_stars_are_none_of_them(history: History) -> None:
    """They are not more than all others, nor the first in their order."""
    for id, stars in (("t1", 5), ("t2", 2)):
        history.ratings.change(id, partial(lambda _, stars: Rating(stars=stars), stars=stars))
    history._database.write("UPDATE ratings SET stars = 'x' WHERE id = 't1'", {})
    assert shown(history, stars=1) == {"t2"}
    (first, *_) = history.shelf.at(history.shelf.places(Wanted(), 3, by="stars"))
    assert first.id == "t2"


def test_a_note_keeps_whole_characters_alone() -> None:
    """Half of one could not be written."""
    assert check_note(" mist \U0001f98a ") == "mist \U0001f98a"
    with pytest.raises(OptionError, match="half of a character"):
        check_note("\ud83e")


@pytest.mark.parametrize(
    "odd", ["stars = 9", "stars = 'x'", "tags = '{'", "tags = '7'", "note = x'ff'"]
)
def test_a_damaged_rating_is_none(history: History, odd: str) -> None:
    """The clip and the others are as they were, and it can be rated anew."""
    history.ratings.change("t1", lambda _: GOOD)
    history.ratings.change("t2", lambda _: GOOD)
    history._database.write(f"UPDATE ratings SET {odd} WHERE id = 't1'", {})
    assert shown(history) == {"t1", "t2", "t3"}
    assert set(history.ratings.of(["t1", "t2"])) == {"t2"}
    assert "t2" in shown(history, tag="talk")
    assert "t2" in shown(history, stars=1)
    assert history.ratings.change("t1", lambda now: replace(now or NOT_RATED, stars=1)).stars == 1


def test_a_rating_is_read_as_it_was_written() -> None:
    """By a sidecar or a page; what is odd is none."""
    assert read_rating(rating_form(GOOD)) == GOOD
    assert read_rating({"stars": 6, "note": "", "tags": [], "wins": False}) is None
    assert read_rating("stars") is None


def test_without_an_index_the_same_is_found(history: History) -> None:
    """Where SQLite has no FTS5, texts are read one by one."""
    history.ratings.change("t1", lambda _: GOOD)
    history._database.write("DROP TABLE words", {})
    history.close()
    with History(history.path.parent) as again:
        again.rename("t2", "雪山の狐")
        assert shown(again, text="mist") == {"t1"}
        assert shown(again, text="雪山") == {"t2"}

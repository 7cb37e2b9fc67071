"""What a person thinks of a clip, as a task tells it while other kernels rate it, too."""

import pytest

from hailuo_nb.core.rating import NOT_RATED, Rating
from hailuo_nb.errors import OptionError
from hailuo_nb.session.session import Session
from tests.session.test_promotion import drafted


def test_tags_are_a_set_however_they_are_typed(session: Session) -> None:
    """They are set as a whole, too; a sign before one is none of it, and a text is no set."""
    (task,) = drafted(session, "A boat is tagged.")
    task.tags = ["#talk", "sea", "talk"]
    task.tags |= {"dusk"}
    assert set(task.tags) == {"dusk", "sea", "talk"}
    assert "#talk" in task.tags
    assert (task.tags & {"sea"}, task.tags - {"sea"}) == ({"sea"}, {"dusk", "talk"})
    task.tags.discard("#talk")
    for odd in ("sea", ["two words"], 5):
        with pytest.raises(OptionError):
            task.tags = odd  # type: ignore[assignment]
    assert set(task.tags) == {"dusk", "sea"}


def test_what_another_kernel_took_back_is_gone(session: Session) -> None:
    """The history has the word, not what this kernel was told before."""
    (task,) = drafted(session, "A boat is rated.")
    task.stars = 4
    session.history.ratings.change(task.id, lambda _: NOT_RATED)
    assert task.stars is None
    task.wins = True
    assert task.rating == Rating(wins=True)

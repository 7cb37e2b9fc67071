"""What a person thinks of a clip, as a task tells it while other kernels rate it, too."""

from hailuo_nb.core.rating import NOT_RATED, Rating
from hailuo_nb.session.session import Session
from tests.session.test_promotion import drafted


def test_what_another_kernel_took_back_is_gone(session: Session) -> None:
    """The history has the word, not what this kernel was told before."""
    (task,) = drafted(session, "A boat is rated.")
    task.stars = 4
    session.history.ratings.change(task.id, lambda _: NOT_RATED)
    assert task.stars is None
    task.wins = True
    assert task.rating == Rating(wins=True)

"""What is looked for in the history, by what a person may give."""

from pathlib import Path

import pytest

from hailuo_nb.errors import OptionError
from hailuo_nb.session.found import Found, look_for
from hailuo_nb.session.session import Session
from tests.store.make import snapshot_of


def looked_for(session: Session, **wish: str | Path) -> Found:
    """Return what is found, to be shown nowhere."""
    return look_for(session, None, display=lambda found: None, **wish)  # type: ignore[arg-type]


@pytest.mark.parametrize("given", ["my_notes.ipynb", Path("/home/ann/my_notes.ipynb")])
def test_clips_of_a_notebook_are_found_by_its_name_or_path(
    session: Session, given: str | Path
) -> None:
    """The history keeps its name alone."""
    for id, name in (("t1", "my_notes.ipynb"), ("t2", "my-notes.ipynb")):
        session.history.add(snapshot_of(id), folder=Path("clips"), notebook=name)
    assert [known.id for known in looked_for(session, notebook=given).snapshots(9)] == ["t1"]


def test_what_was_looked_up_stays_as_long_as_it_was(session: Session) -> None:
    """What is made later is in what is looked for later: no place of the first one is missing."""
    for id in ("t1", "t2"):
        session.history.add(snapshot_of(id), folder=Path("clips"))
    found = looked_for(session)
    assert (len(found), found[0].id) == (2, "t2")
    session.history.add(snapshot_of("t3"), folder=Path("clips"))
    assert len(found) == len(list(found)) == len(list(reversed(found))) == 2
    assert len(looked_for(session)) == 3


def test_a_table_of_nothing_has_its_columns(session: Session) -> None:
    """The same as with clips, so that what reads a column needs no other case."""
    nothing = looked_for(session, tag="none").to_frame()
    session.history.add(snapshot_of("t1"), folder=Path("clips"))
    assert repr(looked_for(session)) == "<1 task of the history>"
    assert list(nothing.columns) == list(looked_for(session).to_frame().columns)
    assert (len(nothing), nothing.index.name) == (0, "label")


def test_the_first_and_the_last_day_are_days(session: Session) -> None:
    """Whoever wants all of them may say so."""
    session.history.add(snapshot_of("t1"), folder=Path("clips"))
    for first, last in (("0001-01-01", "9999-12-31"), ("0001-01-02", "9999-12-30")):
        assert len(looked_for(session, since=first, until=last)) == 1
        assert len(looked_for(session, until=first)) == len(looked_for(session, since=last)) == 0


def test_an_order_that_is_none_is_refused(session: Session) -> None:
    """A way is up or down."""
    for sort in ("flicker", "flicker:falling", "flicker:rising", "stars"):
        assert len(looked_for(session, sort=sort)) == 0
    with pytest.raises(OptionError, match="not 'flicker:sideways'"):
        looked_for(session, sort="flicker:sideways")

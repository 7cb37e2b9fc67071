"""A clip that was taken in from a page: shown, and never taken for one's own."""

from dataclasses import replace
from pathlib import Path

from hailuo_nb.core.task import Snapshot
from hailuo_nb.store.gallery_queries import Wanted
from hailuo_nb.store.history import History
from tests.store.make import finished

PAID = "https://api.kie.ai"


def imported(folder: Path, **changes: object) -> Snapshot:
    """Make a clip of a paid service as it is taken in from a page."""
    facts = {"service": PAID, "task_id": None, "imported": "c0ffee", **changes}
    return finished("imported1", folder, **facts)


def test_it_is_found_as_what_it_is(history: History, tmp_path: Path) -> None:
    """By its id, by its words and in the gallery."""
    known = imported(tmp_path)
    history.add(known, folder=tmp_path)
    assert history.get(known.id) == known
    assert history.shelf.page(Wanted(text="samurai"), 9) == [known]


def test_it_answers_for_no_request(history: History, tmp_path: Path) -> None:
    """Not for the very same, nor for one that looks alike, nor as a sample of it."""
    known = imported(tmp_path)
    history.add(known, folder=tmp_path)
    asked, alike = known.request, replace(known.request, prompt=known.request.prompt + " ")
    for request in (asked, alike):
        assert history.same(request, PAID) is None
        assert history.last_sample(request, PAID) == 0
        assert history.of_identity(request.identity(PAID)) is None
    assert history.of_clip(known.sha256 or "") is None
    assert not history.recorded([asked.identity(PAID), asked.alike(PAID), asked.family(PAID)])
    own = replace(known, id="own1", imported=None, task_id="t-own1")
    history.add(own, folder=tmp_path)
    assert history.same(asked, PAID) == own


def test_it_counts_in_no_budget_and_no_estimate(history: History, tmp_path: Path) -> None:
    """Neither as spent nor as held, and not as a task of the person's own."""
    known = imported(tmp_path)
    history.add(known, folder=tmp_path)
    assert history.budget.entries() == ()
    assert history.durations_s(known.request, PAID) == []
    assert history.others(PAID, without="", since=0.0).credits == 0
    own = replace(known, id="own1", imported=None, task_id="t-own1")
    history.add(own, folder=tmp_path)
    assert [entry.spent for entry in history.budget.entries()] == [50.0]
    assert history.durations_s(known.request, PAID) == [180.5]
    assert history.others(PAID, without="", since=0.0).credits == 30

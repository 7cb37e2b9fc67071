"""The gallery finds what was typed in whatever case, in every script, in prompts and names."""

from dataclasses import replace
from pathlib import Path

import pytest

from hailuo_nb.store.gallery_queries import Wanted
from hailuo_nb.store.history import History
from tests.core.test_tokens import APART, SAME
from tests.store.make import snapshot_of


def keep(history: History, id: str, prompt: str, name: str | None = None) -> None:
    """Record a clip."""
    made = snapshot_of(id)
    made = replace(made, name=name, request=replace(made.request, prompt=prompt))
    history.add(made, folder=Path("clips"))


@pytest.mark.parametrize(("one", "other"), SAME)
def test_each_finds_the_other(history: History, one: str, other: str) -> None:
    """Whichever of the two was written, and whichever is typed."""
    keep(history, "worded", f"A storm, {one}, at dusk")
    keep(history, "named", "A storm", name=other)
    for word in (one, other):
        assert history.shelf.total(Wanted(text=word)) == 2
        found = history.shelf.page(Wanted(text=f"{word} dusk"), 5)
        assert [known.id for known in found] == ["worded"]


@pytest.mark.parametrize(("one", "other"), APART)
def test_another_word_is_not_found(history: History, one: str, other: str) -> None:
    """An accent that tells words apart is heeded."""
    keep(history, "t1", one)
    assert history.shelf.total(Wanted(text=other)) == 0


@pytest.mark.parametrize("asked", ["Pan left", "pan left", "左摇", "[Pan left]", "[左摇]"])
def test_a_camera_command_is_found_by_any_of_its_names(history: History, asked: str) -> None:
    """In English and Chinese, whichever was written; another command is not."""
    for id, prompt in (
        ("t1", "[Pan left] A sea"),
        ("t2", "[左摇]大海"),
        ("t3", "[Pan right] A sea"),
    ):
        keep(history, id, prompt)
    found = history.shelf.page(Wanted(asked=asked), 5)
    assert {known.id for known in found} == {"t1", "t2"}


@pytest.mark.parametrize("word", ["100%", "a_b", "~", "'", "\\", "%"])
def test_signs_stand_for_themselves(history: History, word: str) -> None:
    """Nothing in what is typed stands for anything else."""
    keep(history, "t1", "plain words")
    assert history.shelf.total(Wanted(text=word)) == 0
    history.rename("t1", f"so {word} it is")
    assert history.shelf.total(Wanted(text=word)) == 1


@pytest.mark.parametrize("column", ["prompt", "name"])
@pytest.mark.parametrize("odd", ["CAST(x'ff41' AS TEXT)", "x'ff41'", "7"])
def test_a_damaged_row_hides_no_other(history: History, column: str, odd: str) -> None:
    """What is no text is not found by one; the search finds the rest."""
    keep(history, "whole", "A storm", name="A storm")
    keep(history, "damaged", "A storm", name="A storm")
    sql = f"UPDATE tasks SET prompt = 'x', name = 'x', {column} = {odd} WHERE id = 'damaged'"
    history._database.write(sql, {})
    history._index.renew("damaged")
    found = history.shelf.page(Wanted(text="storm"), 5)
    assert [known.id for known in found] == ["whole"]

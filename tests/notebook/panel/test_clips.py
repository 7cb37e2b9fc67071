"""What is done with a clip in the panel: used again, compared, loaded, tried anew, kept."""

from collections.abc import Callable
from typing import Any

import pytest

from hailuo_nb import api
from hailuo_nb.errors import HailuoError
from hailuo_nb.runner.experiment import Experiment
from hailuo_nb.runner.task import Task
from hailuo_nb.session.session import Session
from tests.notebook.panel.conftest import Asked
from tests.session.conftest import Stage

Make = Callable[..., Asked]


def test_a_finished_clip_goes_back_into_the_form(panel: Make) -> None:
    """Its prompt and settings ask for the very same clip; its last frame starts the next."""
    shown = panel("a {{quiet}} sea", verbatim=True, image="sample:peak", duration="10")
    made = shown.generate()
    assert isinstance(made, Task)
    made.wait()
    other = panel("something else", end_image="sample:forest", repeat="3")
    other.ask("use", id=made.id)
    assert other.quote["due"] == 0
    assert other.settings["image"] == "sample:peak"
    assert "repeat" not in other.settings
    other.ask("continue", id=made.id)
    assert other.settings["image"] == f"clip:{made.id}"
    assert other.frames["image"]["thumbnail"].startswith("data:image/jpeg")
    (due,) = api.generate("on", dry_run=True, **other.settings).clips  # type: ignore[union-attr]
    assert made.id in str(due.body)


def test_a_clip_is_rated_in_the_panel(panel: Make, session: Session) -> None:
    """What is asked for is kept and told to every panel; what cannot be is refused in words."""
    shown, other = panel("a sea"), panel("a lake")
    made = shown.generate()
    assert isinstance(made, Task)
    made.wait()
    other.look()
    shown.ask("rate", id=made.id, change={"stars": 4, "add": ["talk"]})
    answer = shown.ask("rate", id=made.id, change={"note": ["", "Slower."], "wins": True})
    kept = {"stars": 4, "note": "Slower.", "tags": ["talk"], "wins": True}
    assert answer["rating"] == kept
    assert (made.stars, made.note, set(made.tags), made.wins) == (4, "Slower.", {"talk"}, True)
    (listed,) = other.ask("page", filter={})["rows"]
    assert (listed["rating"], listed["line"].split()[0]) == (kept, "%%hailuo")
    other.look()
    assert other.heard.of("rows")[-1]["rows"][-1]["rating"] == kept
    assert "refused" in shown.ask("rate", id=made.id, change={"stars": 6})
    assert made.stars == 4


def test_a_failed_clip_is_tried_again_once(panel: Make, session: Session, stage: Stage) -> None:
    """Two clicks on "Try again" make one new task, for what was refused."""
    stage.play("fail-moderation")
    shown = panel("a sea")
    made = shown.generate()
    assert isinstance(made, Task)
    with pytest.raises(HailuoError):
        made.wait()
    stage.play()
    shown.ask("retry", id=made.id)
    shown.ask("retry", id=made.id)
    assert len(session.tasks) == 2
    session.tasks[-1].wait()


def test_clips_are_compared_in_the_panel(panel: Make) -> None:
    """2 to 9 clips come as one comparison; fewer are refused in words."""
    shown = panel("a {b|c} sea")
    made = shown.generate()
    assert isinstance(made, Experiment)
    made.wait()
    html = shown.ask("compare", ids=[task.id for task in made])["html"]
    assert html.count("<video") == 2
    assert "<script" not in html
    assert "2 to 9" in shown.ask("compare", ids=[made[0].id])["refused"]


def test_picked_clips_are_voted_on_in_the_panel(panel: Make) -> None:
    """Nothing of a prompt is told before the result; one clip is refused in words."""
    shown = panel("a {calm|wild} pond")
    made = shown.generate()
    assert isinstance(made, Experiment)
    made.wait()
    picked: dict[str, Any] = {"ids": [task.id for task in made]}
    ballot = shown.ask("judge", does="look", **picked)["ballot"]
    assert "calm" not in str(ballot)
    assert {side["id"] for side in ballot["clips"]} == set(picked["ids"])
    voted = shown.ask("judge", does="vote", turn=0, outcome="left", **picked)["ballot"]
    assert (voted["turn"], voted["can_undo"]) == (1, True)
    back = shown.ask("judge", does="undo", turn=1, **picked)["ballot"]
    assert (back["turn"], back["can_undo"]) == (2, False)
    html = shown.ask("judge", does="result", **picked)["html"]
    assert "calm" in html
    assert "<script" not in html
    assert "two prompts" in shown.ask("judge", does="look", ids=[made[0].id])["refused"]


def test_a_clip_comes_in_pieces_where_the_page_cannot_load_it(panel: Make) -> None:
    """Its pieces make the file again; an unknown one is refused."""
    shown = panel("a sea")
    made = shown.generate()
    assert isinstance(made, Task)
    made.wait()
    assert made.video is not None
    got = b""
    size = 1
    while len(got) < size:
        size = shown.ask("clip", id=made.id, start=len(got))["size"]
        got += shown.heard.buffers[-1][0]
    assert got == made.video.read_bytes()
    assert "refused" in shown.ask("clip", id="nothing", start=0)


def test_the_saved_picture_is_light_and_plain(panel: Make) -> None:
    """It names what stands in the form as text and weighs little, whatever was typed."""
    shown = panel("<script>alert(1)</script> sea", duration="10")
    made = shown.generate()
    assert isinstance(made, Task)
    made.wait()
    html = shown._saved._picture(shown.prompt, shown.settings)["text/html"]
    assert "<script" not in html
    assert "&lt;script&gt;" in html
    assert shown.place in html
    assert "duration 10" in html
    assert len(html) < 60_000

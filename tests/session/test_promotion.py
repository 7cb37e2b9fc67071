"""Drafts, and the best of them in full size: what is planned, sent, paid for and remembered."""

import hashlib
import time
from typing import Any

import numpy as np
import pytest

from hailuo_nb.core.drafts import NO_SEED
from hailuo_nb.core.vote import Vote
from hailuo_nb.errors import BudgetExceeded, ImageError, OptionError, UsageError
from hailuo_nb.runner.experiment import Experiment
from hailuo_nb.session.chosen import drafts_of
from hailuo_nb.session.expand import Ask
from hailuo_nb.session.images import DIGEST_CHARS, FOLDER
from hailuo_nb.session.lookup import find
from hailuo_nb.session.plan import Plan
from hailuo_nb.session.planning import make_plan
from hailuo_nb.session.session import Session
from tests.session.conftest import Stage
from tests.store.make import image_bytes

FOREST = "sample:forest"


def planned(session: Session, prompt: str, **options: Any) -> Plan:
    """Return the plan of drafts."""
    return make_plan(session, Ask(prompt=prompt, draft=True, **{"image": FOREST} | options))


def drafted(session: Session, prompt: str, **options: Any) -> Experiment:
    """Return drafts that are made."""
    plan = planned(session, prompt, **options)
    session.dispatch.check(plan)
    return session.dispatch.send(plan).wait(60)


def sizes(plan: Plan) -> list[tuple[str, int]]:
    """Return each clip's resolution and seconds."""
    return [(item.request.resolution, item.request.duration_s) for item in plan.clips]


def test_two_of_24_cost_less_than_a_third(session: Session, stage: Stage) -> None:
    """24 drafts, two promoted to 02-i2v-pro: 402 credits where all in full size cost 1,368."""
    cell = "A {slow|fast} {red|blue|green} boat {turns|sinks|waits|drifts}."
    drafts = planned(session, cell, name="trial", max_credits=300)
    session.dispatch.check(drafts)
    stage.play("stuck-waiting")
    made = session.dispatch.send(drafts)
    two = made.promote(names=[0, 23], model="02-i2v-pro", dry_run=True)
    session.dispatch.check(two)
    whole = make_plan(session, Ask(prompt=cell, image=FOREST, model="02-i2v-pro"))
    made.stop()
    assert (len(drafts.due), drafts.credits) == (24, 24 * 12)
    assert (len(two.due), two.credits) == (2, 2 * 57)
    assert (drafts.credits + two.credits, whole.credits) == (402, 1368)


def test_a_plan_of_drafts_says_what_the_full_size_costs(session: Session) -> None:
    """In its line and in its headline, with the settings that each model is asked for."""
    plan = planned(session, "A {slow|fast} {red|blue|green} boat {turns|sinks|waits|drifts}.")
    assert plan.words.startswith("24 clips, 288 credits")
    assert plan.words.endswith("; in full size 720")
    assert "; in full size 720 (list of" in plan.headline
    assert "Draft: 02-i2v at 512P, 6 s." in plan.all_notes


def test_an_end_image_takes_the_cheapest_allowed_one(session: Session) -> None:
    """It is named, and can be sent."""
    plan = planned(session, "A boat.", end_image=FOREST)
    plan.check_due()
    assert sizes(plan) == [("768P", 6)]
    assert any("512P goes with no end image" in note for note in plan.all_notes)


def test_drafts_of_several_models_and_lengths(session: Session) -> None:
    """Each model has its own cheapest; a length that is given stays, and so does its full size."""
    plan = planned(session, "A boat.", model="02-i2v,2.3-i2v,h3-i2v")
    assert sizes(plan) == [("512P", 6), ("768P", 6), ("768P", 4)]
    assert plan.words.endswith("in full size 108")
    ten = planned(session, "A boat.", duration="6,10")
    assert sizes(ten) == [("512P", 6), ("512P", 10)]
    assert ten.words.endswith("in full size 80")


def test_a_promotion_is_the_full_size_that_was_quoted(session: Session, stage: Stage) -> None:
    """Each clip is sent in full, knows its draft, is told to be a new sample, and is free then."""
    drafts = drafted(session, "A {slow|fast} boat is quoted.", name="quoted")
    plan = drafts.promote(names=["fast", 0], dry_run=True)
    assert (plan.credits, sizes(plan)) == (60, [("768P", 6)] * 2)
    assert plan.all_notes.count(NO_SEED) == 1
    full = drafts.promote(names=["fast", 0]).wait(60)
    assert full.name == "quoted_full"
    assert [place.label for place in full.places] == ["fast", "slow"]
    assert [task.snapshot.parent for task in full] == [drafts[1].id, drafts[0].id]
    assert [one["input"]["resolution"] for one in stage.ledger()[-2:]] == ["768P"] * 2
    again = drafts.promote(names=["fast", 0], dry_run=True)
    assert (again.due, again.credits) == ((), 0)
    assert [task.id for task in drafts.promote(names=[1, 0])] == [task.id for task in full]


def test_the_lineage_outlives_the_kernel(session: Session) -> None:
    """It is in the history, in the experiment that is found again, and in its table."""
    drafts = drafted(session, "A {slow|fast} boat has a line.", name="lined")
    full = drafts.promote(names=[0]).wait(60)
    known = session.history.get(full[0].id)
    assert known is not None
    assert known.parent == drafts[0].id
    session.history.close()
    found = find(session, "lined_full")
    assert isinstance(found, Experiment)
    assert list(found.to_frame()["parent"]) == [drafts[0].id]
    assert drafts[0].snapshot.parent is None


def test_a_failed_promotion_tried_again_keeps_its_draft(session: Session, stage: Stage) -> None:
    """Another try is of the same draft."""
    drafts = drafted(session, "A {slow|fast} boat fails once.", name="unlucky")
    stage.play("fail-moderation")
    full = drafts.promote(names=[1])
    full[0]._job.over.wait(60)
    stage.play()
    again = full.try_again(0).wait(60)
    assert (again.id != full.places[0].identity, again.snapshot.parent) == (True, drafts[1].id)


def test_every_cap_holds(session: Session, stage: Stage) -> None:
    """The cell's own limit, the number of tasks and the day's cap; nothing is sent."""
    drafts = drafted(session, "A {slow|fast} boat has a cap.", name="capped")
    before = len(stage.ledger())
    with pytest.raises(BudgetExceeded, match="--max-credits allows 59"):
        drafts.promote(names=[0, 1], max_credits=59)
    with pytest.raises(OptionError, match="2 tasks; at most 1"):
        drafts.promote(names=[0, 1], max_tasks=1)
    session.history.budget.set_cap(30, "day")
    with pytest.raises(BudgetExceeded, match="a day are left"):
        drafts.promote(names=[0, 1])
    with pytest.raises(BudgetExceeded, match="needs 210 credits"):
        drafted(session, "A {a|b|c|d|e|f|g} boat.", name="dear", image=None)
    assert len(stage.ledger()) == before


def vote(session: Session, drafts: Experiment, *pairs: tuple[int, int]) -> None:
    """Record votes for the first clip of each pair against the second."""
    known = len(session.history.votes.of(str(drafts.name), drafts.study.digest).votes)
    session.history.votes.add(
        Vote(
            id=f"v{known + number}",
            experiment=str(drafts.name),
            digest=drafts.study.digest,
            judge="ann",
            left=drafts[better].id,
            right=drafts[worse].id,
            outcome="left",
            at=time.time() + number,
        )
        for number, (better, worse) in enumerate(pairs)
    )


def test_a_ranking_without_votes_says_so(session: Session) -> None:
    """It has a row for each prompt all the same, as typed; of a single one, too."""
    made = drafted(session, "A {slow|fast} boat has no votes.", name="bare", repeat=2)
    rows = made.ranking()
    assert [(row.name, row.values, row.votes, row.win_rate) for row in rows] == [
        (word, (("slow|fast", word),), 0, None) for word in ("slow", "fast")
    ]
    assert "there are no votes" in rows.note
    alone = drafted(session, "A boat alone.", name="alone", repeat=2)
    assert [(row.name, row.votes) for row in alone.ranking()] == [("alone", 0)]


def test_a_ranking_speaks_of_prompts_and_outlives_its_kernel(session: Session) -> None:
    """Each sample is a clip of its prompt; the votes are the history's."""
    made = drafted(session, "A {slow|fast|still} boat is judged.", name="judged", repeat=2)
    vote(session, made, (2, 0), (3, 1), (2, 4), (3, 5), (0, 4))
    rows = made.ranking()
    assert [row.name for row in rows] == ["fast", "slow", "still"]
    assert [row.votes for row in rows] == [4, 3, 3]
    assert all(0 < row.low < row.win_rate < row.high < 1 for row in rows)
    again = Session(session.config, display=lambda task: None)
    found = find(again, "judged")
    assert list(found.ranking()) == list(rows)
    again.close()


def test_the_best_by_votes(session: Session) -> None:
    """The first sample of each of the best prompts, in the ranking's order."""
    made = drafted(session, "A {slow|fast|still} boat is voted on.", name="ranked", repeat=2)
    with pytest.raises(UsageError, match=r"No votes yet that rank them: .*ranked\[0\]"):
        made.promote(top=1)
    vote(session, made, (0, 2))
    with pytest.raises(UsageError, match=r"No votes yet that rank them: .*ranked\[0\]"):
        made.promote(top=1)
    vote(session, made, (5, 2), (4, 1), (0, 3), (5, 1))
    plan = made.promote(top=2, dry_run=True)
    assert [item.parent for item in plan.clips] == [made[4].id, made[0].id]
    with pytest.raises(OptionError, match="--top takes a number from 1 to 6"):
        made.promote(top=7, dry_run=True)
    with pytest.raises(UsageError, match="The votes rank 3, not 4"):
        made.promote(top=4, dry_run=True)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({}, "one of the two"),
        ({"top": 1, "names": [0]}, "one of the two"),
        (
            {"top": 1},
            r"No votes yet that rank them: name the clips\. .*%hailuo promote odd\[0\] odd\[1\]",
        ),
        ({"top": 3}, "--top takes a number from 1 to 2"),
        ({"names": [2]}, "There is no clip 2 among the 2"),
        ({"names": "still"}, "There is no clip 'still'"),
        ({"names": []}, "No clip is named"),
        ({"names": [True]}, "There is no clip True"),
        ({"names": [0], "model": "02-t2v"}, "takes no image"),
        ({"names": [0], "model": "03"}, "There is no model '03'"),
        ({"names": [0], "duration": "six"}, "--duration takes seconds"),
        ({"names": [0], "resolution": 7}, "--resolution takes text"),
        ({"names": [0], "resolution": "2K"}, "02-i2v has no resolution 2K"),
        ({"names": [0], "dry_run": "off"}, "--dry-run is True or False"),
    ],
)
def test_what_cannot_be_promoted_is_refused_in_words(
    session: Session, stage: Stage, options: dict[str, Any], words: str
) -> None:
    """Before anything is recorded or sent."""
    stage.play("stuck-waiting")
    drafts = session.dispatch.send(planned(session, "A {slow|fast} boat is odd.", name="odd"))
    with pytest.raises(UsageError, match=words):
        drafts.promote(**options)
    assert len(session.history.newest(9)) == 2
    drafts.stop()


def test_a_choice_is_read_as_in_a_cell(session: Session, stage: Stage) -> None:
    """Full-width signs and blanks are the plain ones; numbers of numpy are numbers."""
    stage.play("stuck-waiting")
    drafts = session.dispatch.send(planned(session, "A {slow|fast} boat is wide.", name="wide"))
    size = {"model": "２.３-i2v ", "resolution": "１０８０p", "duration": "６"}
    plan = drafts.promote(names=np.int64(1), dry_run=True, **size)
    assert [(item.request.model, item.parent) for item in plan.clips] == [
        ("hailuo/2-3-image-to-video-standard", drafts[1].id)
    ]
    assert sizes(plan) == [("1080P", 6)]
    drafts.stop()


def test_drafts_with_one_full_size_are_made_once(session: Session, stage: Stage) -> None:
    """An axis of the draft's size is none of the full size; a shorter clip is told of."""
    stage.play("stuck-waiting")
    cell = planned(session, "A {slow|fast} boat.", name="lengths", duration="6,10")
    drafts = session.dispatch.send(cell)
    plan = drafts.promote(names=[0, 1, 2, 3], model="02-i2v-pro", dry_run=True)
    assert [item.label for item in plan.clips] == ["slow", "fast"]
    assert any("2 clips with the full size of another" in note for note in plan.notes)
    cell = planned(session, "A {slow|fast} boat.", name="sizes", resolution="512P,768P")
    mixed = session.dispatch.send(cell)
    told = mixed.promote(names=["slow · 512P", "fast · 768P"], dry_run=True)
    assert [item.label for item in told.clips] == ["slow", "fast"]
    mixed.stop()
    kept = drafts.promote(names=[0, 1], dry_run=True)
    assert [item.label for item in kept.clips] == ["6 s", "10 s"]
    ten = drafts.promote(names=[1], model="02-i2v-pro", dry_run=True)
    assert any("makes no 10 s clip: it becomes one of 6 s" in note for note in ten.notes)
    drafts.stop()


def test_an_image_whose_bytes_are_gone_is_refused_unless_the_clip_is_there(
    session: Session, stage: Stage
) -> None:
    """A restored experiment has no bytes of a picture in memory; what was made stays free."""
    image = image_bytes("PNG")
    drafts = drafted(session, "A {slow|fast} picture is lost.", name="lost", image=image)
    drafts.promote(names=[0]).wait(60)
    found = find(session, "lost")
    assert isinstance(found, Experiment)
    assert found.promote(names=[0], dry_run=True).credits == 0
    with pytest.raises(ImageError, match="went with the kernel"):
        found.promote(names=[1])


def test_a_dropped_image_is_found_again(session: Session, stage: Stage) -> None:
    """A file that a page sent lies beside the clips, and is called by its name alone."""
    stage.play("stuck-waiting")
    data = image_bytes("PNG")
    kept = session.folder / FOLDER / hashlib.sha256(data).hexdigest()[:DIGEST_CHARS] / "boat.png"
    kept.parent.mkdir(parents=True)
    kept.write_bytes(data)
    cell = planned(session, "A {slow|fast} boat is dropped.", name="dropped", image=str(kept))
    drafts = session.dispatch.send(cell)
    found = find(session, "dropped")
    assert isinstance(found, Experiment)
    (item,) = found.promote(names=[1], dry_run=True).clips
    assert item.image is not None
    assert item.image.load is not None
    assert item.image.load() == data
    drafts.stop()


def test_what_is_promoted_is_meant_in_several_ways(session: Session, stage: Stage) -> None:
    """A name, clips of it by number, or single clips; never two experiments."""
    stage.play("stuck-waiting")
    drafts = session.dispatch.send(planned(session, "A {slow|fast} boat is meant.", name="meant"))
    single = session.dispatch.send(planned(session, "A boat is alone.", name="alone"))
    whole, numbers = drafts_of(session, ["meant"])
    assert ([task.id for task in whole], numbers) == ([task.id for task in drafts], None)
    whole, numbers = drafts_of(session, ["meant[1]", "meant[0]"])
    assert ([task.id for task in whole], numbers) == ([task.id for task in drafts], [1, 0])
    whole, numbers = drafts_of(session, ["meant[1]", "alone"])
    plan = whole.promote(names=numbers, dry_run=True)
    assert [item.parent for item in plan.clips] == [drafts[1].id, single[0].id]
    assert [item.label for item in plan.clips] == ["meant · fast", "alone"]
    for odd in (["meant", "alone"], ["meant", "meant"]):
        with pytest.raises(UsageError, match="One experiment is promoted at a time"):
            drafts_of(session, odd)
    with pytest.raises(UsageError, match="There is no task"):
        drafts_of(session, ["nothing"])
    drafts.stop()


def test_what_is_in_full_size_keeps_its_name(session: Session) -> None:
    """Promoted, it is shown and not called anew: by its old name it is found as before."""
    (made,) = session.dispatch.send(make_plan(session, Ask(prompt="A whole boat.", name="whole")))
    made.wait(60)
    whole, numbers = drafts_of(session, ["whole"])
    plan = whole.promote(names=numbers or [0], dry_run=True)
    assert plan.notes == (NO_SEED, "1 clip in full size already: shown as what was promoted.")
    (shown,) = whole.promote(names=numbers or [0])
    assert (shown.id, shown.name) == (made.id, "whole")
    assert session.history.find("whole") is not None
    assert find(session, "whole_full")[0].id == made.id


def test_a_last_frame_is_named_as_for_the_verbs(session: Session) -> None:
    """One of an experiment's by number, and what had a name before; an experiment has several."""
    drafts = drafted(session, "A {slow|fast} boat is named.", name="named")
    for prompt in ("A lone boat.", "Another lone boat."):
        session.dispatch.send(make_plan(session, Ask(prompt=prompt, name="lone"))).wait(60)

    def digest(source: object) -> str | None:
        (item,) = make_plan(session, Ask(prompt="It sails on.", image=source)).clips
        return item.request.image.digest if item.request.image else None

    assert digest("clip:named[1]") == digest(drafts[1])
    assert digest("clip:lone~1") == digest(find(session, "lone~1")) != digest("clip:lone")
    with pytest.raises(UsageError, match=r"named is an experiment of 2 clips\..* clip:named\[0\]"):
        digest("clip:named")
    with pytest.raises(UsageError, match="named has 2 clips"):
        digest("clip:named[2]")
    with pytest.raises(ImageError, match="There is no clip 'nothing'"):
        digest("clip:nothing")

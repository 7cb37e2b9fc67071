"""The HTML and text of a grid that stay in the notebook."""

import json
from dataclasses import replace
from typing import Any

import pytest

from hailuo_nb.core.matrix import Axis, LeftOut
from hailuo_nb.core.measured import Measured
from hailuo_nb.core.options import AGAIN
from hailuo_nb.core.task import FINAL, STATE_WORDS, Snapshot, State
from hailuo_nb.views.facts import Facts
from hailuo_nb.views.grid.grid import board_state, cell_state, grid_text
from hailuo_nb.views.grid.html import grid_html
from hailuo_nb.views.grid.words import progress_words, total_words
from tests.views.grid_samples import LEFT_OUT, MODEL, PACE, PLAN, SIZE, Sample, sample
from tests.views.samples import ERRORS, PROMPT, heavy_pictures, snapshot, strip
from tests.views.test_settled import HOSTILE, Reader

ENDED: tuple[State, ...] = ("done", "done", "failed", "done", "unsure", "done")
LONG = "é" * 1500


def html(of: Sample, src: str | None = "hailuo_videos/k3f9x2m7.mp4") -> str:
    """Return the grid as it stays."""
    return grid_html(of.board, of.clips(src))


def text(of: Sample) -> str:
    """Return the grid in plain text."""
    return grid_text(of.board, of.clips())


def test_a_grid_that_is_over_is_a_table_of_players() -> None:
    """Rows and columns have headers, each clip its player; one root holds them for the script."""
    page = Reader(html(sample(states=ENDED)))
    assert [head["scope"] for head in page.all("th")] == ["col"] * 3 + ["row"] * 2
    assert len(page.all("video")) == 4
    assert len(page.all("figure")) == 6
    (root,) = [one for one in page.all("div") if "hailuo-compare" in (one.get("class") or "")]
    assert root["class"] == "hailuo-compare hailuo-grid"
    assert len(page.all("script")) == 1
    for words in ("slow|fast", "resolution", *PACE.values, *SIZE.values):
        assert words in page.text


def test_what_all_clips_share_is_said_once() -> None:
    """Model and options stand above the grid; what differs is left to the headers."""
    told = Reader(html(sample(states=ENDED))).text.replace("\u00a0", " ")
    assert "All: model 02-i2v · duration 6 s · optimizer on" in told
    assert told.count("02-i2v") == 1
    assert "resolution 768P" not in told


def test_a_prompt_that_all_share_is_said_once() -> None:
    """Where only options vary, the prompt stands above the grid."""
    assert Reader(html(sample((SIZE, MODEL), ENDED))).text.count(PROMPT) == 1


def test_prompts_that_differ_are_kept_with_their_clips_names() -> None:
    """Every prompt is in the saved grid in full, under the labels of its clips."""
    told = Reader(html(sample(states=ENDED))).text
    assert "2 prompts" in told
    for pace in PACE.values:
        names = ", ".join(f"{pace} · {size}" for size in SIZE.values)
        assert f"{names}[Push in] A {pace} storm of sakura petals." in told


def test_the_end_says_what_came_of_it_and_what_it_took() -> None:
    """The first line counts the ends and adds up the credits; what was planned is gone."""
    told = Reader(html(sample(states=["done", "failed"]))).text
    assert "3 of 6 done, 3 failed · 90 simulated credits in all" in told
    assert PLAN not in told
    assert "2 there already, free" in told
    assert told.count("SIMULATED") == 1
    assert PLAN in Reader(html(sample())).text


def test_a_failure_says_why_and_what_another_try_costs() -> None:
    """The reason stands in the cell, with the way to try it again and its price."""
    of = sample((SIZE,), ["done", "failed", "unsure"], service="https://api.kie.ai")
    told = Reader(html(of)).text
    assert ERRORS["failed"] in told
    assert ERRORS["unsure"] in told
    assert told.count("Add --retry to the cell to try it again") == 1
    assert "Add --retry to the cell to try it again (30 credits)." in told


def test_a_long_reason_is_folded_in_its_cell() -> None:
    """Its first sentence stands there, the rest opens without a script; a short one is whole."""
    long = sample((SIZE,), ["failed"], error="It was refused. " + "Change the prompt, please. " * 4)
    page = Reader(html(long))
    assert html(long).count('<bdi dir="auto">It was refused. </bdi></summary>') == 3
    assert len(page.all("details")) == 3
    assert page.text.count(long.snapshots[0].error) == 3
    assert Reader(html(sample((SIZE,), ["failed"], error="No. Nothing."))).all("details") == []


def test_a_combination_that_was_left_out_says_so_in_its_place_and_below() -> None:
    """The empty cell holds the reason, and the list names it with its label."""
    page = Reader(html(sample(states=ENDED, left_out=LEFT_OUT)))
    (reason,) = LEFT_OUT.values()
    assert page.text.count(reason) == 2
    assert f"Left out: fast · 1080P: {reason}" in page.text
    assert len(page.all("figure")) == 5


def test_one_axis_is_a_row_without_a_table() -> None:
    """Cells with captions follow one another and wrap."""
    page = Reader(html(sample((SIZE,), ["done"])))
    assert page.all("table") == []
    assert len(page.all("video")) == 3


def test_further_axes_are_sections_under_headings() -> None:
    """Without a script each sheet stands under a heading of its own; a script makes them tabs."""
    page = Reader(html(sample((PACE, SIZE, MODEL), ENDED)))
    assert len(page.all("section")) == len(page.all("h4")) == len(page.all("table")) == 2
    assert "model 02-i2v" in page.text
    assert "tablist" in html(sample((PACE, SIZE, MODEL), ENDED))
    assert "tablist" not in html(sample((PACE,), states=ENDED))


def test_notes_and_warnings_stand_below_once_each() -> None:
    """What the caller notes and what may disappoint in any prompt is listed without repeats."""
    of = replace(sample(states=ENDED, warnings=("Small image.",)), notes=("Merged.", "Merged."))
    told = Reader(html(of)).text
    assert (told.count("Merged."), told.count("Small image.")) == (1, 1)


def test_closed_in_mid_run_the_notebook_says_how_to_see_it() -> None:
    """The live bundle's twin lists what runs, shows what is done, and says the way back."""
    of = sample()
    page = Reader(html(of))
    for label, words in (("slow · 768P", "Queued at the service"), ("slow · 1080P", "Generating")):
        assert f"{label}{words}" in page.text
    assert len(page.all("video")) == 1
    for told in (page.text, text(of)):
        assert "Run this cell again to see it, free." in told
        assert "1 of 6 done, 1 failed" in told


def test_a_grid_that_pays_again_is_not_called_free() -> None:
    """With --again the way back is --repeat."""
    of = replace(sample(), notes=(f"{AGAIN} --repeat 2 in its place.",))
    for told in (Reader(html(of)).text, text(of)):
        assert "Run this cell again" not in told
        assert "With --repeat in place of --again this cell shows these clips, free." in told


def test_a_grid_without_a_clip_carries_no_script() -> None:
    """Where nothing can play, nothing is added."""
    assert "<script" not in html(sample(states=["queued"]))
    assert "hailuo-bar" not in html(sample(states=["failed"]))


@pytest.mark.parametrize("state", sorted(STATE_WORDS))
def test_hostile_text_stays_text(state: State) -> None:
    """Whatever field carries markup, no element and no handler comes of it, in any state."""
    of = hostile(state)
    page = Reader(html(of))
    assert "<script>alert" not in html(of)
    assert not any(key.startswith("on") for _, attributes in page.elements for key in attributes)
    assert {one.get("src") for one in page.all("img")} <= {of.snapshots[0].poster, *strip()}
    assert not {"\u202e", "\u2066"} & set(html(of))
    assert page.text.count("alert(1)</script>") >= 8
    assert "🐉 سلام" in page.text


def hostile(state: State) -> Sample:
    """Return an experiment whose every text is out to do harm."""
    rows, columns = Axis(name=HOSTILE, values=(HOSTILE, "b")), Axis(name="x", values=("y", HOSTILE))
    tabs = Axis(name="z", values=("1", HOSTILE))
    gone = {("b", HOSTILE, HOSTILE): HOSTILE}
    of = sample((rows, columns, tabs), [state], left_out=gone, error=HOSTILE, warnings=(HOSTILE,))
    shots = []
    for shot in of.snapshots:
        image = replace(shot.request.image, label=HOSTILE)
        request = replace(shot.request, prompt=HOSTILE, image=image, model=HOSTILE)
        evil = Measured(value=HOSTILE, version=1, words=HOSTILE)
        measured = {"camera": evil, "cuts": evil}
        named = replace(shot, request=request, name=HOSTILE, note=HOSTILE, measured=measured)
        shots.append(replace(named, parent=HOSTILE))
    return replace(of, snapshots=tuple(shots), notes=(HOSTILE,))


@pytest.mark.parametrize("src", ["javascript:alert(1)", "//evil.example/a.mp4", None])
def test_an_unsafe_or_missing_address_gives_no_player(src: str | None) -> None:
    """Without an address that a page may load, the poster stands in the cell."""
    page = Reader(html(sample(states=["done"]), src))
    assert page.all("video") == page.all("a") == []
    assert len([one for one in page.all("img") if one["src"] not in strip()]) == 6


@pytest.mark.parametrize("state", sorted(FINAL))
def test_a_saved_grid_is_light(state: State) -> None:
    """With the largest pictures and long prompts each clip takes under 60 kB in the file."""
    heavy = snapshot(state, prompt=LONG).request
    of = sample((SIZE, MODEL), [state], error=LONG, **heavy_pictures())
    shots = tuple(replace(shot, request=heavy) for shot in of.snapshots)
    assert len(json.dumps(html(replace(of, snapshots=shots)))) < 6 * 60_000


def test_long_labels_and_reasons_are_complete() -> None:
    """1500 characters on an axis or in a reason are all there."""
    long = "Petals & storm. " * 94
    of = sample((Axis(name="prompt", values=(long, "b")), SIZE), ["failed"], error=long)
    assert Reader(html(of)).text.count(long.strip()) >= 2


def test_the_text_twin_is_an_aligned_table() -> None:
    """Label, state, credits and file stand in columns, wide signs count two; reasons follow."""
    names = Axis(name="words", values=("樱花", "storm"))
    of = sample((names, SIZE), ["done", "failed"], error="No.", left_out={("樱花", "512P"): "No."})
    assert text(of).splitlines() == [
        "[SIMULATED] 3 of 5 done, 2 failed · 90 simulated credits in all",
        "label          state   credits  file",
        "樱花 · 768P    done    30       hailuo_videos/k3f9x2m7.mp4",
        "樱花 · 1080P   failed  0        –",
        "storm · 512P   done    30       hailuo_videos/k3f9x2m7.mp4",
        "storm · 768P   failed  0        –",
        "storm · 1080P  done    30       hailuo_videos/k3f9x2m7.mp4",
        "樱花 · 1080P: No.",
        "storm · 768P: No.",
        "Left out: 樱花 · 512P: No.",
    ]


def test_the_text_twin_stays_on_its_lines() -> None:
    """A line break in a label, a reason or a note makes no further line; data: is not in it."""
    of = hostile("failed")
    odd = replace(of, snapshots=tuple(replace(s, error="one\ntwo\rthree") for s in of.snapshots))
    odd = replace(odd, notes=("a\nb",))
    lines = grid_text(odd.board, odd.clips("data:video/mp4;base64,QUJD")).splitlines()
    assert len(lines) == 1 + 1 + 7 + 7 + 1 + 2


@pytest.mark.parametrize(
    ("state", "changes", "words"),
    [
        ("failed", {}, "30 simulated credits"),
        ("failed", {"service": "https://api.kie.ai"}, "30 credits"),
        ("stopped", {"task_id": None}, "30 simulated credits"),
        ("stopped", {}, None),
        ("unsure", {}, None),
        ("expired", {}, None),
        ("done", {}, None),
        ("queued", {}, None),
    ],
)
def test_only_what_cannot_be_paid_twice_is_offered_again(
    state: State, changes: dict[str, Any], words: str | None
) -> None:
    """What may still finish, or may have been billed, is looked at again, not sent again."""
    request = replace(snapshot().request, resolution="768P")
    assert Facts(snapshot=snapshot(state, request=request, **changes)).retry == words


def test_a_total_that_is_not_known_is_at_least() -> None:
    """Credits that are held, or that nobody knows of, are not counted as nothing."""
    shots = [snapshot("done"), snapshot("failed"), snapshot("done", credits=12.5)]

    def total(*more: Snapshot) -> str:
        return total_words([Facts(snapshot=shot) for shot in (*shots, *more)])

    assert total() == "42.5 simulated credits in all"
    assert total(snapshot("unsure")).startswith("at least 42.5 ")
    assert total(snapshot("stopped", task_id=None, credits=0.0)) == "42.5 simulated credits in all"
    assert total(snapshot("queued")) == ""


def test_progress_counts_every_kind_of_end() -> None:
    """Each state that is an end is counted under its own word."""
    states: list[State] = ["done", "failed", "expired", "unsure", "stopped", "queued"]
    assert progress_words(states) == (
        "1 of 6 done, 1 failed, 1 not saved, 1 unsure, 1 no longer watched"
    )


def test_the_live_grid_is_told_nothing_that_json_cannot_carry() -> None:
    """Board and cells are plain values that survive the way to the browser unchanged."""
    of = sample(left_out=LEFT_OUT)
    board, cells = board_state(of.board, of.clips()), [cell_state(clip) for clip in of.clips()]
    assert json.loads(json.dumps([board, cells])) == [board, cells]


def test_a_left_out_place_off_the_axes_is_listed_all_the_same() -> None:
    """Where a whole row was left out, the list still names what is missing."""
    of = sample((PACE, SIZE), ["done"])
    gone = LeftOut(coordinates=((PACE.name, "slow"), (SIZE.name, "2K")), reason="No 2K.")
    assert "Left out: slow · 2K: No 2K." in Reader(html(replace(of, left_out=(gone,)))).text

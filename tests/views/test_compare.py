"""The comparison's markup, as it is saved and as it reads with no script."""

import json
from dataclasses import replace
from typing import Any

import pytest

from hailuo_nb.core.measured import Measured
from hailuo_nb.core.task import FINAL, STATE_WORDS, State
from hailuo_nb.views.compare.compare import (
    box_size_px,
    comparison_body,
    comparison_html,
    comparison_text,
)
from hailuo_nb.views.facts import Facts
from hailuo_nb.views.text import plain
from hailuo_nb.views.tile import clip_figure
from tests.views.samples import ERRORS, PAID, PROMPT, heavy_pictures, poster, snapshot, strip
from tests.views.test_settled import HOSTILE, Reader

SRC = "hailuo_videos/k3f9x2m7.mp4"


def clip(label: str = "slow", state: State = "done", **changes: object) -> Facts:
    """Return a clip in this state; keywords replace fields of its snapshot."""
    return Facts(label=label, snapshot=snapshot(state, name=label, **changes), src=SRC)


def test_each_clip_is_a_plain_player_without_the_script() -> None:
    """Controls, relative address, poster and the linked picture are in the markup itself."""
    page = Reader(comparison_body([clip("slow"), clip("fast")]))
    assert page.all("script") == []
    for video in page.all("video"):
        assert {"controls", "loop", "muted", "playsinline"} <= video.keys()
        assert (video["src"], video["preload"]) == (SRC, "none")
        assert (video["poster"] or "").startswith("data:image/jpeg;base64,")
    assert [link["href"] for link in page.all("a")] == [SRC, SRC]
    assert [figure["data-label"] for figure in page.all("figure")] == ["slow", "fast"]


def test_captions_say_which_and_what_became_of_it() -> None:
    """Label, time taken, price and the mark of the simulator stand under each clip."""
    page = Reader(clip_figure(clip("slow")))
    for fact in ("slow", "SIMULATED", "Done in 2 min 31 s", "30 simulated credits"):
        assert fact in page.text
    paid = replace(clip("slow"), snapshot=snapshot("done", service="https://api.kie.ai"))
    assert "simulated" not in clip_figure(paid).lower()


@pytest.mark.parametrize("state", sorted(FINAL - {"done"}))
def test_a_clip_that_did_not_come_says_why_in_its_place(state: State) -> None:
    """Poster and reason stand among the others, and no player."""
    page = Reader(clip_figure(clip("slow", state, service=PAID)))
    assert page.all("video") == []
    assert len(page.all("img")) == 1
    assert ERRORS[state] in page.text


@pytest.mark.parametrize("state", sorted(set(STATE_WORDS) - FINAL))
def test_a_clip_under_way_says_so(state: State) -> None:
    """A task that runs shows its state; nothing can be played yet."""
    page = Reader(clip_figure(clip("slow", state, poster=None)))
    assert page.all("video") == page.all("img") == []
    assert "no picture" in page.text


@pytest.mark.parametrize("src", ["javascript:alert(1)", "//evil.example/a.mp4", None])
def test_an_unsafe_or_missing_address_gives_no_player(src: str | None) -> None:
    """What a page may not load is not offered."""
    assert Reader(clip_figure(replace(clip(), src=src))).all("video") == []


@pytest.mark.parametrize("state", sorted(STATE_WORDS))
def test_hostile_text_stays_text(state: State) -> None:
    """Whatever field carries markup, no element and no handler comes of it."""
    base = snapshot(state)
    image = replace(base.request.image, label=HOSTILE)
    request = replace(base.request, prompt=HOSTILE, image=image, model=HOSTILE, resolution=HOSTILE)
    found = {key: Measured(value=HOSTILE, version=1, words=HOSTILE) for key in ("camera", "cuts")}
    more: dict[str, Any] = {
        "strip": ("javascript:alert(1)", f'x"{HOSTILE}'),
        "measured": found | {"loop": Measured(value=None, version=0, words=HOSTILE)},
        "parent": HOSTILE,
    }
    evil = replace(base, name=HOSTILE, request=request, error=HOSTILE, task_id=HOSTILE, **more)
    clips = [Facts(label=HOSTILE, snapshot=evil, src=SRC), clip("slow")]
    body = comparison_body(clips, HOSTILE)
    page = Reader(body)
    assert page.elements[0][1]["data-judge"] == plain(HOSTILE)
    assert not any(key.startswith("on") for _, attributes in page.elements for key in attributes)
    assert page.all("script") == []
    assert {a.get("src") for a in page.all("img")} <= {
        base.poster,
        clip().snapshot.poster,
        *strip(),
    }
    assert not {"\u202e", "\u2066"} & set(body + comparison_text(clips))


def test_prompts_are_set_against_the_first_word_by_word() -> None:
    """The first stands as it is; of another, words that came and went are marked."""
    page = comparison_body(
        [clip("in"), clip("out", prompt=PROMPT.replace("[Push in]", "[Pan up]"))]
    )
    assert "[Push in]</del>" in page
    assert "[Pan up]</ins>" in page
    assert Reader(page).text.count(PROMPT) == 1
    assert len(Reader(page).all("ins")) == len(Reader(page).all("del")) == 1


def test_words_that_go_leave_their_blank() -> None:
    """What is struck out does not stick to the word before it."""
    clips = [clip("a", prompt="A storm of petals at dusk."), clip("b", prompt="A storm of petals.")]
    assert Reader(comparison_body(clips)).text.count("A storm of petals at dusk.") == 2


def test_clips_of_one_prompt_share_its_line() -> None:
    """Equal prompts stand once, under the labels that have them."""
    odd = clip("c", prompt="A dragon.")
    page = Reader(comparison_body([clip("a"), clip("b"), odd]))
    assert "a, b" in page.text.replace("\n", "")
    assert page.text.count(PROMPT) == 1


def test_long_passages_that_prompts_share_are_shown_by_their_ends() -> None:
    """The whole text stands once; beside a change its neighbourhood is enough."""
    long = "Petals whirl up and dawn breaks. " * 40
    page = Reader(comparison_body([clip("a", prompt=long), clip("b", prompt="[Shake] " + long)]))
    assert page.text.count(long.strip()[240:]) == 1
    assert " … " in page.text
    assert len(page.all("ins")) == 1


def test_another_prompt_is_not_shown_as_a_change() -> None:
    """Where hardly a word stayed, the prompt stands as it is, with no marks."""
    page = Reader(comparison_body([clip("a"), clip("b", prompt="An empty harbour at noon.")]))
    assert "An empty harbour at noon." in page.text
    assert page.all("ins") == page.all("del") == []


def test_one_prompt_for_all_is_said_once() -> None:
    """There is nothing to set against each other."""
    page = Reader(comparison_body([clip("a"), clip("b")]))
    assert page.text.count(PROMPT) == 1
    assert "One prompt for all" in page.text
    assert page.all("ins") == page.all("del") == []


def test_a_clip_alone_is_set_against_none() -> None:
    """A page of one clip speaks of no others."""
    text = Reader(comparison_body([clip("a")])).text
    assert "for all" not in text
    assert "The prompt" in text
    assert "The options" in text


def test_options_that_differ_make_a_table() -> None:
    """One row a clip, one column an option; what all share is folded away below."""
    longer = clip("long")
    request = replace(longer.snapshot.request, duration_s=10)
    longer = replace(longer, snapshot=replace(longer.snapshot, request=request))
    page = Reader(comparison_body([clip("slow"), longer]))
    assert [head.get("scope") for head in page.all("th")] == ["col", "col", "row", "row"]
    assert len(page.all("td")) == 2
    for fact in ("duration", "6 s", "10 s", "6 more are the same", "02-i2v", "sample:peak"):
        assert fact in page.text.replace("\u00a0", " ")


def test_with_the_same_options_there_is_no_table() -> None:
    """A sentence says that nothing differs."""
    page = Reader(comparison_body([clip("a"), clip("b")]))
    assert page.all("table") == []
    assert "The same options for all" in page.text


def test_all_clips_share_the_commonest_box() -> None:
    """An upright clip among wide ones is shown whole in a wide box."""
    wide, upright = poster(384, 216), poster(216, 384)
    clips = [clip("a", poster=upright), clip("b", poster=wide), clip("c", poster=wide)]
    assert box_size_px(clips) == (384, 216)
    sizes = {(v["width"], v["height"]) for v in Reader(comparison_body(clips)).all("video")}
    assert sizes == {("384", "216")}


@pytest.mark.parametrize("number", [2, 9])
def test_a_saved_comparison_is_light(number: int) -> None:
    """With the largest pictures and long prompts that differ, under 60 kB a clip in the file."""
    clips = [
        clip(f"c{i}", **heavy_pictures(), prompt=f"{i} " + "é storm " * 180) for i in range(number)
    ]
    assert len(json.dumps(comparison_html(clips))) < 60_000 * number


def test_the_script_stands_at_the_end_and_once() -> None:
    """It comes after what it works on, and the markup before it needs it not."""
    clips = [clip("a"), clip("b")]
    html = comparison_html(clips)
    assert html.startswith(comparison_body(clips, "%hailuo judge a b"))
    assert html.count("<script") == html.count("</script>") == 1


def test_the_text_twin_has_a_line_and_a_place_for_each_clip() -> None:
    """What came out, what it cost, where it lies or why it is not there."""
    told = comparison_text([clip("slow"), clip("fast", "failed")])
    first, place, second, reason = told.splitlines()
    assert first == "[SIMULATED] slow: Done in 2 min 31 s, 30 simulated credits"
    assert place.strip() == SRC
    assert second == "[SIMULATED] fast: Failed, 0 simulated credits"
    assert reason.strip() == ERRORS["failed"]


def test_an_embedded_clip_is_named_by_its_file_in_text() -> None:
    """The text never holds a ``data:`` address."""
    held = replace(clip("slow"), src="data:video/mp4;base64,QUJD")
    assert comparison_text([held]).splitlines()[1].strip() == SRC
    assert comparison_body([held]).count("QUJD") == 1

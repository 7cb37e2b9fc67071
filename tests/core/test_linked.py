"""Lists that go together are pairs on one axis; what cannot go together is refused in words."""

import pytest

from hailuo_nb.core.cell_line import read_line
from hailuo_nb.core.cell_text import cell_text
from hailuo_nb.errors import HailuoError, OptionError
from hailuo_nb.session.expand import Ask, expand_ask
from hailuo_nb.session.plan import Plan

NAMES = {
    "who": ["fox", "owl", "elk"],
    "where": ["sea", "wood", "moor"],
    "heights": [2, 15.5],
    "many": list(range(5000)),
    "more": list(range(5000)),
}
LINK = "who,where,duration"


def planned(prompt: str, **options: object) -> Plan:
    """Return the plan of a cell."""
    return expand_ask(Ask(prompt=prompt, **options), NAMES)  # type: ignore[arg-type]


def test_linked_options_are_pairs_on_one_axis() -> None:
    """Not the product; each pair is priced, labelled and placed as one value."""
    plan = planned(
        "A {calm|wild} sea",
        model="02-i2v",
        image="https://example.com/a.png",
        duration="6,10",
        resolution="512P,768P",
        zip="duration,resolution",
    )
    asked = [(one.label, one.request.duration_s, one.request.resolution) for one in plan.clips]
    assert asked == [
        ("calm · 6 s, 512P", 6, "512P"),
        ("calm · 10 s, 768P", 10, "768P"),
        ("wild · 6 s, 512P", 6, "512P"),
        ("wild · 10 s, 768P", 10, "768P"),
    ]
    assert [(axis.name, axis.values) for axis in plan.axes] == [
        ("calm|wild", ("calm", "wild")),
        ("duration, resolution", ("6 s, 512P", "10 s, 768P")),
    ]
    assert plan.credits == 2 * sum(one.request.price.credits for one in plan.clips[:2])


def test_linked_lists_of_variables_are_pairs() -> None:
    """Also with an option, and in the order in which they are linked."""
    plan = planned("A {{who}} by the {{where}}", zip=["where", "who"])
    assert [one.request.prompt for one in plan.clips] == [
        "A fox by the sea",
        "A owl by the wood",
        "A elk by the moor",
    ]
    assert [axis.name for axis in plan.axes] == ["where, who"]
    plan = planned("A sea, {{heights}} m high", duration=[6, 10], zip="heights,--duration")
    assert [(one.label, one.request.duration_s) for one in plan.clips] == [
        ("2, 6 s", 6),
        ("15.5, 10 s", 10),
    ]


def test_a_list_and_an_option_of_one_name_go_together() -> None:
    """What a prompt says of its duration is its duration; said once where both are alike."""
    ask = Ask(prompt="{{duration}} s of {{who}}", duration=[6, 10, 6], zip="duration,who")
    for lengths, first in (([6, 10, 7], "6, 6 s, fox"), (["6 s", "10 s", "7 s"], "6 s, fox")):
        plan = expand_ask(ask, NAMES | {"duration": lengths})
        assert [axis.name for axis in plan.axes] == ["duration, who"]
        assert plan.clips[0].label == first
        assert [one.request.duration_s for one in plan.clips] == [6, 10, 6]
        assert [one.request.prompt.split()[0] for one in plan.clips] == ["6", "10", "7"]
    ask = Ask(prompt="{{duration}} s", duration="6,10", zip="duration")
    plan = expand_ask(ask, NAMES | {"duration": [6, 10]})
    assert [one.request.prompt for one in plan.clips] == ["6 s", "10 s"]
    ask = Ask(prompt="{{duration}} s of {{heights}}", duration="6,10,6", zip="duration,heights")
    with pytest.raises(OptionError, match=r"\{\{duration\}\} has 2, duration has 3, heights has 2"):
        expand_ask(ask, NAMES | {"duration": [6, 10]})


def test_as_many_pairs_are_taken_as_clips_at_all() -> None:
    """What is counted are pairs: the product of two lists of 5000 is never made."""
    assert len(planned("{{many}} of {{more}}", zip="many,more").clips) == 5000


def test_many_linked_options_are_never_all_combinations() -> None:
    """Of a thousand pairs of images there would be a million, each to be looked at."""
    some = [f"https://example.com/{number}.png" for number in range(1000)]
    made = planned("A sea", image=some, end_image=some[::-1], zip="image,end_image").clips
    asked = [(one.request.image, one.request.end_image) for one in made]
    assert [(a and a.url, b and b.url) for a, b in asked] == list(
        zip(some, some[::-1], strict=True)
    )


def test_prompts_with_an_image_each_are_as_many() -> None:
    """Not counted as every prompt with every image, which would be more than a cell may ask for."""
    some = [f"https://example.com/{at}.png" for at in range(150)]
    names = {"shots": [f"shot {at}" for at in range(150)]}
    plan = expand_ask(Ask(prompt="{{shots}}", image=some, zip="shots,image"), names)
    asked = [(one.request.prompt, one.request.image) for one in plan.clips]
    assert [(text, image and image.url) for text, image in asked] == list(
        zip(names["shots"], some, strict=True)
    )


def test_a_link_that_a_prompt_lacks_counts_each_of_its_clips() -> None:
    """A prompt without a linked list has every value of the others, and all of them are counted."""
    plan = planned("A {{who}}\n---\nAn {{where}}\n---\nA hill", duration=[6, 10, 6], zip=LINK)
    assert [one.label for one in plan.clips] == [
        *("1 A … · fox, 6 s", "1 A … · owl, 10 s", "1 A … · elk, 6 s #2"),
        *("2 An … · sea, 6 s", "2 An … · wood, 10 s", "2 An … · moor, 6 s #2"),
        *("3 A hill · 6 s", "3 A hill · 10 s"),
    ]
    hills = "\n---\n".join(f"A hill {number}" for number in range(5000))
    with pytest.raises(HailuoError, match="more than 10,000 clips"):
        planned("{{who}}\n---\n" + hills, duration=[6, 10, 6], zip="who,duration")


@pytest.mark.parametrize(
    ("prompt", "options", "words"),
    [
        ("{{who}} {{heights}}", {"zip": "who,heights"}, "who has 3, heights has 2"),
        ("{{who}}", {"zip": "who,duration", "duration": "6,10"}, "who has 3, duration has 2"),
        ("a", {"zip": "duration,resolution", "duration": "6,10"}, "duration has 2, resolution"),
        ("{{who}}", {"zip": "hwo,duration"}, "no list called 'hwo'. Did you mean who"),
        ("{{who}}", {"zip": "who"}, "two names or more"),
        ("{{who}}", {"zip": "who,"}, "two names or more"),
        ("{{who}}", {"zip": 7}, "--zip"),
    ],
)
def test_what_cannot_go_together_is_refused(
    prompt: str, options: dict[str, object], words: str
) -> None:
    """Lists of other lengths with all lengths; a name that is none with what may be meant."""
    with pytest.raises(HailuoError, match=words):
        planned(prompt, **options)


def test_a_cell_says_it_once() -> None:
    """A list of names becomes what is typed, and is read again."""
    cell = cell_text("A sea", {"duration": [6, 10], "zip": ["duration", "resolution"]})
    line = cell.partition("\n")[0].removeprefix("%%hailuo")
    assert read_line(line).values == {"duration": "6,10", "zip": "duration,resolution"}
    with pytest.raises(OptionError, match="twice"):
        read_line("--zip a,b --zip c,d")

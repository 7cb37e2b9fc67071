"""From what is typed in a cell to its plan: what is made, left out, merged and noted."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import hailuo_nb
from hailuo_nb.core.matrix import Axis
from hailuo_nb.core.models import MODELS
from hailuo_nb.core.options import AXES, MAX_TASKS
from hailuo_nb.core.request import make_request
from hailuo_nb.errors import HailuoError, ImageError, OptionError, PromptError, UsageError
from hailuo_nb.media.sources import find_image
from hailuo_nb.session.expand import Ask, expand_ask
from hailuo_nb.session.plan import Plan, PlanItem
from hailuo_nb.session.planning import with_samples
from tests.store.make import image_bytes

AXIS_NAMES = {option.name for option in AXES}
PNG_BYTES = image_bytes("PNG")
patiently = settings(
    deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
WORD = st.text("abc", min_size=1, max_size=2)
BODIES = st.lists(st.lists(WORD, min_size=1, max_size=3), max_size=3)
SOME = {
    "model": st.lists(st.sampled_from([model.short for model in MODELS]), max_size=3),
    "duration": st.lists(st.sampled_from(["6", "10", "7"]), max_size=3),
    "resolution": st.lists(st.sampled_from(["768p", "1080P", "512P"]), max_size=3),
    "optimizer": st.lists(st.sampled_from(["on", "off"]), max_size=2),
    "image": st.lists(st.sampled_from(["sample:peak", "sample:harbour"]), max_size=2),
}


def plan_of(prompt: str, names: Mapping[str, object] | None = None, **options: Any) -> Plan:
    """Return the plan of a cell, before anything of it is looked up."""
    return expand_ask(Ask(prompt=prompt, **options), names or {})


def checked(number: int, max_tasks: int | str | None) -> None:
    """Hold a plan of so many clips to its cap."""
    plan = plan_of("a", max_tasks=max_tasks)
    replace(plan, clips=plan.clips * number).check_due()


def test_a_blank_name_is_none() -> None:
    """It would take the name away from a task that has one."""
    assert [plan_of("a", name=blank).clips[0].name for blank in ("", " \t")] == [None, None]


def labels(plan: Plan) -> list[str]:
    """Return each clip's label."""
    return [item.label for item in plan.clips]


def facts(item: PlanItem, *names: str) -> tuple[object, ...]:
    """Return some of what is asked for."""
    return tuple(getattr(item.request, name) for name in names)


def test_one_combination_is_one_order() -> None:
    """A cell without an axis is what it was: one order, with neither label nor place."""
    plan = plan_of("a {{x}} sea", {"x": "calm"}, name="sea", duration="10", optimizer="off")
    assert plan.axes == plan.left_out == plan.notes == ()
    assert plan.clips == (
        PlanItem(
            request=make_request(prompt="a calm sea", duration_s=10, prompt_optimizer=False),
            name="sea",
        ),
    )


def test_every_option_reaches_the_request() -> None:
    """What does not vary is the same in each item."""
    plan = plan_of(
        "[Push inn] {a|b}",
        name="x",
        image="sample:peak",
        end_image="sample:harbour",
        model="02-i2v",
        duration=10,
        resolution="768p",
        optimizer=False,
        nsfw_check="on",
        callback="https://example.com/",
        watch_for=60.0,
        max_credits=9.0,
    )
    assert [item.request.prompt for item in plan.clips] == ["[Push inn] a", "[Push inn] b"]
    for item in plan.clips:
        assert item.request == make_request(
            prompt=item.request.prompt,
            image=find_image("sample:peak", {}).ref,
            end_image=find_image("sample:harbour", {}).ref,
            duration_s=10,
            resolution="768P",
            prompt_optimizer=False,
            nsfw_check=True,
            callback_url="https://example.com/",
        )
        assert (item.name, item.watch_for_s) == ("x", 60.0)
        assert item.image is not None
        assert item.image.ref == item.request.image
        assert item.end_image is not None
        assert item.end_image.ref == item.request.end_image
        assert item.warnings == ("[Push inn] is no camera command; did you mean [Push in]?",)


def test_axes_stand_in_their_order() -> None:
    """Prompts first, then the options in the table's order; the last axis is the fastest."""
    plan = plan_of("{slow|fast} sea", duration="10,6", model="02-t2v,02-t2v", resolution="768P")
    assert plan.axes == (
        Axis(name="slow|fast", values=("slow", "fast")),
        Axis(name="duration", values=("10 s", "6 s")),
    )
    assert labels(plan) == ["slow · 10 s", "slow · 6 s", "fast · 10 s", "fast · 6 s"]
    assert plan.clips[1].coordinates == (("slow|fast", "slow"), ("duration", "6 s"))
    assert facts(plan.clips[1], "prompt", "duration_s") == ("slow sea", 6)


def test_lists_of_python_are_axes() -> None:
    """What the magic takes with commas or again, Python takes as a list."""
    typed = plan_of("a", image=["sample:peak", "sample:harbour"], duration="6,10", model="02-i2v")
    listed = plan_of(
        "a", image=("sample:peak", "sample:harbour"), duration=[6, 10], model=["02-i2v"]
    )
    assert [item.request for item in typed.clips] == [item.request for item in listed.clips]
    assert [axis.name for axis in listed.axes] == ["duration", "image"]
    assert listed.axes[1].values == ("sample:peak", "sample:harbour")


def test_none_in_a_list_is_the_default() -> None:
    """With and without an image, or a model named and the default, can be compared."""
    plan = plan_of("a", image=[None, "sample:peak"])
    assert [item.request.model for item in plan.clips] == [
        "hailuo/02-text-to-video-standard",
        "hailuo/02-image-to-video-standard",
    ]
    assert labels(plan) == ["no image", "sample:peak"]
    assert labels(plan_of("a", duration=[None, 10])) == ["default duration", "10 s"]


def test_the_optimizer_s_values_say_what_they_are() -> None:
    """A label such as on alone would not say of what."""
    plan = plan_of("a", optimizer="on,off", end_image=["sample:peak"], image="sample:peak")
    assert labels(plan) == ["optimizer on", "optimizer off"]
    both = plan_of("a", image="sample:peak", end_image=["sample:peak", "sample:harbour"])
    assert labels(both) == ["end sample:peak", "end sample:harbour"]


def test_images_are_called_by_what_was_typed() -> None:
    """A file by its name, an address by its last part, a variable by its name."""
    names = {"png": PNG_BYTES}
    addresses = [f"https://example.com/{'long/' * 20}a.png", "https://example.com/b/"]
    plan = plan_of("a", names, image=["png", *addresses, PNG_BYTES + b"x", PNG_BYTES + b"y"])
    assert labels(plan) == ["png", "a.png", "b", "bytes", "bytes #2"]


def test_what_the_model_does_not_allow_is_left_out() -> None:
    """The other combinations are made, and the reason is told with label and place."""
    plan = plan_of(
        "{a|b}", image="sample:peak", model="2.3-i2v", duration="6,10", resolution="1080P"
    )
    assert labels(plan) == ["a · 6 s", "b · 6 s"]
    assert [one.label for one in plan.left_out] == ["a · 10 s", "b · 10 s"]
    assert {one.reason for one in plan.left_out} == {"2.3-i2v makes no 10 s clip at 1080P."}
    assert plan.left_out[0].coordinates == (("a|b", "a"), ("duration", "10 s"))
    assert plan.axes[1].values == ("6 s", "10 s")


def test_a_prompt_too_long_for_one_model_is_left_out_there() -> None:
    """What a prompt is too long for is the model's matter, not the cell's."""
    plan = plan_of("x" * 2000, image="sample:peak", model="02-i2v,2.3-i2v")
    assert labels(plan) == ["2.3-i2v"]
    assert "2000 characters" in plan.left_out[0].reason


def test_one_order_alone_raises_as_it_always_did() -> None:
    """Without an axis an error is itself, not a list of one."""
    with pytest.raises(OptionError, match=r"^02-t2v has no duration of 7 s; it could be 6 or 10\."):
        plan_of("a", duration=7)
    with pytest.raises(PromptError, match=r"^The prompt is empty\."):
        plan_of("---")
    with pytest.raises(ImageError, match="no sample"):
        plan_of("a", image="sample:no")


def test_none_left_is_an_error_with_the_reasons() -> None:
    """One reason for all is raised as it is; of several the first few are told."""
    with pytest.raises(OptionError, match=r"^2.3-i2v needs a start image\. Nothing was sent\."):
        plan_of("{a|b}", model="2.3-i2v")
    with pytest.raises(OptionError) as refused:
        plan_of("{a|b}", model="2.3-i2v,02-i2v,02-i2v-pro,2.3-i2v-pro", duration="6,10")
    assert refused.value.what == (
        "Not one of the 16 combinations can be made. "
        "a · 2.3-i2v · 6 s: 2.3-i2v needs a start image. "
        "a · 02-i2v · 6 s: 02-i2v needs a start image. "
        "a · 02-i2v-pro · 6 s: 02-i2v-pro needs a start image. "
        "And so on, for 4 reasons."
    )


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"duration": "6,six"}, "--duration takes seconds, such as 6, not 'six'"),
        ({"duration": "6,"}, "there is a comma with no value beside it"),
        ({"model": "02-t2v,03"}, "There is no model '03'"),
        ({"model": [None, 3]}, "--model takes text, not 3"),
        ({"resolution": 768}, "--resolution takes text, not 768"),
        ({"optimizer": "on,of"}, "--optimizer takes on or off, not 'of'"),
        ({"optimizer": []}, "--optimizer: the list is empty"),
        ({"nsfw_check": "on,off"}, "--nsfw-check takes on or off"),
        ({"callback": "a.example,b.example"}, "--callback takes an http"),
    ],
)
def test_what_no_model_could_mean_is_an_error(options: dict[str, Any], words: str) -> None:
    """A slip in a list is no combination that is quietly left out."""
    with pytest.raises(OptionError, match=words):
        plan_of("{a|b}", **options)


class Odd:
    """An object that tells nothing."""


NAN = float("nan")


ODD = (b"a", {"a": 1}, Path("a"), len, Odd(), True, NAN, [None], 1j)
FLAGS = ("again", "retry", "verbatim", "draft")
OTHERS = ("name", "nsfw_check", "callback", "watch_for", "max_credits", "max_tasks")
TAKEN = {*((name, True) for name in (*FLAGS, "optimizer", "nsfw_check"))}
"""What is of use, all the same."""


@pytest.mark.parametrize(
    ("name", "odd"),
    [
        (name, odd)
        for name in ("prompt", *FLAGS, *OTHERS, *sorted(AXIS_NAMES))
        for odd in ODD
        if not ((odd is True and (name, True) in TAKEN) or (odd == [None] and name in AXIS_NAMES))
    ],
)
def test_what_is_of_no_use_is_refused_in_words(name: str, odd: object) -> None:
    """Whatever is given for whichever option: one sentence that says for which."""
    with pytest.raises(UsageError) as refused:
        plan_of(**{"prompt": "a", name: odd})
    assert len(refused.value.what) < 200
    assert "0x" not in str(refused.value)


@pytest.mark.parametrize("value", ["off", "no", 1, 0, [], np.array([True])])
def test_a_flag_is_no_text(value: object) -> None:
    """As true as any text, "off" would pay where nothing was to be paid."""
    for name in FLAGS:
        with pytest.raises(OptionError, match=f"^--{name} is True or False, not "):
            plan_of("a", **{name: value})
    for name in ("wait", "dry_run"):
        with pytest.raises(OptionError, match=f"^--{name.replace('_', '-')} is True or False"):
            hailuo_nb.generate("a", **{name: value})


def test_numbers_of_numpy_and_others_are_numbers() -> None:
    """As an option, or as what limits it; a truth value of numpy is one."""
    plan = plan_of(
        "a",
        duration=np.int64(10),
        optimizer=np.bool_(False),
        again=np.bool_(True),
        watch_for=np.float32(90),
        max_credits=Decimal("50.5"),
        max_tasks=np.int16(3),
    )
    assert facts(plan.clips[0], "duration_s", "prompt_optimizer") == (10, False)
    assert (plan.clips[0].watch_for_s, plan.max_credits, plan.max_tasks) == (90.0, 50.5, 3)
    listed = plan_of("a", duration=pd.Series([6.0, 10.0]), resolution=["\uff17\uff16\uff18p"])
    assert [facts(item, "duration_s", "resolution") for item in listed.clips] == [
        (6, "768P"),
        (10, "768P"),
    ]


def test_several_prompts_are_told_how_to_be_written() -> None:
    """A list of them is text with lines between."""
    with pytest.raises(OptionError, match=r"^The prompt takes text.*'\\n---\\n'\.join"):
        plan_of(["a", "b"])  # type: ignore[arg-type]


def test_a_name_is_the_one_that_python_has() -> None:
    """Letters that Python reads as others are those; a name of words stays one."""
    assert plan_of("a", name="\ufb01lm").clips[0].name == "film"
    assert plan_of("a", name="Film \u2116 1 cafe\u0301").clips[0].name == "Film \u2116 1 caf\u00e9"


def test_equal_combinations_are_made_once() -> None:
    """What would be the same clip is merged, with a note; nothing is left of an axis of it."""
    plan = plan_of("{a|a} {b|c}", duration="6,6", optimizer="off")
    assert labels(plan) == ["b", "c"]
    assert plan.axes == (Axis(name="b|c", values=("b", "c")),)
    assert plan.notes == ("6 equal combinations were merged.",)
    alone = plan_of("a\n---\na")
    assert alone.axes == ()
    assert labels(alone) == [""]
    assert alone.notes == ("1 equal combination was merged.",)


def test_a_default_is_equal_to_itself_spelt_out() -> None:
    """What counts is the clip that is asked for, not how it was typed."""
    plan = plan_of(
        "a",
        model=[None, "02-t2v", "hailuo/02-text-to-video-standard"],
        image=None,
        duration=[6, "6"],
    )
    assert plan.axes == ()
    assert plan.notes == ("5 equal combinations were merged.",)


def test_the_optimizer_is_noted_where_prompts_are_compared() -> None:
    """A comparison of prompts that the service rewrites says so, and how to avoid it."""
    (note,) = plan_of("{a|b}").notes
    assert "--optimizer off compares them as written" in note
    assert plan_of("{a|b}", optimizer="off").notes == ()
    assert plan_of("{a|b}", image="sample:peak", model="2.3-i2v").notes == ()
    assert plan_of("a", duration="6,10").notes == ()


def test_an_image_is_read_once(tmp_path: Path) -> None:
    """However many combinations and options use a source, it is opened and hashed once."""
    read: list[object] = []

    def counted(source: object, names: Mapping[str, object], **how: Any) -> object:
        read.append(source)
        return find_image(source, names, **how)

    path = tmp_path / "a.png"
    path.write_bytes(PNG_BYTES)
    ask = Ask(
        prompt="{a|b|c}",
        duration="6,10",
        image=[path, "sample:peak", path],
        end_image=["sample:peak", path],
    )
    assert len(expand_ask(ask, {}, find=counted).clips) == 24
    assert read == [path, "sample:peak"]


def test_odd_braces_are_noted_in_their_own_orders() -> None:
    """A warning about a prompt stands with the plan of that prompt alone."""
    plan = plan_of("a {{b.c}}\n---\nd")
    assert [len(item.warnings) for item in plan.clips] == [1, 0]


def test_verbatim_leaves_the_options_axes() -> None:
    """The text is sent as typed, and the durations are compared all the same."""
    plan = plan_of("{a|b}\n---\n{{c}}\n", duration="6,10", verbatim=True)
    assert [item.request.prompt for item in plan.clips] == ["{a|b}\n---\n{{c}}\n"] * 2


def test_too_many_are_refused() -> None:
    """The bound holds for prompts and options together, and for the samples of them."""
    body = "{a|b|c|d|e|f|g|h|i|j}" * 3
    with pytest.raises(UsageError, match="more than 10,000 clips"):
        plan_of(body, duration="6,10", model=["02-t2v"] * 6)
    with pytest.raises(UsageError, match="more than 10,000 clips"):
        with_samples(plan_of(body), 11)


@patiently
@given(BODIES, st.fixed_dictionaries({}, optional=SOME))
def test_the_orders_are_the_product_less_what_is_left_out_and_merged(
    groups: list[list[str]], options: dict[str, list[str]]
) -> None:
    """Every combination is made, left out with its reason, or merged and counted."""
    body = "x " + " ".join("{" + "|".join([*group, ""]) + "}" for group in groups)
    asked = {
        name: values if name == "image" else ",".join(values)
        for name, values in options.items()
        if values
    }
    combinations = set(
        product(*([*group, ""] for group in groups), *filter(None, options.values()))
    )
    try:
        plan = plan_of(body, **asked)
    except OptionError:
        return
    told = [note for note in plan.notes if "merged" in note]
    merged = int(told[0].split()[0]) if told else 0
    number = 1
    for group in groups:
        number *= len(group) + 1
    for values in filter(None, options.values()):
        number *= len(values)
    assert len(plan.clips) + len(plan.left_out) + merged == number
    assert 1 <= len(plan.clips) <= len(combinations)
    requests = [item.request for item in plan.clips]
    assert len({request.identity("") for request in requests}) == len(requests)
    every = [*labels(plan), *(one.label for one in plan.left_out)]
    assert len(set(every)) == len(every)
    names = [axis.name for axis in plan.axes]
    assert all([name for name, _ in item.coordinates] == names for item in plan.clips)
    assert all(len(axis.values) > 1 for axis in plan.axes)


@patiently
@given(
    st.text('{}|\\-ab \n"\ud800', max_size=30),
    st.fixed_dictionaries(
        {},
        optional={
            name: st.text('6,10onf"{}a', max_size=6)
            | st.lists(st.integers() | st.none(), max_size=2)
            for name in ("model", "duration", "resolution", "optimizer")
        },
    ),
)
def test_any_cell_is_orders_or_an_error_of_ours(body: str, options: dict[str, Any]) -> None:
    """Whatever is typed, nothing but a HailuoError comes back."""
    try:
        plan = plan_of(body, {"a": ["b", 1]}, **options)
    except HailuoError:
        return
    assert plan.clips


def test_samples_are_the_last_axis() -> None:
    """Each order is asked for as samples 1 to N, next to each other."""
    plan = with_samples(plan_of("{a|b}", name="x"), 2)
    assert plan.axes[1:] == (Axis(name="sample", values=("sample 1", "sample 2")),)
    assert labels(plan) == ["a · sample 1", "a · sample 2", "b · sample 1", "b · sample 2"]
    assert [item.request.sample for item in plan.clips] == [1, 2, 1, 2]
    assert plan.clips[3].coordinates == (("a|b", "b"), ("sample", "sample 2"))
    assert {(item.name, item.again, item.warnings) for item in plan.clips} == {("x", False, ())}


def test_samples_of_one_order_are_an_axis_of_their_own() -> None:
    """A cell with nothing but --repeat is an experiment of samples."""
    plan = with_samples(plan_of("a"), 3)
    assert labels(plan) == ["sample 1", "sample 2", "sample 3"]


def test_one_sample_is_no_axis() -> None:
    """Without --repeat nothing changes, and neither with --repeat 1."""
    plan = plan_of("{a|b}", duration="6,7")
    assert with_samples(plan, 1) == plan


def test_what_is_left_out_is_left_out_in_each_sample() -> None:
    """A grid shows the reason wherever it has a hole."""
    plan = with_samples(plan_of("a", duration="6,7"), 2)
    assert [one.label for one in plan.left_out] == ["7 s · sample 1", "7 s · sample 2"]
    assert plan.left_out[1].coordinates == (("duration", "7 s"), ("sample", "sample 2"))


def test_again_goes_on_from_each_request_s_last_sample() -> None:
    """With --again every order has its own next samples, and says that it pays again."""
    following = {"a": 4, "b": 2}
    plan = with_samples(plan_of("{a|b}"), 2, first=lambda item: following[item.request.prompt])
    assert [item.request.sample for item in plan.clips] == [4, 5, 2, 3]
    assert labels(plan) == ["a · new 1", "a · new 2", "b · new 1", "b · new 2"]
    assert all(item.again for item in plan.clips)
    assert "--repeat 5 in its place shows samples 1 to 5" in plan.notes[-1]
    alone = with_samples(plan_of("{a|b}"), 1, first=lambda item: following[item.request.prompt])
    assert labels(alone) == ["a", "b"]
    assert [item.request.sample for item in alone.clips] == [4, 2]


def test_more_tasks_than_allowed_are_refused() -> None:
    """The default cap or --max-tasks holds; the message says how to go on."""
    checked(MAX_TASKS, None)
    checked(36, "36")
    with pytest.raises(
        OptionError, match=rf"asks for 25 tasks; at most {MAX_TASKS}.*--max-tasks 25"
    ):
        checked(25, None)
    with pytest.raises(OptionError, match="at most 2 are"):
        checked(3, 2)


@pytest.mark.parametrize("value", ["0", "many", "10001", -1])
def test_a_cap_is_a_whole_number(value: int | str) -> None:
    """What is no number of tasks is refused, naming the flag."""
    with pytest.raises(OptionError, match="--max-tasks takes a number from 1 to 10000"):
        checked(1, value)

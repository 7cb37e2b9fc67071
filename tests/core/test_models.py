"""The catalogue says what each model takes, as the contract's table does."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hailuo_nb.core import models
from hailuo_nb.core.models import MODELS, Model, default_model, find_model
from hailuo_nb.errors import OptionError

CONTRACT = {
    "hailuo/02-image-to-video-standard": (1500, True, True, {6, 10}, {"512P", "768P"}, True),
    "hailuo/02-image-to-video-pro": (1500, True, True, {6}, {"1080P"}, True),
    "hailuo/02-text-to-video-standard": (1500, False, False, {6, 10}, {"768P"}, True),
    "hailuo/02-text-to-video-pro": (1500, False, False, {6}, {"1080P"}, True),
    "hailuo/2-3-image-to-video-standard": (5000, True, False, {6, 10}, {"768P", "1080P"}, False),
    "hailuo/2-3-image-to-video-pro": (5000, True, False, {6, 10}, {"768P", "1080P"}, False),
    "minimax-h3/image-to-video": (1500, True, True, set(range(4, 16)), {"768P", "2K"}, False),
    "minimax-h3/text-to-video": (1500, False, False, set(range(4, 16)), {"768P", "2K"}, False),
}
SENT = {
    "hailuo/02-image-to-video-standard": (True, True),
    "hailuo/02-image-to-video-pro": (False, False),
    "hailuo/02-text-to-video-standard": (True, False),
    "hailuo/02-text-to-video-pro": (False, False),
    "hailuo/2-3-image-to-video-standard": (True, True),
    "hailuo/2-3-image-to-video-pro": (True, True),
    "minimax-h3/image-to-video": (True, True),
    "minimax-h3/text-to-video": (True, True),
}
each_model = pytest.mark.parametrize("model", MODELS, ids=lambda model: model.short)


def test_the_catalogue_lists_exactly_the_contract_s_models() -> None:
    """No model is missing, none is invented."""
    assert {model.id for model in MODELS} == set(CONTRACT)


@each_model
def test_a_row_takes_what_the_contract_says(model: Model) -> None:
    """Prompt length, images, durations, resolutions and optimizer agree with the contract."""
    assert CONTRACT[model.id] == (
        model.prompt_chars_max,
        model.takes_image,
        model.has("end_image"),
        set(model.durations_s),
        set(model.resolutions),
        model.has("prompt_optimizer"),
    )


@each_model
def test_a_row_sends_only_the_fields_that_the_model_has(model: Model) -> None:
    """A duration or resolution that the service fixes is not sent: unknown fields cost money."""
    assert (model.has("duration_s"), model.has("resolution")) == SENT[model.id]


@each_model
def test_a_value_that_is_not_sent_leaves_no_choice(model: Model) -> None:
    """Where a field is fixed, exactly one value can be asked for."""
    assert model.has("duration_s") or len(model.durations_s) == 1
    assert model.has("resolution") or len(model.resolutions) == 1


def test_only_what_the_vendor_does_not_say_is_unverified() -> None:
    """The pages of the Hailuo family were seen, and no page of the newer one."""
    assert [model.short for model in MODELS if not model.verified] == ["h3-i2v", "h3-t2v"]


@each_model
def test_the_defaults_go_together(model: Model) -> None:
    """The first duration is 6 s and may be asked for at the first resolution."""
    assert model.durations_s[0] == 6
    assert (model.durations_s[0], model.resolutions[0]) not in model.not_together


def test_only_2_3_refuses_ten_seconds_at_1080p() -> None:
    """The refused pairs are the contract's."""
    refused = {model.id: model.not_together for model in MODELS if model.not_together}
    assert refused == {
        "hailuo/2-3-image-to-video-standard": ((10, "1080P"),),
        "hailuo/2-3-image-to-video-pro": ((10, "1080P"),),
    }


@each_model
def test_a_model_is_found_by_every_name(model: Model) -> None:
    """The id, the id without its family, and the short name lead to one row, in any case."""
    names = (model.id, model.id.removeprefix("hailuo/"), model.short, f" {model.short.upper()} ")
    assert [find_model(name) for name in names] == [model] * 4


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("02-i2v", "hailuo/02-image-to-video-standard"),
        ("02-t2v-pro", "hailuo/02-text-to-video-pro"),
        ("2.3-i2v", "hailuo/2-3-image-to-video-standard"),
        ("02-i2v-standard", "hailuo/02-image-to-video-standard"),
        ("h3-t2v", "minimax-h3/text-to-video"),
        ("minimax-h3/image-to-video", "minimax-h3/image-to-video"),
    ],
)
def test_the_promised_short_names(name: str, id: str) -> None:
    """The short names that the help promises mean what they say."""
    assert find_model(name).id == id


def test_short_names_are_unambiguous() -> None:
    """No two models share a short name."""
    assert len({model.short for model in MODELS}) == len(MODELS)


def test_an_unknown_name_is_answered_with_the_nearest() -> None:
    """A slip of the finger gets a suggestion and the list."""
    with pytest.raises(OptionError, match=r"Did you mean 02-i2v-pro\?.*02-t2v-pro"):
        find_model("02-i2v-prp")


@given(st.text(max_size=40))
def test_any_name_is_a_model_or_an_option_error(name: str) -> None:
    """Whatever is typed, the answer is a row of the table or a refusal in words."""
    try:
        found: Model | OptionError = find_model(name)
    except OptionError as error:
        found = error
    assert found in MODELS or "There is no model" in str(found)


def test_the_default_model_follows_the_image() -> None:
    """With a start image the image model is used, without it the text model."""
    assert default_model(with_image=True).id == "hailuo/02-image-to-video-standard"
    assert default_model(with_image=False).id == "hailuo/02-text-to-video-standard"


def test_the_kind_of_input_is_named_as_in_the_id() -> None:
    """The catalogue's words for the input are those of the model's id."""
    assert all(model.input_kind in model.id for model in MODELS)


def test_no_other_core_module_names_a_model() -> None:
    """A new model is one row here and one price; nothing else in core knows an id."""
    core = Path(models.__file__).parent
    naming = {path.name for path in core.glob("*.py") if re.search(r'"hailuo/', path.read_text())}
    assert naming == {"models.py", "pricing.py"}

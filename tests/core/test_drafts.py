"""The cheapest settings that a model allows, and what is made of a draft in full size."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hailuo_nb.core.drafts import draft_words, full_size, make_draft
from hailuo_nb.core.models import MODELS, Model
from hailuo_nb.core.pricing import price
from hailuo_nb.core.request import ImageRef, Request, check_sendable, make_request
from hailuo_nb.errors import OptionError

IMAGE = ImageRef(label="start.png", digest="ab12")
each_model = pytest.mark.parametrize("model", MODELS, ids=lambda model: model.short)


def images_of(model: Model, *, end: bool = False) -> dict[str, ImageRef]:
    """Return the images that a model takes."""
    fields = ("image", *(("end_image",) if end else ()))
    return {field: IMAGE for field in fields if model.has(field)}


def settings_of(request: Request) -> tuple[str, int]:
    """Return what a draft differs in from its full size."""
    return request.resolution, request.duration_s


@each_model
@pytest.mark.parametrize("end", [False, True])
def test_a_draft_is_the_cheapest_that_the_service_takes(model: Model, end: bool) -> None:
    """Nothing that the model makes and the service takes costs less."""
    images = images_of(model, end=end)
    draft = make_draft(prompt="a", model=model.short, **images)
    check_sendable(draft)
    for seconds, resolution in product(model.durations_s, model.resolutions):
        refused = (seconds, resolution) in model.not_together
        if not refused and not ("end_image" in images and resolution == "512P"):
            assert draft.price.credits <= price(model.id, seconds, resolution).credits


@pytest.mark.parametrize(
    ("model", "end", "settings", "credits"),
    [
        ("02-i2v", False, ("512P", 6), 12),
        ("02-i2v", True, ("768P", 6), 30),
        ("02-t2v", False, ("768P", 6), 30),
        ("02-i2v-pro", False, ("1080P", 6), 57),
        ("2.3-i2v", False, ("768P", 6), 30),
        ("h3-i2v", True, ("768P", 4), 32),
    ],
)
def test_the_cheapest_by_the_list(
    model: str, end: bool, settings: tuple[str, int], credits: float
) -> None:
    """As the catalogue and the prices have it."""
    row = next(one for one in MODELS if one.short == model)
    draft = make_draft(prompt="a", model=model, **images_of(row, end=end))
    assert (settings_of(draft), draft.price.credits) == (settings, credits)


def test_what_is_given_stays() -> None:
    """The draft chooses what is left open; a setting that the model lacks is refused as ever."""
    ten = make_draft(prompt="a", image=IMAGE, duration_s=10)
    large = make_draft(prompt="a", image=IMAGE, resolution="768p")
    both = make_draft(prompt="a", image=IMAGE, model="2.3-i2v", resolution="1080P")
    assert settings_of(ten) == ("512P", 10)
    assert settings_of(large) == ("768P", 6)
    assert settings_of(both) == ("1080P", 6)
    with pytest.raises(OptionError, match="no duration of 7 s"):
        make_draft(prompt="a", image=IMAGE, duration_s=7)
    refused = make_draft(prompt="a", image=IMAGE, end_image=IMAGE, resolution="512P")
    with pytest.raises(OptionError, match="no 512P clip with an end image"):
        check_sendable(refused)


def test_the_full_size() -> None:
    """The model's defaults, or what the draft has where that is larger."""
    draft = make_draft(prompt="a", image=IMAGE, sample=3)
    assert settings_of(full_size(draft)) == ("768P", 6)
    assert full_size(draft).sample == 3
    assert full_size(draft, model="02-i2v-pro").price.credits == 57
    assert settings_of(full_size(draft, resolution="512P", duration_s=10)) == ("512P", 10)
    ten = make_draft(prompt="a", image=IMAGE, duration_s=10)
    assert settings_of(full_size(ten)) == ("768P", 10)
    assert settings_of(full_size(ten, model="02-i2v-pro")) == ("1080P", 6)
    large = make_request(prompt="a", image=IMAGE, model="2.3-i2v", resolution="1080P")
    assert settings_of(full_size(large)) == ("1080P", 6)
    assert settings_of(full_size(large, model="2.3-i2v-pro")) == ("1080P", 6)


def test_what_the_other_model_lacks() -> None:
    """A switch that it has not is left out; a check or an image that it lacks is refused."""
    draft = make_draft(prompt="a", image=IMAGE, prompt_optimizer=False)
    assert full_size(draft, model="2.3-i2v").prompt_optimizer is None
    assert full_size(draft, model="02-i2v-pro").prompt_optimizer is False
    checked = make_draft(prompt="a", image=IMAGE, nsfw_check=True)
    with pytest.raises(OptionError, match="no content check"):
        full_size(checked, model="h3-i2v")
    with pytest.raises(OptionError, match="takes no image"):
        full_size(draft, model="02-t2v")


PAIRS = [(model, *pair) for model in MODELS for pair in model.settings]


@given(st.sampled_from(PAIRS))
def test_the_full_size_is_never_smaller(made: tuple[Model, int, str]) -> None:
    """Neither shorter nor cheaper than the draft, and its own full size."""
    model, duration_s, resolution = made
    draft = make_request(
        prompt="a",
        model=model.short,
        duration_s=duration_s,
        resolution=resolution,
        **images_of(model),
    )
    full = full_size(draft)
    assert full.duration_s >= draft.duration_s
    assert full.price.credits >= draft.price.credits
    assert full_size(full) == full


def test_the_settings_are_named() -> None:
    """Each kind of draft once, and why a cheaper one is not to be had."""
    plain = make_draft(prompt="a", image=IMAGE)
    ended = make_draft(prompt="a", image=IMAGE, end_image=IMAGE)
    text = make_draft(prompt="a")
    assert draft_words([plain, plain, ended, text]) == (
        "Draft: 02-i2v at 512P, 6 s.",
        "Draft: 02-i2v at 768P, 6 s, its full size, too; 512P goes with no end image.",
        "Draft: 02-t2v at 768P, 6 s, its full size, too.",
    )

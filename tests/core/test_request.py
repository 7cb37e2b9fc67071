"""A request is checked against the catalogue before anything is sent."""

from dataclasses import FrozenInstanceError, replace
from typing import Any

import pytest

from hailuo_nb.core.models import MODELS, Model
from hailuo_nb.core.request import ImageRef, Request, make_request, next_sample, warnings_of
from hailuo_nb.errors import OptionError, PromptError

IMAGE = ImageRef(label="a.png", digest="aa", mime="image/png", width_px=1024, height_px=576)
OTHER = ImageRef(label="b.png", digest="bb", mime="image/png", width_px=1024, height_px=576)
each_model = pytest.mark.parametrize("model", MODELS, ids=lambda model: model.short)


def request_for(model: Model, **changes: Any) -> Request:
    """Make a plain request for one model."""
    options: dict[str, Any] = {"prompt": "a cat", "model": model.id}
    options["image"] = IMAGE if model.takes_image else None
    return make_request(**options | changes)


def test_the_defaults_with_an_image() -> None:
    """With an image: 02 standard, 6 s, 768P, optimizer on, check off."""
    made = make_request(prompt="a cat", image=IMAGE)
    assert made == Request(
        model="hailuo/02-image-to-video-standard",
        prompt="a cat",
        image=IMAGE,
        end_image=None,
        duration_s=6,
        resolution="768P",
        prompt_optimizer=True,
        nsfw_check=False,
        callback_url=None,
        sample=1,
    )


def test_the_defaults_without_an_image() -> None:
    """Without an image the text model makes 6 s at 768P."""
    made = make_request(prompt="a cat")
    assert (made.model, made.duration_s, made.resolution, made.prompt_optimizer) == (
        "hailuo/02-text-to-video-standard",
        6,
        "768P",
        True,
    )


@each_model
def test_every_model_makes_a_request_of_its_defaults(model: Model) -> None:
    """Naming only the model is enough, and each default is one that the model has."""
    made = request_for(model)
    assert made.duration_s in model.durations_s
    assert made.resolution in model.resolutions
    assert (made.prompt_optimizer is None) == (not model.has_optimizer)


@each_model
def test_the_longest_prompt_is_taken_and_one_more_is_not(model: Model) -> None:
    """The limit counts characters, and the message says by how many to shorten."""
    longest = "é" * model.prompt_chars_max
    assert request_for(model, prompt=longest).prompt == longest
    with pytest.raises(PromptError, match=r"Shorten it by 1\."):
        request_for(model, prompt=longest + "é")


@pytest.mark.parametrize("prompt", ["", "  ", "\n\t\n"])
def test_an_empty_prompt_is_refused(prompt: str) -> None:
    """White space is no prompt."""
    with pytest.raises(PromptError, match="empty"):
        make_request(prompt=prompt)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"model": "02-i2v"}, "needs a start image"),
        ({"model": "02-t2v", "image": IMAGE}, "takes no image"),
        ({"end_image": IMAGE}, "takes no image"),
        ({"model": "2.3-i2v", "image": IMAGE, "end_image": OTHER}, "takes no end image"),
        ({"duration_s": 7}, "could be 6 or 10"),
        ({"model": "02-t2v-pro", "duration_s": 10}, "could be 6"),
        ({"resolution": "512P"}, "could be 768P"),
        ({"image": IMAGE, "resolution": "1080P"}, "could be 768P or 512P"),
        ({"model": "2.3-i2v", "image": IMAGE, "prompt_optimizer": False}, "no prompt optimizer"),
        (
            {"model": "2.3-i2v", "image": IMAGE, "duration_s": 10, "resolution": "1080P"},
            "no 10 s clip at 1080P",
        ),
        ({"callback_url": "ftp://me/x"}, "http or https"),
        ({"callback_url": "me"}, "http or https"),
        ({"model": "03-i2v"}, "no model '03-i2v'"),
    ],
)
def test_an_impossible_option_says_what_it_could_be(options: dict[str, Any], words: str) -> None:
    """An option that the model lacks or fixes otherwise is refused before sending."""
    with pytest.raises(OptionError, match=words) as refused:
        make_request(prompt="a cat", **options)
    assert refused.value.charged == "no"
    assert "Nothing was sent." in str(refused.value)


def test_a_resolution_may_be_typed_in_small_letters() -> None:
    """The service is case-sensitive; people are not."""
    assert make_request(prompt="a cat", image=IMAGE, resolution="512p").resolution == "512P"


def test_a_request_cannot_be_changed() -> None:
    """What was checked stays as it was checked."""
    with pytest.raises(FrozenInstanceError):
        make_request(prompt="a cat").prompt = "a dog"  # type: ignore[misc]


def test_the_price_is_the_table_s() -> None:
    """A request knows what it costs."""
    assert str(make_request(prompt="a cat").price) == "30 credits"


IDENTITIES: list[tuple[str, dict[str, Any]]] = [
    ("61fb23823cce57feabd80fcc113664d48d16314b5094894f7a7a9df93ebd63f2", {}),
    (
        "96e3a8e885d91a1a1bbd23054439ae5feb56435db5057039de66f09d862f9284",
        {"image": IMAGE, "end_image": OTHER, "nsfw_check": True, "sample": 3},
    ),
    (
        "423b8a05e1fae8d513fc53b752490b7f3e8487993711dc760190a594b443562e",
        {"prompt": "caf\u00e9 \U0001f30a", "prompt_optimizer": False, "duration_s": 10},
    ),
]


@pytest.mark.parametrize(("digest", "changes"), IDENTITIES)
def test_an_identity_never_changes(digest: str, changes: dict[str, Any]) -> None:
    """What earlier versions wrote into a history is found again."""
    assert make_request(**{"prompt": "a cat"} | changes).identity("simulator") == digest


def test_equal_requests_share_an_identity() -> None:
    """The same inputs to the same service are the same, wherever the image lies."""
    first = make_request(prompt="a cat", image=IMAGE)
    renamed = replace(IMAGE, label="other name", url="https://elsewhere/a.png")
    second = make_request(prompt="a cat", image=renamed, callback_url="https://me/x")
    assert first.identity("simulator") == second.identity("simulator")


@pytest.mark.parametrize(
    "changes",
    [
        {"prompt": "a cat "},
        {"image": OTHER},
        {"end_image": OTHER},
        {"model": "2.3-i2v"},
        {"duration_s": 10},
        {"resolution": "512P"},
        {"prompt_optimizer": False},
        {"nsfw_check": True},
        {"sample": 2},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_whatever_is_sent_counts_for_the_identity(changes: dict[str, Any]) -> None:
    """Any difference that reaches the service makes another request."""
    first = make_request(prompt="a cat", image=IMAGE)
    options: dict[str, Any] = {"prompt": "a cat", "image": IMAGE}
    second = make_request(**options | changes)
    assert first.identity("simulator") != second.identity("simulator")


def test_simulated_and_paid_tasks_never_stand_in_for_each_other() -> None:
    """The service is part of the identity."""
    made = make_request(prompt="a cat")
    assert made.identity("simulator") != made.identity("https://api.kie.ai")


def test_start_and_end_image_do_not_change_places() -> None:
    """The same two images the other way round are another request."""
    there = make_request(prompt="a cat", image=IMAGE, end_image=OTHER)
    back = make_request(prompt="a cat", image=OTHER, end_image=IMAGE)
    assert there.identity("simulator") != back.identity("simulator")


def test_an_address_is_identified_by_itself() -> None:
    """An image whose content is not known is told apart by its address."""
    assert ImageRef(label="x", url="https://a/b.png").identity == "https://a/b.png"


def test_the_next_sample_differs_in_its_number_alone() -> None:
    """Samples tell equal requests apart."""
    made = make_request(prompt="a cat")
    assert next_sample(made, 3) == replace(made, sample=3)


@pytest.mark.parametrize(
    ("width_px", "height_px", "words"),
    [(300, 600, "over 300 px"), (1500, 500, "within 2:5 and 5:2"), (500, 1500, "within 2:5")],
)
def test_a_doubtful_image_is_a_warning(width_px: int, height_px: int, words: str) -> None:
    """Sides and ratio are hints of the upstream model, no reason to refuse."""
    image = replace(IMAGE, width_px=width_px, height_px=height_px)
    (warning,) = warnings_of(make_request(prompt="a cat", image=image))
    assert "start image" in warning
    assert words in warning


@pytest.mark.parametrize(("width_px", "height_px"), [(301, 602), (750, 301), (0, 0)])
def test_a_good_or_unknown_image_draws_no_warning(width_px: int, height_px: int) -> None:
    """Just within the limits, or of unknown size, nothing is said."""
    image = replace(IMAGE, width_px=width_px, height_px=height_px)
    assert warnings_of(make_request(prompt="a cat", image=image)) == ()


def test_an_end_image_at_512p_is_a_warning() -> None:
    """The upstream model makes no first-and-last-frame clip at 512P."""
    made = make_request(prompt="a cat", image=IMAGE, end_image=OTHER, resolution="512P")
    assert any("512P may be refused" in warning for warning in warnings_of(made))


def test_a_camera_command_s_warning_is_among_them() -> None:
    """The prompt's hints come with the image's."""
    image = replace(IMAGE, width_px=100)
    found = warnings_of(make_request(prompt="[Push inn] a cat", image=image))
    assert len(found) == 3


@pytest.mark.parametrize("url", ["//[", "http:", "https:/x", "\x00"])
def test_a_broken_callback_address_is_an_option_error(url: str) -> None:
    """What is hardly an address is refused in words."""
    with pytest.raises(OptionError):
        make_request(prompt="a cat", callback_url=url)

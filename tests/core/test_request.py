"""A request is checked against the catalogue before anything is sent."""

from dataclasses import FrozenInstanceError, replace
from typing import Any

import pytest

from hailuo_nb.core.cautions import warnings_of
from hailuo_nb.core.models import MODELS, Model, find_model
from hailuo_nb.core.request import (
    ImageRef,
    Request,
    check_sendable,
    make_request,
    next_sample,
)
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
    assert (made.prompt_optimizer is None) == (not model.has("prompt_optimizer"))


@each_model
def test_the_longest_prompt_is_taken_and_one_more_is_not(model: Model) -> None:
    """The limit counts characters, and the message says by how many to shorten."""
    longest = "é" * model.prompt_chars_max
    assert request_for(model, prompt=longest).prompt == longest
    with pytest.raises(PromptError, match=r"Shorten it by 1\."):
        request_for(model, prompt=longest + "é")


@pytest.mark.parametrize("prompt", ["", "  ", "\n\t\n", "\u200b", "\ufeff \u00a0\n\u2060"])
def test_an_empty_prompt_is_refused(prompt: str) -> None:
    """White space is no prompt, nor is what nobody sees."""
    with pytest.raises(PromptError, match="empty"):
        make_request(prompt=prompt)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"model": "02-i2v"}, "needs a start image"),
        ({"model": "02-t2v", "image": IMAGE}, "takes no image"),
        ({"end_image": IMAGE}, "takes no image, and an end image .* with --image, too"),
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
        ({"model": "h3-t2v", "duration_s": 3}, "could be 4 or 5 or 6 .* or 15"),
        ({"model": "h3-t2v", "duration_s": 16}, "could be 4 or 5 or 6 .* or 15"),
        ({"model": "h3-t2v", "resolution": "1080P"}, "could be 768P or 2K"),
        ({"model": "h3-t2v", "nsfw_check": True}, "no content check"),
        ({"model": "h3-t2v", "prompt_optimizer": True}, "no prompt optimizer"),
        ({"model": "h3-t2v", "aspect_ratio": "2:1"}, "could be 16:9 or 9:16 or 1:1"),
        ({"model": "h3-i2v", "image": IMAGE, "aspect_ratio": "16:9"}, "and none to choose"),
        ({"aspect_ratio": "16:9"}, "02-t2v has no aspect ratio 16:9"),
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


WEB = ImageRef(label="web", url="https://a/b.png")
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
    (
        "61fb23823cce57feabd80fcc113664d48d16314b5094894f7a7a9df93ebd63f2",
        {"prompt_optimizer": True},
    ),
    (
        "0152e0d2d1b0fff8b7d26b93f63b1472f7260be19ccc6ae8164c90c1f4167099",
        {"prompt_optimizer": False},
    ),
    ("7419ab1a7331fa2dac7bacf8502af24e389d57dce5f060c2fbadd68a1aa72a22", {"sample": 2}),
    ("25fe3ef5e46026bf5565cf61709afc68d379d97207455eae324ae1cf267542ed", {"image": WEB}),
    (
        "1268bc2c7b55190365288e3ae23bbe6e415f3655203b6dd4a9d2ff1a857b22dc",
        {"image": ImageRef(label="sample:peak")},
    ),
    (
        "a607270292fd6fe69cc4743d5364c0857da52527036ebd52cca26e7934edaa4f",
        {"image": WEB, "end_image": IMAGE, "resolution": "512P"},
    ),
    (
        "ea06023e0da078f3a3a5b690eb634ca6d699f6418246f60fbb83343ecc308817",
        {"model": "2.3-i2v", "image": IMAGE, "resolution": "1080P"},
    ),
    (
        "4464b3cdaeefa226a44363fc369cd701976b827f9bf30e857efac107649d21d2",
        {"callback_url": "https://me/x", "nsfw_check": True},
    ),
]
PAID_IDENTITIES = {
    "02-i2v": "89b413f680a2a30dbbafca13891b1480461d5ef205d4ec6c04cc8f4fef7f5416",
    "02-i2v-pro": "6fb5f56dfa6eb40f6bbc19c1139168e25d36d99a0604025b25426291575c209c",
    "02-t2v": "bd2da1a517df7b032f3c2771945dfa615eee72a44a9fdf51c3454e001b7473ce",
    "02-t2v-pro": "5f54e836a3869e7c1d1cb27871c4ebe9207a447431345b8da7cc7db8a7690f85",
    "2.3-i2v": "189e74d53ccd85c8d992d92b31dfac7bd2383e17680e91858f93527fbdd461c9",
    "2.3-i2v-pro": "00a76e6a734843b90de4ed8b12f21884f01fcfc1b6d540591f391961dfb9aa4a",
}


@pytest.mark.parametrize(("digest", "changes"), IDENTITIES)
def test_an_identity_never_changes(digest: str, changes: dict[str, Any]) -> None:
    """What earlier versions wrote into a history is found again."""
    assert make_request(**{"prompt": "a cat"} | changes).identity("simulator") == digest


@pytest.mark.parametrize("short", PAID_IDENTITIES)
def test_the_identity_of_each_model_s_defaults_never_changes(short: str) -> None:
    """A plain paid request, once for every model."""
    model = find_model(short)
    made = request_for(model).identity("https://api.kie.ai")
    assert made == PAID_IDENTITIES[short]


def test_a_field_that_was_added_counts_where_it_says_something() -> None:
    """At its default it is left out, so that no older digest changes; else it is another clip."""
    made = make_request(prompt="a cat", model="h3-t2v")
    digest = "a2fede784da01088bdaede50037a85a84f49801017152869e5866d78357b689e"
    assert (made.aspect_ratio, made.identity("simulator")) == ("16:9", digest)
    assert replace(made, aspect_ratio="9:16").identity("simulator") != digest
    without = replace(made, aspect_ratio=None)
    known_by_an_older = replace(without, unknown=(("aspect_ratio", "16:9"),))
    assert without.later_facts == {}
    assert known_by_an_older.identity("simulator") == digest


def test_what_a_newer_version_recorded_counts_for_the_identity() -> None:
    """It makes another request, and the first samples of both are told apart, too."""
    made = make_request(prompt="a cat")
    newer = replace(made, unknown=(("seed", 7),))
    assert newer.identity("simulator") != made.identity("simulator")
    assert next_sample(newer, 2).unknown == newer.unknown


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
        {"model": "h3-i2v"},
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


def test_an_end_image_at_512p_is_not_sent() -> None:
    """The service makes no first-and-last-frame clip at 512P; each alone is made."""
    both = make_request(prompt="a cat", image=IMAGE, end_image=OTHER, resolution="512P")
    with pytest.raises(OptionError, match="no 512P clip with an end image"):
        check_sendable(both)
    check_sendable(replace(both, end_image=None))
    check_sendable(replace(both, resolution="768P"))


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

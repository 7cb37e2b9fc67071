"""Whether a task of the service is what was asked for."""

from dataclasses import replace
from typing import Any

import pytest

from hailuo_nb.core.request import ImageRef, differences, make_request

DIGEST = "0123456789abcdef" * 4
UPLOADED = f"https://files.example/kieai/7/images/hailuo-nb/{DIGEST[:32]}.png?x=1"
IMAGE = ImageRef(label="a.png", digest=DIGEST)
ASKED = make_request(prompt="A hawk\n over  the \ud83d sea.", image=IMAGE)
MADE = replace(ASKED, prompt="A hawk over the ? sea.", image=ImageRef(label="u", url=UPLOADED))


@pytest.mark.parametrize(
    "facts",
    [
        {},
        {"prompt_optimizer": None},
        {"resolution": ASKED.resolution.lower()},
        {"sample": 3, "callback_url": "https://me.example/"},
        {"image": ImageRef(label="u", url="https://files.example/elsewhere.png")},
    ],
)
def test_what_the_service_cannot_be_known_to_say_is_no_difference(facts: dict[str, Any]) -> None:
    """Its defaults, its white space and its own addresses of images are not held against it."""
    assert differences(ASKED, replace(MADE, **facts)) == ()


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"model": "hailuo/2-3-image-to-video-pro"}, "model hailuo/2-3-image-to-video-pro"),
        ({"prompt": "A crow."}, "prompt 'A crow.' instead of 'A hawk over the ? sea.'"),
        ({"prompt": "\u202eA\x1b[2J" + "crow " * 99}, r"prompt '\u202eA\x1b[2Jcrow crow"),
        ({"duration_s": 10}, "duration 10 s instead of 6 s"),
        ({"resolution": "512P"}, "resolution 512P instead of 768P"),
        ({"nsfw_check": True}, "content check True instead of False"),
        ({"prompt_optimizer": False}, "prompt optimizer False instead of True"),
        ({"image": None}, "another start image"),
        ({"image": replace(MADE.image, url=UPLOADED.replace("0", "1"))}, "another start image"),
        ({"end_image": IMAGE}, "another end image"),
    ],
)
def test_each_difference_is_named(facts: dict[str, Any], words: str) -> None:
    """In a few words that no screen takes for anything else."""
    (found,) = differences(ASKED, replace(MADE, **facts))
    assert found.startswith(words)
    assert found.isprintable()
    assert len(found) < 170


def test_an_address_that_was_given_is_compared() -> None:
    """An image that the service fetched by itself has the address that it was asked for by."""
    given = replace(ASKED, image=ImageRef(label="b", url="https://pictures.example/b.png"))
    assert differences(given, MADE) == ("another start image",)
    assert differences(given, replace(MADE, image=given.image)) == ()

"""What a class may ask for is what the service takes, in the same words: both are held together."""

import json
from itertools import product
from typing import Any

import pytest

from hailuo_nb.gateway.asked import read_asked
from hailuo_nb.gateway.refused import Refused
from hailuo_nb.gateway.tables import HUNDREDTHS
from hailuo_nb.simulator.catalogue import MODELS
from hailuo_nb.simulator.validation import RefusedError, check, read_object

FAR = "https://a.example/a.png"
PICTURES = [
    "https://a.example/b.png",
    "",
    None,
    3,
    "data:image/png;base64,AA",
    "ftp://x/y",
    "//x/y",
]
ODD: dict[str, list[object]] = {
    "prompt": ["", None, 3, "a" * 1500, "a" * 1501, "a" * 5001, "\U0001f600" * 1500, "\ud800"],
    "image_url": PICTURES,
    "end_image_url": PICTURES,
    "first_frame_url": PICTURES,
    "last_frame_url": PICTURES,
    "duration": [
        "6",
        "10",
        "7",
        "",
        "06",
        6,
        10,
        6.0,
        4,
        15,
        16,
        3,
        1e3,
        -6,
        True,
        None,
        ["6"],
        {},
    ],
    "resolution": ["512P", "768P", "1080P", "2K", "768p", "", None, 768, True, ["768P"]],
    "aspect_ratio": ["16:9", "9:16", "21:9", "2:1", "", None, 5],
    "prompt_optimizer": [True, False, None, "true", 1, 0, ""],
    "nsfw_checker": [True, None, "no", 1],
    "seed": [3],
}


def good(model: str) -> dict[str, object]:
    """Return an input that is taken."""
    needs = {one.name for one in MODELS[model].fields if one.required}
    return {"prompt": "a"} | ({MODELS[model].start: FAR} if MODELS[model].start in needs else {})


def of_service(body: bytes) -> tuple[Any, ...]:
    """Return what the simulator makes of a body, or its complaint."""
    try:
        taken = check(read_object(body))
    except RefusedError as refused:
        return refused.code, refused.msg
    return taken.model, taken.filled, taken.credits, taken.callback_url


def of_gateway(body: bytes) -> tuple[Any, ...]:
    """Return what the gateway makes of it."""
    try:
        asked = read_asked(body)
    except Refused as refused:
        return refused.code, refused.words
    return asked.model, asked.fields, asked.price / HUNDREDTHS, asked.callback_url


@pytest.mark.parametrize("model", MODELS)
def test_the_gateway_takes_and_refuses_what_the_service_does(model: str) -> None:
    """Each field with each odd value, and all that goes with what."""
    inputs: list[object] = [None, [], "{}", {}, good(model)]
    inputs += [good(model) | {name: value} for name, values in ODD.items() for value in values]
    inputs += [
        good(model) | {"duration": duration, "resolution": resolution, end: FAR}
        for duration, resolution, end in product(
            ("6", "10", 6, 15), ("512P", "768P", "1080P", "2K"), ("end_image_url", "last_frame_url")
        )
        if isinstance(duration, int) == model.startswith("minimax")
    ]
    taken = 0
    for each in inputs:
        body = json.dumps({"model": model, "input": each}).encode()
        said = of_service(body)
        assert of_gateway(body) == said, each
        taken += len(said) == 4
    assert 10 < taken < len(inputs) - 10


@pytest.mark.parametrize(
    "body",
    [
        *(b"", b"{", b"[]", b"null", b"3", b'"x"', b"\xff", b'\xef\xbb\xbf{"model":"x"}', b"{}"),
        *(b'{"model":3}', b'{"model":"hailuo/nope"}', b'{"model":"HAILUO/02-text-to-video-pro"}'),
        b'{"model":"hailuo/02-text-to-video-pro","input":{"prompt":"a"},"callBackUrl":5}',
        b'{"model":"hailuo/02-text-to-video-pro","input":{"prompt":"a"},"callBackUrl":"https://a.x/b"}',
    ],
)
def test_what_is_no_request_is_refused_alike(body: bytes) -> None:
    """The body, its model and its callback."""
    assert of_gateway(body) == of_service(body)

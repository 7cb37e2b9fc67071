"""The service's own check of a createTask body: one complaint at a time, in a fixed order.

It knows the catalogue and the service's words; it must not know accounts, HTTP or tasks.
"""

import json
import math
from dataclasses import dataclass
from typing import Any, Never
from urllib.parse import urlsplit

from hailuo_nb.simulator.catalogue import MODELS, Field, SimulatedModel

REQUIRED = "This field is required"
TOO_LONG = "The text length cannot exceed the maximum limit"
OUT_OF_RANGE = "Value must be within the specified range"
BAD_MODEL = (
    "The model name you specified is not supported. Please verify your input and use one of "
    "the supported models provided by KIE."
)
BAD_BODY = "The request parameters failed validation checks"

NOT_WITH_END = "512P"  # no first-and-last-frame clip is made at it
MAX_DEPTH = 50


class RefusedError(Exception):
    """A business error: the code and words of the service's answer."""

    def __init__(self, code: int, msg: str) -> None:
        super().__init__(msg)
        self.code = code
        self.msg = msg


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """A body that passed: what came, what the service made of it, and its price in credits."""

    model: str
    input: dict[str, Any]
    filled: dict[str, Any]
    callback_url: str | None
    resolution: str
    duration_s: int
    credits: float


def read_object(body: bytes) -> dict[str, Any]:
    """Parse a request body into a JSON object.

    Raises
    ------
    RefusedError
        422 for anything but one JSON object: not JSON, too deep, NaN, not UTF-8.
    """
    try:
        value = json.loads(body, parse_constant=_no_constant, parse_float=_finite)
    except (ValueError, RecursionError):
        raise RefusedError(422, BAD_BODY) from None
    if not isinstance(value, dict) or _is_deeper(value, MAX_DEPTH):
        raise RefusedError(422, BAD_BODY)
    return value


def _is_deeper(value: object, limit: int) -> bool:
    level: list[Any] = [value]
    for _ in range(limit):
        level = [
            child
            for parent in level
            if isinstance(parent, dict | list)
            for child in (parent.values() if isinstance(parent, dict) else parent)
        ]
        if not level:
            return False
    return True


def _no_constant(word: str) -> Never:
    raise ValueError(f"{word} is not JSON")


def _finite(word: str) -> float:
    number = float(word)
    if not math.isfinite(number):
        raise ValueError(f"{word} is too large a number")
    return number


def check(body: dict[str, Any]) -> Submission:
    """Check a createTask body and fill in the service's defaults.

    Parameters
    ----------
    body : dict
        The parsed body. Unknown fields are ignored, null counts as absent.

    Raises
    ------
    RefusedError
        The first complaint: model, then the input's fields in the catalogue's order, then
        combinations that are not sold.
    """
    name = body.get("model")
    model = MODELS.get(name) if isinstance(name, str) else None
    if model is None:
        raise RefusedError(422, BAD_MODEL)
    given = body.get("input")
    if not isinstance(given, dict):
        raise RefusedError(500, REQUIRED)
    filled = _fill(model, given)
    resolution, duration_s = model.options(filled)
    if resolution == NOT_WITH_END and _has_end_image(model, filled):
        raise RefusedError(500, _not_an_option("resolution"))
    credits_ = model.price(filled)
    if credits_ is None:
        raise RefusedError(500, _not_an_option("duration"))
    return Submission(
        model=str(name),
        input=given,
        filled=filled,
        callback_url=_callback_url(body.get("callBackUrl")),
        resolution=resolution,
        duration_s=duration_s,
        credits=credits_,
    )


def _has_end_image(model: SimulatedModel, filled: dict[str, Any]) -> bool:
    """Say whether a picture is given beside the one that the model needs."""
    ends = (one.name for one in model.fields if one.kind == "image" and not one.required)
    return any(filled.get(name) for name in ends)


def _fill(model: SimulatedModel, given: dict[str, Any]) -> dict[str, Any]:
    filled: dict[str, Any] = {}
    for field in model.fields:
        value = given.get(field.name)
        if value is None or (field.kind == "image" and value == ""):
            if field.required:
                raise RefusedError(500, REQUIRED)
            value = field.default
        else:
            _CHECKS[field.kind](field, value)
        if value is not None:
            filled[field.name] = value
    return filled


def _check_text(field: Field, value: object) -> None:
    if not isinstance(value, str) or not value:
        raise RefusedError(500, REQUIRED)
    if len(value) > field.max_chars:
        raise RefusedError(500, TOO_LONG)


def _check_image(field: Field, value: object) -> None:
    if not isinstance(value, str):
        raise RefusedError(500, REQUIRED)
    if not is_web_url(value):
        raise RefusedError(500, OUT_OF_RANGE)


def _check_choice(field: Field, value: object) -> None:
    if not isinstance(value, str) or value not in field.choices:
        raise RefusedError(500, _not_an_option(field.name))


def _check_whole(field: Field, value: object) -> None:
    if isinstance(value, bool) or not isinstance(value, int):
        raise RefusedError(500, _not_an_option(field.name))
    if not field.span[0] <= value <= field.span[1]:
        raise RefusedError(500, OUT_OF_RANGE)


def _check_switch(field: Field, value: object) -> None:
    if not isinstance(value, bool):
        raise RefusedError(500, _not_an_option(field.name))


_CHECKS = {
    "text": _check_text,
    "image": _check_image,
    "choice": _check_choice,
    "whole": _check_whole,
    "switch": _check_switch,
}


def _not_an_option(name: str) -> str:
    return f"{name} is not within the range of allowed options"


def _callback_url(value: object) -> str | None:
    return value if isinstance(value, str) and is_web_url(value) else None


def is_web_url(text: str) -> bool:
    """Say whether the text is an http(s) URL with a host."""
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False

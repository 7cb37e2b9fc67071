"""A createTask body, checked as the service checks it: one complaint, in its words.

It knows the catalogue's fields and prices. It must not know who asks, nor budgets.
"""

import json
from dataclasses import dataclass
from urllib.parse import urlsplit

from hailuo_nb.core.models import Model, Sent, row_of
from hailuo_nb.core.pricing import price
from hailuo_nb.core.request import NOT_WITH_END, Request
from hailuo_nb.gateway.refused import Refused
from hailuo_nb.gateway.tables import HUNDREDTHS
from hailuo_nb.kie.record import read_request
from hailuo_nb.kie.sanitize import NotJson, is_web_url, load_json

REQUIRED = "This field is required"
TOO_LONG = "The text length cannot exceed the maximum limit"
OUT_OF_RANGE = "Value must be within the specified range"
BAD_MODEL = (
    "The model name you specified is not supported. Please verify your input and use one of "
    "the supported models provided by KIE."
)
BAD_BODY = "The request parameters failed validation checks"
URL_CHARS_MAX = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a student asks for: known fields alone, and its price in hundredths of a credit."""

    model: str
    fields: dict[str, object]
    callback_url: str | None
    price: int

    @property
    def param(self) -> str:
        """The request as recordInfo shows it: a JSON string with a JSON string inside."""
        outer: dict[str, object] = {"model": self.model}
        if self.callback_url:
            outer["callBackUrl"] = self.callback_url
        return _json(outer | {"input": _json(self.fields)})


def read_object(body: bytes) -> dict[str, object]:
    """Return a JSON object.

    Raises
    ------
    Refused
        422: it is none.
    """
    try:
        document = load_json(body)
    except NotJson:
        raise Refused(422, BAD_BODY) from None
    if not isinstance(document, dict):
        raise Refused(422, BAD_BODY)
    return document


def read_asked(body: bytes) -> Asked:
    """Return what a body asks for.

    Raises
    ------
    Refused
        The first complaint: the model, then its fields in the catalogue's order, then what does
        not go together.
    """
    document = read_object(body)
    name = document.get("model")
    row = row_of(name) if isinstance(name, str) else None
    if row is None:
        raise Refused(422, BAD_MODEL)
    given = document.get("input")
    if not isinstance(given, dict):
        raise Refused(500, REQUIRED)
    fields = {
        one.name: value for one in row.sends if (value := _value(row, one, given)) is not None
    }
    request = request_of(row.id, fields)
    _check_together(row, request)
    return Asked(
        model=row.id,
        fields=fields,
        callback_url=_callback(document.get("callBackUrl")),
        price=round(request.price.credits * HUNDREDTHS),
    )


def request_of(model: str, fields: dict[str, object]) -> Request:
    """Return the request of a model and its fields, as it goes to the service."""
    return read_request({"model": model, "input": fields})


def _value(row: Model, one: Sent, given: dict[str, object]) -> object:
    value = given.get(one.name)
    if value is None or (one.kind == "address" and value == ""):
        if one.field in ("prompt", "image"):
            raise Refused(500, REQUIRED)
        return one.unsaid
    if one.field == "prompt":
        return _prompt(row, value)
    if one.kind == "address":
        return _address(value)
    if one.kind == "switch":
        if not isinstance(value, bool):
            raise _not_an_option(one)
        return value
    return _choice(row, one, value)


def _prompt(row: Model, value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise Refused(500, REQUIRED)
    if len(value) > row.prompt_chars_max:
        raise Refused(500, TOO_LONG)
    return value


def _address(value: object) -> str:
    if not isinstance(value, str):
        raise Refused(500, REQUIRED)
    if not is_web_url(value) or len(value) > URL_CHARS_MAX or not value.isprintable():
        raise Refused(500, OUT_OF_RANGE)
    return value


def _choice(row: Model, one: Sent, value: object) -> object:
    choices: dict[str, tuple[object, ...]] = {
        "duration_s": row.durations_s,
        "resolution": row.resolutions,
        "aspect_ratio": row.aspect_ratios,
    }
    allowed = [str(each) if one.kind == "text" else each for each in choices[one.field]]
    if type(value) is not (int if one.kind == "number" else str):
        raise _not_an_option(one)
    if value not in allowed:
        raise Refused(500, OUT_OF_RANGE) if one.kind == "number" else _not_an_option(one)
    return value


def _not_an_option(one: Sent) -> Refused:
    return Refused(500, f"{one.name} is not within the range of allowed options")


def _check_together(row: Model, request: Request) -> None:
    if request.end_image is not None and request.resolution == NOT_WITH_END:
        raise Refused(500, "resolution is not within the range of allowed options")
    if (request.duration_s, request.resolution) in row.not_together:
        raise Refused(500, "duration is not within the range of allowed options")
    if not price(row.id, request.duration_s, request.resolution).exact:
        raise Refused(500, "duration is not within the range of allowed options")


def _callback(value: object) -> str | None:
    is_one = isinstance(value, str) and is_web_url(value) and len(value) <= URL_CHARS_MAX
    return str(value) if is_one and not urlsplit(str(value)).username else None


def _json(value: object) -> str:
    return json.dumps(value, separators=(",", ":"))

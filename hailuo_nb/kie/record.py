"""A task as the service describes it, read however it is written.

It knows every shape that recordInfo has been seen in. It must not know what is
done about a state, nor trust a value further than its type. `told_by` is what others may see of
it: neither the account nor anything that it can be reached by.
"""

import math
import re
from collections.abc import Mapping

from hailuo_nb.core.models import HAILUO, Sent, row_of
from hailuo_nb.core.request import ImageRef, Request
from hailuo_nb.core.task import Phase, Record
from hailuo_nb.errors import UnexpectedReply
from hailuo_nb.kie.envelope import unexpected
from hailuo_nb.kie.sanitize import (
    NotJson,
    as_number,
    clean,
    is_web_url,
    load_json,
    load_leading_json,
)

RESULT_URLS_MAX = 16
LABEL_CHARS = 200
WAIT_S_MAX = 1e7
CREATED_MS_MAX = 4.1e12
"""Later times, in ms since the epoch, are no times of ours: the year 2100."""

MS_FROM = 1000.0
SURELY_MS_FROM = 3600.0
ABOUT = math.log(1.5)

PHASES: dict[str, Phase] = {
    "waiting": "waiting",
    "queuing": "queuing",
    "generating": "generating",
    "success": "success",
    "fail": "fail",
}
"""The service's words for a state; any other word means that it still runs."""

FLAGS: dict[object, Phase] = {0: "generating", 1: "success", 3: "fail"}
"""The number that newer replies carry where ``state`` is missing."""

WORDS: Mapping[str, int] = {"state": 40, "failCode": 20, "failMsg": 300}
"""Texts that are kept, and how long each may be."""

NUMBERS = ("successFlag", "costTime", "creditsConsumed", "consumeCredits")
"""Numbers that are kept as they came."""

_PRIVATE = re.compile(r"[a-z][a-z0-9+.-]*://\S+|\S+@\S+|(?=\S*[0-9])[\w.-]{16,}", re.IGNORECASE)
"""An address, somebody's mail, or a word with digits that is as long as an id."""

HIDDEN = "(left out)"


def read_record(data: object) -> Record:
    """Return a task's record from recordInfo's ``data``.

    Raises
    ------
    UnexpectedReply
        The data is no object at all; anything less is tolerated.
    """
    if not isinstance(data, dict):
        raise unexpected("The service described the task with something other than an object")
    phase, urls = _phase(data), _result_urls(data)
    failed = phase == "fail"
    return Record(
        task_id=_text(data.get("taskId"), 200) or "",
        phase=phase,
        result_urls=urls if phase == "success" else (),
        fail_code=_text(data.get("failCode"), 20) if failed else None,
        fail_message=_text(data.get("failMsg"), 500) if failed else None,
        credits=_credits(data),
        cost_time_s=_cost_time_s(data) if phase in ("success", "fail") else None,
        created_at=_created_at(data),
        queue_place=_place(data),
        queue_wait_s=as_number(data.get("queueWait"), WAIT_S_MAX),
        prompts_shown=data.get("promptsShown") is True,
        unsure=data.get("unsure") is True,
        told=told_by(data, results=len(urls)),
    )


def read_param(data: object) -> dict[str, object]:
    """Return what a task was asked for: ``{"model": str, "input": dict}``, or ``{}``.

    Takes recordInfo's ``data``, whose ``param`` is JSON in a string whose ``input``
    is JSON in a string again; objects in their place are taken too.
    """
    if not isinstance(data, dict):
        return {}
    param = _unwrapped(data.get("param") or data.get("paramJson"))
    if not isinstance(param, dict):
        return {}
    model, fields = param.get("model") or data.get("model"), _unwrapped(param.get("input"))
    if not isinstance(model, str) or not isinstance(fields, dict):
        return {}
    return {"model": model, "input": fields}


def _phase(data: dict[str, object]) -> Phase:
    state = data.get("state")
    if state is None or state == "":
        flag = as_number(data.get("successFlag"))
        return FLAGS.get(flag, "generating")
    return (
        PHASES.get(state.strip().lower(), "generating") if isinstance(state, str) else "generating"
    )


def _result_urls(data: dict[str, object]) -> tuple[str, ...]:
    for field in ("resultJson", "response"):
        result = _unwrapped(data.get(field))
        if isinstance(result, dict):
            urls = _web_urls(_unwrapped(result.get("resultUrls")))
            if urls:
                return urls
    return ()


def _web_urls(value: object) -> tuple[str, ...]:
    listed = value if isinstance(value, list) else [value]
    texts = [text for text in listed[:RESULT_URLS_MAX] if isinstance(text, str)]
    urls = [text.strip().replace(" ", "%20") for text in texts]
    return tuple(dict.fromkeys([url for url in urls if is_web_url(url)]))


def _unwrapped(value: object) -> object:
    """Return the JSON value inside a string, twice at most; other values as they are."""
    for _ in range(2):
        if not isinstance(value, str) or is_web_url(value):
            return value
        try:
            value = load_json(value)
        except NotJson:
            value = _leading(value)
    return value


def _leading(text: object) -> object:
    try:
        return load_leading_json(text) if isinstance(text, str) else None
    except NotJson:
        return None


def _credits(data: dict[str, object]) -> float | None:
    for field in ("creditsConsumed", "consumeCredits"):
        credits = as_number(data.get(field), 1e9)
        if credits is not None:
            return credits
    return None


def _cost_time_s(data: dict[str, object]) -> float | None:
    """Read costTime as seconds, or as ms where only that fits the task's own clock.

    The service documents milliseconds and sends seconds. A small number is ms only where that
    is about what the clock says.
    """
    cost = as_number(data.get("costTime"))
    if not cost:
        return cost
    started_ms = as_number(data.get("createTime"), 1e14)
    ended_ms = as_number(data.get("completeTime"), 1e14)
    if not started_ms or not ended_ms or ended_ms <= started_ms:
        return cost / 1000 if cost >= SURELY_MS_FROM else cost
    elapsed_s = (ended_ms - started_ms) / 1000
    off_as_s, off_as_ms = (abs(math.log(guess / elapsed_s)) for guess in (cost, cost / 1000))
    is_ms = off_as_ms < off_as_s and (cost >= MS_FROM or off_as_ms < ABOUT)
    return cost / 1000 if is_ms else cost


def _created_at(data: dict[str, object]) -> float | None:
    created_ms = as_number(data.get("createTime"), CREATED_MS_MAX, least=1.0)
    return None if created_ms is None else created_ms / 1000


def _place(data: dict[str, object]) -> int | None:
    """Return where a task stands in a class's queue, which the service itself never says."""
    place = as_number(data.get("queuePlace"), 1e9, least=1.0)
    return None if place is None else int(place)


def _text(value: object, chars_max: int) -> str | None:
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**9:
        return str(value)
    return (clean(value, chars_max) or None) if isinstance(value, str) else None


def read_request(param: dict[str, object]) -> Request:
    """Return the request of `read_param`'s result, for a run of which only the id is known.

    The service has filled its defaults in; what the catalogue does not know is taken as it is.

    Raises
    ------
    UnexpectedReply
        The service does not say what the task was asked for.
    """
    model, fields = param.get("model"), param.get("input")
    if not isinstance(model, str) or not isinstance(fields, dict):
        raise UnexpectedReply(
            "The service does not say what the task was asked for.", charged="no", advice=""
        )
    sends = {one.field: one for one in (*HAILUO, *_sends(model))}
    told = {name: fields.get(one.name) for name, one in sends.items()}
    duration_s, resolution, ratio = (
        told.get(name) or default for name, default in _unsaid(model).items()
    )
    optimizer = told["prompt_optimizer"]
    return Request(
        model=clean(model, LABEL_CHARS),
        prompt=str(told["prompt"] or "").encode(errors="replace").decode(),
        image=_image(told["image"]),
        end_image=_image(told["end_image"]),
        duration_s=int(_number(duration_s) or 6),
        resolution=clean(str(resolution), LABEL_CHARS),
        prompt_optimizer=optimizer if isinstance(optimizer, bool) else None,
        nsfw_check=told["nsfw_check"] is True,
        aspect_ratio=clean(ratio, LABEL_CHARS) if isinstance(ratio, str) else None,
    )


def _sends(model: str) -> tuple[Sent, ...]:
    row = row_of(model)
    return row.sends if row is not None else ()


def _unsaid(model: str) -> dict[str, object]:
    """Return what the service makes of a request that does not name these."""
    row = row_of(model)
    if row is None:
        return {"duration_s": 6, "resolution": "768P", "aspect_ratio": None}
    fixed = {"duration_s": row.durations_s[0], "resolution": row.resolutions[0]}
    return {**fixed, "aspect_ratio": None} | {
        one.field: one.unsaid for one in row.sends if one.field in (*fixed, "aspect_ratio")
    }


def _image(url: object) -> ImageRef | None:
    if not isinstance(url, str) or not is_web_url(url):
        return None
    return ImageRef(label=clean(url, LABEL_CHARS), url=url)


def _number(value: object) -> float | None:
    if isinstance(value, str) and value.isdecimal() and len(value) < 10:
        return as_number(int(value), 600.0)
    return as_number(value, 600.0)


def told_by(data: Mapping[str, object], *, results: int) -> dict[str, str | float]:
    """Return what may be shown to others of recordInfo's ``data``, for recorded sessions.

    Only what is named above is kept; addresses, ids and long numbers are taken out of its words.

    Parameters
    ----------
    data
        The reply's, as it came.
    results
        How many results it names; the addresses themselves are not kept.

    Returns
    -------
    dict
        Its words and numbers under their own names; "tookMs", the ms from ``createTime`` to
        ``completeTime``; and "results".
    """
    told: dict[str, str | float] = {}
    for name, most in WORDS.items():
        value = data.get(name)
        if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**9:
            value = str(value)
        if isinstance(value, str) and value:
            told[name] = _PRIVATE.sub(HIDDEN, clean(value[: 4 * most], most))
    for name in NUMBERS:
        number = as_number(data.get(name), 1e12)
        if number is not None:
            told[name] = number
    began, ended = (as_number(data.get(name), 1e14) for name in ("createTime", "completeTime"))
    if began and ended and ended > began:
        told["tookMs"] = ended - began
    if results:
        told["results"] = results
    return told

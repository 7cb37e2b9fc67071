"""From what the service says a task was asked for back to a request; pure.

Used for runs made elsewhere, of which only the task id is known. The service has filled
its defaults in; what the catalogue does not know is taken as it is.
"""

from hailuo_nb.core.models import HAILUO, Sent, row_of
from hailuo_nb.core.request import ImageRef, Request
from hailuo_nb.errors import UnexpectedReply
from hailuo_nb.kie.sanitize import as_number, clean, is_web_url

LABEL_CHARS = 200


def read_request(param: dict[str, object]) -> Request:
    """Return the request of `hailuo_nb.kie.wire.read_param`'s result.

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

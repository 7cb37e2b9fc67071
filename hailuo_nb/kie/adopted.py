"""From what the service says a task was asked for back to a request; pure.

Used for runs made elsewhere, of which only the task id is known. The service has filled
its defaults in; what the catalogue does not know is taken as it is.
"""

from hailuo_nb.core.models import find_model
from hailuo_nb.core.request import ImageRef, Request
from hailuo_nb.errors import OptionError, UnexpectedReply
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
    duration_s, resolution = _fixed(model)
    optimizer = fields.get("prompt_optimizer")
    return Request(
        model=clean(model, LABEL_CHARS),
        prompt=str(fields.get("prompt") or "").encode(errors="replace").decode(),
        image=_image(fields.get("image_url")),
        end_image=_image(fields.get("end_image_url")),
        duration_s=int(_number(fields.get("duration")) or duration_s),
        resolution=clean(str(fields.get("resolution") or resolution), LABEL_CHARS),
        prompt_optimizer=optimizer if isinstance(optimizer, bool) else None,
        nsfw_check=fields.get("nsfw_checker") is True,
    )


def _fixed(model: str) -> tuple[int, str]:
    """Return what the service makes of a request without duration and resolution."""
    try:
        row = find_model(model)
    except OptionError:
        return 6, "768P"
    return row.unsaid_duration_s, row.resolutions[0]


def _image(url: object) -> ImageRef | None:
    if not isinstance(url, str) or not is_web_url(url):
        return None
    return ImageRef(label=clean(url, LABEL_CHARS), url=url)


def _number(value: object) -> float | None:
    if isinstance(value, str) and value.isdecimal() and len(value) < 10:
        return as_number(int(value), 600.0)
    return as_number(value, 600.0)

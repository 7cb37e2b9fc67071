"""What the panel's form is made of: models, options, cameras, limits, from core's tables.

Pure. A new model or option appears in the form by its row alone; nothing here names one.
"""

from keyword import kwlist
from typing import Any

from hailuo_nb.core.cameras import CAMERAS
from hailuo_nb.core.models import MODELS, UNVERIFIED, Model, default_model
from hailuo_nb.core.options import OPTIONS, Option
from hailuo_nb.core.request import IMAGE_BYTES_MAX
from hailuo_nb.views.compare.compare import CLIPS_MAX, CLIPS_MIN

PIECE_BYTES = 1024 * 1024
"""A file travels in pieces of this size: a message of more than 10 MiB ends the connection."""

CAMERAS_FIRST = ("Push in", "Zoom in")
"""The commands that are wanted most stand first; where there is little room the rest is folded."""

GROUPS = (("running", "under way"), ("done", "done"), ("failed", "without a clip"))
"""The states as the gallery groups them, and their words."""


def catalogue(
    *, samples: tuple[str, ...], image_types: tuple[str, ...], read_only: bool
) -> dict[str, Any]:
    """Return everything about the form that never changes: JSON values only.

    Parameters
    ----------
    samples
        The built-in images, by the names that are typed.
    image_types
        Media types of images that can be sent.
    read_only
        Whether clips can be neither renamed nor hidden here.
    """
    return {
        "models": [_model(model) for model in MODELS],
        "default_model": {
            "with_image": default_model(with_image=True).short,
            "without_image": default_model(with_image=False).short,
        },
        "options": [_option(option) for option in OPTIONS if option.place in ("main", "more")],
        "cameras": [
            {"name": name, "does": CAMERAS[name]}
            for name in dict.fromkeys((*CAMERAS_FIRST, *CAMERAS))
        ],
        "samples": list(samples),
        "image": {
            "bytes_max": IMAGE_BYTES_MAX,
            "piece_bytes": PIECE_BYTES,
            "types": list(image_types),
        },
        "keywords": list(kwlist),
        "states": [list(group) for group in GROUPS],
        "compare": [CLIPS_MIN, CLIPS_MAX],
        "read_only": read_only,
    }


def _model(model: Model) -> dict[str, Any]:
    return {
        "short": model.short,
        "kind": model.input_kind,
        "prompt_chars_max": model.prompt_chars_max,
        "takes_image": model.takes_image,
        "takes_end_image": model.has("end_image"),
        "fixed": _fixed(model),
        "fields": {
            option.name: values
            for option in OPTIONS
            if option.kind in ("choice", "switch")
            and option.place in ("main", "more")
            and (values := _values(option, model))
        },
        "not_together": [
            {
                "values": {"duration": str(duration_s), "resolution": resolution},
                "words": f"{model.short} makes no {duration_s} s clip at {resolution}.",
            }
            for duration_s, resolution in model.not_together
        ],
    }


def _fixed(model: Model) -> list[str]:
    """Return what the model leaves no choice of, in words, and what else is to be known of it."""
    fixed = [f"{seconds} s" for seconds in model.durations_s if not model.has("duration_s")]
    fixed += [name for name in model.resolutions if not model.has("resolution")]
    return fixed + ([] if model.verified else [UNVERIFIED])


def _values(option: Option, model: Model) -> list[str]:
    values = option.choices if option.of_model is None else option.of_model(model)
    return [str(value) for value in values]


def _option(option: Option) -> dict[str, Any]:
    return {
        "name": option.name,
        "flag": option.flag,
        "label": option.heading,
        "unit": option.label.replace("{}", "").strip() if option.label.startswith("{}") else "",
        "kind": option.kind,
        "help": option.help,
        "metavar": option.metavar,
        "choices": list(option.choices),
        "several": option.several,
        "place": option.place,
    }

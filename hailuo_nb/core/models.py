"""The catalogue of models: what each takes, and what each fixes.

One row a model; a new model is one more row, a new family a few fields beside it. It knows
the service's names for what is sent, and as what kind of value it travels, not how. Source:
kie.ai's model pages (2026-09) and the limits of the upstream model; for ``minimax-h3``, whose
page was not seen, public clients of September and October 2026.
"""

from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from itertools import product
from typing import Literal

from hailuo_nb.errors import OptionError

Kind = Literal["text", "number", "switch", "address"]
"""What travels: a JSON string, an integer, a boolean, or the address of an image."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A field of a request as it travels, in the unit that its own name says.

    ``field`` is that of `hailuo_nb.core.request.Request`, ``name`` the service's. ``unsaid`` is
    what the service takes where nothing is sent, None where that is not known or is nothing.
    """

    field: str
    name: str
    kind: Kind
    unsaid: object = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """One model of the service.

    Parameters
    ----------
    id
        The service's name, sent as it stands.
    short
        A short name people may type.
    prompt_chars_max
        Longest prompt, in characters.
    sends
        What is sent to it besides its name, and nothing else: unknown fields are billed. A
        start image that it takes is required.
    durations_s, resolutions, aspect_ratios
        What may be asked for; the first is this package's default. Where they are not sent
        the service fixes the value; without ``aspect_ratios`` it has no such field.
    not_together
        Pairs of duration and resolution that the service refuses.
    verified
        Whether the vendor's own page was seen.
    """

    id: str
    short: str
    prompt_chars_max: int
    sends: tuple[Sent, ...]
    durations_s: tuple[int, ...]
    resolutions: tuple[str, ...]
    aspect_ratios: tuple[str, ...] = ()
    not_together: tuple[tuple[int, str], ...] = ()
    verified: bool = True

    def sent(self, field: str) -> Sent | None:
        """Return how a field of a request travels to this model, None where it has none."""
        for one in self.sends:
            if one.field == field:
                return one
        return None

    def has(self, field: str) -> bool:
        """Return whether the model takes a field of a request."""
        return self.sent(field) is not None

    @property
    def settings(self) -> tuple[tuple[int, str], ...]:
        """Every pair of duration in seconds and resolution that it makes, the default first."""
        pairs = product(self.durations_s, self.resolutions)
        return tuple(pair for pair in pairs if pair not in self.not_together)

    @property
    def takes_image(self) -> bool:
        """Whether a start image is required; otherwise none is possible."""
        return self.has("image")

    @property
    def input_kind(self) -> str:
        """The kind of input, in the words of the catalogue."""
        return "image-to-video" if self.takes_image else "text-to-video"


_PROMPT = Sent("prompt", "prompt", "text")
_START = Sent("image", "image_url", "address")
_END = Sent("end_image", "end_image_url", "address")
_DURATION = Sent("duration_s", "duration", "text", "6")
_RESOLUTION = Sent("resolution", "resolution", "text", "768P")
_OPTIMIZER = Sent("prompt_optimizer", "prompt_optimizer", "switch", unsaid=True)
_CHECK = Sent("nsfw_check", "nsfw_checker", "switch", unsaid=False)

HAILUO: tuple[Sent, ...] = (_PROMPT, _START, _END, _DURATION, _RESOLUTION, _OPTIMIZER, _CHECK)
"""Every field of the Hailuo family; what a model that is not in the catalogue may have."""


def _hailuo_02(kind: str, tier: str) -> Model:
    image, standard = kind == "image", tier == "standard"
    duration = Sent("duration_s", "duration", "text", "10") if image else _DURATION
    return Model(
        id=f"hailuo/02-{kind}-to-video-{tier}",
        short=f"02-{kind[0]}2v" + ("" if standard else "-pro"),
        prompt_chars_max=1500,
        sends=(
            _PROMPT,
            *((_START, _END) if image else ()),
            *((duration,) if standard else ()),
            *((_RESOLUTION,) if image and standard else ()),
            *(_OPTIMIZER, _CHECK),
        ),
        durations_s=(6, 10) if standard else (6,),
        resolutions=_hailuo_02_resolutions(image=image, standard=standard),
    )


def _hailuo_02_resolutions(*, image: bool, standard: bool) -> tuple[str, ...]:
    if not standard:
        return ("1080P",)
    return ("768P", "512P") if image else ("768P",)


def _hailuo_23(tier: str) -> Model:
    return Model(
        id=f"hailuo/2-3-image-to-video-{tier}",
        short="2.3-i2v" + ("" if tier == "standard" else "-pro"),
        prompt_chars_max=5000,
        sends=(_PROMPT, _START, _DURATION, _RESOLUTION, _CHECK),
        durations_s=(6, 10),
        resolutions=("768P", "1080P"),
        not_together=((10, "1080P"),),
    )


def _minimax_h3(kind: str, *own: Sent, aspect_ratios: tuple[str, ...] = ()) -> Model:
    duration = Sent("duration_s", "duration", "number", 6)
    resolution = Sent("resolution", "resolution", "text", "2K")
    return Model(
        id=f"minimax-h3/{kind}-to-video",
        short=f"h3-{kind[0]}2v",
        prompt_chars_max=1500,
        sends=(_PROMPT, *own, duration, resolution),
        durations_s=(6, 4, 5, *range(7, 16)),
        resolutions=("768P", "2K"),
        aspect_ratios=aspect_ratios,
        verified=False,
    )


MODELS: tuple[Model, ...] = (
    _hailuo_02("image", "standard"),
    _hailuo_02("image", "pro"),
    _hailuo_02("text", "standard"),
    _hailuo_02("text", "pro"),
    _hailuo_23("standard"),
    _hailuo_23("pro"),
    _minimax_h3(
        "image",
        Sent("image", "first_frame_url", "address"),
        Sent("end_image", "last_frame_url", "address"),
    ),
    _minimax_h3(
        "text",
        Sent("aspect_ratio", "aspect_ratio", "text", "16:9"),
        aspect_ratios=("16:9", "9:16", "1:1", "4:3", "3:4", "21:9"),
    ),
)
"""Every model, in the order in which they are listed to people."""

UNVERIFIED = "unverified"
"""Said of a model whose page of the vendor was not seen."""

DEFAULT_WITH_IMAGE = "hailuo/02-image-to-video-standard"
DEFAULT_WITHOUT_IMAGE = "hailuo/02-text-to-video-standard"


def default_model(*, with_image: bool) -> Model:
    """Return the model used when none is named."""
    return find_model(DEFAULT_WITH_IMAGE if with_image else DEFAULT_WITHOUT_IMAGE)


def find_model(name: str) -> Model:
    """Return the model of this id or short name.

    Raises
    ------
    OptionError
        The name is unknown; the message suggests the nearest.
    """
    spoken = name.strip().lower().removeprefix("hailuo/")
    names = _names()
    if spoken in names:
        return names[spoken]
    near = get_close_matches(spoken, names, n=1, cutoff=0.5)
    hint = f" Did you mean {near[0]}?" if near else ""
    raise OptionError(
        f"There is no model {name!r}.{hint} "
        f"The models are {', '.join(model.short for model in MODELS)}.",
        option="model",
    )


@cache
def _names() -> dict[str, Model]:
    """Return every name that a model goes by, in small letters."""
    standard = [model for model in MODELS if model.id.endswith("-standard")]
    return {
        **{model.short: model for model in MODELS},
        **{f"{model.short}-standard": model for model in standard},
        **{model.id.removeprefix("hailuo/"): model for model in MODELS},
    }


def row_of(id: str) -> Model | None:
    """Return the model of an id, None where the catalogue does not have it."""
    return next((model for model in MODELS if model.id == id), None)


def short_name(id: str) -> str:
    """Return a model's short name; an id that the catalogue has no more stays as it is."""
    row = row_of(id)
    return id if row is None else row.short

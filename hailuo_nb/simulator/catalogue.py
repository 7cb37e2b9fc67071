"""The models on offer: their input fields in order of complaint, fixed values and prices.

Source: the vendor's model pages and its price feed of August-October 2026; for `minimax-h3`,
public clients of September-October 2026. It knows facts only; it must not know requests, accounts
or words of complaint. A model is one row.
"""

from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["text", "image", "choice", "whole", "switch"]

SHORT_SIDE_PX = {"512P": 512, "768P": 768, "1080P": 1080, "2K": 1440}
"""The picture's short side by the word of its resolution."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field of a model's ``input`` object.

    Attributes
    ----------
    name, kind : str
        Wire name, and what sort of value it takes.
    required : bool
        Whether its absence is refused.
    choices : tuple of str
        Allowed words of a choice, case-sensitive.
    span : (int, int)
        The least and the greatest whole number that is taken, both included.
    default : str, int, bool or None
        What the service fills in.
    max_chars : int
        Longest text, in characters.
    """

    name: str
    kind: Kind
    required: bool = False
    choices: tuple[str, ...] = ()
    span: tuple[int, int] = (0, 0)
    default: str | int | bool | None = None
    max_chars: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SimulatedModel:
    """One model: its fields, what it fixes, and credits by (resolution, duration in seconds).

    Attributes
    ----------
    fields : tuple of Field
        In the order in which the service complains.
    start, end : str
        Wire names of the pictures that the clip starts and ends with.
    duration_s, resolution, aspect_ratio
        What holds where the model has no such field.
    has_sound : bool
        Whether its clips have a sound track.
    prices : dict
        A combination that is not in it is not sold.
    """

    fields: tuple[Field, ...]
    start: str = "image_url"
    end: str = "end_image_url"
    duration_s: int = 6
    resolution: str = "768P"
    aspect_ratio: str = "16:9"
    has_sound: bool = False
    prices: dict[tuple[str, int], float] = field(default_factory=dict)

    def options(self, filled: dict[str, object]) -> tuple[str, int]:
        """Return (resolution, duration in seconds) of a filled-in input."""
        return (
            str(filled.get("resolution", self.resolution)),
            int(str(filled.get("duration", self.duration_s))),
        )

    def aspect(self, filled: dict[str, object]) -> float:
        """Return width by height of a clip that starts with no picture."""
        width, _, height = str(filled.get("aspect_ratio", self.aspect_ratio)).partition(":")
        return int(width) / int(height)

    def price(self, filled: dict[str, object]) -> float | None:
        """Return the credits for a filled-in input; None: the combination is not sold."""
        return self.prices.get(self.options(filled))


def _prompt(max_chars: int) -> Field:
    return Field(name="prompt", kind="text", required=True, max_chars=max_chars)


_START = Field(name="image_url", kind="image", required=True)
_END = Field(name="end_image_url", kind="image")
_OPTIMIZER = Field(name="prompt_optimizer", kind="switch", default=True)
_NSFW = Field(name="nsfw_checker", kind="switch", default=False)


def _duration(default: str) -> Field:
    return Field(name="duration", kind="choice", choices=("6", "10"), default=default)


def _resolution(*choices: str, default: str = "768P") -> Field:
    return Field(name="resolution", kind="choice", choices=choices, default=default)


_FIELDS_2_3 = (_prompt(5000), _START, _duration("6"), _resolution("768P", "1080P"), _NSFW)

_FIRST = Field(name="first_frame_url", kind="image", required=True)
_LAST = Field(name="last_frame_url", kind="image")
_ASPECT_RATIO = Field(
    name="aspect_ratio",
    kind="choice",
    choices=("16:9", "9:16", "1:1", "4:3", "3:4", "21:9"),
    default="16:9",
)
_OPTIONS_H3 = (
    _resolution("768P", "2K", default="2K"),
    Field(name="duration", kind="whole", span=(4, 15), default=6),
)
_PRICES_H3 = {
    (resolution, duration_s): rate * duration_s
    for resolution, rate in (("768P", 8.0), ("2K", 13.0))
    for duration_s in range(4, 16)
}

MODELS: dict[str, SimulatedModel] = {
    "hailuo/02-image-to-video-standard": SimulatedModel(
        fields=(
            _prompt(1500),
            _START,
            _END,
            _duration("10"),
            _resolution("512P", "768P"),
            _OPTIMIZER,
            _NSFW,
        ),
        # The feed's 2 credits a second at 512P, 5 at 768P.
        prices={
            ("512P", 6): 12.0,
            ("512P", 10): 20.0,
            ("768P", 6): 30.0,
            ("768P", 10): 50.0,
        },
    ),
    "hailuo/02-image-to-video-pro": SimulatedModel(
        fields=(_prompt(1500), _START, _END, _OPTIMIZER, _NSFW),
        resolution="1080P",
        prices={("1080P", 6): 57.0},
    ),
    "hailuo/02-text-to-video-standard": SimulatedModel(
        fields=(_prompt(1500), _duration("6"), _OPTIMIZER, _NSFW),
        prices={("768P", 6): 30.0, ("768P", 10): 50.0},
    ),
    "hailuo/02-text-to-video-pro": SimulatedModel(
        fields=(_prompt(1500), _OPTIMIZER, _NSFW),
        resolution="1080P",
        prices={("1080P", 6): 57.0},
    ),
    "hailuo/2-3-image-to-video-standard": SimulatedModel(
        fields=_FIELDS_2_3,
        prices={("768P", 6): 30.0, ("768P", 10): 50.0, ("1080P", 6): 50.0},
    ),
    "hailuo/2-3-image-to-video-pro": SimulatedModel(
        fields=_FIELDS_2_3,
        prices={("768P", 6): 45.0, ("768P", 10): 90.0, ("1080P", 6): 80.0},
    ),
    "minimax-h3/text-to-video": SimulatedModel(
        fields=(_prompt(1500), _ASPECT_RATIO, *_OPTIONS_H3),
        has_sound=True,
        prices=_PRICES_H3,
    ),
    "minimax-h3/image-to-video": SimulatedModel(
        fields=(_prompt(1500), _FIRST, _LAST, *_OPTIONS_H3),
        start=_FIRST.name,
        end=_LAST.name,
        has_sound=True,
        prices=_PRICES_H3,
    ),
}

"""The models on offer: their input fields in order of complaint, fixed values and prices.

Source: the vendor's model pages and its price feed of August-September 2026. It knows facts
only; it must not know requests, accounts or words of complaint. A model is one row.
"""

from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["text", "image", "choice", "switch"]


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
    default : str, bool or None
        What the service fills in.
    max_chars : int
        Longest text, in characters.
    """

    name: str
    kind: Kind
    required: bool = False
    choices: tuple[str, ...] = ()
    default: str | bool | None = None
    max_chars: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """One model: fields, what it fixes, and credits by (resolution, duration in seconds)."""

    fields: tuple[Field, ...]
    duration_s: str = "6"
    resolution: str = "768P"
    prices: dict[tuple[str, str], float] = field(default_factory=dict)

    def options(self, filled: dict[str, object]) -> tuple[str, str]:
        """Return (resolution, duration in seconds) of a filled-in input."""
        return (
            str(filled.get("resolution", self.resolution)),
            str(filled.get("duration", self.duration_s)),
        )

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


def _resolution(*choices: str) -> Field:
    return Field(name="resolution", kind="choice", choices=choices, default="768P")


_FIELDS_2_3 = (_prompt(5000), _START, _duration("6"), _resolution("768P", "1080P"), _NSFW)

MODELS: dict[str, Model] = {
    "hailuo/02-image-to-video-standard": Model(
        fields=(
            _prompt(1500),
            _START,
            _END,
            _duration("10"),
            _resolution("512P", "768P"),
            _OPTIMIZER,
            _NSFW,
        ),
        # 768P at 6 s has no row in the feed; 30 by analogy with text-to-video.
        prices={
            ("512P", "6"): 12.0,
            ("512P", "10"): 20.0,
            ("768P", "6"): 30.0,
            ("768P", "10"): 50.0,
        },
    ),
    "hailuo/02-image-to-video-pro": Model(
        fields=(_prompt(1500), _START, _END, _OPTIMIZER, _NSFW),
        resolution="1080P",
        prices={("1080P", "6"): 57.0},
    ),
    "hailuo/02-text-to-video-standard": Model(
        fields=(_prompt(1500), _duration("6"), _OPTIMIZER, _NSFW),
        prices={("768P", "6"): 30.0, ("768P", "10"): 50.0},
    ),
    "hailuo/02-text-to-video-pro": Model(
        fields=(_prompt(1500), _OPTIMIZER, _NSFW),
        resolution="1080P",
        prices={("1080P", "6"): 57.0},
    ),
    "hailuo/2-3-image-to-video-standard": Model(
        fields=_FIELDS_2_3,
        prices={("768P", "6"): 30.0, ("768P", "10"): 50.0, ("1080P", "6"): 50.0},
    ),
    "hailuo/2-3-image-to-video-pro": Model(
        fields=_FIELDS_2_3,
        prices={("768P", "6"): 45.0, ("768P", "10"): 90.0, ("1080P", "6"): 80.0},
    ),
}

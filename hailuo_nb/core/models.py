"""The catalogue of models: what each takes, and what each fixes.

One row a model; a new model is one more row. It knows the service's words for
options, not how they travel. Source: kie.ai's model pages (2026-09) and the
limits of the upstream model.
"""

from dataclasses import dataclass
from difflib import get_close_matches

from hailuo_nb.errors import OptionError


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
    takes_image, takes_end_image
        Whether a start image is required, and whether an end image is possible.
    durations_s, resolutions
        What may be asked for; the first is this package's default.
    sends_duration, sends_resolution
        False where the service fixes the value and has no such field.
    has_optimizer
        Whether the service's prompt optimizer can be switched.
    not_together
        Pairs of duration and resolution that the service refuses.
    unsaid_duration_s
        How long a clip the service makes of a request that names no duration.
    estimate_s
        Typical seconds to a result, (median, 90th percentile), of a 6 s clip.
    """

    id: str
    short: str
    prompt_chars_max: int
    takes_image: bool
    takes_end_image: bool
    durations_s: tuple[int, ...]
    resolutions: tuple[str, ...]
    sends_duration: bool
    sends_resolution: bool
    has_optimizer: bool
    not_together: tuple[tuple[int, str], ...] = ()
    unsaid_duration_s: int = 6
    estimate_s: tuple[float, float] = (180.0, 437.0)

    @property
    def input_kind(self) -> str:
        """The kind of input, in the words of the catalogue."""
        return "image-to-video" if self.takes_image else "text-to-video"


def _hailuo_02(kind: str, tier: str) -> Model:
    image, standard = kind == "image", tier == "standard"
    return Model(
        id=f"hailuo/02-{kind}-to-video-{tier}",
        short=f"02-{kind[0]}2v" + ("" if standard else "-pro"),
        prompt_chars_max=1500,
        takes_image=image,
        takes_end_image=image,
        durations_s=(6, 10) if standard else (6,),
        resolutions=_hailuo_02_resolutions(image=image, standard=standard),
        sends_duration=standard,
        sends_resolution=image and standard,
        has_optimizer=True,
        unsaid_duration_s=10 if image and standard else 6,
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
        takes_image=True,
        takes_end_image=False,
        durations_s=(6, 10),
        resolutions=("768P", "1080P"),
        sends_duration=True,
        sends_resolution=True,
        has_optimizer=False,
        not_together=((10, "1080P"),),
    )


MODELS: tuple[Model, ...] = (
    _hailuo_02("image", "standard"),
    _hailuo_02("image", "pro"),
    _hailuo_02("text", "standard"),
    _hailuo_02("text", "pro"),
    _hailuo_23("standard"),
    _hailuo_23("pro"),
)
"""Every model, in the order in which they are listed to people."""

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
    names = {model.short: model for model in MODELS}
    names |= {model.short + "-standard": model for model in MODELS if "pro" not in model.short}
    names |= {model.id.removeprefix("hailuo/"): model for model in MODELS}
    if spoken in names:
        return names[spoken]
    near = get_close_matches(spoken, names, n=1, cutoff=0.5)
    hint = f" Did you mean {near[0]}?" if near else ""
    raise OptionError(
        f"There is no model {name!r}.{hint} "
        f"The models are {', '.join(model.short for model in MODELS)}.",
        option="model",
    )


def short_name(id: str) -> str:
    """Return a model's short name; an id that the catalogue has no more stays as it is."""
    return next((model.short for model in MODELS if model.id == id), id)

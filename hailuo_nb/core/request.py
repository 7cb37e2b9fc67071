"""One request for one clip: checked against the catalogue before any network.

It knows which values go together, what makes two requests the same and how the one that was made
differs from the one that was asked for. It knows neither the wire's field names nor where an
image's bytes lie.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from operator import attrgetter
from unicodedata import normalize

from hailuo_nb.core.addresses import fault_of
from hailuo_nb.core.models import Model, default_model, find_model
from hailuo_nb.core.pricing import Price, price
from hailuo_nb.errors import OptionError, PromptError

IMAGE_BYTES_MAX = 10_000_000
IMAGE_SUFFIXES = {"image/jpeg": "jpg", "image/png": "png", "image/webp": "webp"}
"""How the files of each kind of image end that the service takes, by media type."""

NOT_WITH_END = "512P"
"""The resolution that the service refuses beside an end image."""

FIRST_FIELDS = (
    *("model", "prompt", "image", "end_image", "duration_s", "resolution"),
    *("prompt_optimizer", "nsfw_check", "sample"),
)
"""Version 1 of what makes a request what it is: in every digest, row and sidecar, whole."""

LATER_FIELDS: Mapping[str, object] = {"aspect_ratio": None}
"""What was added since, with its default, at which it is left out: old digests stay as they are."""


_CANONICAL = json.JSONEncoder(sort_keys=True, ensure_ascii=False).encode
_APART = ("prompt", "image", "end_image", "sample")
_ASKED = attrgetter(*(name for name in (*FIRST_FIELDS, *LATER_FIELDS) if name not in _APART))

UNSEEN = {
    "\u00a0": " ",  # no-break space
    "\u200b": "",  # zero-width space
    "\u2060": "",  # word joiner
    "\ufeff": "",  # byte order mark
}
"""What nobody sees, and what it stands for. Joiners (U+200C, U+200D) carry meaning and stay."""

_UNSEEN = str.maketrans(UNSEEN)
_LINE_END = re.compile(r"[^\S\n]*\n")

SHOWN_CHARS = 60
_UPLOAD = re.compile(r"/hailuo-nb/([0-9a-f]{32})\.(?:jpg|png|webp)\b")
"""How the name of an image ends that we have uploaded: it begins the digest of its bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageRef:
    """A start or end image by what identifies it; the bytes lie elsewhere.

    Parameters
    ----------
    label
        What the person called it: a file's name, an address, a variable, ``sample:peak``.
    url
        The address the service fetches; None for bytes that are still to be uploaded.
    digest
        sha256 of the content in hex; None for a URL, whose content is not known.
    mime, width_px, height_px, size_bytes
        From the image's header; None or 0 where unknown.
    """

    label: str
    url: str | None = None
    digest: str | None = None
    mime: str | None = None
    width_px: int = 0
    height_px: int = 0
    size_bytes: int = 0

    @property
    def identity(self) -> str:
        """What makes two images the same: the content where known, else the address."""
        return self.digest or self.url or self.label


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What one task asks for; build it with `make_request`.

    ``duration_s`` is in seconds, ``resolution`` one of "512P", "768P", "1080P", "2K",
    ``prompt_optimizer`` and ``aspect_ratio``, such as "16:9", None where the model has no
    such field, ``sample`` counts from 1 and tells equal requests apart. ``unknown`` is what a
    newer version has recorded of it, pairs of field and JSON value: kept, part of its
    identity, and never sent.
    """

    model: str
    prompt: str
    image: ImageRef | None
    end_image: ImageRef | None
    duration_s: int
    resolution: str
    prompt_optimizer: bool | None
    nsfw_check: bool
    callback_url: str | None = None
    sample: int = 1
    aspect_ratio: str | None = None
    unknown: tuple[tuple[str, object], ...] = ()

    @property
    def price(self) -> Price:
        """The listed price of this request."""
        return price(self.model, self.duration_s, self.resolution)

    @property
    def first_facts(self) -> dict[str, object]:
        """The fields of version 1, each whole."""
        return {name: getattr(self, name) for name in FIRST_FIELDS}

    @property
    def later_facts(self) -> dict[str, object]:
        """What differs from the default among the fields that were added since."""
        later = {name: getattr(self, name) for name in LATER_FIELDS}
        return dict(self.unknown) | {
            name: value for name, value in later.items() if value != LATER_FIELDS[name]
        }

    @property
    def wish(self) -> tuple[object, ...]:
        """What tells requests apart that were just made: what `alike` hashes, sooner."""
        images = (one and one.identity for one in (self.image, self.end_image))
        return (normal_form(self.prompt), *_ASKED(self), *images)

    def identity(self, service: str) -> str:
        """Return the hex digest that equal requests to one service share."""
        facts = self.later_facts | self.first_facts | {"service": service}
        facts["image"] = self.image.identity if self.image else None
        facts["end_image"] = self.end_image.identity if self.end_image else None
        canonical = _CANONICAL(facts)
        return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()

    def digests(self, service: str) -> tuple[str, str]:
        """Return the digests by which a request is looked up: `identity`, then `alike`."""
        identity = self.identity(service)
        is_plain = self.sample == 1 and normal_form(self.prompt) == self.prompt
        return identity, identity if is_plain else self.alike(service)

    def family(self, service: str) -> str:
        """Return the hex digest that all samples of one request share."""
        return next_sample(self, 1).identity(service)

    def alike(self, service: str) -> str:
        """Return the hex digest that the families of prompts share which look equal."""
        plain = normal_form(self.prompt)
        return (self if plain == self.prompt else replace(self, prompt=plain)).family(service)


def make_request(
    *,
    prompt: str,
    image: ImageRef | None = None,
    end_image: ImageRef | None = None,
    model: str | None = None,
    duration_s: int | None = None,
    resolution: str | None = None,
    aspect_ratio: str | None = None,
    prompt_optimizer: bool | None = None,
    nsfw_check: bool = False,
    callback_url: str | None = None,
    sample: int = 1,
) -> Request:
    """Fill in the defaults and check everything that the catalogue can tell.

    Raises
    ------
    PromptError
        The prompt is empty or too long for the model.
    OptionError
        An option is not one that the model has; the message lists what it could be.
    """
    row = find_model(model) if model else default_model(with_image=image is not None)
    _check_prompt(row, prompt)
    _check_images(row, image, end_image)
    request = Request(
        model=row.id,
        prompt=prompt,
        image=image,
        end_image=end_image,
        duration_s=_duration(row, duration_s),
        resolution=_resolution(row, resolution),
        prompt_optimizer=_optimizer(row, prompt_optimizer),
        nsfw_check=_content_check(row, nsfw_check),
        callback_url=_callback(callback_url),
        sample=sample,
        aspect_ratio=_aspect_ratio(row, aspect_ratio),
    )
    _check_pair(row, request.duration_s, request.resolution)
    return request


def check_sendable(request: Request) -> None:
    """Refuse what the service is known to refuse; clips of it made earlier are still shown.

    Raises
    ------
    OptionError
        It has an end image and a resolution that goes without.
    """
    if request.end_image is not None and request.resolution == NOT_WITH_END:
        raise OptionError(
            f"The service makes no {NOT_WITH_END} clip with an end image.",
            advice="Use --resolution 768P, or leave --end-image out.",
        )


def next_sample(request: Request, sample: int) -> Request:
    """Return the same request as another sample, counted from 1."""
    return request if request.sample == sample else replace(request, sample=sample)


def _check_prompt(row: Model, prompt: str) -> None:
    if not normal_form(prompt).strip():  # a prompt that nobody sees is none
        raise PromptError("The prompt is empty.", advice="Write it below the %%hailuo line.")
    if len(prompt) > row.prompt_chars_max:
        raise PromptError(
            f"The prompt has {len(prompt)} characters; {row.short} takes {row.prompt_chars_max}.",
            advice=f"Shorten it by {len(prompt) - row.prompt_chars_max}.",
        )


def _check_images(row: Model, image: ImageRef | None, end_image: ImageRef | None) -> None:
    if row.takes_image and image is None:
        raise OptionError(
            f"{row.short} needs a start image.",
            advice="Give one with --image, such as sample:peak.",
        )
    if not row.takes_image and end_image and image is None:
        raise OptionError(
            f"{row.short} takes no image, and an end image goes with a start image alone.",
            advice="Give one with --image, too, or leave --end-image out.",
        )
    if not row.takes_image and image:
        raise OptionError(
            f"{row.short} takes no image.", advice="Leave --image out, or use --model 02-i2v."
        )
    if end_image and not row.has("end_image"):
        raise OptionError(
            f"{row.short} takes no end image.",
            advice="Leave --end-image out, or use --model 02-i2v.",
        )


def _duration(row: Model, asked_s: int | None) -> int:
    if asked_s is None:
        return row.durations_s[0]
    if asked_s not in row.durations_s:
        could_be = " or ".join(str(seconds) for seconds in sorted(row.durations_s))
        raise OptionError(f"{row.short} has no duration of {asked_s} s; it could be {could_be}.")
    return asked_s


def _resolution(row: Model, asked: str | None) -> str:
    if asked is None:
        return row.resolutions[0]
    if asked.upper() not in row.resolutions:
        could_be = " or ".join(row.resolutions)
        raise OptionError(f"{row.short} has no resolution {asked}; it could be {could_be}.")
    return asked.upper()


def _aspect_ratio(row: Model, asked: str | None) -> str | None:
    if asked is None:
        return row.aspect_ratios[0] if row.aspect_ratios else None
    if asked not in row.aspect_ratios:
        could_be = " or ".join(row.aspect_ratios)
        raise OptionError(
            f"{row.short} has no aspect ratio {asked}"
            + (f"; it could be {could_be}." if could_be else ", and none to choose.")
        )
    return asked


def _content_check(row: Model, asked: bool) -> bool:
    if asked and not row.has("nsfw_check"):
        raise OptionError(f"{row.short} has no content check.", advice="Leave --nsfw-check out.")
    return asked


def _optimizer(row: Model, asked: bool | None) -> bool | None:
    if row.has("prompt_optimizer"):
        return True if asked is None else asked
    if asked is not None:
        raise OptionError(f"{row.short} has no prompt optimizer.", advice="Leave --optimizer out.")
    return None


NO_CALLBACK = "off"
"""Stands in place of an address: the service is to call nobody."""


def _callback(url: str | None) -> str | None:
    if url == NO_CALLBACK:
        return url
    fault = fault_of(url) if url is not None else None
    if fault is not None:
        raise OptionError(f"--callback takes an http or https address, not {url!r}: {fault}.")
    return url


def _check_pair(row: Model, duration_s: int, resolution: str) -> None:
    if (duration_s, resolution) in row.not_together:
        raise OptionError(
            f"{row.short} makes no {duration_s} s clip at {resolution}.",
            advice=f"Use --duration {row.durations_s[0]} or --resolution {row.resolutions[0]}.",
        )


def normal_form(text: str) -> str:
    """Return what two prompts share that look equal: a form for looking up, never for sending.

    It is in NFC, with plain line ends and blanks, and none at the end of a line.
    """
    if not text.isascii():
        text = normalize("NFC", text.translate(_UNSEEN))
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _LINE_END.sub("\n", text).rstrip()


def differences(asked: Request, made: Request) -> tuple[str, ...]:
    """Return what differs in the task that was made, each in a few words; () where nothing does.

    The service fills its defaults in and keeps images under addresses of its own: what it cannot
    be known to say is no difference.
    """
    pairs: dict[str, tuple[object, object]] = {
        "model": (asked.model, made.model),
        "prompt": (_plain(asked.prompt), _plain(made.prompt)),
        "duration": (f"{asked.duration_s} s", f"{made.duration_s} s"),
        "resolution": (asked.resolution.upper(), made.resolution.upper()),
        "aspect ratio": (asked.aspect_ratio, made.aspect_ratio),
        "content check": (asked.nsfw_check, made.nsfw_check),
    }
    if asked.prompt_optimizer is not None and made.prompt_optimizer is not None:
        pairs["prompt optimizer"] = (asked.prompt_optimizer, made.prompt_optimizer)
    found = [
        f"{name} {_short(there)} instead of {_short(here)}"
        for name, (here, there) in pairs.items()
        if here != there
    ]
    images = {
        "start image": (asked.image, made.image),
        "end image": (asked.end_image, made.end_image),
    }
    found += [f"another {name}" for name, pair in images.items() if _is_another(*pair)]
    return tuple(found)


def _plain(prompt: str) -> str:
    """Return a prompt as it survives the way through JSON and back, fit for a screen."""
    return repr(" ".join(prompt.encode(errors="replace").decode().split()))


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= SHOWN_CHARS else f"{text[:SHOWN_CHARS]}…"


def _is_another(asked: ImageRef | None, made: ImageRef | None) -> bool:
    if asked is None or made is None:
        return asked is not made
    if asked.url is not None:
        return asked.url != made.url
    uploaded = _UPLOAD.search(made.url or "")
    return uploaded is not None and uploaded[1] != (asked.digest or "")[:32]

"""What the service says a task was asked for, held against what we asked for; pure.

The service fills its defaults in and keeps images under addresses of its own: what it cannot be
known to say is no difference.
"""

import re

from hailuo_nb.core.request import ImageRef, Request

SHOWN_CHARS = 60
_UPLOAD = re.compile(r"/hailuo-nb/([0-9a-f]{32})\.(?:jpg|png|webp)\b")
"""How the name of an image ends that we have uploaded: it begins the digest of its bytes."""


def differences(asked: Request, made: Request) -> tuple[str, ...]:
    """Return what differs in the task that was made, each in a few words; () where nothing does."""
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

"""What may disappoint in a request and is no reason to refuse it, one sentence each.

It asks no network: it looks at camera commands, the sizes of images and the spelling of addresses.
"""

from functools import lru_cache

from hailuo_nb.core.addresses import near_only
from hailuo_nb.core.cameras import camera_warnings
from hailuo_nb.core.request import NO_CALLBACK, ImageRef, Request

IMAGE_SIDE_PX_MIN = 300
IMAGE_RATIO_MAX = 2.5


def warnings_of(request: Request) -> tuple[str, ...]:
    """Return what may disappoint but is no reason to refuse, one sentence each."""
    around = _around(request.image, request.end_image, request.callback_url)
    return (*camera_warnings(request.prompt), *around)


@lru_cache(maxsize=256)
def _around(
    image: ImageRef | None, end_image: ImageRef | None, callback_url: str | None
) -> tuple[str, ...]:
    """Return what may disappoint beside the prompt: many prompts share it."""
    found: list[str] = []
    addresses = {"callback address": None if callback_url == NO_CALLBACK else callback_url}
    for what, one in (("start", image), ("end", end_image)):
        if one is not None:
            found += image_warnings(what, one)
            addresses[f"{what} image"] = one.url
    hosts = {what: near_only(url) for what, url in addresses.items() if url}
    found += [
        f"The {what} is at {host}, which a service elsewhere cannot reach."
        for what, host in hosts.items()
        if host is not None
    ]
    return tuple(found)


def image_warnings(what: str, image: ImageRef) -> list[str]:
    """Return what may disappoint in an image's size; ``what`` is "start" or "end"."""
    if not (image.width_px and image.height_px):
        return []
    short, long = sorted((image.width_px, image.height_px))
    size = f"{image.width_px}x{image.height_px}"
    found = []
    if short <= IMAGE_SIDE_PX_MIN:
        found.append(
            f"The {what} image is {size} px; the short side should be over {IMAGE_SIDE_PX_MIN} px."
        )
    if long > IMAGE_RATIO_MAX * short:
        found.append(f"The {what} image is {size} px; its ratio should lie within 2:5 and 5:2.")
    return found

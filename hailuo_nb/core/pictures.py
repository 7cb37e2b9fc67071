"""The small pictures of a clip, by which it is known while it stands still."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Pictures:
    """What is shown of a clip without playing it.

    Parameters
    ----------
    poster
        The frame in its middle, a JPEG as a ``data:`` URI.
    strip
        Frames from its start to its end, smaller, WEBP as ``data:`` URIs.
    """

    poster: str
    strip: tuple[str, ...]

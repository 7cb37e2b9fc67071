"""A film of several clips in one picture, for people who have no notebook.

It is made in another process, which tells how far it is. Here it is only asked for.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from hailuo_nb.errors import ExportError
from hailuo_nb.media import limits
from hailuo_nb.media.limits import Harmful, NoReader, Unreadable
from hailuo_nb.media.probe import check_video
from hailuo_nb.media.reading import read

KINDS = ("mp4", "gif", "webp")
JOINED_PX_MAX = 1920
"""How long a side of clips becomes that are encoded anew."""

Box = tuple[int, int, int, int]
"""Left, top, width and height in px."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """Words in a box, the size of their letters in px, in its middle or at its left."""

    text: str
    box: Box
    size_px: int
    is_centred: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What a film shows: its sides, even and in px, what plays in which box, and the words.

    ``tiles`` are pairs of an even box and the clips that play in it, one after another; the
    last frame of a box stays until the longest has ended.
    """

    sides_px: tuple[int, int]
    tiles: tuple[tuple[Box, tuple[Path, ...]], ...]
    words: tuple[Text, ...] = ()


def make_film(scene: Scene, kind: str, told: Callable[[float], None]) -> bytes:
    """Return a film as bytes of one of `KINDS`; ``told`` hears how much is made, 0 to 1.

    Raises
    ------
    ExportError
        A clip cannot be read.
    """
    tiles = [
        {"box": box, "clips": [str(clip.absolute()) for clip in clips]}
        for box, clips in scene.tiles
    ]
    words = [(one.text, one.box, one.size_px, one.is_centred) for one in scene.words]
    cpu_s = limits.ENCODE_CPU_S_MAX * max(1, sum(len(clips) for _, clips in scene.tiles))
    try:
        return read(
            "film",
            cpu_s=cpu_s,
            told=told,
            kind=kind,
            sides_px=scene.sides_px,
            tiles=tiles,
            words=words,
        ).data
    except (OSError, Unreadable, Harmful, NoReader) as error:
        raise ExportError(f"The film cannot be made: {error}.", advice="") from error


def join(clips: Sequence[Path]) -> bytes:
    """Return one MP4 that plays clips one after another.

    Clips of one kind are joined as they are; others are encoded anew, as large as the largest of
    them, without sound.

    Raises
    ------
    ExportError
        A clip cannot be read.
    """
    try:
        made = read("join", paths=[str(clip.absolute()) for clip in clips])
    except (OSError, Unreadable, Harmful, NoReader) as error:
        raise ExportError(f"The clips cannot be joined: {error}.", advice="") from error
    if made.facts["is_made"]:
        return made.data
    sides_px = max((_sides_px(clip) for clip in clips), key=lambda sides: sides[0] * sides[1])
    scene = Scene(sides_px=sides_px, tiles=(((0, 0, *sides_px), tuple(clips)),))
    return make_film(scene, "mp4", lambda share: None)


def _sides_px(clip: Path) -> tuple[int, int]:
    """Return a clip's sides, even and as large as a film may be."""
    facts = check_video(clip)
    scale = min(1.0, JOINED_PX_MAX / max(facts.width_px, facts.height_px))
    width, height = (max(2, round(px * scale / 2) * 2) for px in (facts.width_px, facts.height_px))
    return width, height

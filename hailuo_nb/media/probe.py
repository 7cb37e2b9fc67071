"""Whether a file is a clip that plays, and its facts.

It knows what the answers mean for a download. It must not know where the file comes from,
nor how it is read: that happens in another process.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from hailuo_nb.errors import HarmfulClip, NotAVideo, SavingError
from hailuo_nb.media.limits import Harmful, NoReader, Unreadable
from hailuo_nb.media.reading import read


@dataclass(frozen=True, slots=True, kw_only=True)
class VideoFacts:
    """What a clip is: size in pixels, duration in seconds."""

    width_px: int
    height_px: int
    duration_s: float


def check_video(path: Path) -> VideoFacts:
    """Decode a clip's first frame and read it to its end.

    Raises
    ------
    NotAVideo
        It is no MP4 or WebM, is cut short, or holds no picture.
    HarmfulClip
        It claims more than any clip holds, or reading it took too much.
    OSError
        There is no such file.
    """
    path.stat()
    try:
        facts = read("facts", path).facts
    except Unreadable as error:
        raise NotAVideo(f"The file is no video that plays: {error}.") from None
    except Harmful as error:
        raise HarmfulClip(f"The file is no sound video: {error}.") from None
    except NoReader as error:
        raise SavingError(f"The clip could not be checked: {error}.") from None
    return VideoFacts(
        width_px=cast("int", facts["width_px"]),
        height_px=cast("int", facts["height_px"]),
        duration_s=cast("float", facts["duration_s"]),
    )


def faults_of(paths: Sequence[Path]) -> list[str]:
    """Return of each file why it is no clip that plays, "" where it is one.

    They are read together, which takes less; one that ends that is found by itself.

    Raises
    ------
    SavingError
        None can be read here.
    """
    if not paths:
        return []
    try:
        found = read("faults", paths=[str(path.absolute()) for path in paths]).facts["faults"]
        return [str(fault) for fault in cast("list[object]", found)]
    except (Unreadable, Harmful) as error:
        if len(paths) == 1:
            return [str(error)]
        return [fault for path in paths for fault in faults_of([path])]
    except NoReader as error:
        raise SavingError(f"The clips could not be checked: {error}.") from None

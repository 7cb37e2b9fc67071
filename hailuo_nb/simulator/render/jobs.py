"""What a worker is asked for, and how it crosses the pipe: one line of JSON each way.

It knows the fields of a job; it must not know how anything is drawn, and imports nothing heavy.
"""

import json
from dataclasses import asdict, dataclass
from typing import Any, Literal

Trouble = Literal["image", "crash"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A still that a clip starts or ends with: a file, or a scene drawn for a text.

    Exactly one of the two is given; `stand_in` is the foreign URL the scene stands for.
    """

    path: str | None = None
    stand_in: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipJob:
    """One clip to render.

    Attributes
    ----------
    out : str
        The MP4 file to write; it appears under this name only when it is whole.
    prompt : str
        Steers camera, palette and drifting particles.
    seed : str
        Everything random but the scene is drawn from this text.
    variation : int
        From 1; another one has another scene for the same prompt.
    duration_s, short_side_px, max_size_px : int
        Length, nominal short side, and the bound of the long side.
    enhanced : bool
        The prompt optimizer was on.
    aspect : float
        Width by height, where no start still says otherwise.
    has_sound : bool
        A quiet sound track goes with the pictures.
    start, end : Frame or None
        The given stills; without a start one, a scene is made from the prompt.
    """

    out: str
    prompt: str
    seed: str
    variation: int
    duration_s: int
    short_side_px: int
    max_size_px: int
    enhanced: bool
    aspect: float = 16 / 9
    has_sound: bool = False
    start: Frame | None = None
    end: Frame | None = None


def dump(job: ClipJob) -> str:
    """Return a job as one line."""
    return json.dumps(asdict(job))


def load(line: str) -> ClipJob:
    """Rebuild a job from the line that `dump` made."""
    row: dict[str, Any] = json.loads(line)
    for name in ("start", "end"):
        row[name] = Frame(**row[name]) if row[name] else None
    return ClipJob(**row)

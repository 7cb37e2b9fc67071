"""What one clip's measures are reckoned from: its frames, its prompt, the images that were sent.

It knows how a sent image is fitted to a clip. It must not know what the measures are.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import PIL.Image
import PIL.ImageOps

from hailuo_nb.measures.frames import Clip, Floats
from hailuo_nb.media import stills

if TYPE_CHECKING:
    from hailuo_nb.measures.camera import Judgement
    from hailuo_nb.measures.flow import Flow


@dataclass(frozen=True, kw_only=True)
class Material:
    """A decoded clip, the prompt it was made for, and its start and end image's bytes."""

    clip: Clip
    prompt: str = ""
    start: bytes = b""
    end: bytes = b""

    @cached_property
    def flow(self) -> "Flow":
        """How the frames move; reckoned once for all who ask. Needs OpenCV."""
        from hailuo_nb.measures.flow import flow_of

        return flow_of(self.clip.coarse)

    @cached_property
    def camera(self) -> "Judgement":
        """What the camera did, against the prompt; needs OpenCV."""
        from hailuo_nb.measures.camera import judged

        return judged(self)


def fitted(data: bytes, clip: Clip) -> Floats:
    """Return an image's luma as a clip's frame would show it, of the size of ``clip.first``.

    As the service does, it fills the frame and is cut evenly at its sides.

    Raises
    ------
    Unreadable
        It is no image.
    """
    height, width = clip.first.shape
    small = PIL.ImageOps.fit(stills.shown(data), (width, height), PIL.Image.Resampling.BOX)
    luma: Floats = np.asarray(small, np.float64) @ np.array(clip.weights)
    return luma

"""How much of a clip's picture moves by itself, the camera's motion taken away."""

import numpy as np

from hailuo_nb.measures.material import Material
from hailuo_nb.measures.quality import cut_steps


def share(material: Material) -> float | None:
    """Return the share of the frame that moves by itself, mean over the steps without a cut."""
    flow = material.flow
    own = flow.own[whole_steps(material)]
    return float(own.mean()) if own.size else None


def whole_steps(material: Material) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
    """Return which steps between sampled frames lie within one shot (S,)."""
    clip = material.clip
    step = round(clip.fps / clip.sampled_fps)
    whole = np.ones(len(material.flow.zoom), np.bool_)
    at = cut_steps(clip) // step
    whole[at[at < len(whole)]] = False
    return whole

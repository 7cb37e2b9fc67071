"""Clips to be measured: written from pixels without loss of theirs, or rendered for a prompt."""

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt

from hailuo_nb.measures.frames import Clip
from hailuo_nb.measures.material import Material
from hailuo_nb.media import samples
from hailuo_nb.simulator.render import clip as rendering
from hailuo_nb.simulator.render.jobs import ClipJob, Frame

Luma = npt.NDArray[np.uint8]


def write_luma(path: Path, frames: Sequence[Luma], *, fps: int = 24, full: bool = False) -> Path:
    """Write frames of luma codes (H, W) as a clip that keeps each of them exactly."""
    height, width = frames[0].shape
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=fps, options={"qp": "0"})
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        stream.codec_context.color_range = 2 if full else 1
        stream.time_base = Fraction(1, fps)
        for luma in frames:
            planes = np.full((height * 3 // 2, width), 128, np.uint8)
            planes[:height] = luma
            frame = av.VideoFrame.from_ndarray(planes, format="yuv420p")
            frame.color_range = 2 if full else 1
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return path


def noise(rng: np.random.Generator, height: int, width: int) -> Luma:
    """Return luma codes at random, from black to white."""
    return rng.integers(16, 236, (height, width)).astype(np.uint8)


def rendered(folder: Path, prompt: str, *, sample: str = "peak", size_px: int = 384) -> Path:
    """Return the simulator's clip of 6 s for a prompt and one of the samples."""
    image = folder / f"{sample}.png"
    if not image.exists():
        image.write_bytes(samples.draw(sample))
    made = folder / f"{len(list(folder.iterdir()))}.mp4"
    rendering.render(
        ClipJob(
            out=str(made),
            prompt=prompt,
            seed=prompt,
            variation=1,
            duration_s=6,
            short_side_px=768,
            max_size_px=size_px,
            enhanced=True,
            start=Frame(path=str(image)),
        )
    )
    return made


def of_frames(frames: Luma, prompt: str = "") -> Material:
    """Return what is measured of sampled frames alone, uint8 luma (N, H, W), 8 a second."""
    still = np.zeros((len(frames), 32))
    still[:, 0] = 1
    clip = Clip(
        size_px=(frames.shape[2], frames.shape[1]),
        fps=8.0,
        sampled_fps=8.0,
        brightness=frames.mean(axis=(1, 2)),
        differences=np.abs(np.diff(frames.astype(float), axis=0)).mean(axis=(1, 2)),
        histograms=still,
        fine=frames,
        coarse=frames,
        first=frames[0],
        last=frames[-1],
        weights=(0.299, 0.587, 0.114),
    )
    return Material(clip=clip, prompt=prompt)

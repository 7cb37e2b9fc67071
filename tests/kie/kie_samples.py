"""Samples the tests of the wire share: a key to search for, and a real clip."""

import tempfile
from pathlib import Path

import av
import numpy as np

KEY = "sk-3f9a71c05be24d68"


def encode_clip(frames: int = 12, shade: int = 40) -> bytes:
    """Return an H.264 MP4 of 64x48 pixels at 24 frames a second, its index in front."""
    noise = np.random.default_rng(shade)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "clip.mp4")
        with av.open(str(path), "w", options={"movflags": "faststart"}) as container:
            stream = container.add_stream("libx264", rate=24)
            stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
            for _ in range(frames):
                pixels = noise.integers(0, 255, (48, 64, 3), dtype=np.uint8)
                container.mux(stream.encode(av.VideoFrame.from_ndarray(pixels, format="rgb24")))
            container.mux(stream.encode(None))
        return path.read_bytes()

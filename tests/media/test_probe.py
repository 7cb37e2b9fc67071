"""What counts as a clip that plays."""

import io
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from hailuo_nb.errors import NotAVideo
from hailuo_nb.media.probe import VideoFacts, check_video
from tests.kie.kie_samples import encode_clip


def written(tmp_path: Path, data: bytes) -> Path:
    path = tmp_path / "x.mp4"
    path.write_bytes(data)
    return path


def test_a_real_clip(tmp_path: Path) -> None:
    """Size and duration are read from the frames, not from the name."""
    assert check_video(written(tmp_path, encode_clip())) == VideoFacts(
        width_px=64, height_px=48, duration_s=0.5
    )


@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.9, 0.999])
def test_a_clip_cut_anywhere(tmp_path: Path, share: float) -> None:
    """Wherever it is cut, a clip is not whole."""
    clip = encode_clip()
    with pytest.raises(NotAVideo):
        check_video(written(tmp_path, clip[: int(len(clip) * share)]))


def test_a_clip_cut_between_two_frames(tmp_path: Path) -> None:
    """A clip whose every remaining frame is sound is still missing the others."""
    clip = encode_clip()
    with av.open(io.BytesIO(clip)) as container:
        ends = sorted(packet.pos + packet.size for packet in container.demux() if packet.size)
    with pytest.raises(NotAVideo, match="6 of 12 frames"):
        check_video(written(tmp_path, clip[: ends[5]]))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<html></html>",
        b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n",
        b"ffconcat version 1.0\nfile /etc/passwd\n",
        b"\x00\x00\x00\x18ftypmp42" + b"\x00" * 500,
        b"\x1aE\xdf\xa3" + b"\xff" * 500,
        b"\xff\xd8\xff\xe0" + b"\x00" * 500,
        b"RIFF\x00\x00\x00\x00AVI LIST",
    ],
)
def test_other_files(tmp_path: Path, data: bytes) -> None:
    """Pages, playlists, pictures and empty shells are no clips."""
    with pytest.raises(NotAVideo):
        check_video(written(tmp_path, data))


def test_a_clip_of_broken_frames(tmp_path: Path) -> None:
    """A sound container around frames that do not decode is no clip."""
    clip = bytearray(encode_clip())
    start = clip.index(b"mdat") + 4
    clip[start:] = b"\xaa" * (len(clip) - start)
    with pytest.raises(NotAVideo):
        check_video(written(tmp_path, bytes(clip)))


def test_sound_alone_is_no_clip(tmp_path: Path) -> None:
    """An MP4 without a picture is refused."""
    buffer = io.BytesIO()
    with av.open(buffer, "w", format="mp4") as container:
        stream = container.add_stream("aac", rate=44100)
        frame = av.AudioFrame.from_ndarray(np.zeros((1, 1024), np.float32), "fltp", "mono")
        frame.rate, frame.time_base = 44100, Fraction(1, 44100)
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    with pytest.raises(NotAVideo, match="no picture"):
        check_video(written(tmp_path, buffer.getvalue()))


def test_frames_with_reordering_and_an_offset(tmp_path: Path) -> None:
    """B-frames, and a start later than zero, give the true duration."""
    buffer = io.BytesIO()
    with av.open(buffer, "w", format="mp4") as container:
        stream = container.add_stream("libx264", rate=24, options={"bf": "2"})
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        for number in range(24):
            pixels = np.full((48, 64, 3), number * 10, np.uint8)
            frame = av.VideoFrame.from_ndarray(pixels, format="rgb24")
            frame.pts, frame.time_base = number + 48, Fraction(1, 24)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    assert check_video(written(tmp_path, buffer.getvalue())).duration_s == pytest.approx(1.0)

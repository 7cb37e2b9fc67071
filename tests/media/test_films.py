"""Clips that claim what none holds cost a line of words, and nothing else is opened for them."""

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from hailuo_nb.errors import ExportError, HarmfulClip, ImageError, NotAVideo
from hailuo_nb.media import limits
from hailuo_nb.media.limits import Harmful, Unreadable
from hailuo_nb.media.posters import clip_pictures, last_frame_png
from hailuo_nb.media.probe import check_video
from hailuo_nb.media.reading import read
from hailuo_nb.media.transcode import smaller_mp4
from tests.media import crafted
from tests.store.make import RED, image_bytes, write_mp4
from tests.support.loopback import loopback_server
from tests.views.reels import FPS, write_frames

JOBS = ("facts", "clip_pictures", "last_frame")
CLAIMS: dict[str, tuple[Callable[[], bytes], str]] = {
    "samples": (crafted.mp4, "claims 85000000 frames"),
    "most samples": (lambda: crafted.mp4(samples=2**32 - 1), "claims 4294967295 frames"),
    "frames": (lambda: crafted.mp4(samples=40_000), "claims 40000 frames"),
    "sides": (lambda: crafted.mp4(samples=10, size_px=(8000, 8000)), "8000x8000 pixels"),
    "a side": (lambda: crafted.mp4(samples=10, size_px=(16000, 16)), "16000x16 pixels"),
    "duration": (lambda: crafted.mp4(samples=20, ticks=10**8), "duration of 2000000 s"),
    "tracks": (lambda: crafted.mp4(samples=10, tracks=30), "claims 30 tracks"),
    "more tracks": (lambda: crafted.mp4(samples=10, tracks=3000), "too much memory"),
    "webm's tracks": (lambda: crafted.webm(64, 48, tracks=2000), "claims 1000 tracks"),
    "webm's duration": (lambda: crafted.webm(64, 48, duration_ms=1e15), "claims a duration"),
}
BROKEN: dict[str, Callable[[], bytes]] = {
    "huge sides": lambda: crafted.mp4(samples=10, size_px=(65535, 65535)),
    "reordering of many": lambda: crafted.mp4(samples=10, more=crafted.full(b"ctts", 1, 85**4, 0)),
    "a table that is not there": lambda: crafted.mp4(samples=10, more=crafted.full(b"ctts", 2**31)),
    "keys of many": lambda: crafted.mp4(samples=10, more=crafted.full(b"stss", 2**31)),
    "ticks past the end": lambda: crafted.mp4(samples=2, ticks=2**31),
    "webm's sides": lambda: crafted.webm(65535, 65535),
    "webm's larger sides": lambda: crafted.webm(2**31, 2**31),
}


def written(folder: Path, data: bytes) -> Path:
    path = folder / "x.mp4"
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("name", CLAIMS)
def test_what_no_clip_claims_is_refused_by_name(tmp_path: Path, name: str) -> None:
    """Whatever is wanted of the file, the words say what it claims."""
    make, words = CLAIMS[name]
    path = written(tmp_path, make())
    for job in JOBS:
        with pytest.raises(Harmful, match=words):
            read(job, path)
    with pytest.raises(HarmfulClip, match=rf"{words}.*It was charged.*resume NAME"):
        check_video(path)


@pytest.mark.parametrize("name", BROKEN)
def test_what_cannot_be_is_no_clip(tmp_path: Path, name: str) -> None:
    """A claim that the library itself finds impossible is an unreadable file."""
    path = written(tmp_path, BROKEN[name]())
    for job in JOBS:
        with pytest.raises(Unreadable):
            read(job, path)
    with pytest.raises(NotAVideo):
        check_video(path)


def test_a_crafted_clip_has_no_poster_last_frame_or_copy(tmp_path: Path) -> None:
    """Each of those who want something of a clip says so in its own way."""
    path = written(tmp_path, crafted.mp4())
    assert clip_pictures(path) is None
    with pytest.raises(ImageError, match=r"last frame of x\.mp4 cannot be read: it claims"):
        last_frame_png(path)
    with pytest.raises(ExportError, match=r"x\.mp4 cannot be made smaller: it claims"):
        smaller_mp4(path, 100)


SCRIPT = """
import json, resource, sys
from pathlib import Path
from hailuo_nb.media import reading
from hailuo_nb.media.limits import Harmful, Unreadable

def peak(who):
    return resource.getrusage(who).ru_maxrss * 1024

before = peak(resource.RUSAGE_SELF)
for path in map(Path, sys.argv[1:]):
    for job in ("facts", "clip_pictures", "last_frame"):
        try:
            reading.read(job, path)
        except (Harmful, Unreadable):
            pass
(reader,) = reading._current()._idle or [None]
if reader:
    reader.end()
    reader.join()
print(json.dumps([peak(resource.RUSAGE_SELF) - before, peak(resource.RUSAGE_CHILDREN)]))
"""


def test_the_memory_of_all_of_them(tmp_path: Path) -> None:
    """The process that asks grows by nothing, the one that reads keeps to its limit."""
    paths = []
    for at, make in enumerate([*(make for make, _ in CLAIMS.values()), *BROKEN.values()]):
        paths.append(tmp_path / f"{at}.mp4")
        paths[-1].write_bytes(make())
    ran = subprocess.run(
        [sys.executable, "-c", SCRIPT, *map(str, paths)], capture_output=True, check=True
    )
    own_bytes, reading_bytes = json.loads(ran.stdout)
    assert own_bytes < 50e6
    assert 20e6 < reading_bytes < limits.MEMORY_BYTES_MAX


def overlapping(folder: Path, samples: int) -> bytes:
    """Return a clip whose every sample is the same sound frame, and only the first a key."""
    with av.open(str(write_mp4(folder / "one.mp4", [RED], size=(640, 480)))) as one:
        setup = crafted.box(b"avcC", one.streams.video[0].codec_context.extradata or b"")
        content = bytes(next(one.demux()))
    return crafted.mp4(
        samples=samples,
        sample_bytes=len(content),
        size_px=(640, 480),
        ticks=10,
        more=crafted.full(b"stss", 1, 1),
        setup=setup,
        content=content,
    )


def test_samples_that_lie_upon_each_other(tmp_path: Path) -> None:
    """A frame that stands for thousands of frames is refused before it is read through."""
    path = written(tmp_path, overlapping(tmp_path, 30_000))
    assert clip_pictures(path) is None
    with pytest.raises(HarmfulClip, match=r"frames already hold"):
        check_video(path)


def test_frames_that_take_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Frames that are decoded and decoded end with the time that reading may take."""
    monkeypatch.setattr(limits, "CPU_S_MAX", 0.3)
    path = written(tmp_path, overlapping(tmp_path, 30_000))
    with pytest.raises(ImageError, match=r"takes more than 0\.3 s of a processor"):
        last_frame_png(path)


def test_a_pipe_is_no_clip(tmp_path: Path) -> None:
    """A file that would never end, or never begin, is not opened."""
    os.mkfifo(tmp_path / "x.mp4")
    with pytest.raises(NotAVideo, match="no plain file"):
        check_video(tmp_path / "x.mp4")


def playlists(clip: Path) -> dict[str, bytes]:
    """Return files that name another clip, each as another demuxer of the library reads it."""
    return {
        "concat": f"ffconcat version 1.0\nfile '{clip.name}'\n".encode(),
        "concat by a full path": f"ffconcat version 1.0\nfile '{clip}'\n".encode(),
        "hls": f"#EXTM3U\n#EXTINF:1,\n{clip.name}\n#EXT-X-ENDLIST\n".encode(),
        "hls by address": f"#EXTM3U\n#EXTINF:1,\n{clip.as_uri()}\n#EXT-X-ENDLIST\n".encode(),
        "sdp": b"v=0\no=- 0 0 IN IP4 127.0.0.1\nm=video 5004 RTP/AVP 96\na=rtpmap:96 H264/90000\n",
        "image2": image_bytes("PNG"),
        "jpeg": image_bytes("JPEG"),
        "gif": image_bytes("GIF"),
        "behind a head": b"\0\0\0\x18ftypmp42" + f"\nffconcat\nfile {clip.name}\n".encode(),
    }


@pytest.mark.parametrize("kind", playlists(Path("/a.mp4")))
def test_no_file_shows_its_neighbour(tmp_path: Path, kind: str) -> None:
    """Playlists and pictures under a clip's name have no poster, frame or facts."""
    clip = write_mp4(tmp_path / "neighbour.mp4", [RED] * 3)
    path = written(tmp_path, playlists(clip)[kind])
    assert clip_pictures(clip) is not None
    assert clip_pictures(path) is None
    with pytest.raises(ImageError):
        last_frame_png(path)
    with pytest.raises(NotAVideo):
        check_video(path)
    with pytest.raises(ExportError):
        smaller_mp4(path, 5)


@pytest.fixture(scope="module")
def clip_with_sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a clip of three seconds of noise with a hum, too large to be left as it is."""
    path = tmp_path_factory.mktemp("heard") / "x.mp4"
    noise = np.random.default_rng(4)
    frames = [noise.integers(0, 255, (180, 320, 3)) for _ in range(3 * FPS)]
    write_frames(path, frames, has_sound=True)
    return path


def tracks(data: bytes) -> dict[str, tuple[str, float, float]]:
    """Return codec, seconds and usual loudness (of a sound, 0..1) of each track."""
    found = {}
    with av.open(io.BytesIO(data)) as container:
        for stream in container.streams:
            container.seek(0)
            loud = [
                f.to_ndarray().std() for f in container.decode(stream) if stream.type == "audio"
            ]
            seconds = float(stream.duration * stream.time_base)
            usual = float(np.median(loud or [0.0]))
            found[stream.type] = (stream.codec_context.name, seconds, usual)
    return found


@pytest.mark.parametrize("size_max_bytes", [400_000, 60_000])
def test_a_smaller_copy_keeps_the_sound(clip_with_sound: Path, size_max_bytes: int) -> None:
    """It is as long and about as loud as it was, and the copy no larger than wanted."""
    made = smaller_mp4(clip_with_sound, size_max_bytes)
    assert len(made) <= size_max_bytes
    before, after = tracks(clip_with_sound.read_bytes()), tracks(made)
    assert after.keys() == before.keys() == {"video", "audio"}
    assert after["audio"][0] == "aac"
    for kind in ("video", "audio"):
        assert after[kind][1] == pytest.approx(before[kind][1], abs=0.06)
    assert after["audio"][2] == pytest.approx(before["audio"][2], rel=0.2)


def test_a_sound_that_cannot_be_read_is_left_out(clip_with_sound: Path, tmp_path: Path) -> None:
    """A clip whose pictures are whole is made smaller, whatever its sound is."""
    data = bytearray(clip_with_sound.read_bytes())
    with av.open(str(clip_with_sound)) as container:
        for packet in container.demux(audio=0):
            if packet.size:
                data[packet.pos : packet.pos + packet.size] = b"\xff" * packet.size
    made = smaller_mp4(written(tmp_path, bytes(data)), 400_000)
    assert tracks(made)["video"][:2] == ("h264", pytest.approx(3.0, abs=0.06))


def test_sound_changes_nothing_of_what_is_seen(clip_with_sound: Path) -> None:
    """Facts, poster and last frame are those of the pictures."""
    facts = check_video(clip_with_sound)
    assert (facts.width_px, facts.height_px) == (320, 180)
    assert facts.duration_s == pytest.approx(3.0, abs=0.01)
    assert clip_pictures(clip_with_sound) is not None
    with av.open(str(clip_with_sound)) as container:
        last = [frame.to_image() for frame in container.decode(video=0)][-1]
    assert Image.open(io.BytesIO(last_frame_png(clip_with_sound))).tobytes() == last.tobytes()


def test_a_path_is_no_address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the library would take for a protocol or a pattern is a file that is not there."""
    monkeypatch.chdir(tmp_path)
    clip = write_mp4(tmp_path / "a001.mp4", [RED] * 3)
    (tmp_path / "a001.png").write_bytes(image_bytes("PNG"))
    asked: list[str] = []

    def reply(path: str) -> tuple[int, dict[str, str], bytes]:
        asked.append(path)
        return 200, {"Content-Type": "video/mp4"}, clip.read_bytes()

    with loopback_server(reply) as origin:
        names = (f"{origin}/a.mp4", f"file:{clip}", "data:video/mp4;base64,AAAA", "a%03d.png")
        for name in (*names, f"concat:{clip}|{clip}", f"subfile,,start,0,end,9,,:{clip}"):
            assert clip_pictures(Path(name)) is None
            with pytest.raises(OSError, match="No such file"):
                check_video(Path(name))
    assert asked == []

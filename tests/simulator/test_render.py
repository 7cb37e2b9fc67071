"""Clips: the container, determinism, stills, and that camera commands show."""

import io
import tracemalloc
from collections.abc import Iterator

import av
import numpy as np
import pytest
from PIL import Image

from hailuo_nb.simulator.render import clip, layers, scene, sound
from hailuo_nb.simulator.render.camera import COMMANDS
from hailuo_nb.simulator.render.jobs import ClipJob, Frame
from hailuo_nb.simulator.render.mood import mood_of
from tests.simulator.process import I2V, I2V_H3, QUICK, T2V_H3, Simulator, make_png


def frames_of(content: bytes) -> list[np.ndarray]:
    with av.open(io.BytesIO(content)) as container:
        return [frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)]


def rendered(tmp_path, prompt="a lake", **fields) -> bytes:
    """Render one clip in this process, small."""
    out = tmp_path / f"{len(list(tmp_path.iterdir()))}.mp4"
    given = {
        "seed": "s",
        "variation": 1,
        "duration_s": 6,
        "short_side_px": 768,
        "max_size_px": 96,
        "enhanced": True,
    } | fields
    clip.render(ClipJob(out=str(out), prompt=prompt, **given))
    return out.read_bytes()


def atoms_of(content: bytes) -> list[bytes]:
    names, at = [], 0
    while at < len(content):
        names.append(content[at + 4 : at + 8])
        at += int.from_bytes(content[at : at + 4])
    return names


def test_container(sim):
    """A clip is H.264, yuv420p, 24 fps, 6 s, fast start, with a key frame each 12 at most."""
    content = sim.clip(sim.create_id("container"))
    atoms = atoms_of(content)
    assert atoms.index(b"moov") < atoms.index(b"mdat")
    with av.open(io.BytesIO(content)) as container:
        stream = container.streams.video[0]
        assert stream.codec_context.name == "h264"
        assert stream.codec_context.pix_fmt == "yuv420p"
        assert stream.average_rate == 24
        assert stream.frames == 144
        assert (stream.width, stream.height) == (64, 36)
        assert container.duration / av.time_base == pytest.approx(6, abs=0.05)
        keys = [n for n, frame in enumerate(container.decode(stream)) if frame.key_frame]
    assert keys[0] == 0
    assert max(np.diff([*keys, 144])) <= 12


def test_ten_seconds_are_ten_seconds(sim):
    """The duration option sets the length."""
    content = sim.clip(sim.create_id("long", duration="10"))
    with av.open(io.BytesIO(content)) as container:
        assert container.streams.video[0].frames == 240


@pytest.fixture(scope="module")
def shared() -> Iterator[Simulator]:
    """Run a simulator that draws each clip."""
    simulator = Simulator(*QUICK)
    yield simulator
    assert simulator.close() == 0


@pytest.mark.parametrize(
    ("aspect_ratio", "size"),
    [
        (None, (64, 36)),
        ("16:9", (64, 36)),
        ("9:16", (36, 64)),
        ("1:1", (64, 64)),
        ("4:3", (64, 48)),
        ("3:4", (48, 64)),
        ("21:9", (64, 28)),
    ],
)
def test_a_text_has_the_shape_that_is_asked_for(sim, aspect_ratio, size):
    """Each aspect ratio gives a picture of its own; none is 16:9."""
    given = {"aspect_ratio": aspect_ratio} if aspect_ratio else {}
    with av.open(io.BytesIO(sim.clip(sim.create_id("shape", T2V_H3, duration=4, **given)))) as made:
        stream = made.streams.video[0]
        assert (stream.width, stream.height, stream.frames) == (*size, 4 * 24)


def test_a_clip_with_sound(tmp_path):
    """The track is AAC, as long as the pictures, never silent for long, and never loud."""
    content = rendered(tmp_path, duration_s=15, has_sound=True)
    with av.open(io.BytesIO(content)) as container:
        track = container.streams.audio[0]
        assert (track.codec_context.name, track.codec_context.layout.name) == ("aac", "stereo")
        assert container.streams.video[0].frames == 360
        assert track.duration * track.time_base == pytest.approx(15, abs=0.05)
        waves = np.concatenate([f.to_ndarray() for f in container.decode(track)], axis=1)
    second = track.rate
    loudness = [waves[:, at : at + second].std() for at in range(0, 15 * second, second)]
    assert min(loudness) > 0.004
    assert np.abs(waves).max() < 0.2
    assert np.abs(waves[:, :500]).max() < 0.01
    assert atoms_of(content).index(b"moov") < atoms_of(content).index(b"mdat")


def test_sound_is_the_same_for_the_same_and_another_for_another(tmp_path):
    """The seed alone decides what is heard; clips of silent models have no track."""
    first, again, other, silent = (
        rendered(tmp_path, seed=seed, has_sound=heard, duration_s=4)
        for seed, heard in (("s", True), ("s", True), ("t", True), ("s", False))
    )
    assert first == again
    assert tracks_of(first) == tracks_of(other)
    assert sound.ambience("s", 4).tobytes() != sound.ambience("t", 4).tobytes()
    assert tracks_of(silent) == ["video"]
    pictures = [np.stack(frames_of(content)) for content in (first, silent)]
    assert (pictures[0] == pictures[1]).all()


def tracks_of(content: bytes) -> list[str]:
    with av.open(io.BytesIO(content)) as container:
        return [stream.type for stream in container.streams]


def test_first_and_last_frame_go_into_the_clip(sim):
    """The pictures of this family come under names of their own, and give the clip its shape."""
    fields = {"first_frame_url": sim.upload_url(make_png(90, 60)), "duration": 5}
    last = sim.upload_url(make_png(60, 90), "last.png")
    clips = [
        sim.clip(sim.create_id("between", I2V_H3, **fields, **more))
        for more in ({}, {"last_frame_url": last})
    ]
    for content in clips:
        assert tracks_of(content) == ["video", "audio"]
        frames = frames_of(content)
        assert (len(frames), frames[0].shape) == (120, (42, 64, 3))
    ends = [frames_of(content)[-1].astype(int) for content in clips]
    assert np.abs(ends[0] - ends[1]).mean() > 3


@pytest.mark.parametrize(
    ("size", "short", "limit", "expected"),
    [
        ((16, 9), 768, 640, (640, 360)),
        ((16, 9), 768, 4096, (1366, 768)),
        ((16, 9), 512, 4096, (910, 512)),
        ((16, 9), 1080, 4096, (1920, 1080)),
        ((16, 9), 1440, 4096, (2560, 1440)),
        ((21, 9), 768, 4096, (1792, 768)),
        ((9, 16), 1440, 4096, (1440, 2560)),
        ((300, 600), 768, 640, (320, 640)),
        ((300, 900), 768, 640, (214, 640)),
        ((900, 300), 768, 640, (640, 214)),
        ((500, 500), 768, 640, (640, 640)),
        ((5000, 10), 768, 640, (640, 128)),
        ((10, 5000), 512, 96, (20, 96)),
    ],
)
def test_frame_size(size, short, limit, expected):
    """The short side follows the resolution, the aspect the still, the limit the long side."""
    assert clip.frame_size(size[0] / size[1], short, limit) == expected


def test_same_bytes_in_fresh_simulators_and_other_ones_next(start):
    """The same request gives the same bytes anew; repeated, a variation, reproducible as well."""
    clips = []
    for _ in range(2):
        sim = start(*QUICK)
        image = sim.upload_url(make_png(90, 60))
        tasks = [sim.create_id("again", duration="6") for _ in range(2)]
        tasks.append(sim.create_id("again", model=I2V, image_url=image, duration="6"))
        clips.append([sim.clip(task) for task in tasks])
        assert sim.close() == 0
    assert clips[0] == clips[1]
    assert len(set(clips[0])) == 3


def test_commands_and_prompts_differ_measurably(tmp_path):
    """Every command's last frame differs from every other's, for a scene and for a picture."""
    path = tmp_path / "still.png"
    path.write_bytes(make_png(160, 90))
    for start in (None, Frame(path=str(path))):
        ends = {}
        for command in COMMANDS:
            film = clip.Film(_job(f"[{command}] hills", start), _still(start), None, 96, 54)
            ends[command] = [film.frame(n)[0].astype(int) for n in (60, 110)]
        names = list(ends)
        for one, other in ((a, b) for a in names for b in names if a < b):
            apart = max(np.abs(x - y).mean() for x, y in zip(ends[one], ends[other], strict=True))
            assert apart > 0.5, (one, other)


def _job(prompt, start=None, **fields):
    given = {"variation": 1, "duration_s": 6, "short_side_px": 768, "max_size_px": 96}
    return ClipJob(out="", prompt=prompt, seed="s", enhanced=True, start=start, **given, **fields)


def _still(start):
    return Image.open(start.path).convert("RGB") if start else None


def test_frames_depend_neither_on_order_nor_on_threads():
    """A frame is the same drawn alone, after others, or while others are drawn."""
    for prompt in ("[Push in] a city in the rain", "[Truck left,Shake] petals"):
        in_turn = clip.Film(_job(prompt), None, None, 96, 54)
        together = clip.Film(_job(prompt), None, None, 96, 54)
        threaded = list(clip._in_order(together.frame, 144, 3))
        for number in reversed(range(0, 144, 9)):
            drawn = in_turn.frame(number)
            assert all((a == b).all() for a, b in zip(drawn, threaded[number], strict=True))


@pytest.mark.parametrize("command", ["Zoom out", "Pan left", "Truck right,Tilt up", "Push in"])
def test_absurdly_far_cameras_are_filmed_in_little_memory(tmp_path, command):
    """A hundred commands in a row lead far out of the scene, not out of memory."""
    path = tmp_path / "still.png"
    path.write_bytes(make_png(160, 90))
    for start in (None, Frame(path=str(path))):
        tracemalloc.start()
        film = clip.Film(_job(f"[{command}]" * 100, start), _still(start), None, 96, 54)
        assert film.frame(143)[0].shape == (54, 96)
        assert tracemalloc.get_traced_memory()[1] < 30_000_000
        tracemalloc.stop()


def test_different_prompts_look_different():
    """Prompts that share no word make scenes far apart."""
    prompts = ("a lake", "a night city", "desert dunes", "a samurai at sunset", "hello")
    looks = [clip.Film(_job(p), None, None, 96, 54).frame(0)[0].astype(int) for p in prompts]
    apart = [np.abs(a - b).mean() for n, a in enumerate(looks) for b in looks[:n]]
    assert min(apart) > 8


def test_optimizer_makes_a_small_difference():
    """The optimizer changes the look a little, and not the scene."""
    import dataclasses

    job = _job("a lake")
    plain = dataclasses.replace(job, enhanced=False)
    looks = [clip.Film(each, None, None, 96, 54).frame(70)[0].astype(int) for each in (job, plain)]
    assert 0.3 < np.abs(looks[0] - looks[1]).mean() < 6


def test_pan_keeps_depths_together_and_truck_does_not():
    """Panning and zooming treat all layers alike; trucking and pushing in move near ones more."""

    def seen(command):
        film = clip.Film(_job(f"[{command}] night city"), None, None, 192, 108)
        drawn = scene.build(mood_of("night city"), 192, 108)
        far, near = drawn[2], drawn[-1]
        assert far.near < 0.1 < 0.9 < near.near
        return [layers.view_of(each, film._shots[-1][0], 0.0, 192, 108) for each in (far, near)]

    for command in ("Pan right", "Tilt up", "Zoom in"):
        far, near = seen(command)
        assert far == near
    far, near = seen("Truck right")
    assert near.x - far.x > 30
    far, near = seen("Pedestal down")
    assert near.y - far.y > 10
    far, near = seen("Push in")
    assert near.scale / far.scale > 1.5


def test_starts_and_ends_on_the_given_stills(tmp_path):
    """The first frame is the start image and the last the end image, but for the mark."""
    stills = []
    for number, colours in enumerate(
        (((200, 60, 40), (240, 200, 90)), ((20, 60, 120), (90, 200, 220)))
    ):
        image = Image.new("RGB", (2, 1))
        image.putdata(colours)
        path = tmp_path / f"still{number}.png"
        image.resize((192, 108), Image.Resampling.BILINEAR).save(path)
        stills.append(path)
    frames = frames_of(
        rendered(
            tmp_path,
            "[Push in] from one to the other",
            start=Frame(path=str(stills[0])),
            end=Frame(path=str(stills[1])),
        )
    )
    for frame, path in ((frames[0], stills[0]), (frames[-1], stills[1])):
        wanted = np.asarray(Image.open(path).resize((96, 54)), float)[:40]
        assert np.abs(frame[:40] - wanted).mean() < 6
    assert np.abs(frames[0].astype(int) - frames[-1]).mean() > 40


def test_every_frame_is_marked():
    """The mark's corner changes the picture, at rest and in motion."""
    from hailuo_nb.simulator.render.label import Label

    planes = tuple(np.full(shape, 128, np.uint8) for shape in ((360, 640), (180, 320), (180, 320)))
    Label("SIMULATED", 640, 360).stamp(planes)
    corner = planes[0][320:, 500:]
    assert corner.max() > 170
    assert corner.min() < 100
    assert (planes[0][:300] == 128).all()


def test_foreign_images_are_drawn_and_differ(sim):
    """Foreign URLs give scenes of their own; none is fetched, even an address that would answer."""
    clips = [
        sim.clip(sim.create_id(model=I2V, image_url=url, duration="6"))
        for url in ("https://example.com/one.png", "http://127.0.0.1:1/two.png")
    ]
    assert clips[0] != clips[1]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x89PNG\r\n\x1a\n" + bytes(50),
        b"\xff\xd8\xff" + bytes(500),
        b"RIFF\x00\x00\x00\x00WEBPVP8 ",
        make_png(60, 40)[:-40],
    ],
)
def test_damaged_pictures_are_refused_in_words(tmp_path, content):
    """A damaged picture is reported as such, not as a crash."""
    from hailuo_nb.simulator.render.picture import UnreadableError, opened

    path = tmp_path / "damaged.png"
    path.write_bytes(content)
    with pytest.raises(UnreadableError):
        opened(str(path))


def test_odd_pictures_are_taken(tmp_path):
    """Palette, grey, transparent, tiny and extreme pictures all make a clip."""
    for number, (mode, size) in enumerate(
        [("P", (50, 50)), ("L", (31, 77)), ("RGBA", (64, 64)), ("1", (1, 1)), ("RGB", (900, 3))]
    ):
        path = tmp_path / f"odd{number}.png"
        Image.new(mode, size).save(path)
        film = clip.Film(
            _job("[Truck left,Push in] x", Frame(path=str(path))),
            clip._opened(Frame(path=str(path))), None,
            *clip.frame_size(size[0] / size[1], 768, 48),
        )  # fmt: skip
        assert film.frame(100)[0].shape[0] >= 16

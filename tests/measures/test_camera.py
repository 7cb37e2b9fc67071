"""What the camera did against what was asked: on rendered clips, on plain motions, on poor ones."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from hailuo_nb.measures import motion
from hailuo_nb.measures.camera import Judgement
from hailuo_nb.measures.frames import Bytes, decoded
from hailuo_nb.measures.material import Material
from tests.measures.clips import of_frames, rendered

STEPS = 24
RNG = np.random.default_rng(7)
GROUND = RNG.integers(0, 256, (60, 80)).astype(np.float64).repeat(6, 0).repeat(6, 1)
"""Patches of 6 px, larger than any frame that is cut from them."""


def window(left: float, top: float, *, scale: float = 1.0) -> Bytes:
    """Return what a camera sees of the ground, 144 x 256, between its pixels, too."""
    rows = (np.arange(144) - 71.5) / scale + 71.5 + top + 60
    columns = (np.arange(256) - 127.5) / scale + 127.5 + left + 60
    y, x = np.floor(rows).astype(int), np.floor(columns).astype(int)
    down, across = (rows - y)[:, None], (columns - x)[None, :]
    one = GROUND[np.ix_(y, x)] * (1 - across) + GROUND[np.ix_(y, x + 1)] * across
    two = GROUND[np.ix_(y + 1, x)] * (1 - across) + GROUND[np.ix_(y + 1, x + 1)] * across
    return np.asarray(one * (1 - down) + two * down).astype(np.uint8)


def path(across: float = 0, down: float = 0, zoom: float = 0, steps: int = STEPS) -> list[Bytes]:
    """Return the frames of a camera that goes so far right and down, px, and in, log."""
    at = np.linspace(0, 1, steps + 1)
    return [window(across * t, down * t, scale=float(np.exp(zoom * t))) for t in at]


def judged(frames: list[Bytes], prompt: str) -> Judgement:
    return of_frames(np.stack(frames), prompt).camera


@pytest.mark.parametrize(
    ("command", "sample", "words"),
    [
        ("Pan left", "peak", "Pan left"),
        ("Truck left", "harbour", "Truck left"),
        ("Zoom in", "forest", "Zoom in"),
        ("Push in", "forest", "Push in"),
        ("Tilt up", "forest", "Tilt up"),
        ("Pedestal down", "harbour", "Pedestal down"),
        ("Shake", "harbour", "Shake"),
        ("Static shot", "harbour", "no move"),
    ],
)
def test_a_rendered_command_is_seen(tmp_path: Path, command: str, sample: str, words: str) -> None:
    """As itself, a camera that goes told from one that turns or zooms."""
    clip = decoded(rendered(tmp_path, f"[{command}] a lake", sample=sample))
    found = Material(clip=clip, prompt=f"[{command}] a lake").camera
    assert found.verdict == "seen"
    assert found.seen.startswith(words)
    assert found.words.startswith(f"asked {command}: seen")


@pytest.mark.parametrize(
    ("frames", "prompt", "words"),
    [
        (path(across=-61.44), "[Pan left] a", "asked Pan left: seen, 24 % of the width"),
        (path(across=61.44), "[Pan right] a", "asked Pan right: seen, 24 % of the width"),
        (path(down=28.8), "[Tilt down] a", "asked Tilt down: seen, 20 % of the height"),
        (path(zoom=0.3), "[Zoom in] a", "asked Zoom in: seen, 1.35 times as large"),
        (path(zoom=-0.2), "a, the camera zooms out", "asked Zoom out: seen, 0.82 times as large"),
    ],
)
def test_how_far_is_told(frames: list[Bytes], prompt: str, words: str) -> None:
    """In shares of the side, or how much larger things get."""
    assert judged(frames, prompt).words == words


@pytest.mark.parametrize(
    ("frames", "prompt", "verdict"),
    [
        (path(across=61), "[Pan left] a", "not seen"),
        (path(down=30), "[Pan left] a", "not seen"),
        (path(), "[Pan left] a", "not seen"),
        (path(), "[Static shot] a", "seen"),
        (path(across=30), "[Static shot] a", "not seen"),
        (path(across=30), "[Shake] a", "not seen"),
        (path(across=30), "[Tracking shot] a", "unsure"),
        (path(), "[Tracking shot] a", "not seen"),
        (path(across=30), "[Pan left, Pan right] a", "unsure"),
        (path(across=40, zoom=0.2), "[Pan right, Zoom in] a", "seen"),
        (path(across=40), "[Pan right, Zoom in] a", "not seen"),
        (path(across=40), "a lake", "nothing asked"),
        (path(across=40), "[右摇] a", "seen"),
    ],
)
def test_a_verdict_is_what_was_seen_of_what_was_asked(
    frames: list[Bytes], prompt: str, verdict: str
) -> None:
    """The wrong way, another axis or nothing is no move; each command of a bracket counts."""
    assert judged(frames, prompt).verdict == verdict


def test_a_pan_that_is_asked_as_a_truck_is_told() -> None:
    """It went the way that was asked; that nothing moved by its depth is said with it."""
    found = judged(path(across=61.44, steps=48), "[Truck right] a")
    assert found.words == ("asked Truck right: seen, 24 % of the width, rather as Pan right")


def test_brackets_follow_each_other() -> None:
    """Each is judged on its own part, in the text's order."""
    frames = path(across=41) + [window(41, 30 * t) for t in np.linspace(0, 1, STEPS + 1)][1:]
    there = judged(frames, "[Pan right] a, then [Tilt down] b")
    assert there.words == (
        "asked Pan right: seen, 16 % of the width; Tilt down: seen, 21 % of the height"
    )
    assert judged(frames, "[Tilt down] a, then [Pan right] b").verdict == "not seen"


def plain() -> list[Bytes]:
    return [np.full((144, 256), 90 + n, np.uint8) for n in range(STEPS)]


def torn() -> list[Bytes]:
    return [RNG.integers(0, 256, (144, 256)).astype(np.uint8) for _ in range(STEPS)]


@pytest.mark.parametrize("frames", [plain(), torn(), path()[:3], path()[:1]])
@pytest.mark.parametrize("command", ["Pan left", "Static shot", "Shake"])
def test_where_nothing_can_be_followed_nothing_is_said(frames: list[Bytes], command: str) -> None:
    """A plain picture, one that is torn each time, and too few frames are no still camera."""
    found = judged(frames, f"[{command}] a")
    assert (found.verdict, found.seen) == ("unsure", "the picture's edge cannot be followed")


def test_to_and_fro_is_no_pan() -> None:
    """A way much shorter than its steps contradicts itself."""
    ways = [*np.linspace(0, 60, 20), *np.linspace(60, 9, 20)]
    assert judged([window(way, 0) for way in ways], "[Pan right] a").verdict == "unsure"


def test_a_cut_is_no_shake() -> None:
    """What jumps from one shot to the next is no camera that trembles."""
    shots = of_frames(np.stack([window(0, 0)] * 13 + [window(40, 0)] * 13))
    histograms = shots.clip.histograms.copy()
    histograms[13:] = np.roll(histograms[13:], 1, axis=1)
    material = Material(clip=replace(shots.clip, histograms=histograms), prompt="[Static shot] a")
    assert (material.camera.verdict, material.camera.seen) == ("seen", "no move")


def test_motion_is_what_moves_beside_the_camera() -> None:
    """A camera alone moves nothing; a subject in a quarter of the frame does, whatever it does."""
    alone = path(across=60)
    assert motion.share(of_frames(np.stack(alone))) == pytest.approx(0, abs=0.02)
    with_subject = [frame.copy() for frame in alone]
    for number, frame in enumerate(with_subject):
        frame[36:108, 64:192] = window(-2.5 * number, 30)[36:108, 64:192]
    assert motion.share(of_frames(np.stack(with_subject))) == pytest.approx(0.25, abs=0.06)
    assert motion.share(of_frames(np.stack(alone[:1]))) is None

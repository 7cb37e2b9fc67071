"""Steadiness, likeness, sharpness, black, frozen and cut frames: each by its definition."""

import io
from pathlib import Path

import numpy as np
import PIL.Image
import pytest
from skimage.metrics import structural_similarity

from hailuo_nb.measures import frames, quality
from hailuo_nb.measures.frames import Clip, decoded
from hailuo_nb.measures.material import Material, fitted
from hailuo_nb.media import samples
from hailuo_nb.media.limits import Unreadable
from tests.measures.clips import Luma, noise, of_frames, rendered, write_luma

BLACK, GREY, WHITE = (np.full((64, 96), code, np.uint8) for code in (16, 126, 235))


def measured(folder: Path, frames: list[Luma], **facts: bool) -> Material:
    return Material(clip=decoded(write_luma(folder / "a.mp4", frames, **facts)))


@pytest.mark.parametrize("full", [False, True])
def test_flicker_is_its_definition(tmp_path: Path, full: bool) -> None:
    """All pixels of all frames have a say, from black at 0 to white at 255, in either range."""
    rng = np.random.default_rng(3)
    codes = [noise(rng, 70, 130) for _ in range(9)]
    luma = np.stack(codes).astype(float)
    if not full:
        luma = (luma - 16) * 255 / 219
    expected = (255 - np.abs(np.diff(luma, axis=0)).mean()) / 255
    assert quality.flicker(measured(tmp_path, codes, full=full)) == pytest.approx(
        expected, abs=1e-6
    )


def test_a_still_clip_is_steady_and_frozen(tmp_path: Path) -> None:
    """Nothing changes: the best steadiness, and every step frozen."""
    still = measured(tmp_path, [GREY] * 5)
    assert (quality.flicker(still), quality.frozen(still)) == (1.0, 1.0)
    assert quality.loop(still) == pytest.approx(1.0)


def test_one_frame_has_no_steps(tmp_path: Path) -> None:
    """What is told of steps is told of none."""
    one = measured(tmp_path, [GREY])
    assert (quality.flicker(one), quality.frozen(one)) == (None, None)


def test_black_and_frozen_frames_are_counted(tmp_path: Path) -> None:
    """Shares of frames, and of steps from one to the next."""
    dim = np.full((64, 96), 22, np.uint8)  # 7 of 255
    dusk = np.full((64, 96), 24, np.uint8)  # 9.3 of 255
    found = measured(tmp_path, [BLACK, dim, dim, dusk, WHITE])
    assert quality.black(found) == pytest.approx(3 / 5)
    assert quality.frozen(found) == pytest.approx(1 / 4)


def test_cuts_are_counted(tmp_path: Path) -> None:
    """A change of nearly all brightness is one; a slow one is none."""
    rng = np.random.default_rng(4)
    dark = noise(rng, 64, 96) // 4 + 12
    light = noise(rng, 64, 96) // 4 + 150
    assert quality.cuts(measured(tmp_path, [dark, dark, light, light, dark])) == 2
    assert quality.cuts(measured(tmp_path, [dark, dark + 1, dark + 2])) == 0


def test_sharpness_is_the_laplacian_s_variance(tmp_path: Path) -> None:
    """By its definition, median over frames; a soft picture has less."""
    rng = np.random.default_rng(5)
    frames = np.stack([noise(rng, 40, 60) for _ in range(3)])
    each = []
    for luma in frames.astype(float):
        around = luma[:-2, 1:-1] + luma[2:, 1:-1] + luma[1:-1, :-2] + luma[1:-1, 2:]
        each.append((4 * luma[1:-1, 1:-1] - around).var())
    assert quality.sharpness(of_frames(frames)) == pytest.approx(sorted(each)[1])


@pytest.mark.parametrize("seed", range(3))
def test_ssim_is_scikit_image_s(seed: int) -> None:
    """Windows of 7 px, luma 0 to 255."""
    rng = np.random.default_rng(seed)
    one = noise(rng, 144, 256)
    other = (one * 0.8 + noise(rng, 144, 256) * 0.2).astype(np.uint8)
    expected = structural_similarity(one, other, win_size=7, data_range=255)
    assert quality.ssim(one, other) == pytest.approx(expected, abs=1e-3)


def test_what_is_smaller_than_a_window_has_no_likeness() -> None:
    """It is told as none."""
    assert quality.ssim(np.zeros((6, 9)), np.zeros((6, 9))) is None


@pytest.fixture(scope="module")
def still(tmp_path_factory: pytest.TempPathFactory) -> Clip:
    """Return a clip that begins with the first sample and does not move."""
    return decoded(rendered(tmp_path_factory.mktemp("still"), "[Static shot]"))


def test_the_first_frame_is_like_the_image_that_was_sent(still: Clip) -> None:
    """It is like its own image, and unlike another; where none was sent nothing is told."""
    own, other = samples.draw("peak"), samples.draw("harbour")
    assert (quality.start_fidelity(Material(clip=still, start=own)) or 0) > 0.95
    assert (quality.start_fidelity(Material(clip=still, start=other)) or 0) < 0.5
    assert (quality.end_fidelity(Material(clip=still, end=own)) or 0) > 0.6
    assert quality.start_fidelity(Material(clip=still)) is None
    assert quality.end_fidelity(Material(clip=still, start=own)) is None


def test_an_image_is_cut_at_its_sides_as_the_service_does(still: Clip) -> None:
    """A wider one loses its sides, a higher one its top and foot."""
    expected = fitted(samples.draw("peak"), still)[4:-4, 4:-4]
    plain = PIL.Image.open(io.BytesIO(samples.draw("peak"))).convert("RGB")
    for wider in ((1.5, 1.0), (1.0, 1.5)):
        size = tuple(round(side * by) for side, by in zip(plain.size, wider, strict=True))
        ground = PIL.Image.new("RGB", size, "red")
        ground.paste(plain, tuple((a - b) // 2 for a, b in zip(size, plain.size, strict=True)))
        out = io.BytesIO()
        ground.save(out, "PNG")
        found = fitted(out.getvalue(), still)[4:-4, 4:-4]
        assert np.abs(found - expected).max() < 3


def test_what_is_no_image_is_told(still: Clip) -> None:
    """It is unreadable, not unlike."""
    with pytest.raises(Unreadable):
        quality.start_fidelity(Material(clip=still, start=b"nothing"))


def test_luma_is_full_range(tmp_path: Path) -> None:
    """What a clip holds as 16 is black and as 235 white, in every frame that is kept."""
    clip = decoded(write_luma(tmp_path / "a.mp4", [BLACK, WHITE]))
    assert clip.brightness.tolist() == [0.0, 255.0]
    assert (clip.first.max(), clip.last.min()) == (0, 255)


def test_opencv_changes_no_number(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is only quicker: what is reckoned of full frames is the same to the last bit."""
    rng = np.random.default_rng(3)
    path = write_luma(tmp_path / "a.mp4", [noise(rng, 130, 202) for _ in range(5)])
    quick = decoded(path)
    monkeypatch.setattr(frames, "cv2", None)
    slow = decoded(path)
    for name in ("brightness", "differences", "histograms"):
        assert np.array_equal(getattr(quick, name), getattr(slow, name)), name

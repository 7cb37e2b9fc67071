"""Reading planes between their pixels, against the arithmetic it stands for."""

import numpy as np
import pytest

from hailuo_nb.simulator.render.sampling import SampleSheet, Span

ROWS, COLUMNS = 30, 40
WINDOW = (10, 12)


def plane(seed: int) -> np.ndarray:
    """Return something smooth, so that an eighth of a pixel is worth a few levels at most."""
    down, across = np.mgrid[:ROWS, :COLUMNS]
    waves = np.sin(down / 5 + seed) + np.cos(across / 6 - seed)
    return (128 + 60 * waves).clip(0, 255).astype(np.uint8)


def read(source: np.ndarray, down: np.ndarray, across: np.ndarray) -> np.ndarray:
    """Return the plane linear between its pixels, edges repeated; `across` may differ by row."""
    across = np.broadcast_to(across, (len(down), across.shape[-1]))
    lines = np.array([np.interp(down, np.arange(ROWS), column) for column in source.T]).T
    places = np.arange(COLUMNS)
    return np.array([np.interp(a, places, line) for a, line in zip(across, lines, strict=True)])


def span(positions: np.ndarray, size: int, *, is_even: bool, slide: float = 0.0) -> Span:
    low, high = float(positions[0]) - slide, float(positions[-1]) + slide
    return Span.over([low], [high], size, is_even=is_even)


READINGS = {
    "at rest": (5.0 + np.arange(10), 7.0 + np.arange(12), True),
    "shifted": (5.3 + np.arange(10), 7.6 + np.arange(12), True),
    "shifted along rows": (5.0 + np.arange(10), 7.25 + np.arange(12), True),
    "enlarged": (5.2 + np.arange(10) / 1.7, 7.1 + np.arange(12) / 1.7, False),
    "made smaller": (1.5 + np.arange(10) * 2.3, 2.2 + np.arange(12) * 2.9, False),
    "out of the plane": (-4.0 + np.arange(10), 33.5 + np.arange(12), True),
}


@pytest.mark.parametrize("name", READINGS)
def test_a_window_shows_the_plane_between_its_pixels(name):
    """Whatever the reading, each pixel is what lies there, but for an eighth of a pixel."""
    down, across, is_even = READINGS[name]
    spans = span(down, ROWS, is_even=is_even), span(across, COLUMNS, is_even=is_even)
    planes = [plane(0), plane(2)]
    windows = SampleSheet(planes, None, *spans).windows(down, across)
    for source, window in zip(planes, windows, strict=True):
        assert window.shape == WINDOW
        assert np.abs(window - read(source, down, across)).max() < 5


def test_whole_pixels_are_shown_as_they_are():
    """At rest a window is exactly the plane."""
    down, across, _ = READINGS["at rest"]
    spans = span(down, ROWS, is_even=True), span(across, COLUMNS, is_even=True)
    (window,) = SampleSheet([plane(0)], None, *spans).windows(down, across)
    assert (window == plane(0)[5:15, 7:19]).all()


@pytest.mark.parametrize("is_even", [True, False])
def test_rows_slide_apart(is_even):
    """Each row begins further right by its own slide."""
    down, slide = 5.25 + np.arange(10), np.linspace(-4, 4, 10)
    across = 12.5 + np.arange(12) * (1.0 if is_even else 0.8)
    spans = (
        span(down, ROWS, is_even=True),
        span(across, COLUMNS, is_even=is_even, slide=4.0),
    )
    (window,) = SampleSheet([plane(1)], None, *spans).windows(down, across, slide)
    wanted = read(plane(1), down, across[None, :] + slide[:, None])
    assert np.abs(window - wanted).max() < 5


def test_what_shows_through_is_read_along():
    """With a second plane, the lower byte is the one and the upper byte the other."""
    down, across, is_even = READINGS["enlarged"]
    spans = span(down, ROWS, is_even=is_even), span(across, COLUMNS, is_even=is_even)
    (pairs,) = SampleSheet([plane(0)], plane(2), *spans).windows(down, across)
    assert np.abs((pairs & 255) - read(plane(0), down, across)).max() < 5
    assert np.abs((pairs >> 8) - read(plane(2), down, across)).max() < 5


def test_only_what_is_read_is_kept():
    """A reading far beyond the plane keeps no more than the plane."""
    far = Span.over([-1e6], [1e6], COLUMNS, is_even=True)
    assert (far.first, far.last, far.is_even) == (0, COLUMNS - 1, False)

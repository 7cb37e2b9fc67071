"""The samples: drawn by code, the same every time, fit for the service."""

import io
import subprocess
import sys

import PIL.Image
import pytest

from hailuo_nb.core.request import IMAGE_BYTES_MAX
from hailuo_nb.media import samples


@pytest.mark.parametrize("name", samples.SAMPLES)
def test_a_sample_is_a_png_of_the_promised_size(name: str) -> None:
    """Its header agrees with what the cell was told without drawing it."""
    data = samples.draw(name)
    with PIL.Image.open(io.BytesIO(data)) as image:
        assert (image.format, image.size) == ("PNG", (samples.WIDTH_PX, samples.HEIGHT_PX))
    assert len(data) < IMAGE_BYTES_MAX / 10


def test_samples_differ_and_stay_the_same() -> None:
    """Each is drawn alike every time, and no two are alike."""
    drawn = [samples.draw(name) for name in samples.SAMPLES]
    assert drawn == [samples.draw(name) for name in samples.SAMPLES]
    assert len(set(drawn)) == len(samples.SAMPLES)


def test_the_names_cost_nothing() -> None:
    """The names are known without numpy or Pillow."""
    code = "import sys, hailuo_nb.media.samples; print({'numpy', 'PIL'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"

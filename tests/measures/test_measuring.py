"""The process that measures: one, of low priority; a clip in, values and versions out."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import numpy as np
import psutil
import pytest

import hailuo_nb
from hailuo_nb.errors import OptionError
from hailuo_nb.measures import measuring, table
from hailuo_nb.measures.measuring import Measured, measure_clip, measure_own
from hailuo_nb.measures.table import MEASURES, all_measures
from hailuo_nb.media import reading
from hailuo_nb.media.limits import Harmful, Unreadable
from tests.measures.clips import noise, write_luma
from tests.media import crafted
from tests.store.make import image_bytes


@pytest.fixture
def clip(tmp_path: Path) -> Path:
    rng = np.random.default_rng(1)
    return write_luma(tmp_path / "a.mp4", [noise(rng, 72, 128) for _ in range(24)])


@pytest.fixture
def own(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, table.Measure]]:
    """Begin without measures of one's own."""
    made: dict[str, table.Measure] = {}
    monkeypatch.setattr(table, "_own", made)
    yield made


def test_a_clip_is_measured_by_every_row(clip: Path) -> None:
    """Each key has a value or none, and its row's version; all of it goes into JSON."""
    found = measure_clip(clip, "[Pan left] a", image_bytes(size=(128, 72)))
    assert list(found) == [row.key for row in MEASURES]
    assert {key for key, one in found.items() if one.value is None} == {"end_fidelity"}
    assert {key: one.version for key, one in found.items()} == {r.key: r.version for r in MEASURES}
    assert (found["camera"].value, found["cuts"].value) == ("unsure", 0.0)
    assert found["camera"].words.startswith("asked Pan left: unsure")
    assert json.loads(json.dumps({key: asdict(one) for key, one in found.items()}))


def test_each_number_is_in_its_range(clip: Path) -> None:
    """The table's bounds hold for noise, too."""
    found = measure_clip(clip)
    for row in MEASURES:
        value = found[row.key].value
        if isinstance(value, float):
            assert row.low is None or value >= row.low
            assert row.high is None or value <= row.high


def test_only_what_is_wanted_is_measured(clip: Path) -> None:
    """Keys choose rows."""
    assert list(measure_clip(clip, keys={"loop", "flicker"})) == ["flicker", "loop"]


def test_one_process_of_low_priority_measures(clip: Path) -> None:
    """It yields to the kernel, and is no process of those that read."""
    measure_clip(clip, keys={"flicker"})
    (reader,) = reading._readers[measuring.MODULE]._idle
    measure_clip(clip, keys={"flicker"})
    assert reading._readers[measuring.MODULE]._idle == [reader]
    assert psutil.Process(reader.pid).nice() > os.nice(0)


def test_a_harmful_clip_is_refused(tmp_path: Path) -> None:
    """Measuring opens a file as carefully as reading does."""
    path = tmp_path / "a.mp4"
    path.write_bytes(crafted.mp4())
    with pytest.raises(Harmful):
        measure_clip(path)
    path.write_bytes(b"nothing of the kind")
    with pytest.raises(Unreadable):
        measure_clip(path)


WITHOUT = """
import importlib.util, sys
from pathlib import Path
there = importlib.util.find_spec
importlib.util.find_spec = lambda name, *more: None if name == "cv2" else there(name, *more)
from hailuo_nb.measures.measuring import measure_clip
for key, one in measure_clip(Path(sys.argv[1]), "[Pan left] a").items():
    print(key, one.version, one.value is not None, one.words, sep="|")
"""


def test_without_opencv_the_rest_is_measured(clip: Path) -> None:
    """Camera and motion say what to install, and are measured anew once it is there."""
    ran = subprocess.run(
        [sys.executable, "-c", WITHOUT, str(clip)], capture_output=True, text=True, check=True
    )
    rows = [line.split("|") for line in ran.stdout.splitlines()]
    hint = "pip install 'hailuo_nb[measures]'"
    assert [key for key, version, *_ in rows if version == "0"] == [
        row.key for row in MEASURES if row.needs
    ]
    assert all((hint in words) == (version == "0") for _, version, _, words in rows)
    assert "flicker|1|True|" in ran.stdout


def test_a_measure_of_one_s_own(clip: Path, own: dict[str, table.Measure]) -> None:
    """A function of frames and frames a second is a row, and is measured in this process."""
    shapes = []

    @hailuo_nb.measure
    def red_share(frames: np.ndarray, fps: float) -> float:
        """How red it is."""
        shapes.append((frames.shape, frames.dtype, fps))
        return float(frames[..., 0].mean() / 255)

    row = all_measures()[-1]
    assert (row.key, row.title, row.definition) == ("red_share", "Red share", "How red it is.")
    found = measure_own(clip, row)
    assert shapes == [((24, 72, 128, 3), np.dtype(np.uint8), 24.0)]
    assert found == Measured(value=pytest.approx(0.5, abs=0.05), version=row.version)
    assert "red_share" not in measure_clip(clip, keys={"red_share", "loop"})


def test_another_text_is_another_definition(own: dict[str, table.Measure]) -> None:
    """The same one again has the version that it had."""

    def first(frames: np.ndarray, fps: float) -> float:
        return 1.0

    def second(frames: np.ndarray, fps: float) -> float:
        return 2.0

    versions = []
    for function in (first, second, first):
        hailuo_nb.measure(key="mine", unit="s")(function)
        versions.append(own["mine"].version)
    assert versions[0] == versions[2] != versions[1]
    assert own["mine"].unit == "s"


@pytest.mark.parametrize("key", ["flicker", "two words", ""])
def test_a_key_that_cannot_be_one_is_refused(own: dict[str, table.Measure], key: str) -> None:
    """Neither one that is taken nor one that is no name."""
    with pytest.raises(OptionError):
        hailuo_nb.measure(lambda frames, fps: 0.0, key=key)
    assert own == {}


def test_what_is_to_be_awaited_is_no_measure(own: dict[str, table.Measure]) -> None:
    """It would be of no clip."""

    async def late(frames: np.ndarray, fps: float) -> float:
        return 1.0

    with pytest.raises(OptionError, match="without async"):
        hailuo_nb.measure(late)
    assert own == {}


def test_every_row_says_what_it_is() -> None:
    """A title, a line, a unique key."""
    assert len({row.key for row in MEASURES}) == len(MEASURES)
    assert all(row.title and row.definition and row.key.isidentifier() for row in MEASURES)

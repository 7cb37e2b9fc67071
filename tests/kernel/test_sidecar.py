"""In a notebook whose history is empty, a clip is shown from its own files."""

import hashlib
import json
import struct
from collections.abc import Iterator
from pathlib import Path

import pytest

from hailuo_nb.session.simulator_process import running_simulator
from hailuo_nb.store.sidecar import write_sidecar
from tests.kernel.real_kernel import RealKernel, real_kernel
from tests.store.make import BLUE, RED, finished, write_mp4


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealKernel]:
    """Start a kernel in a folder with two clips that no history knows."""
    folder = tmp_path_factory.mktemp("sidecar")
    clips = folder / "hailuo_videos"
    clips.mkdir()
    for id, colour in (("xyz", RED), ("uvw", BLUE)):
        data = write_mp4(clips / f"{id}.mp4", [colour] * 24).read_bytes()
        digest = hashlib.sha256(data).hexdigest()
        name = "print" if id == "xyz" else "blue"
        write_sidecar(finished(id, clips, name=name, sha256=digest, size_bytes=len(data)))
    with real_kernel(folder, folder / "home", HAILUO_SIMULATOR="on") as kernel:
        kernel.load()
        yield kernel


@pytest.mark.parametrize("meant", ["hailuo_videos/xyz.json", "hailuo_videos/xyz.mp4", "xyz"])
def test_a_clip_is_shown_from_its_files(lab: RealKernel, meant: str) -> None:
    """The card is that of any finished clip: player, poster, prompt as text, price, SIMULATED."""
    cell = lab.run(f"%hailuo show {meant}")
    assert not cell.error
    html = lab.html(cell.displays[0])
    assert '<video src="hailuo_videos/xyz.mp4" poster="data:image/jpeg' in html
    assert "&lt;b&gt;Ein&lt;/b&gt;" in html
    for words in ("SIMULATED", "50 simulated credits", "t-xyz"):
        assert words in html


def test_showing_it_leaves_no_trace(lab: RealKernel) -> None:
    """No row, no simulator, and no variable of a name that a foreign file chose."""
    for line in ("show hailuo_videos/xyz.json uvw", "wait uvw", "resume hailuo_videos/uvw.mp4"):
        assert not lab.run(f"%hailuo {line}").error
    assert json.loads(lab.run("%hailuo history --json").text) == []
    assert running_simulator(lab.home) is None
    assert lab.value("callable(print), 'blue' in globals()") == "True False"


def test_clips_are_compared_and_exported_from_their_files(lab: RealKernel) -> None:
    """Both verbs and their Python twins take paths; the page's title tells no folder."""
    assert not lab.run("%hailuo compare hailuo_videos/xyz.mp4 hailuo_videos/uvw.json").error
    assert not lab.run(f"%hailuo export {lab.folder}/hailuo_videos/xyz.mp4 uvw page.html").error
    page = (lab.folder / "page.html").read_text()
    assert page.count("data:video/mp4;base64,") == 2
    assert str(lab.folder) not in page
    shown = lab.run(
        "import hailuo_nb, pathlib\nhailuo_nb.show(pathlib.Path('hailuo_videos/xyz.mp4'))"
    )
    assert "<video" in lab.html(shown.displays[0])


@pytest.fixture(scope="module")
def outside(lab: RealKernel, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a folder that the notebook does not reach, with five clips of 1.4 MB and one of 5 MB."""
    clips = tmp_path_factory.mktemp("outside")
    for id in ("out1", "out2", "out3", "out4", "out5", "huge"):
        data = write_mp4(clips / f"{id}.mp4", [RED] * 24).read_bytes()
        free_bytes = 5_000_000 if id == "huge" else 1_400_000
        data += struct.pack(">I4s", free_bytes, b"free") + bytes(free_bytes - 8)
        (clips / f"{id}.mp4").write_bytes(data)
        digest = hashlib.sha256(data).hexdigest()
        write_sidecar(finished(id, clips, name=id, sha256=digest, size_bytes=len(data)))
    return clips


CLIPS_HELD = 2
"""Clips of 1.4 MB that an output holds, since it holds 4 MB of them."""


@pytest.mark.parametrize(
    "lines",
    [
        ["%hailuo show {0}/out1.mp4 {0}/out2.mp4 {0}/out3.mp4 {0}/out4.mp4"],
        [f"%hailuo show {{0}}/out{number}.mp4" for number in (1, 1, 2, 3)],
        ["%hailuo show {0}/huge.mp4 {0}/out1.mp4 {0}/out2.mp4 {0}/out3.mp4"],
        ["%hailuo compare {0}/out1.mp4 {0}/out2.mp4 {0}/out3.mp4 {0}/out4.mp4"],
        [
            "%hailuo show {0}/out1.mp4",
            "%hailuo compare {0}/out2.mp4 {0}/out3.mp4",
            "%hailuo show {0}/out4.mp4",
        ],
    ],
)
def test_an_output_holds_a_few_megabytes_of_clips_however_many_it_shows(
    lab: RealKernel, outside: Path, lines: list[str]
) -> None:
    """Of those that it does not hold it says where they lie; the next cell has its own room."""
    cell = lab.run("\n".join(lines).format(outside))
    assert not cell.error
    shown = "".join(map(lab.html, cell.displays)) + cell.html
    assert shown.count("data:video/mp4;base64,") == CLIPS_HELD
    assert shown.count(f"The clip is {outside}/") == 2
    assert len(shown) < 6_000_000


def test_a_damaged_file_is_one_line(lab: RealKernel) -> None:
    """What cannot be shown says which file and why, without a traceback."""
    path = Path(lab.folder) / "hailuo_videos" / "bad.json"
    path.write_text("[" * 100_000)
    path.with_suffix(".mp4").write_bytes(b"x")
    outcome = lab.run("%hailuo show hailuo_videos/bad.json")
    assert outcome.error_name == "SidecarError"
    assert "bad.json does not say what made a clip" in outcome.error
    assert len(outcome.error.splitlines()) == 1

"""Clips side by side in a notebook, and as a page that needs nothing else."""

from collections.abc import Iterator
from pathlib import Path

import av
import pytest
from PIL import Image

from tests.kernel.real_kernel import RealKernel, real_kernel


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealKernel]:
    """Start a kernel with an experiment of three clips and one clip that failed."""
    folder = tmp_path_factory.mktemp("compare")
    with real_kernel(folder, folder / "home", HAILUO_SIMULATOR="on") as kernel:
        kernel.load()
        kernel.run("%hailuo simulator --speed 400 --fault fail-moderation=#4")
        kernel.run("%%hailuo trial --wait\nA {slow|fast|blue} boat turns.")
        kernel.run("%%hailuo lost --wait\nA boat sinks.")
        yield kernel


def test_clips_are_compared(lab: RealKernel) -> None:
    """One output with a player for each clip, the words that differ and the script."""
    cell = lab.run(
        "import hailuo_nb\n"
        "from IPython.utils.capture import capture_output\n"
        "with capture_output() as shown:\n"
        "    hailuo_nb.compare(trial, lost)\n"
        "html, text = (shown.outputs[0].data[f'text/{kind}'] for kind in ('html', 'plain'))"
    )
    assert not cell.error
    assert lab.value("html.count('<video'), html.count('<figure'), '<script' in html") == "3 4 True"
    assert lab.value("html.count('src=\"hailuo_videos/')") == "3"
    assert "slow" in lab.value("text")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("compare trial[0]", "2 to 9 different clips, not 1"),
        ("compare trial[0] trial[3]", "trial has 3 clips"),
        ("compare lost", "2 to 9 different clips, not 1"),
        ("compare nobody", "no task 'nobody'"),
        ("export lost page.html", "has a clip yet"),
        ("export trial page.txt", "for a film or .html for a page"),
        ("export lost film.mp4", "has a clip yet"),
        ("export trial film.mp4 --max-mb 0.001", "--max-mb allows 0.001"),
        ("export trial nowhere/film.mp4", "cannot be written"),
        ("export trial page.html --max-mb 0.05", "--smaller"),
        ("export trial page.html --max-mb 0", "above 0"),
        ("export trial page.html --max-mb nan", "above 0"),
        ("export trial nowhere/page.html", "cannot be written"),
        ("export trial film.mp4 --max-mb 0", "above 0"),
        ("judge trial --export votes.txt", "end in .html"),
        ("judge trial --add votes.json --export votes.html", "one at a time"),
        ("judge trial --add votes.json --judge Ada", "--judge is for votes of one's own"),
        ("export trial film.mp4 --smaller", "--smaller is for pages"),
        ("export trial page.html --bare", "--bare is for films"),
        ("judge trial --smaller", "--smaller is for the page that --export writes"),
        ("judge trial --max-mb 9", "--max-mb is for the page that --export writes"),
    ],
)
def test_what_cannot_be_compared_is_said(lab: RealKernel, line: str, words: str) -> None:
    """One or two lines: what is wrong, and what would do."""
    assert words in lab.run(f"%hailuo {line}").error


def test_an_experiment_becomes_one_offline_page(lab: RealKernel) -> None:
    """The page holds every clip; it is written whole, beside the notebook."""
    told = lab.run("%hailuo export trial lost page.html")
    assert not told.error
    page = (Path(lab.folder) / "page.html").read_text()
    assert page.count("data:video/mp4;base64,") == 3
    assert "page.html: " in told.text
    assert "Content-Security-Policy" in page


def test_smaller_clips_fit_the_page(lab: RealKernel) -> None:
    """The page stays under the limit, and the saved clips stay as they are."""
    before = lab.value("[task.video.stat().st_size for task in trial]")
    sizes = [int(size) for size in before.strip("[]").split(",")]
    limit_mb = (sum(sizes) * 4 / 3 * 0.6 + 60_000) / 1e6
    assert not lab.run(f"%hailuo export trial small.html --max-mb {limit_mb:.3f} --smaller").error
    assert (Path(lab.folder) / "small.html").stat().st_size <= limit_mb * 1e6
    assert lab.value("[task.video.stat().st_size for task in trial]") == before


def test_an_experiment_becomes_one_film(lab: RealKernel) -> None:
    """As tall as three labelled clips in a near square; one line tells its size at the end."""
    told = lab.run("%hailuo export trial film.mp4")
    assert not told.error
    (line,) = told.displays
    assert lab.plain(line).startswith("film.mp4: ")
    assert lab.updates[line] > 2
    with av.open(str(Path(lab.folder) / "film.mp4")) as film:
        stream = film.streams.video[0]
        clip_s = float(lab.value("trial[0].snapshot.request.duration_s"))
        assert stream.width > stream.height
        assert float(stream.duration * stream.time_base) == pytest.approx(clip_s, abs=0.5)


def test_a_film_without_labels_is_the_clips_alone(lab: RealKernel) -> None:
    """What --bare leaves out takes no room: the pictures fill the frame."""
    assert not lab.run("%hailuo export trial[0] trial[1] bare.gif --bare").error
    assert not lab.run("%hailuo export trial[0] trial[1] told.gif").error
    heights = [Image.open(Path(lab.folder) / f"{name}.gif").height for name in ("bare", "told")]
    assert heights[0] < heights[1]

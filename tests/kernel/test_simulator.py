"""The built-in simulator as its owner starts it: anew, and by itself as it last was."""

from pathlib import Path

import pytest

from hailuo_nb.session.simulator_process import ensure_simulator
from hailuo_nb.session.simulator_record import Simulator
from tests.kernel.real_kernel import RealKernel, real_kernel

BOX = (
    "import av\n"
    "with av.open(str(one.video)) as clip: print(max(clip.streams.video[0].format.width,\n"
    "    clip.streams.video[0].format.height))"
)


def test_speed_and_size_are_told_and_kept(kernel: RealKernel) -> None:
    """A size is said and rendered; ended by itself or not, it begins as it last was.

    However a task of it ends, nothing is said of money.
    """
    assert ": speed 20, plays no fault." in kernel.run("%hailuo simulator").text
    told = kernel.run("%hailuo simulator --speed 300 --size 96").text
    assert ": speed 300, clips of at most 96 px, plays no fault." in told
    first = ensure_simulator(kernel.home)
    first.stop()
    assert not kernel.run("%%hailuo one --wait\nA harbour.").error
    again = ensure_simulator(kernel.home)
    assert again.pid != first.pid
    assert (again.speed, again.size_px) == (300, 96)
    assert kernel.run(BOX).text.strip() == "96"
    kernel.run("%hailuo simulator --speed 1 --size 64 --fault drop-submit-reply=#2")
    for cell in (
        "%%hailuo slow --watch-for 1s --wait\nA slow harbour.",
        "slow.error",
        "%%hailuo lost --wait\nA lost harbour.",
        "%%hailuo late\nA late harbour.",
        "late.wait(0.01)",
        "%hailuo wait --timeout 0.01s",
        "%hailuo resume",
    ):
        outcome = kernel.run(cell)
        said = outcome.error + outcome.text + "".join(map(kernel.plain, outcome.displays))
        assert "charged" not in said, cell
        assert "billed" not in said, cell
    assert kernel.value("lost.state") == "unsure"
    anew = kernel.run("import hailuo_nb\nprint(hailuo_nb.start_simulator(speed=300).size_px)")
    assert anew.text.strip() == "640"


def test_a_fault_that_there_is_not_is_named(shared_kernel: RealKernel) -> None:
    """The reason stands alone, without the usage of a command that nobody typed."""
    outcome = shared_kernel.run("%hailuo simulator --fault no-such-thing")
    assert "left as it was" in outcome.error
    assert outcome.error_name == "SimulatorError"
    assert "no-such-thing" in outcome.error
    assert "usage" not in outcome.error.lower()


@pytest.mark.parametrize("verb", ["doctor", "simulator", "simulator --stop"])
def test_a_home_that_cannot_be_made_is_said_in_words(tmp_path: Path, verb: str) -> None:
    """The folder is named, and what to do about it; no traceback."""
    with real_kernel(tmp_path, Path("/proc/nope/h"), HAILUO_SIMULATOR="on") as kernel:
        kernel.run("%load_ext hailuo_nb")
        outcome = kernel.run(f"%hailuo {verb}")
    told = outcome.text + outcome.error
    assert "Traceback" not in told
    assert "HAILUO_HOME" in told or "stopped" in told


@pytest.mark.parametrize("limit", ["0", "-1", "2000000", "x", "1.5"])
def test_a_limit_that_is_none_is_refused(shared_kernel: RealKernel, limit: str) -> None:
    """The history lists as many as were asked for, or says what can be asked."""
    outcome = shared_kernel.run(f"%hailuo history --limit {limit}")
    assert outcome.error_name == "OptionError"
    assert "--limit takes a number from 1" in outcome.error


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("%hailuo simulator --speed 0", "The speed must be a number above 0, not 0."),
        ("%hailuo simulator --size 63", "from 64 to 1920, not 63."),
        ("%hailuo simulator --size 1921", "from 64 to 1920, not 1921."),
        ("%hailuo simulator --size small", "--size"),
        ("import hailuo_nb; hailuo_nb.start_simulator(size=99.5)", "whole px"),
    ],
)
def test_what_it_cannot_be_is_said(shared_kernel: RealKernel, cell: str, words: str) -> None:
    """A speed or a size out of range is an error in a line, and nothing is started."""
    outcome = shared_kernel.run(cell)
    assert (outcome.error_name, words in outcome.error) == ("OptionError", True)
    assert "Traceback" not in outcome.error
    assert not (shared_kernel.home / "simulator" / "process.json").exists()


def test_what_was_recorded_without_a_size_is_read() -> None:
    """A simulator that was started before there were sizes makes clips of 640 px."""
    facts = {"url": "http://127.0.0.1:9", "pid": 1, "speed": 3.0, "token": "t"}
    assert Simulator(**facts).size_px == 640  # type: ignore[arg-type]

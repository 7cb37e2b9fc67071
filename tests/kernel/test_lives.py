"""An experiment outlives its kernel: its name shows, compares and exports it without its cell."""

from tests.kernel.real_kernel import RealKernel
from tests.kernel.test_accidents import ledger

FAST = "%hailuo simulator --speed 400 --size 64"


def test_a_name_is_an_experiment_again_after_a_restart(kernel: RealKernel) -> None:
    """Show draws the grid of the cell and makes the variable; nothing is sent."""
    kernel.run(FAST)
    cell = kernel.run("%%hailuo trial --duration 6,10 --wait\nA {slow|fast} boat turns.")
    before = kernel.html(cell.displays[0])
    kernel.restart()
    kernel.load()
    shown = kernel.run("%hailuo show trial")
    assert not shown.error
    assert kernel.html(shown.displays[0]).count("<video") == 4
    assert _without_ids(kernel.html(shown.displays[0])) == _without_ids(before)
    assert kernel.value("[(axis.name, axis.values) for axis in trial.axes]") == str(
        [("slow|fast", ("slow", "fast")), ("duration", ("6 s", "10 s"))]
    )
    assert kernel.value("trial[3].state, trial.places[3].label") == "done fast · 10 s"
    assert len(ledger(kernel.home)) == 4


def test_every_verb_takes_the_name_in_a_second_kernel(kernel: RealKernel) -> None:
    """Compare, export, wait and resume, the whole or one clip; none of them needs the cell."""
    kernel.run(FAST)
    assert not kernel.run("%%hailuo trial --wait\nA {slow|fast} boat turns.").error
    kernel.restart()
    kernel.load()
    compared = kernel.run("%hailuo compare trial")
    assert not compared.error
    shown = kernel.plain(compared.displays[0])
    assert "slow" in shown
    assert "fast" in shown
    assert not kernel.run("%hailuo export trial page.html").error
    assert (kernel.folder / "page.html").read_text().count("data:video/mp4;base64,") == 2
    assert not kernel.run("%hailuo export trial[1] one.html").error
    assert (kernel.folder / "one.html").read_text().count("data:video/mp4;base64,") == 1
    for line in ("wait trial", "resume trial", "show trial[0]"):
        assert not kernel.run(f"%hailuo {line}").error
    assert "2 clips, counted from 0" in kernel.run("%hailuo show trial[2]").error
    assert len(ledger(kernel.home)) == 2


def test_a_name_that_was_used_again_leads_back(kernel: RealKernel) -> None:
    """Each study of a name and each single clip stays findable, the newest first."""
    kernel.run(FAST)
    kernel.run("%%hailuo trial --wait\nA {slow|fast} boat turns.")
    kernel.run("%%hailuo trial --wait\nA lake.")
    kernel.run("%%hailuo trial --wait\nA {red|blue|grey} barn.")
    kernel.restart()
    kernel.load()
    shown = kernel.run("%hailuo show trial")
    assert "trial~1 (" in shown.text
    assert "1 clip), trial~2 (" in shown.text
    assert kernel.value("len(trial), trial[0].snapshot.request.prompt") == "3 A red barn."
    one = kernel.run("%hailuo show trial~1")
    assert "A lake." in kernel.html(one.displays[0])
    assert not kernel.run("%hailuo compare trial~2 trial~1").error
    assert not kernel.run("%hailuo show trial~2").error
    assert kernel.value("len(trial), trial[1].snapshot.request.prompt") == "2 A fast boat turns."
    assert "2 others before it" in kernel.run("%hailuo show trial~3").error


def _without_ids(html: str) -> str:
    """Return the lines of a grid that do not name one display."""
    return "\n".join(line for line in html.splitlines() if "hailuo-" not in line or "<p" in line)

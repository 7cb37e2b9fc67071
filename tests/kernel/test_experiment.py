"""Several clips from one cell: planned, sent once, shown as one grid, held as one variable."""

import json

from hailuo_nb.session.simulator_process import running_simulator
from tests.kernel.real_kernel import RealKernel
from tests.runner.service import until
from tests.simulator.owner import ask_owner

FAST = "%hailuo simulator --speed 400 --size 64"
WIDGET = "application/vnd.jupyter.widget-view+json"
CELL = "%%hailuo trial --duration 6,10 {more}\nA {{slow|fast}} boat turns."
STATES = "[task.state for task in trial]"
RECORDED = "len(__import__('hailuo_nb').api.session().history.newest(9))"


def ledger_length(kernel: RealKernel) -> int:
    """Return how many tasks the simulator was ever given."""
    found = running_simulator(kernel.home)
    assert found is not None
    return len(ask_owner(found.url, "/_sim/ledger", token=found.token))


def test_one_cell_makes_a_grid(kernel: RealKernel) -> None:
    """Axes of prompt and options make every combination, in one display that settles."""
    kernel.run(FAST)
    cell = kernel.run(CELL.format(more=""))
    assert not cell.error
    grid, below = cell.displays
    assert WIDGET in kernel.page[grid]["data"]
    assert not kernel.run("%hailuo wait trial").error
    assert WIDGET not in kernel.page[grid]["data"]
    assert kernel.page[below]["data"] == {}
    assert kernel.html(grid).count("<video") == 4
    assert len(kernel.html(grid)) < 4 * 60_000
    assert kernel.value(STATES) == str(["done"] * 4)
    assert kernel.value("[(axis.name, axis.values) for axis in trial.axes]") == str(
        [("slow|fast", ("slow", "fast")), ("duration", ("6 s", "10 s"))]
    )
    assert ledger_length(kernel) == 4


def test_the_same_experiment_again_is_free(kernel: RealKernel) -> None:
    """What is there is shown; a wider cell makes the missing ones only."""
    kernel.run(FAST)
    kernel.run("%%hailuo trial --wait\nA {slow|fast} boat turns.")
    again = kernel.run("%%hailuo trial --wait\nA {slow|fast} boat turns.")
    assert "2 there already, free" in kernel.html(again.displays[0])
    wider = kernel.run("%%hailuo trial --wait\nA {slow|fast|blue} boat turns.")
    assert "2 there already, free" in kernel.html(wider.displays[0])
    assert ledger_length(kernel) == 3


def test_a_dry_run_lists_every_clip_and_sends_nothing(shared_kernel: RealKernel) -> None:
    """Number, labels, prices, what is left out and why, and the exact JSON of each."""
    cell = shared_kernel.run(
        "%%hailuo --dry-run --image sample:peak --model 2.3-i2v --duration 6,10 "
        "--resolution 768P,1080P\nA boat turns."
    )
    assert "3 clips, 130 credits" in cell.text
    assert "6 s · 768P: 30 credits" in cell.text
    assert "Left out: 10 s · 1080P: 2.3-i2v makes no 10 s clip at 1080P." in cell.text
    bodies = json.loads(cell.text[cell.text.index("\n[") :])
    assert [body["input"]["duration"] for body in bodies] == ["6", "6", "10"]
    assert shared_kernel.value(RECORDED) == "0"


def test_too_many_tasks_are_refused_before_anything_is_sent(shared_kernel: RealKernel) -> None:
    """Above --max-tasks the number is needed."""
    cell = shared_kernel.run("%%hailuo --max-tasks 3\nA {slow|fast} boat {turns|sinks}.")
    assert cell.error_name == "OptionError"
    assert "4 tasks" in cell.error
    assert shared_kernel.value(RECORDED) == "0"


def test_a_failure_stays_in_its_place_and_can_be_tried_again(kernel: RealKernel) -> None:
    """The others go on; another try takes the place of the failed one, in the same grid."""
    kernel.run(FAST + " --fault fail-moderation=#2")
    cell = kernel.run("%%hailuo trial --wait\nA {slow|fast} boat turns.")
    assert cell.error_name == "TaskFailed"
    grid = kernel.html(cell.displays[0])
    assert grid.count("<video") == 1
    assert "Add --retry to the cell" in grid
    assert sorted(json.loads(kernel.value(STATES).replace("'", '"'))) == ["done", "failed"]
    kernel.run("failed = [task.state for task in trial].index('failed')")
    assert not kernel.run("trial.try_again(failed).wait()").error
    shown = kernel.run("trial")
    assert kernel.html(shown.displays[0]).count("<video") == 2


def test_an_experiment_is_a_sequence_with_a_table(kernel: RealKernel) -> None:
    """It has a length, gives tasks, can be awaited, and becomes a pandas table.

    What was measured for the table stands in the grid that was there before.
    """
    kernel.run(FAST)
    cell = kernel.run("%%hailuo trial --repeat 2\nA boat turns.")
    assert not kernel.run("await trial").error
    assert kernel.value("len(trial), [task.state for task in trial]") == "2 ['done', 'done']"
    frame = "trial.to_frame()"
    assert kernel.value(f"list({frame}.index), list({frame}['sample'])") == (
        "['sample 1', 'sample 2'] [1, 2]"
    )
    assert kernel.value(f"float({frame}['credits'].sum())") == "60.0"
    assert kernel.value(f"set({frame}['camera'])") == "{'nothing asked'}"

    def is_told() -> bool:
        kernel.run("pass")  # what the kernel shows meanwhile comes with it
        return kernel.html(cell.displays[0]).count(">nothing asked</bdi></td>") == 2

    until(is_told)


def test_a_stopped_experiment_run_again_pays_for_nothing_twice(kernel: RealKernel) -> None:
    """What was sent is watched on; after a restart, too."""
    kernel.run("%hailuo simulator --speed 40 --size 64")
    cell = "%%hailuo trial\nA {slow|fast|blue} boat turns."
    kernel.run(cell)
    kernel.run("while any(task.task_id is None for task in trial): trial[0]._job.over.wait(0.02)")
    kernel.run("trial.stop()")
    kernel.restart()
    kernel.load()
    kernel.run(FAST)
    assert not kernel.run(cell).error
    assert not kernel.run("%hailuo wait trial").error
    assert kernel.value(STATES) == str(["done"] * 3)
    assert ledger_length(kernel) == 3


def test_a_wait_that_ends_too_early_keeps_a_failure_for_the_next(kernel: RealKernel) -> None:
    """What the person was not told yet still stops the run; once told, it does so no more."""
    kernel.run(FAST + " --fault fail-moderation=#1 --fault stuck-waiting=#2")
    kernel.run("%%hailuo lost\nA boat sinks.")
    kernel.run("lost._job.over.wait(60)")
    kernel.run("%%hailuo stuck\nA boat waits.")
    assert kernel.run("%hailuo wait --timeout 0.5").error_name == "WaitTimedOut"
    kernel.run("stuck.stop()")
    kernel.run("stuck._job.over.wait(60)")
    assert kernel.run("%hailuo wait").error_name == "TaskFailed"
    assert not kernel.run("%hailuo wait").error

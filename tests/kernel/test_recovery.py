"""Samples, and what a person types after an accident."""

from tests.kernel.real_kernel import RealKernel
from tests.kernel.test_accidents import HELD, MADE, ledger, wait_for_ledger


def test_repeat_makes_samples_and_is_free_again(kernel: RealKernel) -> None:
    """--repeat 2 makes two clips as one variable; the same cell again makes none."""
    kernel.run("%hailuo simulator --speed 200 --size 64")
    cell = "%%hailuo takes --repeat 2 --wait\nA harbour."
    first = kernel.run(cell)
    assert not first.error
    assert kernel.html(first.displays[0]).count("<video") == 2
    assert kernel.value("[task.snapshot.request.sample for task in takes]") == "[1, 2]"
    kernel.run(cell)
    assert len(ledger(kernel.home)) == 2
    plan = kernel.run("%%hailuo --repeat 3 --dry-run\nA harbour.").text
    assert "1 clip, 30 credits" in plan
    assert "2 there already, free" in plan
    assert "sample 2: there already and free: takes · sample 2 (done)" in plan


def test_loading_after_a_kill_watches_on(kernel: RealKernel) -> None:
    """After kill -9 loading is enough: the clip is saved without another word."""
    kernel.run(HELD)
    kernel.run("%%hailuo one --image sample:peak\nA harbour.")
    wait_for_ledger(kernel, 1)
    kernel.kill()
    kernel.restart()
    assert "1 unfinished task: watched on" in kernel.load().text
    kernel.run(MADE)
    assert not kernel.run("%hailuo wait").error
    shown = kernel.run("%hailuo show one")
    assert "<video" in kernel.html(shown.displays[0])
    assert len(ledger(kernel.home)) == 1


def test_an_unsure_task_is_resolved_by_its_id(kernel: RealKernel) -> None:
    """%hailuo resolve takes the id from the service's list, and the clip is saved."""
    kernel.run("%hailuo simulator --speed 200 --size 64 --fault drop-submit-reply")
    kernel.run("%%hailuo one --wait\nA harbour.")
    (made,) = ledger(kernel.home)
    kernel.run("%hailuo simulator --speed 200 --size 64")
    assert kernel.run("%hailuo resolve one").error_name == "OptionError"
    assert not kernel.run(f"%hailuo resolve one --task {made['taskId']}").error
    assert not kernel.run("%hailuo wait one").error
    assert kernel.value("one.state") == "done"


def test_giving_up_says_how_to_look_again(kernel: RealKernel) -> None:
    """After --watch-for the task is stopped, not failed, and resume finds its clip."""
    kernel.run("%hailuo simulator --speed 200 --size 64 --fault stuck-waiting")
    outcome = kernel.run("%%hailuo one --watch-for 1s --wait\nA harbour.")
    assert outcome.error_name == "TaskStopped"
    assert "may still finish" in outcome.error
    kernel.run("%hailuo simulator --speed 200 --size 64")
    assert not kernel.run("%hailuo resume").error
    assert not kernel.run("%hailuo wait one").error
    assert kernel.value("one.state") == "done"


def test_one_of_an_experiment_is_looked_at_again(kernel: RealKernel) -> None:
    """trial[1] is resumed and waited for alone; a number too high is said, not asked for."""
    kernel.run("%hailuo simulator --speed 200 --size 64 --fault stuck-waiting")
    kernel.run("%%hailuo trial --watch-for 1s --wait\nA {slow|fast} boat.")
    kernel.run("%hailuo simulator --speed 200 --size 64")
    assert not kernel.run("%hailuo resume trial[1]").error
    assert not kernel.run("%hailuo wait trial[1]").error
    assert kernel.value("[task.state for task in trial]") == "['stopped', 'done']"
    assert "trial has 2 clips" in kernel.run("%hailuo resume trial[2]").error
    assert "nobody is no experiment" in kernel.run("%hailuo resume nobody[0]").error


def test_one_of_an_experiment_is_resolved(kernel: RealKernel) -> None:
    """trial[0] --drop settles that one; its neighbour stays unsure."""
    kernel.run("%hailuo simulator --speed 200 --size 64 --fault drop-submit-reply")
    kernel.run("%%hailuo trial --wait\nA {slow|fast} boat.")
    assert kernel.value("[task.state for task in trial]") == "['unsure', 'unsure']"
    assert not kernel.run("%hailuo resolve trial[0] --drop").error
    assert kernel.value("[task.state for task in trial]") == "['failed', 'unsure']"

"""Drafts and their promotion as typed: planned, priced, shown and bound as a variable."""

import json

from tests.kernel.real_kernel import RealKernel

FAST = "%hailuo simulator --speed 400 --size 64"
DRAFTS = "%%hailuo trial --draft --image sample:peak\nA {slow|fast} boat turns."
RECORDED = "len(__import__('hailuo_nb').api.session().history.newest(9))"


def test_drafts_are_promoted(kernel: RealKernel) -> None:
    """Named clips become full ones in a grid of their own; a second time they are there."""
    kernel.run(FAST)
    cell = kernel.run(DRAFTS)
    assert "in full size 60" in kernel.html(cell.displays[0])
    assert not kernel.run("%hailuo wait trial").error
    dry = kernel.run("%hailuo promote trial[1] trial[0] --model 02-i2v-pro --dry-run")
    assert "Dry run: 2 clips, 114 credits" in dry.text
    assert dry.text.count("There is no seed") == 1
    bodies = json.loads(dry.text[dry.text.index("\n[") :])
    assert {body["model"] for body in bodies} == {"hailuo/02-image-to-video-pro"}
    assert kernel.value(RECORDED) == "2"
    full = kernel.run("%hailuo promote trial[1] trial[0]")
    assert not full.error
    assert not kernel.run("%hailuo wait trial_full").error
    assert kernel.html(full.displays[0]).count("<video") == 2
    assert "not the draft enlarged" in kernel.html(full.displays[0])
    parents = "[task.snapshot.parent for task in trial_full] == [trial[1].id, trial[0].id]"
    assert kernel.value(parents) == "True"
    again = kernel.run("%hailuo promote trial[1] trial[0]")
    assert "2 there already, free" in kernel.html(again.displays[0])
    assert kernel.value(RECORDED) == "4"


def test_a_promotion_after_a_restart(kernel: RealKernel) -> None:
    """The name alone is enough, from the history; so is Python."""
    kernel.run(FAST)
    kernel.run(DRAFTS)
    kernel.run("%hailuo wait trial")
    kernel.restart()
    kernel.load()
    assert not kernel.run("%hailuo promote trial[0] --duration 10").error
    assert not kernel.run("%hailuo wait trial_full").error
    assert kernel.value("trial_full[0].snapshot.request.duration_s") == "10"
    assert kernel.value("trial_full[0].snapshot.request.resolution") == "768P"
    plan = "__import__('hailuo_nb').promote('trial[1]', resolution='768P', dry_run=True).credits"
    assert kernel.value(plan) == "30.0"


def test_slips_are_refused_before_anything_is_sent(kernel: RealKernel) -> None:
    """No votes, no clips, a variable of the person's own, an option without its value."""
    kernel.run(FAST)
    kernel.run(DRAFTS)
    voteless = kernel.run("%hailuo promote trial --top 2")
    assert "No votes yet that rank them: name the clips" in voteless.error
    assert "%hailuo promote trial[0] trial[1]" in voteless.error
    assert "one of the two" in kernel.run("%hailuo promote trial").error
    few = kernel.run("%hailuo promote trial[0] trial[1] --max-tasks 1").error
    assert "2 tasks; at most 1 are sent at once" in few
    assert "no resolution 2K" in kernel.run("%hailuo promote trial[0] --resolution 2K").error
    kernel.run("trial_full = 7")
    assert kernel.run("%hailuo promote trial[0]").error_name == "NameInUse"
    assert kernel.run("%hailuo promote trial[0] --model").error_name == "OptionError"
    assert kernel.value(RECORDED) == "2"

"""A request is read, looked up and priced once, takes one way down, and is one task."""

import re
import sys
import threading
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

import hailuo_nb
from hailuo_nb import api
from hailuo_nb.core.request import make_request
from hailuo_nb.core.task import Snapshot
from hailuo_nb.errors import BudgetExceeded, OptionError, TaskFailed
from hailuo_nb.kie.client import Client
from hailuo_nb.media.sources import find_image
from hailuo_nb.notebook.magic import hailuo
from hailuo_nb.runner.engine import Engine
from hailuo_nb.runner.experiment import Experiment
from hailuo_nb.runner.runner import Runner
from hailuo_nb.runner.task import Task
from hailuo_nb.session import expand
from hailuo_nb.session.expand import Ask
from hailuo_nb.session.plan import Plan, PlanItem
from hailuo_nb.session.planning import make_plan
from hailuo_nb.session.session import Session
from hailuo_nb.store.history import History
from tests.session.conftest import Stage

PACKAGE = Path(hailuo_nb.__file__).parent
WAY = PACKAGE.parent / "docs" / "design" / "session.md"
HOPS_MAX = 18
ROUNDS = 200
AT_ONCE = 20


def counting(patch: pytest.MonkeyPatch, counts: Counter[str], owner: Any, name: str) -> None:
    """Count the calls of a function or method."""
    plain = getattr(owner, name)

    def counted(*args: Any, **more: Any) -> Any:
        # What the engine's thread asks is about a clip that ended, not about this request.
        counts[name] += threading.current_thread() is threading.main_thread()
        return plain(*args, **more)

    patch.setattr(owner, name, counted)


def ours(frame: FrameType | None) -> list[tuple[str, str]]:
    """Return the package's functions on a stack, outermost first, each with its file."""
    found = []
    while frame is not None:
        path, name = Path(frame.f_code.co_filename), frame.f_code.co_qualname
        if path.is_relative_to(PACKAGE):
            found.append((name, path.relative_to(PACKAGE).as_posix()))
        frame = frame.f_back
    return found[::-1]


def documented() -> list[tuple[str, str]]:
    """Return the way that the design's page tells, hop by hop."""
    rows = re.findall(r"^\| \d+ \| `([\w.]+)` \| `([\w./]+)` \|$", WAY.read_text("utf-8"), re.M)
    return [(function, file) for function, file in rows]


def test_a_cell_is_read_and_looked_up_once(
    here: Session, monkeypatch: pytest.MonkeyPatch, stage: Stage
) -> None:
    """It is parsed and expanded once; "is it there?" is asked before and within the transaction."""
    counts: Counter[str] = Counter()
    counting(monkeypatch, counts, expand, "read_prompts")
    counting(monkeypatch, counts, expand, "expand")
    counting(monkeypatch, counts, History, "recorded")
    counting(monkeypatch, counts, History, "same")
    made = api.generate("read once")
    assert isinstance(made, Task)
    assert counts == {"read_prompts": 1, "expand": 1, "recorded": 1, "same": 1}
    made.wait(60)
    counts.clear()
    assert api.generate("read once").wait(60) is not None
    assert counts == {"read_prompts": 1, "expand": 1, "recorded": 1, "same": 1}


def test_the_way_of_a_cell_is_the_documented_one(
    here: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From the cell's text to createTask, as the stacks show it; and it is short."""
    stacks: list[list[tuple[str, str]]] = []

    def seen(plain: Callable[..., Any]) -> Callable[..., Any]:
        def watched(*args: Any, **more: Any) -> Any:
            stacks.append(ours(sys._getframe(1)))
            return plain(*args, **more)

        return watched

    monkeypatch.setattr(Runner, "start", seen(Runner.start))
    monkeypatch.setattr(Client, "create_task", seen(Client.create_task))
    hailuo("", "the way down")
    [task] = here.tasks
    task.wait(60)
    down, up = stacks
    engine = ("Engine._run", "runner/engine.py")
    way = [
        *down,
        ("Runner.start", "runner/runner.py"),
        *(hop for hop in up if hop != engine),
        ("Client.create_task", "kie/client.py"),
    ]
    assert way == documented(), "\n".join(map(str, way))
    assert len(way) <= HOPS_MAX


def test_two_threads_that_ask_for_the_same_get_one_task(
    session: Session, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where one of them comes between the history's row and the running task."""
    start = Runner.start
    pause = threading.Event()

    def held(runner: Runner, snapshot: Snapshot, *args: Any, **more: Any) -> Task:
        pause.wait(0.02)
        return start(runner, snapshot, *args, **more)

    monkeypatch.setattr(Runner, "start", held)
    stage.play("fail-moderation")  # no picture is drawn of what is counted here
    before = len(stage.ledger())
    for at in range(ROUNDS):
        gate, found = threading.Barrier(2), []

        def ask(prompt: str, gate: threading.Barrier = gate, found: list[Task] = found) -> None:
            plan = make_plan(session, Ask(prompt=prompt))
            gate.wait(30)
            found.append(session.dispatch.submit(plan.clips[0]))

        threads = [threading.Thread(target=ask, args=(f"asked twice {at}",)) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        assert len({task.id for task in found}) == 1, at
        assert len(found) == 2
        assert found[0].state not in ("unsure", "stopped")
    assert len(session.history.newest(2 * ROUNDS)) == ROUNDS  # and each of them is sent once
    for task in session.tasks[:AT_ONCE]:
        with pytest.raises(TaskFailed):
            task.wait(120)
    session.close()  # the others wait for their turn: the service takes twenty at once
    asked = [task["input"]["prompt"] for task in stage.ledger()[before:]]
    assert len(asked) >= AT_ONCE
    assert len(set(asked)) == len(asked)


def test_one_engine_is_built_however_many_threads_ask(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first runner of a process starts one thread."""
    session.close()
    built: list[Engine] = []
    make = Engine.__init__

    def counted(engine: Engine) -> None:
        built.append(engine)
        make(engine)

    monkeypatch.setattr(Engine, "__init__", counted)
    gate = threading.Barrier(8)

    def ask() -> None:
        gate.wait(30)
        session.runner()

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(built) == 1


ENDS = {"image": "sample:peak", "end_image": "sample:forest"}


@pytest.mark.parametrize(
    ("more", "made", "left_out"),
    [
        ({}, ["768P"], 1),
        ({"repeat": 2}, ["768P · sample 1", "768P · sample 2"], 2),
        ({"duration": "6,10"}, ["6 s · 768P", "10 s · 768P"], 2),
        (
            {"end_image": [None, "sample:forest"]},
            ["512P · no end image", "768P · no end image", "768P · end sample:forest"],
            1,
        ),
        ({"model": "02-i2v,2.3-i2v"}, ["02-i2v · 768P"], 3),
    ],
)
def test_what_the_service_refuses_is_left_out_with_its_reason(
    here: Session, more: dict[str, Any], made: list[str], left_out: int
) -> None:
    """It is no part of the price, and the rest is made."""
    ask = {"resolution": "512P,768P"} | ENDS | more
    plan = api.generate("left out", **ask, dry_run=True)
    assert isinstance(plan, Plan)
    assert [item.label for item in plan.clips] == made
    assert len(plan.left_out) == left_out
    assert plan.credits == sum(item.request.price.credits for item in plan.clips)
    reason = "The service makes no 512P clip with an end image."
    assert reason in [one.reason for one in plan.left_out]
    sent = here.dispatch.send(plan)
    assert [one.label for one in sent.places] == made


def test_what_is_linked_is_sent_as_a_dry_run_shows_it(here: Session) -> None:
    """Pairs alone, each as often as is asked for: counted, priced, and sent in that order."""
    ends = list(ENDS.values())
    ask: dict[str, Any] = {"image": ends, "end_image": ends[::-1], "zip": "image,end_image"}
    ask |= {"resolution": "768P", "repeat": 2}
    plan = api.generate("linked {calm|wild}", **ask, dry_run=True)
    assert isinstance(plan, Plan)
    assert len(plan.clips) == 2 * 2 * 2
    assert plan.credits == sum(item.request.price.credits for item in plan.clips)
    less, enough = (ask | {"max_credits": plan.credits - rest} for rest in (1, 0))
    with pytest.raises(BudgetExceeded, match="240 credits for 8 clips"):
        api.generate("linked {calm|wild}", **less)
    assert not here.history.newest(1)
    sent = api.generate("linked {calm|wild}", **enough)
    assert isinstance(sent, Experiment)
    assert [task.snapshot.request.wish for task in sent] == [one.request.wish for one in plan.clips]
    assert [one.label for one in sent.places] == [item.label for item in plan.clips]


@pytest.mark.parametrize("more", [{}, {"repeat": 3}, {"duration": "6,10"}, {"again": True}])
@pytest.mark.parametrize("is_dry", [True, False])
def test_a_cell_of_refusals_alone_is_refused(
    here: Session, more: dict[str, Any], is_dry: bool
) -> None:
    """Also where it would only be shown."""
    with pytest.raises(OptionError, match="no 512P clip with an end image"):
        api.generate("refused", **ENDS, resolution="512P", **more, dry_run=is_dry)
    assert not here.history.newest(1)


def test_what_would_be_refused_today_is_shown_where_it_is_there(
    here: Session, tmp_path: Path
) -> None:
    """Free; and no way to try again sends it."""
    image, end_image = (find_image(ENDS[which], {}).ref for which in ("image", "end_image"))
    request = make_request(prompt="old", image=image, end_image=end_image, resolution="512P")
    of = {"id": "old", "service": here.config.service, "created_at": 1.0, "task_id": "t"}
    old = Snapshot(request=request, state="failed", **of)
    here.history.add(old, folder=tmp_path)
    shown = api.generate("old", **ENDS, resolution="512P,768P", dry_run=True)
    assert isinstance(shown, Plan)
    assert [item.there and item.there.id for item in shown.clips] == ["old", None]
    assert shown.clips[0].costs == "failed before: old; --retry tries again"
    assert "there already" not in shown.words
    with pytest.raises(OptionError, match="no 512P clip"):
        api.generate("old", **ENDS, resolution="512P", retry=True)
    with pytest.raises(OptionError, match="no 512P clip"):
        here.dispatch.submit(PlanItem(request=request, retry=True))

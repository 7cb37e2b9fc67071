"""One run: ask, kill, look at what is left, bring back, ask again, and judge.

It knows the order of things. Where to kill stands in `aims`, what is seen in `traces`,
what is right in `judge`.
"""

import json
import os
import random
import signal
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError

import av

from hailuo_nb.core.request import ImageRef, make_request
from hailuo_nb.core.task import Snapshot
from hailuo_nb.session.keeper_process import keeper, told
from hailuo_nb.store.history import History
from tests.chaos.aims import Plan
from tests.chaos.judge import Charge, Evidence, Fate, Row, fates, judge
from tests.chaos.service import Simulator
from tests.chaos.subjects import Kernel, Said, Served, Shell, Subject, kill
from tests.chaos.tap import Seen, Tap, running_tap
from tests.chaos.traces import Step, Window, read_journal, step_of
from tests.support.keepers import end_keepers, keepers

HIT_TIMEOUT_S = 90.0
"""So long an aim is waited for; then the kill comes anyhow and counts as a miss."""

SENDING = "submitting"
WAIT_S = 90
LOOK_EVERY_S = 0.0005
PAST_TASKS, PAST_TASK_S = 5, 4.0
"""Earlier tasks that took 4 s: they teach the kernel to ask often enough for a short run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kill:
    """What was found when the kernel was dead: each task's step and its row."""

    journal: Mapping[str, Row]
    steps: Mapping[str, Step]


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One run and its verdict; ``hit`` says whether the first kill came where it was aimed.

    ``saved_alone`` are the clips that were saved while no kernel lived.
    """

    plan: Plan
    hit: bool
    kills: tuple[Kill, ...]
    fates: Mapping[str, Fate]
    keeper_kills: int
    saved_alone: int
    broken: tuple[str, ...]
    took_s: float

    @property
    def first_step(self) -> Step:
        """The step at which the first kill met the task that it was aimed at."""
        return self.kills[0].steps[self.plan.prompts[self.plan.target]]


class Stage:
    """What the kernels of one run share: folder, service, relay."""

    def __init__(self, plan: Plan, folder: Path, service: Simulator, tap: Tap) -> None:
        self.plan, self.folder, self.service, self.tap = plan, folder, service, tap
        self.home, self.clips = folder / "home", folder / "hailuo_videos"
        self.kills: list[Kill] = []
        self.shown: list[str] = []
        self.keeper_kills = 0
        self._frozen: list[int] = []
        self._lag = random.Random(plan.number)

    def start(self) -> Subject:
        """Start a kernel with its service and key in its environment."""
        env = {
            "HAILUO_HOME": str(self.home),
            "HAILUO_BASE_URL": self.tap.url,
            "KIE_API_KEY": f"sk-chaos-{self.plan.number:06}-7c1e",
            "HAILUO_MEASURES": "off",  # a sidecar that is just being written is no litter
            "HAILUO_KEEP": "" if self.plan.keeper else "off",
        }
        if self.plan.served:
            return Served(self.folder, env)
        return (Kernel if self.plan.real_kernel else Shell)(self.folder, env)

    def kill(self, subject: Subject) -> None:
        """Kill a kernel or its server; its keeper stands still until the traces were found."""
        found = told(self.home) if self.plan.keeper else None
        if found is not None:
            os.kill(found["pid"], signal.SIGSTOP)
            self._frozen.append(found["pid"])
        kill(subject)
        subject.reap()
        self.tap.lives["kernel"] += 1

    def kill_keeper(self) -> None:
        """Kill the keeper, where one runs."""
        for process in keepers(self.home):
            process.kill()
            self.keeper_kills += 1
        self.tap.lives["keeper"] += 1

    def cells(self) -> list[str]:
        """Return the prompt cells."""
        asked = zip(self.plan.prompts, self.plan.images, strict=True)
        return [
            f"%%hailuo take_{take}{f' --image sample:{image}' if image else ''}\n{prompt}"
            for take, (prompt, image) in enumerate(asked)
        ]

    def run(self, subject: Subject, cell: str) -> Said:
        """Run a cell and keep what it shows."""
        said = subject.run(cell)
        self.shown.append(f"{said.text}\n{said.error}")
        return said

    def on_its_way(self, _: Seen) -> bool:
        """Delay a request or reply a little; nothing is lost."""
        time.sleep(self._lag.uniform(0.0, self.plan.lag_s))
        return True

    def find_traces(self) -> None:
        """Look at what the dead kernel left."""
        journal = read_journal(self.home)
        taken = {charge.prompt for charge in self.charges()}
        steps = {}
        for prompt, image in zip(self.plan.prompts, self.plan.images, strict=True):
            row, id = journal.get(prompt, (None, ""))
            steps[prompt] = step_of(
                row, id, self.tap, self.clips, taken=taken, has_image=image is not None
            )
        asked = {prompt: journal[prompt][0] for prompt in self.plan.prompts if prompt in journal}
        self.kills.append(Kill(journal=asked, steps=steps))
        while self._frozen:
            os.kill(self._frozen.pop(), signal.SIGCONT)

    def charges(self) -> list[Charge]:
        """Return the service's ledger, this run's tasks alone."""
        return [
            Charge(prompt=row["input"]["prompt"], task_id=row["taskId"], state=row["state"])
            for row in self.service.ledger()
            if row["input"]["prompt"] in self.plan.prompts
        ]


class Hunt:
    """Waits for the plan's moment and kills the subject in it."""

    def __init__(self, stage: Stage, subject: Subject) -> None:
        self._stage, self._subject = stage, subject
        self._aim, self._count = stage.plan.aim, 0
        self._target = stage.plan.prompts[stage.plan.target]
        self._dead, self._released = threading.Event(), threading.Event()

    def run(self) -> bool:
        """Send the cells, kill, and return whether the kill came where it was aimed."""
        self._stage.tap.watch = self._watch
        for cell in self._stage.cells():
            self._subject.send(cell)
        struck = self._strike()
        if not self._dead.is_set():
            self._stage.kill(self._subject)
        self._subject.reap()
        return struck

    def _strike(self) -> bool:
        """Return at the moment of the kill: True, or False where it never came."""
        aim = self._aim
        if aim.wire is not None:
            return self._dead.wait(HIT_TIMEOUT_S)
        if aim.delay_s:
            self._dead.wait(random.Random(self._target).uniform(0.0, aim.delay_s))
            return True
        with closing(Window(self._stage.home)) as window:
            return _wait_for(lambda: self._is_there(window))

    def release(self) -> None:
        """Let go of the request that was held; a late one reaches the service now."""
        self._released.set()
        self._stage.tap.watch = self._stage.on_its_way

    def _is_there(self, window: Window) -> bool:
        found = window.look(self._target)
        if found is None or self._aim.suffix is None:
            return found is not None and found[0] == self._aim.state
        return (self._stage.clips / f"{found[1]}{self._aim.suffix}").exists()

    def _watch(self, seen: Seen) -> bool:
        answered = (seen.call, seen.moment, seen.prompt) == ("create", "answered", self._target)
        if self._aim.state == SENDING and answered:
            self._released.wait()  # it is being sent until the kernel is dead, however slow we are
        if (seen.call, seen.moment) == self._aim.wire and seen.prompt in (None, self._target):
            self._count += 1
            if self._count == self._aim.nth:
                self._stage.kill(self._subject)
                self._dead.set()
                self._released.wait()
                return self._aim.late
        return self._stage.on_its_way(seen)


def run(plan: Plan, folder: Path, service: Simulator) -> Result:
    """Play one run in an empty folder and judge it."""
    began = time.monotonic()
    with running_tap(service.url) as tap:
        stage = Stage(plan, folder, service, tap)
        give_a_past(stage.home, tap.url)
        service.play(*(["slow-file"] if plan.slow_file else []))
        try:
            hit = _first_life(stage)
            service.play()
            saved_alone = _without_kernel(stage)
            if plan.again_after_s is not None:
                _second_life(stage, plan.again_after_s)
            found = _last_life(stage)
        finally:
            end_keepers(stage.home)
    return Result(
        plan=plan,
        hit=hit,
        kills=tuple(stage.kills),
        fates=fates(found[0]),
        keeper_kills=stage.keeper_kills,
        saved_alone=saved_alone,
        broken=tuple(dict.fromkeys(broken for one in found for broken in judge(one))),
        took_s=time.monotonic() - began,
    )


def _first_life(stage: Stage) -> bool:
    if stage.plan.keeper:  # a kernel would start it with its first task, which is soon over
        keeper(stage.home).__exit__()
    subject = stage.start()
    try:
        stage.run(subject, "%load_ext hailuo_nb")
        hunt = Hunt(stage, subject)
        hit = hunt.run()
        stage.find_traces()
        hunt.release()
    finally:
        subject.close()
    return hit


def _without_kernel(stage: Stage) -> int:
    """Leave the tasks to the keeper, which may be killed; return how many clips it has saved."""
    plan, before = stage.plan, _done(stage)
    dies_after_s = plan.keeper_dies_after_s
    threading.Event().wait(plan.alone_s if dies_after_s is None else dies_after_s)
    if dies_after_s is not None:
        stage.kill_keeper()
        threading.Event().wait(plan.alone_s - dies_after_s)
    return _done(stage) - before


def _done(stage: Stage) -> int:
    with closing(Window(stage.home)) as window:
        found = [window.look(prompt) for prompt in stage.plan.prompts]
    return sum(one is not None and one[0] == "done" for one in found)


def _second_life(stage: Stage, after_s: float) -> None:
    """Kill the kernel that recovers, too."""
    subject = stage.start()
    try:
        subject.send("%load_ext hailuo_nb")
        subject.send("%hailuo resume")
        threading.Event().wait(after_s)
        stage.kill(subject)
        subject.reap()
        stage.find_traces()
    finally:
        subject.close()


def _last_life(stage: Stage) -> list[Evidence]:
    """Recover; then run every cell again, as Restart-and-run-all does."""
    subject = stage.start()
    try:
        for cell in ("%load_ext hailuo_nb", "%hailuo resume"):
            stage.run(subject, cell)
        if stage.plan.again_keeper_dies_after_s is not None:
            threading.Event().wait(stage.plan.again_keeper_dies_after_s)
            stage.kill_keeper()
        recovered = _evidence(stage, subject)
        for cell in stage.cells():
            stage.run(subject, cell)
        return [recovered, _evidence(stage, subject)]
    finally:
        subject.close()


def _evidence(stage: Stage, subject: Subject) -> Evidence:
    stage.run(subject, f"%hailuo wait --timeout {WAIT_S}")
    stage.run(subject, "%hailuo history --limit 100")
    stage.tap.wait_idle(WAIT_S)
    said = subject.run("%hailuo history --json --limit 100")
    if said.error or not said.text.strip():
        raise RuntimeError(f"no history can be read: {said}; before that: {stage.shown}")
    listed = json.loads(said.text[said.text.index("[") :])
    rows = [row for row in listed if row["prompt"] in stage.plan.prompts]
    ids = {row["prompt"]: (row["taskId"], row["video"]) for row in rows if row["state"] == "done"}
    return Evidence(
        asked=stage.plan.prompts,
        kills=[found.journal for found in stage.kills],
        history=[
            Row(
                prompt=row["prompt"],
                state=row["state"],
                task_id=row["taskId"],
                error=row["error"],
            )
            for row in rows
        ],
        ledger=stage.charges(),
        clips={prompt: _clip(stage.service, *facts) for prompt, facts in ids.items()},
        litter=sorted(path.name for path in stage.clips.glob("*.part")),
        shown="\n".join(stage.shown),
        askers=stage.tap.askers,
    )


def _clip(service: Simulator, task_id: str, video: str | None) -> str:
    """Return "whole" where a clip plays and is the service's own, else what is wrong."""
    if video is None or not Path(video).is_file():
        return "not there"
    try:
        with av.open(video) as container:
            frames = sum(1 for _ in container.decode(video=0))
        same = Path(video).read_bytes() == service.clip(task_id)
    except (av.FFmpegError, URLError) as error:
        return f"not playable: {error}"
    return "whole" if frames and same else f"another one, of {frames} frames"


def _wait_for(hit: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + HIT_TIMEOUT_S
    while time.monotonic() < deadline:
        if hit():
            return True
        time.sleep(LOOK_EVERY_S)
    return False


def give_a_past(
    home: Path, service: str, *, tasks: int = PAST_TASKS, took_s: float = PAST_TASK_S
) -> None:
    """Put finished tasks of both kinds into the history."""
    image = ImageRef(label="https://example.com/a.png", url="https://example.com/a.png")
    now = time.time() - 86_400
    with History(home) as history:
        for number in range(tasks):
            for start in (None, image):
                made = Snapshot(
                    id=f"past{number}{'image' if start else 'text'}",
                    state="done",
                    request=make_request(prompt=f"Past {number}.", image=start),
                    service=service,
                    created_at=now,
                    submitted_at=now,
                    finished_at=now + took_s,
                    task_id=f"past{number}{'image' if start else 'text'}",
                )
                history.add(made, folder=home / "past")


def unsure_at(results: Sequence[Result]) -> dict[Step | str, int]:
    """Return for every unsure task of these runs at which step the kill met it."""
    found: dict[Step | str, int] = {}
    for result in results:
        for prompt, fate in result.fates.items():
            if fate == "unsure":
                steps = [one.steps[prompt] for one in result.kills if _was_sending(one, prompt)]
                step = steps[0] if steps else "NO KILL WHILE IT WAS BEING SENT"
                found[step] = found.get(step, 0) + 1
    return found


def _was_sending(found: Kill, prompt: str) -> bool:
    return prompt in found.journal and found.journal[prompt].state == SENDING

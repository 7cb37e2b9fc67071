"""Every fault in every state in which it can strike: what was seen, charged and kept.

A relay between session and simulator puts a fault in force at the moment when the first
request of that state passes; from then on it stays. ``python -m
tests.session.test_faults_table`` plays all of them and prints the table anew.
"""

import json
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from queue import SimpleQueue

import PIL.Image as Image
import pytest

from hailuo_nb.config import read_config
from hailuo_nb.core.request import make_request
from hailuo_nb.errors import CHARGED_WORDS, HailuoError
from hailuo_nb.media.sources import find_image
from hailuo_nb.runner.task import Task
from hailuo_nb.session.plan import PlanItem
from hailuo_nb.session.session import Session
from tests.chaos.service import running_simulator
from tests.chaos.tap import Call, Seen, Tap, running_tap
from tests.session.conftest import SPEED, Stage, hurry
from tests.simulator.owner import ask_owner

STATES = ("before submit", "submitting", "queued", "generating", "saving", "fetched again")
WHERE = {
    "each request to the API or an upload": STATES,
    "each createTask": ("submitting",),
    "each recordInfo of a known task": ("queued", "generating"),
    "each task, when it is created": ("submitting",),
    "each task, when it ends": ("generating",),
    "each request for a file": ("saving", "fetched again"),
}
"""In which states a fault can strike, by what the simulator counts it on."""

GATES: dict[str, Call] = {
    "before submit": "upload",
    "submitting": "create",
    "queued": "record",
    "generating": "record",
    "saving": "file",
    "fetched again": "record",
}
"""The first request of each state, at which the fault begins."""

AT_ONCE = 4
TINY = ("--max-size", "32")

ONCE = {"slow-reply": "slow-reply=#1"}
"""What would only make the test long if it struck at each request."""

ENDLESS = ("rate-limit", "maintenance", "server-error", "html-error", "bad-json", "stuck-waiting")
QUESTIONS = 3
"""Under a fault that hides the end for ever, the time of watching is over after so many."""

EXPECTED = """
bad-key | before submit | failed | AuthenticationError | Nothing was charged. | no | row
bad-key | submitting | failed | AuthenticationError | Nothing was charged. | no | row
bad-key | queued | stopped | TaskStopped | It may have been charged. | yes | id
bad-key | generating | stopped | TaskStopped | It may have been charged. | yes | id
bad-key | saving | expired | SavingError | It was charged. | yes | id
bad-key | fetched again | expired | SavingError | It was charged. | yes | id
no-credit | submitting | failed | NotEnoughCredits | Nothing was charged. | no | row
input-refused | submitting | failed | InputRefused | Nothing was charged. | no | row
content-refused | submitting | failed | ContentRefused | Nothing was charged. | no | row
key-cap | submitting | failed | KeyLimitReached | Nothing was charged. | no | row
rate-limit | before submit | failed | RateLimited | Nothing was charged. | no | row
rate-limit | submitting | failed | RateLimited | Nothing was charged. | no | row
rate-limit | queued | stopped | TaskStopped | It may have been charged. | yes | id
rate-limit | generating | stopped | TaskStopped | It may have been charged. | yes | id
rate-limit | saving | expired | SavingError | It was charged. | yes | id
rate-limit | fetched again | expired | SavingError | It was charged. | yes | id
maintenance | before submit | failed | Maintenance | Nothing was charged. | no | row
maintenance | submitting | failed | Maintenance | Nothing was charged. | no | row
maintenance | queued | stopped | TaskStopped | It may have been charged. | yes | id
maintenance | generating | stopped | TaskStopped | It may have been charged. | yes | id
maintenance | saving | expired | SavingError | It was charged. | yes | id
maintenance | fetched again | expired | SavingError | It was charged. | yes | id
disabled | submitting | failed | FeatureDisabled | Nothing was charged. | no | row
server-error | before submit | failed | ServerError | Nothing was charged. | no | row
server-error | submitting | unsure | TaskUnsure | It may have been charged. | no | row
server-error | queued | stopped | TaskStopped | It may have been charged. | yes | id
server-error | generating | stopped | TaskStopped | It may have been charged. | yes | id
server-error | saving | expired | SavingError | It was charged. | yes | id
server-error | fetched again | expired | SavingError | It was charged. | yes | id
html-error | before submit | failed | ServerError | Nothing was charged. | no | row
html-error | submitting | unsure | TaskUnsure | It may have been charged. | no | row
html-error | queued | stopped | TaskStopped | It may have been charged. | yes | id
html-error | generating | stopped | TaskStopped | It may have been charged. | yes | id
html-error | saving | expired | SavingError | It was charged. | yes | id
html-error | fetched again | expired | SavingError | It was charged. | yes | id
bad-json | before submit | failed | UnexpectedReply | Nothing was charged. | no | row
bad-json | submitting | unsure | TaskUnsure | It may have been charged. | yes | row
bad-json | queued | stopped | TaskStopped | It may have been charged. | yes | id
bad-json | generating | stopped | TaskStopped | It may have been charged. | yes | id
bad-json | saving | expired | SavingError | It was charged. | yes | id
bad-json | fetched again | expired | SavingError | It was charged. | yes | id
slow-reply | before submit | done |  |  | yes | clip
slow-reply | submitting | done |  |  | yes | clip
slow-reply | queued | done |  |  | yes | clip
slow-reply | generating | done |  |  | yes | clip
slow-reply | saving | expired | SavingError | It was charged. | yes | id
slow-reply | fetched again | done |  |  | yes | clip
drop-before-read | submitting | unsure | TaskUnsure | It may have been charged. | no | row
drop-submit-reply | submitting | unsure | TaskUnsure | It may have been charged. | yes | row
fresh-422 | submitting | done |  |  | yes | clip
stuck-waiting | submitting | stopped | TaskStopped | It may have been charged. | yes | id
unknown-state | queued | done |  |  | yes | clip
unknown-state | generating | done |  |  | yes | clip
image-fetch | generating | failed | GenerationFailed | Nothing was charged. | no | id
fail-moderation | generating | failed | GenerationFailed | Nothing was charged. | no | id
fail-internal | generating | failed | GenerationFailed | Nothing was charged. | no | id
fail-generation | generating | failed | GenerationFailed | Nothing was charged. | no | id
fail-timeout | generating | failed | GenerationFailed | Nothing was charged. | no | id
empty-result | generating | expired | SavingError | It was charged. | yes | id
junk-result | generating | done |  |  | yes | clip
truncated-file | saving | expired | NotAVideo | It was charged. | yes | id
truncated-file | fetched again | expired | NotAVideo | It was charged. | yes | id
html-file | saving | expired | NotAVideo | It was charged. | yes | id
html-file | fetched again | expired | NotAVideo | It was charged. | yes | id
expired-file | saving | expired | ResultExpired | It was charged. | yes | id
expired-file | fetched again | expired | ResultExpired | It was charged. | yes | id
huge-file | saving | expired | TooLarge | It was charged. | yes | id
huge-file | fetched again | expired | TooLarge | It was charged. | yes | id
slow-file | saving | done |  |  | yes | clip
slow-file | fetched again | done |  |  | yes | clip
no-range | saving | done |  |  | yes | clip
no-range | fetched again | done |  |  | yes | clip
clock-skew | submitting | done |  |  | yes | clip
"""
"""fault | struck while | state | error | said of money | credits taken | kept"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the table, and how often the prompt stands in the ledger."""

    state: str
    error: str
    said: str
    taken: bool
    kept: str
    ledger_rows: int = 1

    def cells(self) -> tuple[str, ...]:
        """Return it as words."""
        return (self.state, self.error, self.said, "yes" if self.taken else "no", self.kept)


class Scene:
    """One task, one fault, one state; the session asks the simulator through a relay."""

    def __init__(self, stage: Stage, tap: Tap, folder: Path, fault: str, state: str) -> None:
        self.stage, self.tap, self.fault, self.state = stage, tap, fault, state
        self.picture = Image.new("RGB", (320, 320), "#a33")
        self.prompt = f"A red gate, {fault} while {state}."
        self.key = f"sk-table-{fault}-{state}".replace(" ", "-")
        environ = {
            "HAILUO_HOME": str(folder / "home"),
            "HAILUO_BASE_URL": tap.url,
            "HAILUO_VIDEOS": str(folder / "clips"),
        }
        self.session = Session(read_config(environ, session_key=self.key), display=lambda _: None)
        self.session.runner().shared.table_median_s = 180 / SPEED
        self._task: Task | None = None
        self._struck, self._questions = False, 0
        self._by_files = _faults(stage).get(fault) == "each request for a file"

    def play(self) -> Line:
        """Bring a task into the state, let the fault strike, and see what becomes of it."""
        self.stage.play(*self._before())
        if self.state == "fetched again":
            task = self.wait(self.ask())
            assert task.video is not None
            task.video.unlink()
        self.tap.watch = self._watch
        task = self.wait(self.ask())
        assert self._struck
        self.stage.play()
        return self._line(task)

    def _before(self) -> tuple[str, ...]:
        """Return what keeps the task in the state until the fault strikes."""
        holds: dict[str, tuple[str, ...]] = {
            "queued": ("stuck-waiting",),
            "generating": ("stuck-waiting", "unknown-state"),
        }
        return holds.get(self.state, ())

    def ask(self) -> Task:
        """Run the cell."""
        image = find_image(self.picture, {})
        request = make_request(prompt=self.prompt, image=image.ref, resolution="512P")
        self._task = self.session.dispatch.submit(PlanItem(request=request, image=image))
        return self._task

    def wait(self, task: Task) -> Task:
        """Wait for the end, whatever it is."""
        with suppress(HailuoError):
            task.wait(60)
        return task

    def _watch(self, seen: Seen) -> bool:
        if self.state == "saving" and not self._by_files:
            # A fault of the API meets a task that is being saved where it asks for a new address.
            self._begin(seen.call == "fresh")
            return seen.call != "file"
        self._begin(seen.call == GATES[self.state] and self._is_there())
        if seen.call == "record" and seen.moment == "asked":
            self._count_question()
        return True

    def _begin(self, is_here: bool) -> None:
        if is_here and not self._struck:
            self._struck = True
            self.stage.play(ONCE.get(self.fault, self.fault))

    def _count_question(self) -> None:
        self._questions += self._struck
        if self.fault in ENDLESS and self._questions == QUESTIONS and self._task is not None:
            job = self._task._job
            job.needs = replace(job.needs, watch_for_s=0.0)

    def _is_there(self) -> bool:
        known = self.session.history.newest(1)[0]
        return self.state != "generating" or known.state == "generating"

    def _line(self, task: Task) -> Line:
        rows = [row for row in self.stage.ledger() if row["input"]["prompt"] == self.prompt]
        text = "" if task.error is None else str(task.error)
        said = [words for words in (*CHARGED_WORDS.values(), "Nothing was sent.") if words in text]
        video = task.video
        kept = "clip" if video is not None and video.is_file() else "id" if task.task_id else "row"
        assert self.session.history.find(task.id) is not None
        return Line(
            state=task.state,
            error="" if task.error is None else type(task.error).__name__,
            said=" ".join(said),
            taken=self._balance() < 10_000,
            kept=kept,
            ledger_rows=len(rows),
        )

    def _balance(self) -> float:
        request = urllib.request.Request(
            f"{self.stage.url}/api/v1/chat/credit", headers={"Authorization": f"Bearer {self.key}"}
        )
        with urllib.request.urlopen(request) as reply:
            return float(json.load(reply)["data"])


Played = dict[tuple[str, str], Line]

PLAYED: Played = {}
"""What the tests have seen, for `main` to print."""


def broken(line: Line) -> list[str]:
    """Return what a line says against the promise."""
    free, paid = CHARGED_WORDS["no"], CHARGED_WORDS["yes"]
    rules = {
        "paid twice": line.ledger_rows > 1,
        "said to be free, and was not": (free in line.said or "sent" in line.said) and line.taken,
        "said to be charged, and was not": paid in line.said and not line.taken,
        "done without a clip": line.state == "done" and line.kept != "clip",
        "over without a word about money": line.state != "done" and not line.said,
        "left hanging": line.state not in ("done", "failed", "stopped", "unsure", "expired"),
        "paid, and its id is lost": line.taken and line.state != "unsure" and line.kept == "row",
    }
    return [words for words, is_so in rules.items() if is_so]


def places(stage: Stage) -> list[tuple[str, str]]:
    """Return every fault with every state in which it can strike."""
    return [(fault, state) for fault, on in _faults(stage).items() for state in WHERE[on]]


def _faults(stage: Stage) -> dict[str, str]:
    """Return the simulator's faults and what each is counted on."""
    rows = ask_owner(stage.url, "/_sim/faults")["table"]
    return {name: row["counted"] for name, row in rows.items()}


def _expected() -> dict[tuple[str, str], tuple[str, ...]]:
    rows = [line.split(" | ") for line in EXPECTED.strip().splitlines()]
    return {(row[0], row[1]): tuple(row[2:]) for row in rows}


@pytest.fixture(scope="module")
def stages() -> Iterator[list[Stage]]:
    """Start simulators of tiny clips, which are soon here even at 4 kB a second."""
    with ExitStack() as stack:
        running = (running_simulator(speed=SPEED, more=TINY) for _ in range(AT_ONCE))
        yield [Stage(url=stack.enter_context(one).url) for one in running]


@pytest.fixture(scope="module")
def played(stages: list[Stage], tmp_path_factory: pytest.TempPathFactory) -> Played:
    """Play every scene, a few at once: they wait more than they work."""
    free: SimpleQueue[Stage] = SimpleQueue()
    folder = tmp_path_factory.mktemp("scenes")
    for stage in stages:
        free.put(stage)

    def play(place: tuple[str, str]) -> Line:
        stage = free.get()
        try:
            with scene(stage, folder / "-".join(place), *place) as one:
                return one.play()
        finally:
            stage.play()
            free.put(stage)

    todo = places(stages[0])
    with pytest.MonkeyPatch.context() as patch, ThreadPoolExecutor(AT_ONCE) as pool:
        hurry(patch)
        PLAYED.update(zip(todo, pool.map(play, todo), strict=True))
    return PLAYED


@contextmanager
def scene(stage: Stage, folder: Path, fault: str, state: str) -> Iterator[Scene]:
    """Set a scene up and clear it away."""
    with running_tap(stage.url) as tap:
        one = Scene(stage, tap, folder, fault, state)
        try:
            yield one
        finally:
            one.session.close()


@pytest.mark.parametrize(("fault", "state"), _expected())
def test_a_fault_in_a_state(played: Played, fault: str, state: str) -> None:
    """What was seen, taken and kept is what the table says, and keeps the promise."""
    assert broken(played[fault, state]) == []
    assert played[fault, state].cells() == _expected()[fault, state]


def test_no_fault_and_no_state_is_left_out(stages: list[Stage]) -> None:
    """The table has every fault of the simulator in every state in which it can strike."""
    assert list(_expected()) == places(stages[0])
    assert {fault for fault, _ in _expected()} == set(_faults(stages[0]))


def test_a_saved_clip_stays(stages: list[Stage], tmp_path: Path) -> None:
    """Whatever is wrong with the service, the same cell shows its clip again and asks nothing."""
    stage = stages[0]
    with scene(stage, tmp_path, "no fault", "done") as here:
        task = here.wait(here.ask())
        assert task.video is not None
        clip, seen = task.video.read_bytes(), len(here.tap.seen)
        for fault in _faults(stage):
            stage.play(fault)
            assert here.wait(here.ask()).state == "done"
        assert (task.video.read_bytes(), len(here.tap.seen)) == (clip, seen)
    stage.play()
    assert [row["input"]["prompt"] for row in stage.ledger()].count(here.prompt) == 1


GOOD = Line(state="done", error="", said="", taken=True, kept="clip")
FORGED = {
    "paid twice": replace(GOOD, ledger_rows=2),
    "said to be free, and was not": replace(GOOD, state="failed", said="Nothing was charged."),
    "said to be charged, and was not": replace(GOOD, said="It was charged.", taken=False),
    "done without a clip": replace(GOOD, kept="id"),
    "over without a word about money": replace(GOOD, state="failed"),
    "left hanging": replace(GOOD, state="saving", said="It may have been charged."),
    "paid, and its id is lost": replace(GOOD, kept="row"),
}


@pytest.mark.parametrize("words", FORGED)
def test_the_rules_can_be_broken(words: str) -> None:
    """Each rule is broken by a line forged for it, and a good line breaks none."""
    assert words in broken(FORGED[words])
    assert broken(GOOD) == []


def main() -> None:
    """Play every scene as a test and print the table as it came out."""
    from tests.session import test_faults_table as played

    pytest.main(["-q", "--tb=no", "-k", "test_a_fault_in_a_state", str(played.__file__)])
    for place, line in played.PLAYED.items():
        print(" | ".join((*place, *line.cells())), *broken(line))


if __name__ == "__main__":
    main()

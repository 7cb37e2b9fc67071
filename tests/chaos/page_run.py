"""One run in a page: a cell in JupyterLab, something befalls it, and 5 s later it is looked at.

Then the task is brought to its end as a person would, and the page is looked at once more. It
knows the order of things; what is right stands in `page_judge`.
"""

import os
import re
import signal
import sqlite3
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import psutil
from playwright.sync_api import Browser, BrowserContext, Error, Locator, Page, expect

from hailuo_nb.core.task import FINAL, STATE_WORDS, State
from hailuo_nb.store.looking import look
from tests.chaos.page_judge import ShownPage, Truth, wrong
from tests.chaos.page_plans import PagePlan, Parting, Point
from tests.chaos.service import Simulator
from tests.chaos.tap import Call, Moment, Seen, Tap
from tests.chaos.traces import JOURNAL
from tests.lab.notebook import Notebook
from tests.lab.server import Lab
from tests.support.asleep import Sleep, with_children
from tests.support.browser import TIMEOUT_MS, VIEWPORT
from tests.support.keepers import end_keepers, keepers
from tests.support.line import Wire

LOOKED_AT_S = 5.0
"""So long after what befell it a card is looked at."""

LAG_S = 3.0
"""What was true within so many seconds may still be said: a page asks every 2 s, then draws."""

SERVED_S = 10.0
"""So long after the service has a clip whoever watches has begun to save it."""

AFTER = FINAL | {"saving"}
SAMPLE_S, STEP_S = 0.1, 0.25
POINT_S, END_S = 60.0, 90.0
PRESSES = 10
LOOK_AFTER = "Look after it"
STOP = re.compile("^Stop watching")
LOAD = """import os, time
{clock}
os.environ["HAILUO_KEEP"] = {keep!r}
%load_ext hailuo_nb
print(os.getpid())"""

PAST: dict[Point, tuple[State, ...]] = {
    "submitting": ("submitting", "unsure"),
    "queued": ("queued", "generating", "saving", *FINAL),
    "generating": ("generating", "saving", *FINAL),
    "saving": ("saving", *FINAL),
    "done": tuple(FINAL),
}
"""States in which a task is at a point of its way, or past it: some are skipped."""

HELD: dict[Point, tuple[Call, Moment]] = {
    "submitting": ("create", "answered"),
    "saving": ("file", "half"),
}
"""Where the service is held up so that a task stays at its point."""

READ = """async (area) => {
  const LIVE = ".hailuo-live, .hailuo-live-grid";
  const CARDS = "section.hailuo-live, figure.hailuo-card, figure.hailuo-clip";
  const AWAITED = ".hailuo-sheet .wrapped > div > p, .hailuo-sheet td[data-at] > p";
  const isSeen = (one) =>
    one.checkVisibility({ visibilityProperty: true }) && one.getBoundingClientRect().height > 0;
  const isThere = async (video) => {
    if (!video) return false;
    const headers = { Range: "bytes=0-11" };
    const answer = await fetch(video.currentSrc || video.src, { headers }).catch(() => null);
    return Boolean(answer?.ok) && (await answer.text()).includes("ftyp");
  };
  const cards = [];
  for (const one of area.querySelectorAll(`${CARDS}, ${AWAITED}`)) {
    if (!isSeen(one) || one.closest("figure") !== (one.matches("figure") ? one : null)) continue;
    const live = one.closest(LIVE);
    cards.push({
      kind: live ? "live" : one.closest(".hailuo-heal") ? "healed" : "saved",
      state: one.dataset.state ?? STATES.exec(one.className)?.[1] ?? "",
      words: one.innerText,
      is_gone: Boolean(live?.hasAttribute("data-gone")),
      plays: await isThere(one.querySelector("video")),
    });
  }
  return { cards, words: area.innerText };
}""".replace("STATES", f"/hailuo-({'|'.join(STATE_WORDS)})/")
"""What a cell's output shows, as a person sees it."""

IS_SHARED = "() => Boolean(window.jupyterapp.shell.currentWidget.context.model.collaborative)"
RESTART = """async () => {
  await window.jupyterapp.shell.currentWidget.context.sessionContext.session.kernel.restart();
}"""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageResult:
    """One run and its verdict.

    Parameters
    ----------
    met
        The first task's state when the deed was done.
    shown
        What the card said 5 s later.
    ends
        How each task ended.
    clip_s
        From the service's end of the task to the clip in the open notebook, where the kernel was
        dead and a keeper lived, seconds.
    wrong, lost
        Each untruth, and each promise that was broken about a task.
    """

    plan: PagePlan
    met: str
    shown: tuple[str, ...]
    ends: tuple[str, ...]
    clip_s: float | None
    wrong: tuple[str, ...]
    lost: tuple[str, ...]
    took_s: float

    def row(self) -> dict[str, Any]:
        """Return it as it is kept."""
        plan = self.plan
        mine = {"number": plan.number, "point": plan.point, "deed": plan.deed}
        told = {name: value for name, value in asdict(self).items() if name != "plan"}
        return {**mine, "keeper": plan.keeper, "tasks": len(plan.prompts), **told}


class Books:
    """What is true of some tasks, looked at ten times a second, beside a page."""

    def __init__(self, home: Path, prompts: Sequence[str]) -> None:
        self._home, self._prompts = home, prompts
        self._seen: list[tuple[float, dict[str, tuple[State, bool]]]] = []
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> "Books":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._end.set()
        self._thread.join()

    def now(self) -> dict[str, tuple[State, bool]]:
        """Return state and watch of each task that is recorded."""
        ids = self.ids()
        found = look(self._home, list(ids.values())) if ids else {}
        return {
            prompt: (found[id].state, found[id].watched)
            for prompt, id in ids.items()
            if id in found
        }

    def ids(self) -> dict[str, str]:
        """Return the local id of each task, by prompt; of two of one prompt the last."""
        marks = ",".join("?" for _ in self._prompts)
        address = f"file:{self._home / JOURNAL}?mode=ro"
        with suppress(sqlite3.Error), closing(sqlite3.connect(address, uri=True)) as journal:
            found = journal.execute(
                f"SELECT prompt, id FROM tasks WHERE prompt IN ({marks}) ORDER BY rowid",
                tuple(self._prompts),
            )
            return dict(found.fetchall())
        return {}

    def truths(self, since: float) -> list[Truth]:
        """Return what has been true of each task since then."""
        seen = [told for at, told in self._seen if at >= since] + [self.now()]
        return [
            Truth(
                states=frozenset(told[prompt][0] for told in seen if prompt in told),
                watched=frozenset(told[prompt][1] for told in seen if prompt in told),
            )
            for prompt in self._prompts
        ]

    def _watch(self) -> None:
        while not self._end.wait(SAMPLE_S):
            self._seen.append((time.monotonic(), self.now()))


@dataclass
class Scene:
    """What runs share: service, relay, JupyterLab, browser, history; and the page of now."""

    service: Simulator
    tap: Tap
    lab: Lab
    home: Path
    browser: Browser
    wire: Wire
    sleep: Sleep
    context: BrowserContext | None = None
    pages: list[Page] = field(default_factory=list)

    def page(self) -> Page:
        """Return the page, which is opened where there is none."""
        if self.context is None:
            self.context = self.browser.new_context(viewport=VIEWPORT)
            self.context.set_default_timeout(2 * TIMEOUT_MS)
        if not self.pages:
            self.pages.append(self.context.new_page())
        return self.pages[0]

    def leave(self) -> None:
        """End the browser's window, as a person does who goes home."""
        if self.context is not None:
            self.context.close()
        self.context, self.pages = None, []

    def machine(self) -> list[psutil.Process]:
        """Return the processes that sleep with a laptop: server, kernels, keepers, browser."""
        browsers = [one for one in psutil.Process().children(True) if one.name() == "chromium"]
        servers = with_children(psutil.Process(self.lab.process.pid))
        return [*servers, *keepers(self.home), *browsers]

    def tidy(self) -> None:
        """Leave one page, nothing shown on it, and no kernel."""
        self.wire.become("whole")
        if self.context is not None:
            self.context.set_offline(False)
        for page in self.pages[1:]:
            page.close()
        del self.pages[1:]
        for page in self.pages:
            dismiss(page)
            with suppress(Error):
                self.lab.clear(page)
        self.lab.end_kernels()


def dismiss(page: Page) -> None:
    """Answer what JupyterLab asks, such as that a kernel has died."""
    with suppress(Error):
        while (answer := page.locator(".jp-Dialog button.jp-Dialog-button")).count():
            answer.last.click(timeout=2000)


def press(page: Page, button: Locator) -> None:
    """Press a button, whatever JupyterLab asks meanwhile."""
    for _ in range(PRESSES):
        dismiss(page)
        with suppress(Error):
            return button.click(timeout=2000)
    raise RuntimeError("JupyterLab leaves nothing to be pressed")


def play_page(plan: PagePlan, scene: Scene) -> PageResult:
    """Play one run; the scene is as it was, after it."""
    began = time.monotonic()
    if not plan.keeper:
        end_keepers(scene.home)
    try:
        with Books(scene.home, plan.prompts) as books, held(plan, scene.tap) as hold:
            return _Run(plan, scene, books, hold).play(began)
    finally:
        scene.tidy()


class Hold:
    """What keeps a run's tasks where its plan wants them."""

    def __init__(self, plan: PagePlan) -> None:
        self._plan, self._free, self._stays = plan, threading.Event(), threading.Event()

    def watch(self, seen: Seen) -> bool:
        """Hold the service up where the first task is to stay, or all are from now on."""
        plan = self._plan
        is_first = seen.prompt == plan.prompts[0]
        is_at = is_first and (seen.call, seen.moment) == HELD.get(plan.point)
        if is_at or (self._stays.is_set() and seen.call == "record"):
            self._free.wait()
        return True

    def stay(self) -> None:
        """Let no task go on from where it is."""
        self._stays.set()

    def let_go(self) -> None:
        """Hold nothing up any more."""
        self._free.set()


@contextmanager
def held(plan: PagePlan, tap: Tap) -> Iterator[Hold]:
    """Hold the service up where the plan wants it, for as long as the block lasts at most."""
    hold = Hold(plan)
    tap.watch = hold.watch
    try:
        yield hold
    finally:
        hold.let_go()
        tap.watch = lambda _: True


class _Run:
    """The steps of one run."""

    def __init__(self, plan: PagePlan, scene: Scene, books: Books, hold: Hold) -> None:
        self._plan, self._scene, self._books, self._hold = plan, scene, books, hold
        self._clip_s: float | None = None
        self._wrong: list[str] = []
        self._lost: list[str] = []

    def play(self, began: float) -> PageResult:
        plan = self._plan
        self._begin()
        self._met = self._reach()
        if plan.stops:
            self._hold.stay()
        self._do()
        if not plan.holds_on:
            self._hold.let_go()
        self._pass(LOOKED_AT_S)
        shown = self._look("5 s later")
        if plan.stops:
            self._stop()
        if plan.holds_on and (plan.point in HELD or plan.stops):
            self._hold.let_go()
            self._since_s = time.time()
        self._end()
        self._count()
        ends = [self._books.now().get(prompt, ("lost", False))[0] for prompt in plan.prompts]
        return PageResult(
            plan=plan,
            met=self._met,
            shown=shown,
            ends=tuple(ends),
            clip_s=self._clip_s,
            wrong=tuple(self._wrong),
            lost=tuple(self._lost),
            took_s=round(time.monotonic() - began, 1),
        )

    def _begin(self) -> None:
        """Run the cell."""
        plan, scene = self._plan, self._scene
        clock = "" if plan.counts_sleep else scene.sleep.code
        load = LOAD.format(keep="" if plan.keeper else "off", clock=clock)
        self._name = f"run-{plan.number}.ipynb"
        (scene.lab.root / self._name).unlink(missing_ok=True)
        self._notebook = Notebook(scene.lab, scene.page(), self._name, [load, plan.cell, "1"])
        if scene.page().evaluate(IS_SHARED) != plan.shared:
            raise RuntimeError("the notebook is not shared as it should be")
        self._notebook.run_next()
        told = self._notebook.output(0).locator("pre").last
        self._kernel_pid = int(told.inner_text().split()[-1])
        self._notebook.run_next()
        live = ".hailuo-live, .hailuo-live-grid, .hailuo-card"
        expect(self._notebook.output(1).locator(live).first).to_be_visible()
        self._notebook.save()

    def _reach(self) -> str:
        """Hold until the first task is where the plan wants it; return where it then is."""
        plan, first = self._plan, self._plan.prompts[0]
        ends = time.monotonic() + POINT_S
        while self._books.now().get(first, ("", False))[0] not in PAST[plan.point]:
            if time.monotonic() > ends:
                raise RuntimeError(f"the task never was {plan.point}: {self._books.now()}")
            self._wait(SAMPLE_S)
        self._wait(plan.late_s)
        if plan.saves_late:
            self._notebook.save()
        return self._books.now()[first][0]

    def _do(self) -> None:
        """Do what befalls the task."""
        plan, scene = self._plan, self._scene
        page = scene.page()
        if plan.deed == "reload":
            scene.lab.reload(page)
        elif plan.deed == "restart":
            page.evaluate(RESTART)
        elif plan.deed == "kill":
            os.kill(self._kernel_pid, signal.SIGKILL)
        elif plan.deed == "reopen":
            scene.lab.clear(page)
            scene.lab.show(page, self._name)
        elif plan.deed == "twice":
            assert scene.context is not None
            scene.pages.append(scene.context.new_page())
            scene.lab.open(scene.pages[-1], self._name, app="lab/workspaces/second")
        elif plan.deed == "crash":
            scene.lab.process.kill()
            self._wait(plan.away_s)
            scene.lab.process.start(scene.lab.origin)
        elif plan.deed == "away":
            scene.leave()
            time.sleep(plan.away_s)
            scene.lab.open(scene.page(), self._name)
        else:
            self._part(plan.deed)
        if plan.deed in ("restart", "kill", "crash"):
            scene.tap.lives["kernel"] += 1
        self._since_s = time.time()

    def _part(self, how: Parting) -> None:
        """Have page and server know nothing of each other for a while."""
        scene, away_s = self._scene, self._plan.away_s
        if how == "asleep":
            with scene.sleep.over(scene.machine()):
                time.sleep(away_s)
        elif how == "offline":
            assert scene.context is not None
            scene.context.set_offline(True)
            self._wait(away_s)
            scene.context.set_offline(False)
        else:
            scene.wire.become(how)
            self._wait(away_s)
            scene.wire.become("whole")

    def _stop(self) -> None:
        """Stop the first task, once the page hears its kernel again; then run its cell again."""
        page, first = self._scene.pages[0], self._plan.prompts[0]
        if self._state(first) in FINAL:
            return
        button = self._notebook.output(1).get_by_role("button", name=STOP).first
        button.wait_for(timeout=1000 * POINT_S)
        press(page, button)
        self._pass(LOOKED_AT_S)
        if self._state(first) != "stopped":
            self._lost.append(f"not stopped: {first!r} is {self._state(first)}")
        self._look("after a stop")
        self._hold.let_go()
        self._run_again()
        ends = time.monotonic() + POINT_S
        while self._state(first) == "stopped" and time.monotonic() < ends:
            self._wait(STEP_S)

    def _state(self, prompt: str) -> str:
        return self._books.now().get(prompt, ("lost", False))[0]

    def _look(self, when: str) -> tuple[str, ...]:
        """Look at every page and judge it; return what the cards say."""
        said: list[str] = []
        for at, page in enumerate(self._scene.pages):
            shown = self._read(page)
            if not shown.cards:  # two outputs of a shared notebook may be drawn anew, in turn
                self._wait(LAG_S)
                shown = self._read(page)
            since = time.monotonic() - LAG_S
            which = f"{when}, page {at + 1}" if len(self._scene.pages) > 1 else when
            found = wrong(shown, self._books.truths(since)) + self._behind()
            self._wrong += [f"{which}: {words}" for words in found]
            said += [f"{card.kind}: {card.state}" for card in shown.cards]
        return tuple(said)

    def _behind(self) -> list[str]:
        """Return what the service has had for long, and whoever looks after it does not know."""
        before = 1000 * (time.time() - SERVED_S)
        over = {
            row["input"]["prompt"]
            for row in self._charges()
            if (row["completeTime"] or before) < before
        }
        truths = self._books.truths(time.monotonic() - SERVED_S)
        return [
            f"{prompt!r} has long been over at the service"
            for prompt, truth in zip(self._plan.prompts, truths, strict=True)
            if prompt in over
            and truth.watched == {True}
            and not truth.states & AFTER
            and not (self._plan.holds_on and (self._plan.point in HELD or self._plan.stops))
        ]

    def _read(self, page: Page) -> ShownPage:
        cell = page.locator(".jp-Notebook .jp-Cell").nth(1)
        return ShownPage.read(cell.locator(".jp-OutputArea").first.evaluate(READ))

    def _end(self) -> None:
        """Bring the tasks to their end as a person would, then look again."""
        ends, asked = time.monotonic() + END_S, False
        while not self._is_over():
            if time.monotonic() > ends:
                self._lost.append(f"left hanging: {self._books.now()}")
                return
            if not asked and self._is_left():
                asked = self._ask()
            self._pass(STEP_S)
        self._pass(LOOKED_AT_S)
        self._look("at the end")

    def _is_over(self) -> bool:
        now = self._books.now()
        return all(now.get(prompt, ("", False))[0] in FINAL for prompt in self._plan.prompts)

    def _is_left(self) -> bool:
        """Whether a task has had nobody for as long as a keeper takes to see it."""
        truths = self._books.truths(time.monotonic() - LAG_S)
        return any(truth.watched == {False} and not truth.states & FINAL for truth in truths)

    def _ask(self) -> bool:
        """Press the button, or run the cells again; return whether that was done."""
        page = self._scene.pages[0]
        dismiss(page)
        button = page.get_by_role("button", name=LOOK_AFTER)
        if self._plan.again == "button" and button.count():
            press(page, button.first)
            self._wait(LAG_S)
            return not self._is_left()
        if self._plan.deed == "crash":  # whose page has no kernel any more
            self._scene.lab.open(page, self._name)
        self._run_again()
        return True

    def _run_again(self) -> None:
        """Run the cells again."""
        notebook = self._notebook
        notebook.page = self._scene.pages[0]
        notebook.wait_idle()
        for cell in (0, 1):
            notebook.run(cell)

    def _time_clip(self) -> None:
        """Note when the clips of a killed kernel are in the open notebook."""
        charges = self._charges()
        ends = [row["completeTime"] for row in charges if row["completeTime"]]
        if len(ends) < len(self._plan.prompts):
            return
        shown = self._read(self._scene.pages[0])
        if shown.cards and all(card.plays for card in shown.cards):
            self._clip_s = round(time.time() - max(max(ends) / 1000, self._since_s), 1)

    def _charges(self) -> list[Mapping[str, Any]]:
        return [
            row
            for row in self._scene.service.ledger()
            if row["input"]["prompt"] in self._plan.prompts
        ]

    def _count(self) -> None:
        """Compare the history with the service's books."""
        rows = [row["input"]["prompt"] for row in self._charges()]
        states = {row["input"]["prompt"]: row["state"] for row in self._charges()}
        for prompt in self._plan.prompts:
            state = self._state(prompt)
            if rows.count(prompt) > 1:
                self._lost.append(f"sent {rows.count(prompt)} times: {prompt!r}")
            if state == "done" and states.get(prompt) != "success":
                self._lost.append(f"made up: {prompt!r} is done, the service says {states}")
            if state not in ("done", "unsure", "failed"):
                self._lost.append(f"no end: {prompt!r} is {state}")
            askers = self._scene.tap.askers.get(prompt, [])
            if len(set(askers)) < len(askers):
                self._lost.append(f"two watchers of {prompt!r}: {', '.join(askers)}")

    def _pass(self, for_s: float) -> None:
        """Let the pages go on for a while, and note when the clips come."""
        plan, ends = self._plan, time.monotonic() + for_s
        is_timed = plan.deed == "kill" and plan.keeper and self._met not in FINAL
        while (left_s := ends - time.monotonic()) > 0:
            self._wait(min(STEP_S, left_s))
            if is_timed and self._clip_s is None:
                self._time_clip()

    def _wait(self, for_s: float) -> None:
        """Let the pages go on."""
        self._scene.page().wait_for_timeout(1000 * for_s)

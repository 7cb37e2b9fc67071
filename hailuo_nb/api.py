"""What people call from Python, and what the magic calls for them.

It turns options into a request, runs it and shows it. It builds nothing itself: the
session does, and the views draw.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Literal, TypedDict, Unpack, cast, overload

from hailuo_nb.config import read_config
from hailuo_nb.core.values import flag, listed, path_of, text
from hailuo_nb.errors import HailuoError, OptionError
from hailuo_nb.runner.experiment import Experiment, wait_for_all
from hailuo_nb.runner.task import Task
from hailuo_nb.session import chosen, planning, recovery, settling, simulator_process, tabled
from hailuo_nb.session.expand import Ask
from hailuo_nb.session.found import Found, look_for
from hailuo_nb.session.lookup import Meant, find
from hailuo_nb.session.plan import Plan
from hailuo_nb.session.session import Session, current_session
from hailuo_nb.session.simulator_record import SIZE_PX, Simulator
from hailuo_nb.views import display
from hailuo_nb.views.reports.plan import plan_bundle


def session() -> Session:
    """Return this process's session."""
    return current_session(show, plan_bundle)


class Options(TypedDict, total=False):
    """The options of `generate`, for its types; what each takes is said there."""

    name: str | None
    image: object
    end_image: object
    model: str | Sequence[str] | None
    duration: int | str | Sequence[int] | None
    resolution: str | Sequence[str] | None
    aspect_ratio: str | Sequence[str] | None
    optimizer: bool | str | Sequence[bool] | None
    zip: str | Sequence[str] | None
    nsfw_check: bool | str | None
    callback: str | None
    again: bool
    retry: bool
    watch_for: float | str | None
    max_credits: float | str | None
    max_tasks: int | str | None
    verbatim: bool
    draft: bool


@overload
def generate(
    prompt: str,
    *,
    dry_run: Literal[True],
    wait: bool = False,
    repeat: int | str | None = None,
    **options: Unpack[Options],
) -> Plan: ...


@overload
def generate(
    prompt: str,
    *,
    repeat: int | str,
    wait: bool = False,
    dry_run: Literal[False] = False,
    **options: Unpack[Options],
) -> Experiment: ...


@overload
def generate(
    prompt: str,
    *,
    wait: bool = False,
    repeat: None = None,
    dry_run: Literal[False] = False,
    **options: Unpack[Options],
) -> Task | Experiment: ...


@overload
def generate(
    prompt: str,
    *,
    wait: bool = False,
    repeat: int | str | None = None,
    dry_run: bool = False,
    **options: Unpack[Options],
) -> Task | Experiment | Plan: ...


def generate(
    prompt: str,
    *,
    name: str | None = None,
    image: object = None,
    end_image: object = None,
    model: str | Sequence[str] | None = None,
    duration: int | str | Sequence[int] | None = None,
    resolution: str | Sequence[str] | None = None,
    aspect_ratio: str | Sequence[str] | None = None,
    optimizer: bool | str | Sequence[bool] | None = None,
    nsfw_check: bool | str | None = None,
    callback: str | None = None,
    wait: bool = False,
    again: bool = False,
    retry: bool = False,
    repeat: int | str | None = None,
    zip: str | Sequence[str] | None = None,
    watch_for: float | str | None = None,
    max_credits: float | str | None = None,
    max_tasks: int | str | None = None,
    dry_run: bool = False,
    verbatim: bool = False,
    draft: bool = False,
) -> Task | Experiment | Plan:
    """Make a clip, or an experiment of several; return at once with what makes it.

    The same request never pays twice: it returns the task that exists, running or done.
    Several prompts, or several values of an option, make an experiment of every combination.

    Parameters
    ----------
    prompt
        The text, 1 to 1500 or 5000 characters by model; ``{{name}}`` inserts a variable,
        ``{slow|fast}`` and lines of ``---`` make several prompts.
    name
        What to call it in the history.
    image, end_image
        ``sample:NAME``, ``clip:NAME``, an http(s) address, a path, a variable's name,
        bytes, a Pillow image, an array, or a finished task (its last frame); or a list of
        them.
    model
        A model's id or short name, or several; default 02-i2v with an image, 02-t2v without.
    duration
        In seconds, 6 or 10, of h3 models 4 to 15; or several; default 6.
    resolution
        "512P", "768P", "1080P" or "2K", or several; default 768P, or what the model fixes.
    aspect_ratio
        Of h3-t2v alone: "16:9", "9:16", "1:1", "4:3", "3:4" or "21:9", or several; default
        16:9.
    optimizer
        Whether the service may rewrite the prompt, or both; default True where the model can.
    nsfw_check
        Whether the service checks the content; default False.
    callback
        An address of yours that the service tells at the end.
    wait
        Hold until the clip is saved.
    again
        Pay for a next sample of the same request.
    retry
        Send what failed once more; what is there or under way stays as it is.
    repeat
        1 to 24: samples 1 to so many of the request, as an experiment; free where they
        exist. With ``again`` so many further ones.
    zip
        Names of lists that go together, such as "duration,resolution", or the names in
        ``{{name}}``: as pairs, on one axis, rather than every combination; equally long ones.
    watch_for
        When to give up watching: seconds, or "90s", "30m", "2h"; default 30 minutes. The
        task may still finish.
    max_credits
        Refuse a call that would cost more credits, above 0; without it the limit is 200 on a
        paid service.
    max_tasks
        Refuse a call that would send more tasks; default 24.
    dry_run
        Send nothing; return the plan with each clip, the exact JSON and the price.
    verbatim
        Send the prompt exactly as it is.
    draft
        Ask for the cheapest settings that each model allows; a ``duration`` or ``resolution``
        that is given stays. `promote` makes the best of them in full size.

    Raises
    ------
    HailuoError
        It cannot be sent as it stands, or, with ``wait``, ended without a clip.
    """
    ask = Ask(
        prompt=prompt,
        name=name,
        image=image,
        end_image=end_image,
        model=model,
        duration=duration,
        resolution=resolution,
        aspect_ratio=aspect_ratio,
        optimizer=optimizer,
        nsfw_check=nsfw_check,
        callback=callback,
        again=again,
        retry=retry,
        repeat=repeat,
        zip=zip,
        watch_for=watch_for,
        max_credits=max_credits,
        max_tasks=max_tasks,
        verbatim=verbatim,
        draft=draft,
    )
    waits, is_dry = flag("--wait", wait), flag("--dry-run", dry_run)
    plan = planning.make_plan(session(), ask)
    return plan if is_dry else carry_out(plan, wait=waits)


def experiment(
    rows: object,
    *,
    name: str | None = None,
    wait: bool = False,
    retry: bool = False,
    draft: bool = False,
    max_credits: float | str | None = None,
    max_tasks: int | str | None = None,
    dry_run: bool = False,
) -> Experiment | Plan:
    """Make a clip for each row of a table; return at once with all of them, in its order.

    Parameters
    ----------
    rows
        A list of dicts, or a data frame. The column ``prompt`` is needed, and sent as it stands;
        ``image``, ``end_image``, ``model``, ``duration``, ``resolution``, ``aspect_ratio``,
        ``optimizer`` and ``nsfw_check`` are options as of `generate`, all other columns labels.
        Rows that ask for the same are samples 1, 2 and so on of it. No value may be missing.
    name, wait, retry, draft, max_credits, max_tasks, dry_run
        As of `generate`, for the whole.

    Raises
    ------
    HailuoError
        A row cannot be sent as it stands, told by its number, and nothing is sent; or as of
        `generate`.
    """
    waits, is_dry = flag("--wait", wait), flag("--dry-run", dry_run)
    plan = tabled.plan_of_table(
        session(),
        rows,
        name=name,
        retry=retry,
        draft=draft,
        max_credits=max_credits,
        max_tasks=max_tasks,
    )
    return plan if is_dry else cast("Experiment", carry_out(plan, wait=waits))


def promote(
    *found: Meant,
    top: int | str | None = None,
    model: str | None = None,
    resolution: str | None = None,
    duration: int | str | None = None,
    max_credits: float | str | None = None,
    max_tasks: int | str | None = None,
    dry_run: bool = False,
) -> Experiment | Plan:
    """Make the best clips of an experiment, or the named ones, in full size.

    There is no seed: each is a new sample of its prompt, not the draft enlarged.

    Parameters
    ----------
    found
        One experiment, or its name, with ``top``; or the clips, such as "trial[0]".
    top, model, resolution, duration, max_credits, max_tasks, dry_run
        As of `hailuo_nb.runner.experiment.Experiment.promote`.

    Raises
    ------
    HailuoError
        It is not said which ones, or they cannot be made, or cost more than they may.
    """
    drafts, numbers = chosen.drafts_of(session(), found)
    made: Experiment | Plan = drafts.promote(
        top=top,
        names=numbers,
        model=model,
        resolution=resolution,
        duration=duration,
        max_credits=max_credits,
        max_tasks=max_tasks,
        dry_run=dry_run,
    )
    return made


def carry_out(plan: Plan, *, wait: bool = False) -> Task | Experiment:
    """Send what is due of a plan, take up what is there; return at once with what makes it.

    Parameters
    ----------
    plan
        What `generate` returns with ``dry_run``.
    wait
        Hold until every clip is saved.

    Raises
    ------
    HailuoError
        It is above a limit, cannot be sent, or, with ``wait``, ended without a clip.
    """
    here = session()
    here.dispatch.check(plan)
    made = here.dispatch.send(plan)
    if wait:
        made.wait()
    return made[0] if plan.is_one else made


def show(meant: Meant) -> None:
    """Show a task or an experiment in the running cell: live while it runs, then its clips.

    Parameters
    ----------
    meant
        A task, an experiment, its name or id, or the path of a saved clip; or several tasks, such
        as ``task.chain``, which play one after another as one clip.

    Raises
    ------
    UsageError
        It is not known.
    """
    here = session()
    shown = find(here, meant)
    if isinstance(shown, Task):
        display.show(here, shown)
    else:
        display.show_experiment(here, shown)


def wait(tasks: Iterable[Task], *, timeout: float | None = None) -> list[Task]:
    """Hold until all are done, then publish their final states from the running cell.

    Parameters
    ----------
    tasks
        The tasks.
    timeout
        Seconds for all together; None for as long as it takes.

    Raises
    ------
    HailuoError
        The first failure, after all have ended; or the time is over.
    """
    here, waited = session(), list(tasks)
    try:
        wait_for_all(waited, timeout)
    except (TimeoutError, KeyboardInterrupt):  # the person was not told how they ended
        raise
    except HailuoError:
        here.waited(waited)
        raise
    finally:
        display.settle(here, waited)
    here.waited(waited)
    return waited


def compare(*found: Meant) -> None:
    """Show 2 to 9 clips side by side in the running cell, to be played together.

    Parameters
    ----------
    found
        Tasks, experiments, their names or ids, or paths of saved clips.

    Raises
    ------
    UsageError
        There are fewer or more, one is not known, or none of them has a clip.
    """
    from hailuo_nb.views.compare import comparison

    here = session()
    comparison.compare(here, comparison.members([find(here, one) for one in found]))


def history(
    words: str | None = None,
    *,
    since: str | date | None = None,
    until: str | date | None = None,
    model: str | None = None,
    state: str | None = None,
    tag: str | None = None,
    stars: int | None = None,
    notebook: str | Path | None = None,
    asked: str | None = None,
    sort: str | None = None,
    limit: int | None = None,
) -> Found:
    """Return the tasks of the history that are like this, the newest first.

    Parameters
    ----------
    words
        All are to be in the prompt, name, note or tags; each may be the beginning of a word.
    since, until
        Days, both included: a date, "yesterday", "2 days ago", "last week", "2026-09".
    model, state, tag
        As in the catalogue, a state of `Task.state`, and one tag.
    stars
        So many at least, 1 to 5.
    notebook
        The name of the notebook's file, or its path.
    asked
        What the prompt asks of the camera, such as "Pan left", by either of its names.
    sort
        A measure's key or "stars": the highest first; "motion:rising" has the lowest first.
    limit
        How many at most.

    Raises
    ------
    OptionError
        A value is none that its option takes.
    """
    here = session()
    return look_for(
        here,
        words,
        display=partial(display.show_found, here),
        since=since,
        until=until,
        model=model,
        state=state,
        tag=tag,
        stars=stars,
        notebook=notebook,
        asked=asked,
        sort=sort,
        limit=limit,
    )


def judge(
    *found: Meant,
    judge: str = "me",
    add: str | Path | Sequence[str | Path] = (),
    export: str | Path | None = None,
    max_mb: float | None = None,
    smaller: bool = False,
) -> None:
    """Vote on an experiment's clips in the running cell, two at a time, names hidden.

    The pair comes next that tells most about who is best. Each vote is in the history at once:
    judging may be left and taken up at any time, in any kernel.

    Parameters
    ----------
    found
        One experiment or its name; or the clips to choose between.
    judge
        The name of who votes; 1 to 100 visible characters.
    add
        Files of votes that judges saved from an exported page. They are counted, and what all
        votes say is shown; nothing is asked.
    export
        Where to write one page on which others vote without a kernel or a network; nothing
        is asked here.
    max_mb, smaller
        How large that page may be, in MB, default 25; and whether its clips may be encoded
        anew to fit.

    Raises
    ------
    HailuoError
        It is not known, has no two prompts with clips, a file cannot be counted, or the page
        cannot be written.
    """
    from hailuo_nb.session.judge import JUDGE, Judging
    from hailuo_nb.views.compare.comparison import MAX_MB
    from hailuo_nb.views.judge import judge as judging

    if add and export is not None:
        raise OptionError("--add and --export are one at a time.")
    if add and judge != JUDGE:
        raise OptionError("--judge is for votes of one's own; those that --add counts have a name.")
    if export is None and (max_mb is not None or smaller):
        option = "--smaller" if max_mb is None else "--max-mb"
        raise OptionError(f"{option} is for the page that --export writes.")
    here = session()
    shown, numbers = chosen.judged_of(here, found)
    if add:
        judging.show_added(here, shown, [path_of(one) for one in listed(add) or [add]])
        return
    voted = Judging(here, shown, text("--judge", judge), only=numbers)
    if export is None:
        judging.show(here, voted)
    else:
        most_mb = MAX_MB if max_mb is None else max_mb
        judging.export(here, voted, path_of(export), max_mb=most_mb, smaller=smaller)


def export(
    *found: Meant,
    to: str | Path,
    max_mb: float | None = None,
    smaller: bool = False,
    bare: bool = False,
    progress: Callable[[float], None] | None = None,
) -> Path:
    """Write one file that shows the clips together to anybody; return its path.

    Parameters
    ----------
    found
        Tasks, experiments, their names or ids, or paths of saved clips; several tasks in one
        tuple, such as ``task.chain``, or "chain:shot", are one clip of them all.
    to
        The file to write: an offline page (.html), or a film (.mp4, .gif, .webp) in which all
        play at once; a relative path is seen from the working directory.
    max_mb
        How large it may be, in MB; of a page 25 by default.
    smaller
        Whether a page's clips may be encoded anew to fit.
    bare
        Whether a film goes without labels.
    progress
        Hears how much of a film is made, 0 to 1.

    Raises
    ------
    HailuoError
        One is not known, there is no clip, or the file would be too large.
    """
    from hailuo_nb.views.compare import comparison, film

    here, path = session(), path_of(to)
    kind = film.kind_of(path)
    if smaller and kind is not None:
        raise OptionError("--smaller is for pages (.html); of a film --max-mb is the limit.")
    if bare and kind is None:
        raise OptionError("--bare is for films (.mp4, .gif, .webp); a page has its labels.")
    members = [find(here, one) for one in found]
    shown = comparison.members(members)
    if kind is not None:
        told = progress or (lambda share: None)
        film.export_film(here, members, shown, path, max_mb=max_mb, is_bare=bare, told=told)
        return path
    title = ", ".join(Path(one).name for one in found if isinstance(one, str | Path))
    most_mb = comparison.MAX_MB if max_mb is None else max_mb
    comparison.export(
        here,
        shown,
        path,
        title=title or "Clips compared",
        max_mb=most_mb,
        smaller=smaller,
        found=members,
    )
    return path


def record(*found: Meant, to: str | Path) -> Path:
    """Write what the service answered, and the clips, as one file that can be played back.

    ``start_simulator(replay=...)`` plays it to whoever has no key. The key, the account, the
    service's addresses and ids, and the images that were sent are not in it.

    Parameters
    ----------
    found
        Tasks or experiments that have ended, their names or ids, 64 clips at most.
    to
        The file to write; ".hailuo" is added where it has no ending.

    Raises
    ------
    HailuoError
        One is not known or has not ended, its clip is gone, or its answers were not kept.
    """
    from hailuo_nb.session import recording
    from hailuo_nb.views.compare.comparison import members

    here = session()
    tasks = [one.task for one in members([find(here, one) for one in found])]
    return recording.record(here, tasks, path_of(to))


def import_page(path: str | Path) -> list[Task]:
    """Take the clips of an exported page into the history, say so, and return their tasks.

    They are marked as imported: none stands for a request of a cell, and none counts in a budget.
    What is there already, and clips of one's own that come back, stay as they are.

    Parameters
    ----------
    path
        A page that `export` wrote, of this version or an earlier one.

    Raises
    ------
    HailuoError
        It is no such page, or is damaged or made up: nothing of it is taken in.
    """
    from hailuo_nb.session import pages

    here = session()
    made = pages.import_page(here, path_of(path))
    here.host.show(html=None, text=f"{path}: {made.words}")
    found = [here.dispatch.find(id) for id in made.ids]
    return [task for task in found if task is not None]


def start_simulator(
    *,
    speed: float = simulator_process.SPEED,
    size: int = SIZE_PX,
    faults: Sequence[str] = (),
    replay: str | Path | None = None,
) -> Simulator:
    """Start the built-in simulator, anew if it runs, and return it with its ``url``.

    Parameters
    ----------
    speed
        How much faster than the real service it makes clips, above 0.
    size
        The longest side of its clips in px, 64 to 1920; smaller ones take a slow machine less.
    faults
        What it plays, such as "no-credit", "rate-limit=0.2" or "drop-submit-reply=#3".
    replay
        A file that `record` has written: what it knows is answered as it was then, with its
        clips; anything else is made up as always.

    Raises
    ------
    OptionError
        The speed or the size is out of its range, or a fault is no text.
    SimulatorError
        It did not start; where that is for what it was told, the former one is left as it is.
    """
    told = simulator_process.settings_of(speed, size, faults, replay)
    here = session()
    found = simulator_process.restart_simulator(here.config.home, **told)
    here.configure(here.config)
    return found


def stop_simulator() -> None:
    """End the built-in simulator if it runs; its ledger is kept."""
    simulator_process.stop_simulator(session().config.home)


def resume(handles: Sequence[str] = ()) -> list[Task]:
    """Look after tasks that are under way or could not be saved; send what never left.

    Only what never left costs anything; its price is shown first.

    Parameters
    ----------
    handles
        Names, local ids, or ids of the service, also of runs made elsewhere; without any,
        everything of the history that is unfinished, given up or not saved.

    Raises
    ------
    HailuoError
        A task is not known, or cannot be sent.
    """
    return recovery.resume(session(), handles)


def resolve(handle: str, *, task_id: str | None, anyway: bool = False) -> Task:
    """Settle an unsure task by the task that it became, or by None where none was made.

    A task that was asked for something else is refused, but ``anyway``.
    """
    return settling.settle(session(), handle, task_id, anyway=anyway)


def refuse_keys(line: str, cell: str = "") -> None:
    """Refuse what a notebook would save and send with the key in it.

    Raises
    ------
    KeyInCell
        The key in use, or the obvious giving of one, stands there.
    """
    planning.refuse_keys(session(), line, cell)


def reload_config() -> Session:
    """Read the settings again; return the session."""
    here = session()
    here.configure(read_config(before=here.config))
    HailuoError.show_traceback = here.config.debug
    return here

"""What people call from Python, and what the magic calls for them.

It turns options into a request, runs it and shows it. It builds nothing itself: the
session does, and the views draw.
"""

import base64
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from hailuo_nb import launch
from hailuo_nb.config import read_config
from hailuo_nb.core.models import find_model
from hailuo_nb.core.options import seconds, switch
from hailuo_nb.core.prompt import prompt_warnings, read_prompt
from hailuo_nb.core.request import make_request, warnings_of
from hailuo_nb.core.task import Snapshot
from hailuo_nb.errors import HailuoError, NameInUse, OptionError, UsageError
from hailuo_nb.images import ImageSource, find_image
from hailuo_nb.launch import Simulator
from hailuo_nb.runner.handle import Task
from hailuo_nb.session import Order, Session, current_session
from hailuo_nb.views.plan import Plan

EMBED_BYTES_MAX = 4_000_000
"""A clip that the notebook cannot reach by a path is embedded up to this size."""


def session() -> Session:
    """Return this process's session."""
    return current_session(show)


def generate(
    prompt: str,
    *,
    name: str | None = None,
    image: object = None,
    end_image: object = None,
    model: str | None = None,
    duration: int | str | None = None,
    resolution: str | None = None,
    optimizer: bool | str | None = None,
    nsfw_check: bool | str | None = None,
    callback: str | None = None,
    wait: bool = False,
    again: bool = False,
    dry_run: bool = False,
    verbatim: bool = False,
) -> Task | Plan:
    """Make one clip; return at once with the task that makes it.

    The same request never pays twice: it returns the task that exists, running or done.

    Parameters
    ----------
    prompt
        The text, 1 to 1500 or 5000 characters by model; ``{{name}}`` inserts a variable.
    name
        What to call it in the history.
    image, end_image
        ``sample:NAME``, an http(s) address, a path, a variable's name, bytes, a Pillow
        image, or a finished task (its last frame).
    model
        A model's id or short name; default 02-i2v with an image, 02-t2v without.
    duration
        6 or 10, in seconds; default 6.
    resolution
        "512P", "768P" or "1080P"; default 768P, or what the model fixes.
    optimizer
        Whether the service may rewrite the prompt; default True where the model can.
    nsfw_check
        Whether the service checks the content; default False.
    callback
        An address of yours that the service tells at the end.
    wait
        Hold until the clip is saved.
    again
        Pay for a next sample of the same request.
    dry_run
        Send nothing; return the plan with the exact JSON and the price.
    verbatim
        Send the prompt exactly as it is.

    Raises
    ------
    HailuoError
        It cannot be sent as it stands, or, with ``wait``, ended without a clip.
    """
    here = session()
    order = _order(
        here,
        prompt=prompt,
        name=name,
        image=image,
        end_image=end_image,
        model=model,
        duration=duration,
        resolution=resolution,
        optimizer=optimizer,
        nsfw_check=nsfw_check,
        callback=callback,
        verbatim=verbatim,
    )
    if dry_run:
        return _plan(here, order, again=again)
    task = here.submit(order, again=again)
    return task.wait() if wait else task


def show(task: Task) -> None:
    """Show a task in the running cell: live while it runs, its clip when it is done."""
    from hailuo_nb.views.card import Card

    here = session()
    card = Card(publish=here.host.publish, on_stop=task.stop, locate=_locate)
    here.views.setdefault(task.id, []).append(card)
    here.runner_of(task).attach(task, card.show, card.update)


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
    waited, failures = list(tasks), []
    for task in waited:
        try:
            task.wait(timeout)
        except TimeoutError:
            raise
        except HailuoError as error:
            failures.append(error)
    settle(waited)
    if failures:
        raise failures[0]
    return waited


def settle(tasks: Sequence[Task]) -> None:
    """Publish the final state of every card of these tasks again.

    Headless runners keep only what belongs to the running cell.
    """
    views = session().views
    for task in tasks:
        for view in views.get(task.id, []):
            view.settle_again(task.snapshot)


def start_simulator(*, speed: float = launch.SPEED, faults: Sequence[str] = ()) -> Simulator:
    """Start the built-in simulator, anew if it runs, and return it with its ``url``.

    Parameters
    ----------
    speed
        How much faster than the real service it makes clips, above 0.
    faults
        What it plays, such as "no-credit", "rate-limit=0.2" or "drop-submit-reply=#3".

    Raises
    ------
    SimulatorError
        It did not start.
    """
    if not speed > 0:
        raise OptionError(f"The speed must be above 0, not {speed:g}.")
    here = session()
    found = launch.restart_simulator(here.config.home, speed=speed, faults=faults)
    here.configure(here.config)
    return found


def stop_simulator() -> None:
    """End the built-in simulator if it runs; its ledger is kept."""
    found = launch.running_simulator(session().config.home)
    if found is not None:
        found.stop()


def resume(handles: Sequence[str] = ()) -> list[Task]:
    """Look after tasks that are under way or could not be saved; free of charge.

    Parameters
    ----------
    handles
        Names or ids; without any, every unfinished task of the history.

    Raises
    ------
    UsageError
        A handle names no task, or one that was never sent.
    """
    here = session()
    known = [_known(handle) for handle in handles] or here.unfinished()
    found = [(snapshot, here.take_up(snapshot)) for snapshot in known]
    never_sent = [snapshot for snapshot, task in found if task is None]
    if handles and never_sent:
        raise UsageError(
            f"Task {never_sent[0].label} was never sent.", advice="Run its cell again to send it."
        )
    return [task for _, task in found if task is not None]


def bind(name: str, task: Task) -> None:
    """Make a task a variable of the notebook."""
    session().host.bind(name, task)


def check_name(name: str | None) -> None:
    """Refuse a name that a variable of the person's own has.

    Raises
    ------
    NameInUse
        It is taken.
    """
    names = session().host.names
    if name is not None and name in names and not isinstance(names[name], Task):
        raise NameInUse(f"{name} is already a variable of type {type(names[name]).__name__}.")


def reload_config() -> Session:
    """Read the settings again; return the session."""
    here = session()
    here.configure(read_config())
    HailuoError.show_traceback = here.config.debug
    return here


def _plan(here: Session, order: Order, *, again: bool) -> Plan:
    known = None if again else here.known(order)
    return Plan(
        service=here.config.service,
        body=here.body(order),
        price=order.request.price,
        known=f"task {known.label} is there already, {known.state}; free" if known else None,
        warnings=order.warnings,
    )


def _order(
    here: Session,
    *,
    prompt: str,
    name: str | None,
    image: object,
    end_image: object,
    model: str | None,
    duration: int | str | None,
    resolution: str | None,
    optimizer: bool | str | None,
    nsfw_check: bool | str | None,
    callback: str | None,
    verbatim: bool,
) -> Order:
    names = here.host.names
    text = read_prompt(prompt, names, verbatim=verbatim)
    start, end = _image(image, names), _image(end_image, names)
    request = make_request(
        prompt=text,
        image=start.ref if start else None,
        end_image=end.ref if end else None,
        model=find_model(model).id if model else None,
        duration_s=seconds(duration),
        resolution=resolution,
        prompt_optimizer=switch("--optimizer", optimizer),
        nsfw_check=bool(switch("--nsfw-check", nsfw_check)),
        callback_url=callback,
    )
    warnings = warnings_of(request) + prompt_warnings(prompt, verbatim=verbatim)
    return Order(request=request, name=name, image=start, end_image=end, warnings=warnings)


def _image(source: object, names: Mapping[str, object]) -> ImageSource | None:
    return None if source is None else find_image(source, names)


def _locate(video: Path) -> str:
    """Return a clip's address as seen from the notebook, embedded where it has none."""
    host = session().host
    relative = None if host.is_colab else host.relative_address(video)
    if relative is not None:
        return relative
    data = video.read_bytes()
    if len(data) > EMBED_BYTES_MAX:
        raise ValueError(f"{video} lies outside the notebook's folder and is too large to embed")
    return "data:video/mp4;base64," + base64.b64encode(data).decode("ascii")


def _known(handle: str) -> Snapshot:
    known = session().history.find(handle)
    return known if known is not None else task_of(handle).snapshot


def task_of(handle: str) -> Task:
    """Return the task that a person means.

    Raises
    ------
    UsageError
        There is none of this name or id.
    """
    found = session().find(handle)
    if found is None:
        raise UsageError(f"There is no task {handle!r}.", advice="%hailuo history lists them.")
    return found

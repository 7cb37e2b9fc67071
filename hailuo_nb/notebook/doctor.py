"""The check-up behind ``%hailuo doctor``: looks, and says what to do; mends nothing.

It never shows the key, only where it comes from. What belongs to a notebook file is found
by `core.leaks`; here it is opened and reported.
"""

import getpass
import json
import shutil
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from hailuo_nb._version import __version__
from hailuo_nb.config import Config
from hailuo_nb.core.disk import check_room
from hailuo_nb.core.leaks import LEAKS_MAX, Kind, Leak, cells_of, find_leaks
from hailuo_nb.core.models import MODELS
from hailuo_nb.core.pricing import credit_words, price
from hailuo_nb.core.task import Snapshot
from hailuo_nb.core.values import path_of
from hailuo_nb.core.words import tasks_in_words, unreadable_words
from hailuo_nb.errors import HailuoError, SetupError, StoreError, UsageError, setting
from hailuo_nb.notebook import nested_asyncio
from hailuo_nb.session import keeper_process, simulator_process
from hailuo_nb.session.session import Session
from hailuo_nb.store.credentials import keyring_name
from hailuo_nb.views.reports.report import Finding

PACKAGES = ("ipykernel", "ipython", "ipywidgets", "anywidget", "httpx", "av")
ODD_MAX = 20
FREE_BYTES_MIN = 1_000_000_000
ANSWER_TIMEOUT_S = 15.0
NOTEBOOK_BYTES_MAX = 200_000_000

_LEAK_WORDS: dict[Kind, str] = {
    "key": "an API key. Take it out, and make a new one at kie.ai if the notebook was shared",
    "path": "a personal path. Use a path relative to the notebook",
}

Installed = Callable[[str], tuple[int, ...] | None]

PAGES: dict[str, tuple[int, ...]] = {"jupyterlab": (4,), "notebook": (7,), "voila": (0, 5)}
"""Each front end and its first version that anywidget and the cards work in."""

WIDGET_FILES = ("anywidget", "@jupyter-widgets/jupyterlab-manager")
"""What the page loads of a widget, as folders below ``labextensions``."""


def examine(here: Session) -> list[Finding]:
    """Look at the key, the service, the folders, the versions, the loop and the front end."""
    found = [
        _key(here),
        _keyring(),
        *_service(here),
        *_history(here),
        _keeper(here),
        _writable("clips", here.folder, "HAILUO_VIDEOS"),
        _versions(),
        _nesting(),
        pages(nested_asyncio.installed),
        widgets(nested_asyncio.installed, folders(), remote=here.host.is_colab),
    ]
    return [replace(one, detail=here.config.mask(one.detail)) for one in found]


def examine_notebook(here: Session, name: str) -> list[Finding]:
    """Look for keys and personal paths in a notebook file.

    Parameters
    ----------
    here
        The session: the key in use is looked for, too.
    name
        The file's path; a relative one is seen from the working directory.

    Raises
    ------
    UsageError
        The file cannot be read, or is no notebook.
    """
    with suppress(HailuoError):
        here.config.key_for(
            here.config.api_origin
        )  # a key of the keyring is known, and so masked, once it was read
    path = path_of(name)
    notebook = _read_notebook(path)
    try:
        leaks = find_leaks(notebook, mask=here.config.mask, user=_user())
    except RecursionError:
        raise _no_notebook(path, "it is nested too deeply") from None
    if not leaks:
        detail = f"{path.name}: no keys and no personal paths"
        return [Finding(what="notebook", verdict="ok", detail=detail)]
    found = [_leak(leak) for leak in leaks]
    if len(leaks) >= LEAKS_MAX:
        found.append(Finding(what="more", verdict="note", detail=f"only {LEAKS_MAX} are listed"))
    return found


def _leak(leak: Leak) -> Finding:
    place = "notebook" if leak.cell is None else f"cell {leak.cell}"
    return Finding(
        what=f"{place}, {leak.where}",
        verdict="problem" if leak.kind == "key" else "note",
        detail=f"{_LEAK_WORDS[leak.kind]}: {leak.excerpt}",
    )


def _read_notebook(path: Path) -> dict[str, object]:
    try:
        if path.stat().st_size > NOTEBOOK_BYTES_MAX:
            raise _no_notebook(path, f"it has more than {NOTEBOOK_BYTES_MAX / 1e6:g} MB")
        found = json.loads(path.read_bytes())
    except OSError as error:
        raise UsageError(
            f"{path} cannot be read: {error.strerror}.",
            advice="Give the path of a notebook, such as lesson.ipynb.",
        ) from None
    except RecursionError:
        raise _no_notebook(path, "it is nested too deeply") from None
    except ValueError:
        raise _no_notebook(path, "it is not JSON") from None
    if cells_of(found) is None:
        raise _no_notebook(path, "it has no cells")
    return dict(found)


def _no_notebook(path: Path, why: str) -> UsageError:
    advice = "Give the path of a saved .ipynb file."
    return UsageError(f"{path.name} is no notebook that can be examined: {why}.", advice=advice)


def _user() -> str | None:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return None


def _key(here: Session) -> Finding:
    if here.config.simulator:
        return Finding(what="key", verdict="ok", detail="none needed: the simulator is in use")
    if here.config.key_source is None:
        detail = "none: set KIE_API_KEY before the kernel starts, or run %hailuo login"
        return Finding(what="key", verdict="problem", detail=detail)
    try:
        here.config.check_key()
        here.config.key_for(here.config.api_origin)  # a keyring may keep it to itself
    except HailuoError as error:
        return Finding(what="key", verdict="problem", detail=str(error))
    return Finding(what="key", verdict="ok", detail=f"from {here.config.key_source}")


def _keyring() -> Finding:
    try:
        name = keyring_name()
    except SetupError as error:
        return Finding(what="keyring", verdict="problem", detail=f"{error.what} {error.advice}")
    if name is None:
        detail = (
            "none: %hailuo login keeps a key until the kernel ends; "
            "pip install keyring keeps it for good"
        )
        return Finding(what="keyring", verdict="note", detail=detail)
    return Finding(what="keyring", verdict="ok", detail=name)


def _service(here: Session) -> list[Finding]:
    runner, config = here.runner(), here.config
    shown = "built-in simulator" if config.simulator else config.api_origin
    log = f"; its log is {simulator_process.log_file(config.home)}" if config.simulator else ""
    try:
        answer = runner.engine.start(runner.shared.ask_balance())
        balance = answer.result(ANSWER_TIMEOUT_S)
    except (HailuoError, TimeoutError) as error:
        problem = str(error) or "no answer"
        return [Finding(what="service", verdict="problem", detail=f"{shown}: {problem}{log}")]
    return [
        Finding(what="service", verdict="ok", detail=f"{shown} answers{log}"),
        *_stranger(config),
        _balance(balance, simulator=config.simulator),
    ]


def _stranger(config: Config) -> list[Finding]:
    """Say what had taken the built-in simulator's place before it was started."""
    found = simulator_process.running_simulator(config.home) if config.simulator else None
    words = found.stranger_words if found is not None else ""
    return [Finding(what="simulator", verdict="note", detail=words)] if words else []


def _balance(balance: float, *, simulator: bool) -> Finding:
    cheapest = min(
        price(model.id, seconds, resolution).credits
        for model in MODELS
        for seconds, resolution in model.settings
    )
    if balance < cheapest and not simulator:
        detail = f"{credit_words(balance)}; the cheapest clip costs {cheapest:g}. Top up at kie.ai"
        return Finding(what="balance", verdict="note", detail=detail)
    return Finding(what="balance", verdict="ok", detail=credit_words(balance))


def _history(here: Session) -> list[Finding]:
    """Look at the history's file closely, and at the room beside it."""
    room = _writable("history", here.config.home, "HAILUO_HOME", mode=0o700)
    if room.verdict == "problem" and not here.history.exists():
        return [room]
    try:
        number = here.history.check()
        odd = here.history.unreadable()
    except StoreError as error:
        detail = f"{error.what} {error.advice}"
        return [Finding(what="history", verdict="problem", detail=detail)]
    return [replace(room, detail=f"{room.detail}, {tasks_in_words(number)}"), *_odd(odd)]


def _keeper(here: Session) -> Finding:
    """Say who goes on with the tasks of a kernel that ends."""
    if why := here.keeping.forbidden or here.keeping.trouble:
        detail = f"off: {why}. Tasks are watched while their kernel runs"
        return Finding(what="keeper", verdict="note", detail=detail)
    told = keeper_process.told(here.config.home)
    if told is None:
        detail = "starts with the next task, and goes on with it when the kernel has gone"
        return Finding(what="keeper", verdict="ok", detail=detail)
    detail = f"process {told['pid']}, looks after {tasks_in_words(len(told['watching']))}"
    if blind := [known.label for id in told["blind"] if (known := here.history.get(id))]:
        names = ", ".join(blind[:ODD_MAX])
        detail += f"; cannot look at {names} without the key: run the cell again, free"
        return Finding(what="keeper", verdict="note", detail=detail)
    return Finding(what="keeper", verdict="ok", detail=detail)


def _odd(found: Sequence[Snapshot]) -> list[Finding]:
    """Return a line for each record that cannot be read."""
    lines = [f"{unreadable_words(one)}: {one.warnings[-1]}" for one in found[:ODD_MAX]]
    if len(found) > ODD_MAX:
        lines.append(f"and {len(found) - ODD_MAX} more")
    return [Finding(what="record", verdict="problem", detail=line) for line in lines]


def _writable(what: str, folder: Path, variable: str, *, mode: int = 0o777) -> Finding:
    try:
        check_room(folder, mode=mode)
        free_bytes = shutil.disk_usage(folder).free
    except OSError as error:
        detail = (
            f"{folder} cannot be written: {error.strerror}. Move away what lies there instead, "
            f"make it writable, or {setting(variable)}"
        )
        return Finding(what=what, verdict="problem", detail=detail)
    gigabytes = f"{folder}: {free_bytes / 1e9:.1f} GB free"
    if free_bytes < FREE_BYTES_MIN:
        return Finding(what=what, verdict="note", detail=f"{gigabytes}; clips need room")
    return Finding(what=what, verdict="ok", detail=gigabytes)


def _versions() -> Finding:
    found = {name: nested_asyncio.installed(name) for name in PACKAGES}
    shown = [f"{name} {'.'.join(map(str, parts))}" for name, parts in found.items() if parts]
    python = ".".join(map(str, sys.version_info[:3]))
    detail = ", ".join([f"hailuo_nb {__version__}", f"Python {python}", *shown])
    return Finding(what="versions", verdict="ok", detail=detail)


def _nesting() -> Finding:
    if nested_asyncio.unsafe_patch_applied():
        detail = (
            "nest_asyncio was applied by something else; on this ipykernel it loses queued "
            "cells and clicks. Restart the kernel without it."
        )
        return Finding(what="event loop", verdict="problem", detail=detail)
    return Finding(what="event loop", verdict="ok", detail="not patched by nest_asyncio")


def pages(installed: Installed) -> Finding:
    """Look at the front ends that are installed beside the kernel.

    Parameters
    ----------
    installed
        Returns a package's version as numbers, None without it.
    """
    found = {name: version for name in PAGES if (version := installed(name)) is not None}
    shown = ", ".join(f"{name} {_dotted(version)}" for name, version in found.items())
    old = [name for name, version in found.items() if version < PAGES[name]]
    if old:
        wanted = ", ".join(f"{name} {_dotted(PAGES[name])} or newer" for name in old)
        detail = f"{shown}; live cards need {wanted}. Settled cards show everywhere"
        return Finding(what="front end", verdict="problem", detail=detail)
    elsewhere = "none beside this kernel: VS Code, Colab or another environment shows the page"
    return Finding(what="front end", verdict="ok", detail=shown or elsewhere)


def widgets(installed: Installed, places: Sequence[Path], *, remote: bool = False) -> Finding:
    """Look whether the page finds the widget's files, in the version that Python has.

    Parameters
    ----------
    installed
        As for `pages`.
    places
        The ``labextensions`` folders of this machine, the first one first.
    remote
        Whether the page is served from elsewhere, so that nothing here can tell.
    """
    ours = installed("anywidget") or ()
    if remote:
        detail = f"anywidget {_dotted(ours)}; the page loads its files from elsewhere"
        return Finding(what="widgets", verdict="ok", detail=detail)
    versions = {name: _in_page(name, places) for name in WIDGET_FILES}
    missing = [name for name, version in versions.items() if version is None]
    if missing:
        detail = (
            f"no files of {', '.join(missing)} on this machine. Where cards stay still, "
            "pip install anywidget ipywidgets beside the Jupyter that serves the page"
        )
        return Finding(what="widgets", verdict="note", detail=detail)
    theirs = versions["anywidget"] or ()
    if theirs[:2] != ours[:2]:
        detail = (
            f"the page has anywidget {_dotted(theirs)}, the kernel {_dotted(ours)}: "
            "pip install the same one in both, then reload the page"
        )
        return Finding(what="widgets", verdict="problem", detail=detail)
    detail = f"anywidget {_dotted(ours)}, its files are found"
    return Finding(what="widgets", verdict="ok", detail=detail)


def folders() -> list[Path]:
    """Return where Jupyter looks for a page's extensions on this machine."""
    from jupyter_core.paths import jupyter_path

    return [Path(folder) for folder in jupyter_path("labextensions")]


def _in_page(name: str, places: Sequence[Path]) -> tuple[int, ...] | None:
    for place in places:
        try:
            facts = json.loads((place / name / "package.json").read_text(encoding="utf-8"))
            return tuple(int(part) for part in str(facts["version"]).split(".") if part.isdecimal())
        except (OSError, ValueError, TypeError, KeyError):
            continue
    return None


def _dotted(version: Sequence[int]) -> str:
    return ".".join(map(str, version))

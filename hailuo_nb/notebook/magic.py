"""The magics: text in, a view out.

``%%hailuo`` is one prompt; ``%hailuo`` is one of the few `verbs`. Loading
registers them and says in one line what will be used; everything heavier comes with the
first cell.
"""

import logging
import re
import threading
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from IPython.core.completer import (
    CompletionContext,
    IPCompleter,
    SimpleCompletion,
    SimpleMatcherResult,
    context_matcher,
)
from IPython.core.interactiveshell import InteractiveShell
from IPython.core.magic import no_var_expand

from hailuo_nb.config import Config, read_config
from hailuo_nb.core.names import FOLDER
from hailuo_nb.errors import HailuoError, KeyInCell, PromptError, StoreError
from hailuo_nb.session import registry
from hailuo_nb.session.shell import Host
from hailuo_nb.store.opening import HISTORY, READ_ONLY, has_unfinished, is_read_only
from hailuo_nb.store.origins import VENDOR, uploads_of

if TYPE_CHECKING:
    from hailuo_nb.session.recovery import Left

Transformer = Callable[[list[str]], list[str]]

log = logging.getLogger("hailuo_nb")

_MAGIC = re.compile(r"(%{1,2}hailuo)(?:([\u00a0\u2000-\u200b\u202f\u3000]+)|(?=\s|$))")


class _Hailuo:
    """``%%hailuo`` and ``%hailuo``; its help text is made when it is asked for."""

    def __call__(self, line: str, cell: str | None = None) -> object:
        """Run a verb, or the prompt cell below the line."""
        try:
            if cell is None:
                from hailuo_nb.notebook.verbs import run_verb

                return run_verb(line)
            return run_cell(line, cell)
        except KeyInCell:
            registry.state["host"].forget_input()
            raise

    def __getattribute__(self, name: str) -> object:
        if name == "__doc__":
            from hailuo_nb.notebook.help import CELL_HELP

            return CELL_HELP
        return super().__getattribute__(name)


hailuo = no_var_expand(_Hailuo())


def run_cell(line: str, cell: str) -> object:
    """Run one prompt cell: an api call, a card; return the plan of a dry run, else None.

    Raises
    ------
    HailuoError
        The cell cannot be sent as it stands, or ``--wait`` ended without a clip.
    """
    from hailuo_nb import api
    from hailuo_nb.core.cell_line import read_line
    from hailuo_nb.runner.task import Task
    from hailuo_nb.session import lookup
    from hailuo_nb.session.plan import Plan
    from hailuo_nb.views import display

    api.refuse_keys(line, cell)
    if not cell.strip():
        raise _empty(line)
    asked = read_line(line)
    lookup.check_name(api.session(), asked.name)
    options = {name: asked.values[name] for name in asked.values.keys() - {"wait", "dry_run"}}
    plan = api.generate(cell, name=asked.name, dry_run=True, **options)  # type: ignore[arg-type]
    if asked.values.get("dry_run") or not isinstance(plan, Plan):
        return plan
    made = api.carry_out(plan)
    if asked.name is not None:
        api.session().host.bind(asked.name, made)
    if isinstance(made, Task):
        display.show(api.session(), made, plan.found)
    else:
        api.show(made)
    if asked.values.get("wait"):
        api.wait([made] if isinstance(made, Task) else made)
    return None


def _empty(line: str) -> HailuoError:
    """Return the refusal of a cell without a text; a verb has one sign."""
    from hailuo_nb.notebook.verbs import VERBS

    verb = line.split()[0] if line.split() else ""
    hint = f" The verb {verb} has one sign: %hailuo {verb}." if verb in VERBS else ""
    return PromptError("The prompt is empty.", advice=f"Write it below the %%hailuo line.{hint}")


def with_body(lines: list[str]) -> list[str]:
    """Return a cell's lines such that one of ours has a text, be it an empty one.

    IPython would refuse it in words of its own. Blanks that do not break, behind the magic's
    name, would be part of it.
    """
    found = _MAGIC.match(lines[0]) if lines else None
    if found is None:
        return lines
    first = f"{found[1]} {lines[0][found.end() :]}" if found[2] else lines[0]
    is_alone = found[1].startswith("%%") and not "".join(lines[1:])
    return [first.rstrip("\n") + "\n", "\n"] if is_alone else [first, *lines[1:]]


@context_matcher(identifier="hailuo_nb")  # type: ignore[untyped-decorator]
def complete_hailuo(context: CompletionContext) -> SimpleMatcherResult:
    """Offer what may follow on the line of a ``%%hailuo`` or ``%hailuo`` magic, or below it."""
    found: list[str] = []
    lines = context.full_text.split("\n")[: context.cursor_line + 1]
    before = "\n".join([*lines[:-1], lines[-1][: context.cursor_position]])
    if "%hailuo" in before:
        from hailuo_nb.notebook.completion import offers

        found = offers(before, context.token)
    return {
        "completions": [SimpleCompletion(text=text, type="magic option") for text in found],
        "suppress": bool(found),
    }


def load_ipython_extension(shell: InteractiveShell) -> None:
    """Register the magics and say in one line what will be used; no network."""
    config = _configure()
    shell.register_magic_function(hailuo, "line_cell", "hailuo")  # type: ignore[arg-type]
    shell.input_transformers_cleanup[:] = [*_other_transformers(shell), with_body]
    completer = _completer(shell)
    completer.custom_matchers[:] = [*_others(completer), complete_hailuo]
    host: Host = registry.state["host"]
    left, trouble = _left(config.home)
    host.show(html=None, text=" ".join(filter(None, [welcome(config, host, left), trouble])))
    if left is not None:
        _watch(left)
    # Our own modules, while the person types; the heavy packages still wait for a task.
    threading.Thread(target=_import_ahead, daemon=True).start()


def unload_ipython_extension(shell: InteractiveShell) -> None:
    """Take the magics away; tasks under way are watched on."""
    for kind in ("line", "cell"):
        shell.magics_manager.magics[kind].pop("hailuo", None)
    shell.input_transformers_cleanup[:] = _other_transformers(shell)
    _completer(shell).custom_matchers[:] = _others(_completer(shell))


def _import_ahead() -> None:
    try:
        import_module("hailuo_nb.api")
    except Exception:  # the process may be at its end; if not, the first cell says it again
        log.info("nothing was imported ahead", exc_info=True)


def _configure() -> Config:
    """Read the settings, for the session that there is or for the one to come."""
    if "session" in registry.state:
        from hailuo_nb import api

        return api.reload_config().config
    config = read_config()
    HailuoError.show_traceback = config.debug
    registry.state.update(config=config, host=Host(config.notebook))
    return config


def _left(home: Path) -> "tuple[Left | None, str]":
    """Return what is unfinished and can be watched, and what is wrong with the history."""
    if is_read_only(home / HISTORY):
        return None, f"The history in {home} can only be read. {READ_ONLY}"
    if not has_unfinished(home):
        return None, ""
    from hailuo_nb import api
    from hailuo_nb.session import recovery

    try:
        return recovery.left_unfinished(api.session()), ""
    except StoreError as error:
        return None, str(error)


def _watch(left: "Left") -> None:
    from hailuo_nb import api
    from hailuo_nb.session import recovery

    recovery.watch(api.session(), [*left.sent, *left.interrupted])


def _completer(shell: InteractiveShell) -> IPCompleter:
    return shell.Completer


def _other_transformers(shell: InteractiveShell) -> list[Transformer]:
    known: list[Transformer] = shell.input_transformers_cleanup
    return [one for one in known if getattr(one, "__name__", "") != with_body.__name__]


def _others(completer: IPCompleter) -> list[object]:
    name = complete_hailuo.__name__
    return [known for known in completer.custom_matchers if known.__name__ != name]


def welcome(config: Config, host: Host, left: "Left | None") -> str:
    """Return the line; asks no network. ``left`` is None where nothing is unfinished."""
    folder = host.folder / (config.videos or FOLDER)
    parts = [_service(config), f"Clips go to {host.words(folder)}."]
    return " ".join(parts + (_unfinished(left) if left is not None else []))


def _unfinished(left: "Left") -> list[str]:
    from hailuo_nb.core.words import tasks_in_words, unreadable_words
    from hailuo_nb.session.left import NAMES_MAX

    parts = []
    if left.sent:
        parts.append(f"{tasks_in_words(len(left.sent), 'unfinished')}: watched on, %hailuo wait.")
    if left.interrupted:
        number = tasks_in_words(len(left.interrupted), "interrupted")
        parts.append(f"{number} may have been billed: compare your balance, %hailuo resolve.")
    if left.unsure:
        number = tasks_in_words(len(left.unsure), "unsure")
        parts.append(f"{number} may have been billed: %hailuo resume tells how to settle.")
    if left.never_sent:
        number = tasks_in_words(len(left.never_sent), "unfinished")
        parts.append(f"{number} never left: %hailuo resume sends ({left.price}).")
    if left.elsewhere:
        number = tasks_in_words(len(left.elsewhere), "unfinished")
        parts.append(f"{number} made with another key or service: %hailuo history.")
    if left.unreadable:
        names = ", ".join(unreadable_words(known) for known in left.unreadable[:NAMES_MAX])
        more = f" and {len(left.unreadable) - NAMES_MAX} more" * (len(left.unreadable) > NAMES_MAX)
        parts.append(f"A damaged record is kept as it is: {names}{more}; %hailuo doctor.")
    return parts


def _service(config: Config) -> str:
    if config.simulator:
        return "hailuo_nb uses the built-in simulator: free, its videos are made up (SIMULATED)."
    key = f"key from {config.key_source}" if config.key_source else "NO KEY: %hailuo login"
    words = f"hailuo_nb uses {_named(config, config.api_origin)} ({key}; clips cost credits)."
    if config.upload_origin != uploads_of(config.api_origin):
        words += f" Images go to {_named(config, config.upload_origin)}."
    return words


def _named(config: Config, origin: str) -> str:
    """Return an origin with what the person has to know of it."""
    told = [] if origin in VENDOR else ["is not the vendor's own"]
    if config.key_source and origin not in config.key_origins:
        told.append("does not get the key")
    return f"{origin}, which {' and '.join(told)}" if told else origin

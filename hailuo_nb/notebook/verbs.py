"""The verbs of ``%hailuo``: one table, one small function each.

They parse their words and show what the api returns; what needs another verb becomes an
option or a Python function.
"""

import getpass
import re
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NoReturn, cast, get_args

from hailuo_nb import api
from hailuo_nb.config import ENVIRONMENT, read_config
from hailuo_nb.core.budget import Per
from hailuo_nb.core.line import unquoted, with_hyphens, words_of
from hailuo_nb.core.values import amount, path_of
from hailuo_nb.errors import KeyInCell, OptionError, UsageError
from hailuo_nb.notebook.help import CELL_HELP, help_line
from hailuo_nb.session import simulator_process
from hailuo_nb.session.lives import earlier_words
from hailuo_nb.session.lookup import bind_again, check_name, find
from hailuo_nb.session.plan import Plan
from hailuo_nb.session.shell import Progress
from hailuo_nb.session.simulator_record import SIZE_PX
from hailuo_nb.store.credentials import store_key
from hailuo_nb.views import display
from hailuo_nb.views.compare.comparison import PAGES, members
from hailuo_nb.views.reports.history import JSON_NAMES, history_row, json_list
from hailuo_nb.views.words import size_words

VERB_HELP_AT = 44


@dataclass(frozen=True, slots=True, kw_only=True)
class Verb:
    """One word after ``%hailuo``: how it is typed, what it does, what runs it."""

    usage: str
    help: str
    run: Callable[[list[str]], object]


class _Parser(ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise OptionError(f"{message[:1].upper()}{message[1:]}.", advice=f"Usage: {self.usage}")


def run_verb(line: str) -> object:
    """Run ``%hailuo`` with what was typed behind it; nothing means the panel.

    Raises
    ------
    HailuoError
        There is no such verb, or it cannot do what is asked.
    """
    api.refuse_keys(line)
    words = words_of(line)
    if not words:
        from hailuo_nb.notebook.panel.open import show_panel

        show_panel()
        return None
    name = words[0]
    if name not in VERBS:
        near = get_close_matches(name.lower(), VERBS, n=1)
        hint = f" Did you mean %hailuo {near[0]}?" if near else ""
        raise UsageError(
            f"There is no verb {name!r}; a prompt goes below %%hailuo (two signs).{hint}",
            advice=f"The verbs are {', '.join(VERBS)}.",
        )
    try:
        return VERBS[name].run(with_hyphens(words[1:], flags_of(name)))
    except OptionError as error:
        if error.advice == OptionError.default_advice:  # that is of a cell's options
            error.advice = _usage(name)
        raise


def _usage(verb: str) -> str:
    return f"Usage: %hailuo {VERBS[verb].usage}"


def flags_of(verb: str) -> tuple[str, ...]:
    """Return the options of a verb, as its usage has them."""
    return tuple(flag for flag, _ in _options(verb))


def _show(words: list[str]) -> None:
    asked = _parse("show", words, names=_SOME)
    here = api.session()
    for name, found in [(name, find(here, name)) for name in asked.names]:
        api.show(found)
        bind_again(here, found)
        if earlier := earlier_words(here, name):
            here.host.show(html=None, text=earlier)


def _compare(words: list[str]) -> None:
    asked = _parse("compare", words, names=_SOME)
    api.compare(*asked.names)


def _judge(words: list[str]) -> None:
    more: dict[str, Any] = {"judge": {"default": "me"}, "add": {"nargs": "+", "default": []}}
    asked = _parse("judge", words, names=_SOME, max_mb={"type": float}, **more)
    options = vars(asked)
    here, names = api.session(), options.pop("names")
    found = [find(here, names[0])] if len(names) == 1 else names
    api.judge(*found, **options)
    if asked.export is not None:
        to = path_of(asked.export)
        told = f"{to}: {size_words(to.stat().st_size)}, opens offline in any browser."
        here.host.show(html=None, text=f"{told} Its votes are saved as files for --add.")
    elif len(names) == 1:
        bind_again(here, found[0])


def _export(words: list[str]) -> None:
    asked = _parse("export", words, names=_SOME, file={}, max_mb={"type": float})
    line = Progress(api.session().host, asked.file)
    to = api.export(
        *asked.names,
        to=asked.file,
        max_mb=asked.max_mb,
        smaller=asked.smaller,
        bare=asked.bare,
        progress=line.tell,
    )
    is_page = to.suffix.lower() in PAGES
    opens = "opens offline in any browser" if is_page else "all clips in one film"
    line.end(f"{to}: {size_words(to.stat().st_size)}, {opens}.")


def _promote(words: list[str]) -> object:
    options = vars(_parse("promote", words, names=_SOME))
    names, is_dry = options.pop("names"), options.pop("dry_run")
    plan = cast("Plan", api.promote(*names, dry_run=True, **options))
    if is_dry:
        return plan
    here, name = api.session(), plan.clips[0].name
    check_name(here, name)
    made = api.carry_out(plan)
    if name is not None:
        here.host.bind(name, made)
    api.show(made)
    return None


def _history(words: list[str]) -> None:
    asked = vars(_parse("history", words, text={"nargs": "*"}))
    is_json = asked.pop("json")
    found = api.history(" ".join(asked.pop("text")), **asked)
    here = api.session()
    if is_json:
        here.host.write(json_list(found.json_lines(JSON_NAMES, history_row)))
    else:
        display.show_found(here, found, most=len(found) if asked["limit"] else display.ROWS_SHOWN)


def _wait(words: list[str]) -> None:
    asked = _parse("wait", words, names=_ANY, timeout={"type": float})
    here = api.session()
    named = [one.task for one in members([find(here, name) for name in asked.names])]
    api.wait(named or here.awaited, timeout=asked.timeout)


def _resume(words: list[str]) -> None:
    for task in api.resume(_parse("resume", words, names=_ANY).names):
        api.show(task)


def _resolve(words: list[str]) -> None:
    asked = _parse("resolve", words, name={})
    if (asked.task is None) != asked.drop:
        raise OptionError("Say --task TASKID or --drop, one of the two.")
    api.show(api.resolve(asked.name, task_id=asked.task, anyway=asked.anyway))


def _budget(words: list[str]) -> None:
    from hailuo_nb.views.reports.budget import budget_html, budget_text, cap_words

    asked = _parse("budget", words, credits=_ONE, per={"choices": get_args(Per)})
    here, per = api.session(), cast("Per", asked.per or "day")
    if asked.credits is not None:
        most = None if asked.credits == "off" else amount("%hailuo budget", asked.credits)
        here.history.budget.set_cap(most, per)
        report = here.history.budget.report(here.config.service, None)
        here.host.show(html=None, text=cap_words(report, per))
    elif asked.per:
        raise OptionError("--per says nothing without a number of credits, or off.")
    else:
        report = here.history.budget.report(here.config.service, here.ask_balance())
        here.host.show(html=budget_html(report), text=budget_text(report))


def _cameras(words: list[str]) -> None:
    from hailuo_nb.views.reports.cameras import cameras_html, cameras_text

    _parse("cameras", words)
    api.session().host.show(html=cameras_html(), text=cameras_text())


def _login(words: list[str]) -> None:
    if words:  # whatever it is: it may be the key, so it is not shown
        raise KeyInCell("%hailuo login asks for the key and takes nothing on its line.")
    here = api.reload_config()  # the key is for the origin that is told and no other
    try:
        typed = getpass.getpass(f"API key for {here.config.api_origin} (not shown): ")
    except (EOFError, NotImplementedError):  # the second, of a kernel that cannot ask
        raise UsageError(
            "Nobody can be asked for the key here.",
            advice="Set KIE_API_KEY before the kernel starts.",
        ) from None
    key = unquoted(typed)
    if not key:
        raise UsageError("No key was typed.", advice="Run %hailuo login again.")
    where = store_key(here.config.home, here.config.api_origin, key)
    here.configure(read_config(session_key=None if where else key))
    place = f"kept in {where}" if where else "used until the kernel ends; no keyring is installed"
    told = f"The key for {here.config.api_origin} is {place}."
    if here.config.key_source == ENVIRONMENT:
        told += " KIE_API_KEY is set and goes before it."
    here.host.show(html=None, text=told)


def _simulator(words: list[str]) -> None:
    asked = _parse(
        "simulator",
        words,
        speed={"type": float, "default": simulator_process.SPEED},
        size={"type": int, "default": SIZE_PX},
        fault={"action": "append", "default": []},
    )
    host = api.session().host
    if asked.stop:
        api.stop_simulator()
        host.show(html=None, text="The simulator is stopped; its ledger is kept.")
        return
    found = api.start_simulator(
        speed=asked.speed, size=asked.size, faults=asked.fault, replay=asked.replay
    )
    facts = [f"speed {found.speed:g}"]
    if found.size_px != SIZE_PX:
        facts.append(f"clips of at most {found.size_px} px")
    facts += [f"plays {Path(found.replay).name} back"] if found.replay else []
    facts.append(f"plays {', '.join(found.faults) or 'no fault'}")
    told = [f"Simulator at {found.url}: {', '.join(facts)}.", found.stranger_words]
    host.show(html=None, text="\n".join(filter(None, told)))


def _record(words: list[str]) -> None:
    asked = _parse("record", words, names=_SOME)
    to = api.record(*asked.names, to=asked.to or Path(asked.names[0]).name)
    told = f"{to}: {size_words(to.stat().st_size)}, without key, account, images and addresses."
    plays = f"%hailuo simulator --replay {to.name} plays it back to whoever has no key."
    api.session().host.show(html=None, text=f"{told} {plays}")


def _doctor(words: list[str]) -> None:
    from hailuo_nb.notebook.doctor import examine, examine_notebook
    from hailuo_nb.views.reports.report import report_html, report_text

    asked, here = _parse("doctor", words, notebook=_ONE), api.session()
    findings = examine_notebook(here, asked.notebook) if asked.notebook else examine(here)
    here.host.show(html=report_html(findings), text=report_text(findings))


def _help(words: list[str]) -> None:
    lines = [help_line("%hailuo", "the panel: all of this without typing", VERB_HELP_AT)]
    lines += [
        help_line(f"%hailuo {verb.usage}", verb.help, VERB_HELP_AT) for verb in VERBS.values()
    ]
    api.session().host.show(html=None, text=CELL_HELP + "\nVerbs\n" + "\n".join(lines))


VERBS: dict[str, Verb] = {
    "show": Verb(usage="show NAME | CLIP.mp4 ...", help="draw a task again, free", run=_show),
    "history": Verb(
        usage="history [WORDS] [--since DAY] [--until DAY] [--model M] [--state S] [--tag T] "
        "[--stars N] [--notebook FILE] [--asked CAMERA] [--sort MEASURE] [--limit N] [--json]",
        help="find clips by words, days, stars and more; list the newest",
        run=_history,
    ),
    "wait": Verb(usage="wait [NAME ...] [--timeout S]", help="hold until all are done", run=_wait),
    "resume": Verb(
        usage="resume [NAME | TASKID ...]",
        help="look after unfinished tasks, send what never left",
        run=_resume,
    ),
    "resolve": Verb(
        usage="resolve NAME --task TASKID [--anyway] | --drop",
        help="settle an unsure task: what became of it, or nothing",
        run=_resolve,
    ),
    "budget": Verb(
        usage="budget [N | off] [--per day|session]",
        help="show balance and spending, or cap it over all kernels",
        run=_budget,
    ),
    "compare": Verb(usage="compare NAME ...", help="play 2 to 9 clips side by side", run=_compare),
    "judge": Verb(
        usage="judge NAME [--judge WHO] | --add FILE ... | --export FILE.html [--max-mb N] "
        "[--smaller]",
        help="vote on two clips at a time, blind, until one is better",
        run=_judge,
    ),
    "promote": Verb(
        usage="promote NAME ... [--top N] [--model M] [--resolution R] [--duration S] "
        "[--max-credits N] [--max-tasks N] [--dry-run]",
        help="make the best clips in full size, as NAME_full",
        run=_promote,
    ),
    "export": Verb(
        usage="export NAME ... FILE.html|.mp4|.gif|.webp [--max-mb N] [--smaller] [--bare]",
        help="write the clips as one offline page, or as one film",
        run=_export,
    ),
    "cameras": Verb(
        usage="cameras", help="explain the camera commands, with a sketch of each", run=_cameras
    ),
    "login": Verb(usage="login", help="give the API key without echo", run=_login),
    "simulator": Verb(
        usage="simulator [--speed X] [--size PX] [--fault F] [--replay FILE] | --stop",
        help="start the built-in simulator anew",
        run=_simulator,
    ),
    "record": Verb(
        usage="record NAME ... [--to FILE]",
        help="write what was answered as one file, to be played back",
        run=_record,
    ),
    "doctor": Verb(
        usage="doctor [FILE.ipynb]",
        help="check the set-up, or a notebook for keys and personal paths",
        run=_doctor,
    ),
    "help": Verb(usage="help", help="options, models, prices, verbs", run=_help),
}
"""Every verb, in the order of the help."""


_ONE, _ANY, _SOME = {"nargs": "?"}, {"nargs": "*"}, {"nargs": "+"}
"""How many words a place takes: one or none, any number, one or more."""


def _parse(verb: str, words: list[str], **how: dict[str, Any]) -> Namespace:
    """Return what stands behind a verb, its options as the usage has them.

    ``how`` are argparse's words for its places, in their order, and for options that take no
    plain text.
    """
    parser = _Parser(
        prog="%hailuo", usage=f"%hailuo {VERBS[verb].usage}", add_help=False, allow_abbrev=False
    )
    for flag, value in _options(verb):
        own = how.pop(flag[2:].replace("-", "_"), {})
        parser.add_argument(flag, **(own if value else {"action": "store_true"}))
    for place, own in how.items():
        parser.add_argument(place, **own)
    return parser.parse_args(words)


def _options(verb: str) -> list[tuple[str, str]]:
    """Return each option of a verb's usage, and "" with it where it takes no value."""
    return re.findall(r"(--[a-z-]+)( \w+)?", VERBS[verb].usage)

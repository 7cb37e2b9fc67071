"""The command line: words in, an exit status back.

It knows options, the environment's settings and the order in which a replica is put together. It
must not know HTTP, nor tables.
"""

import argparse
import asyncio
import logging
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from hailuo_nb._version import __version__
from hailuo_nb.config import (
    SIMULATED_KEY,
    ClassKey,
    class_database,
    class_key,
    class_trusted,
    usual_home,
)
from hailuo_nb.core.disk import make_private
from hailuo_nb.errors import HailuoError, SetupError
from hailuo_nb.gateway import options
from hailuo_nb.gateway.logs import log_lines
from hailuo_nb.gateway.tokens import People, Role, Tokens, make_tokens

FOLDER = "gateway"
CLASS, PRACTICE = "class.db", "practice.db"
PACKAGES = ("sqlalchemy", "psycopg", "tornado", "prometheus_client")
EXTRA = "pip install 'hailuo_nb[gateway]'"
ABOUT = """A class on one key: speaks the service's API to students who have a token each. The key
comes from HAILUO_GATEWAY_KEY; the address that students use is the one line on stdout."""

log = logging.getLogger("hailuo_nb.gateway")
if TYPE_CHECKING:
    from hailuo_nb.gateway.database import Books


def main(words: Sequence[str] | None = None) -> int:
    """Do what the command line says and return the exit status."""
    try:
        asked = _parser().parse_args(words)
        return _done(asked)
    except (HailuoError, OSError) as error:
        sys.stderr.write(f"hailuo_nb.gateway: {error}\n")
        return 1
    except KeyboardInterrupt:  # before it serves, which has an end of its own
        return 130


def _done(asked: argparse.Namespace) -> int:
    try:
        return int(asked.do(asked))
    except ImportError as error:
        name = (error.name or "").partition(".")[0]
        if name not in PACKAGES:
            raise
        raise SetupError(f"{name} is not installed.", advice=EXTRA) from None


def _serve(asked: argparse.Namespace) -> int:
    log_lines()
    os.umask(0o077)
    with _service(asked) as service:
        asyncio.run(_live(asked, service))
    return 0


async def _live(asked: argparse.Namespace, service: ClassKey) -> None:
    from hailuo_nb.gateway.gateway import Gateway
    from hailuo_nb.gateway.ledger import session_secret, set_rules
    from hailuo_nb.gateway.results import Links, at_once
    from hailuo_nb.gateway.server import serve
    from hailuo_nb.gateway.simulated import begin
    from hailuo_nb.kie.client import Client
    from hailuo_nb.kie.secret import Secret

    Secret(service.key_for).check(service.api_origin)
    database = _opened(_address(asked))
    begin(database, is_practice=asked.simulator)
    budgets = {"student_budget": asked.student_budget, "budget": asked.class_budget}
    database.now(
        partial(set_rules, {name: value for name, value in budgets.items() if value is not None})
    )
    client = Client(
        api_origin=service.api_origin,
        upload_origin=service.upload_origin,
        key=service.key_for,
        user_agent=f"hailuo_nb/{__version__} (gateway)",
    )
    secret = database.now(session_secret)
    public_url = options.below(asked.public_url, asked.prefix)
    own = (secret, public_url, asked.prefix)
    links = Links(*own, at_once()) if asked.results == "stream" else None
    gateway = Gateway(
        database,
        client,
        _people(asked),
        public_url=public_url,
        secret=secret,
        prefix=asked.prefix,
        links=links,
        trusted=class_trusted(),
        shows_prompts=asked.show_prompts,
    )
    await serve(gateway, asked.host, asked.port)


def _people(asked: argparse.Namespace) -> list[People]:
    if not asked.hub and not asked.tokens.exists():
        log.warning("nobody can come in: there is no %s; `tokens 30` makes it", asked.tokens)
    known: list[People] = [Tokens(asked.tokens)]
    if asked.hub:
        from hailuo_nb.gateway.hub import Hub

        known.append(Hub(asked.hub, asked.teachers))
    return known


@contextmanager
def _service(asked: argparse.Namespace) -> Iterator[ClassKey]:
    if not asked.simulator:
        yield class_key()
        return
    from hailuo_nb.gateway.simulated import simulator

    with simulator() as origin:
        yield ClassKey(api_origin=origin, upload_origin=origin, key=SIMULATED_KEY)


def _address(asked: argparse.Namespace) -> str | Path:
    """Return where the database is; what is practised is kept apart, for a queue is sent."""
    return (
        asked.database
        or class_database()
        or _file(asked.home, PRACTICE if asked.simulator else CLASS)
    )


def _file(home: Path, name: str) -> Path:
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    make_private(home / name)
    return home / name


def _opened(place: str | Path) -> "Books":
    from sqlalchemy import URL
    from sqlalchemy.exc import SQLAlchemyError

    from hailuo_nb.gateway.database import Books

    failure = "SQLAlchemyError"
    try:
        if isinstance(place, Path):  # whose signs mean nothing, as they would in a URL
            database = Books(URL.create("sqlite", database=str(place)))
        else:
            database = Books(place)
        database.create()
        return database
    except ImportError as error:
        if error.name in PACKAGES:
            raise
        failure = f"{error.name} is not installed"
    except SQLAlchemyError as error:
        failure = type(error).__name__
    raise SetupError(f"The database cannot be opened: {failure}.", advice="Check its URL.")


def _tokens(asked: argparse.Namespace) -> int:
    role: Role = "teacher" if asked.teacher else "student"
    try:
        made = make_tokens(asked.tokens, asked.number, role)
    except UnicodeDecodeError:
        raise SetupError(f"{asked.tokens} is no text in UTF-8.") from None
    for name, token in made:
        sys.stdout.write(f"{name}\t{token}\n")
    return 0


def _doctor(asked: argparse.Namespace) -> int:
    found = _unbalanced(_address(asked))
    practice = asked.home / PRACTICE
    if asked.database is None and not asked.simulator and practice.exists():
        found += [f"practice: {line}" for line in _unbalanced(practice)]
    for line in found or ["The money is balanced: what is held and spent is what was entered."]:
        sys.stdout.write(line + "\n")
    return 1 if found else 0


def _unbalanced(place: str | Path) -> list[str]:
    from hailuo_nb.gateway.ledger import imbalances

    database = _opened(place)
    try:
        return database.look(imbalances)
    finally:
        database.close()


def _parser() -> argparse.ArgumentParser:
    home = usual_home() / FOLDER
    parser = argparse.ArgumentParser(prog="python -m hailuo_nb.gateway", description=ABOUT)
    _add_database(parser)
    _add_tokens(parser)
    parser.add_argument(
        "--host", type=options.host, default="127.0.0.1", help="address to listen on"
    )
    parser.add_argument("--port", type=options.port, default=0, help="port; 0 takes a free one")
    parser.add_argument(
        "--hub", type=options.url, metavar="URL", help="a JupyterHub's API: its people come in, too"
    )
    words = "group of the Hub whose members are teachers; its admins are, too"
    parser.add_argument("--teachers", default="teachers", metavar="GROUP", help=words)
    words = "where the service can call this gateway; then it is told at once what has ended"
    parser.add_argument("--public-url", type=options.url, metavar="URL", help=words)
    budgets = {"student": "of each who is new; at first 300", "class": "of all; at first none"}
    for whose, words in budgets.items():
        parser.add_argument(
            f"--{whose}-budget", type=options.credits, metavar="CREDITS", help=words
        )
    parser.add_argument(
        "--prefix", type=options.prefix, default="", metavar="PATH", help="behind a proxy"
    )
    words = "clips are passed on, or named by the service's address (at first)"
    told = "the teacher's page shows prompts, and students are told so"
    parser.add_argument("--show-prompts", action="store_true", help=told)
    parser.add_argument("--results", choices=("stream", "address"), default="address", help=words)
    parser.add_argument("--simulator", action="store_true", help="practise: no key, no cost")
    parser.set_defaults(do=_serve, home=home, tokens=home / "tokens.txt", database=None)
    under = parser.add_subparsers()
    tokens = under.add_parser("tokens", help="let people in")
    tokens.add_argument("number", type=options.number, metavar="N", help="how many")
    tokens.add_argument("--teacher", action="store_true", help="for teachers")
    _add_tokens(tokens)
    tokens.set_defaults(do=_tokens)
    doctor = under.add_parser("doctor", help="is the money right?")
    _add_database(doctor)
    doctor.set_defaults(do=_doctor)
    return parser


def _add_database(parser: argparse.ArgumentParser) -> None:
    words = "default: HAILUO_GATEWAY_DATABASE, or SQLite in HAILUO_HOME"
    parser.add_argument("--database", metavar="URL", default=argparse.SUPPRESS, help=words)


def _add_tokens(parser: argparse.ArgumentParser) -> None:
    words = "who may come in: names and hashes of tokens; default: in HAILUO_HOME"
    parser.add_argument(
        "--tokens", type=Path, metavar="FILE", default=argparse.SUPPRESS, help=words
    )

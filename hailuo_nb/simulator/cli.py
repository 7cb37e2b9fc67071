"""The command line: words in, `Settings` out, exit code back.

It knows option names and their help; it must not know HTTP, the ledger or rendering.
"""

import argparse
import logging
import math
import os
import secrets
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from hailuo_nb.simulator import faults
from hailuo_nb.simulator.access import TOKEN_HEADER
from hailuo_nb.simulator.recorded import Recording, RecordingError
from hailuo_nb.simulator.settings import Settings

TOKEN_VARIABLE = "HAILUO_SIMULATOR_TOKEN"  # noqa: S105 - a name

TOKEN_HELP = (
    f"what the header {TOKEN_HEADER} must say at /_sim/...; others on the machine can read a "
    f"command line, so better set {TOKEN_VARIABLE}; default: a drawn one, printed to stderr"
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run a simulator until it is told to end.

    Parameters
    ----------
    argv : sequence of str, optional
        Arguments without the program's name; default: those of the process.

    Returns
    -------
    int
        The exit code: 0 after a clean end, 1 when address or state folder cannot be had; a bad
        option ends the process with 2.
    """
    given = _parser().parse_args(argv)
    if given.check:
        return 0
    settings = _settings(given)
    os.umask(0o077)
    if settings.token is None:
        settings = replace(settings, token=secrets.token_hex(16))
        sys.stderr.write(f"token for /_sim: {settings.token}\n")
    logging.basicConfig(
        stream=sys.stderr, level=logging.INFO, format="%(asctime)s %(name)s %(message)s"
    )
    from hailuo_nb.simulator.server import run

    return run(settings)


def _settings(given: argparse.Namespace) -> Settings:
    return Settings(
        host=given.host,
        port=given.port,
        speed=given.speed,
        seed=given.seed,
        credits=given.credits,
        key=given.key,
        webhook_key=given.webhook_key,
        max_size_px=given.max_size,
        documented=given.documented,
        newer_record=given.newer_record,
        rate_limit=given.rate_limit == "on",
        faults=tuple(given.fault),
        replay=given.replay,
        state_dir=given.state_dir,
        idle_exit_s=given.idle_exit,
        while_stdin=given.while_stdin,
        token=given.token,
        open_ledger=given.open_ledger,
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m hailuo_nb.simulator",
        description="A made-up Hailuo service on loopback; prints its base URL and serves.",
        epilog="Faults:\n" + faults.table_text(),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = parser.add_argument
    add("--host", default="127.0.0.1", help="address to listen on")
    add("--port", type=_port, default=0, help="port; 0 takes a free one")
    add("--speed", type=_positive, default=1.0, help="how much faster generation runs")
    add("--seed", type=int, default=0, help="seeds durations and shares of faults")
    add("--credits", type=_amount, default=10000.0, metavar="N", help="opening balance")
    add("--key", metavar="K", help="the only key accepted; default: any")
    add("--webhook-key", metavar="K", help="sign callbacks with this key")
    add("--max-size", type=_side, default=640, metavar="PX", help="longest side of a clip")
    add("--documented", action="store_true", help="send the shapes of the vendor's page")
    add("--newer-record", action="store_true", help="send recordInfo's newer shape")
    add("--rate-limit", choices=("on", "off"), default="on", help="enforce the rate limits")
    add("--fault", type=_fault, action="append", default=[], metavar="NAME[=0.2|=#3]")
    add("--replay", type=_recording, metavar="FILE", help="play a recorded session back")
    add("--state-dir", type=Path, metavar="DIR", help="keep ledger and files here")
    add("--idle-exit", type=_amount, default=0.0, metavar="SECONDS", help="end when idle; 0: never")
    add("--while-stdin", action="store_true", help="end when standard input does")
    add("--check", action="store_true", help="read these options and end; code 2: a bad one")
    add("--open-ledger", action="store_true", help="GET /_sim/ledger needs no token")
    # Taken out, so that what this process starts does not have it.
    token = os.environ.pop(TOKEN_VARIABLE, None) or None
    add("--token", type=_token, default=token, metavar="T", help=TOKEN_HELP)
    return parser


def _token(word: str) -> str:
    if not word or not all("!" <= char <= "~" for char in word):
        raise argparse.ArgumentTypeError("must be plain letters, digits and signs")
    return word


def _recording(word: str) -> Path:
    try:
        Recording(Path(word))
    except RecordingError as error:
        raise argparse.ArgumentTypeError(f"{Path(word).name}: {error}") from None
    return Path(word)


def _port(word: str) -> int:
    value = int(word)
    if not 0 <= value <= 65535:
        raise argparse.ArgumentTypeError("must be 0 to 65535")
    return value


def _positive(word: str) -> float:
    value = float(word)
    if not (math.isfinite(value) and value > 0):
        raise argparse.ArgumentTypeError("must be a number above 0")
    return value


def _amount(word: str) -> float:
    value = float(word)
    if not (math.isfinite(value) and value >= 0):
        raise argparse.ArgumentTypeError("must be a number, 0 or more")
    return value


def _side(word: str) -> int:
    value = int(word)
    if not 32 <= value <= 4096:
        raise argparse.ArgumentTypeError("must be 32 to 4096 pixels")
    return value


def _fault(word: str) -> str:
    try:
        faults.parse(word)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None
    return word

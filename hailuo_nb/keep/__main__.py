"""The process: ``python -m hailuo_nb.keep``; a kernel starts it, and nobody has to.

It listens on a socket of the person's own, looks about once a second, and ends ten minutes after
its last task. It knows the process and what is said to it, not how tasks are looked after.
"""

import argparse
import asyncio
import json
import logging
import os
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from hailuo_nb.config import read_config
from hailuo_nb.core.disk import PRIVATE, create
from hailuo_nb.errors import HailuoError
from hailuo_nb.keep.keeper import IDLE_EXIT_S, Keeper
from hailuo_nb.store.keeper_socket import LINE_BYTES_MAX, alone, is_own_peer, socket_path

ABOUT = """Looks after tasks whose kernel has gone. A kernel starts it at its first paid task; it
ends ten minutes after the last."""
LOOK_S = 1.0
LOG = "keeper.txt"


def main(words: Sequence[str] | None = None) -> int:
    """Look after a history until there is nothing left to do; return the exit status."""
    asked = _read(words)
    try:
        own = {"HAILUO_HOME": str(asked.home.absolute())} if asked.home else {}
        config = read_config({**os.environ, **own})
        if not config.keep:
            return _refused("HAILUO_KEEP=off forbids it.")
        place = socket_path(config.home)
        with alone(place) as first:
            if not first:
                return 0
            _log_to(config.home / LOG)
            keeper = Keeper(config)
            try:
                asyncio.run(_live(keeper, place, asked.idle_exit))
            finally:
                keeper.close()
    except (HailuoError, OSError) as error:
        return _refused(str(error))
    return 0


async def _live(keeper: Keeper, place: Path, idle_exit_s: float) -> None:
    """Answer and look until nothing was under way for so long, or somebody ends it."""
    end = asyncio.Event()
    for known in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(known, end.set)
    before = os.umask(0o177)
    try:
        server = await asyncio.start_unix_server(
            partial(_serve, keeper), str(place), limit=LINE_BYTES_MAX
        )
    finally:
        os.umask(before)
    mark = place.stat()
    try:
        while not end.is_set() and keeper.idle_s < idle_exit_s and _is_there(place, mark):
            keeper.look()
            with suppress(TimeoutError):
                await asyncio.wait_for(end.wait(), min(LOOK_S, idle_exit_s))
    finally:
        server.close()
        if _is_there(place, mark):
            place.unlink()


async def _serve(
    keeper: Keeper, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> None:
    """Answer one process of this person, line by line; any other is not listened to."""
    try:
        if is_own_peer(writer.get_extra_info("socket")):
            while line := await reader.readline():
                writer.write(json.dumps(_answer(keeper, line)).encode() + b"\n")
                await writer.drain()
    except (OSError, ValueError):  # it has gone, or talks without an end
        pass
    finally:
        writer.close()


def _answer(keeper: Keeper, line: bytes) -> dict[str, object]:
    """Return the answer to one line; what was said is never repeated, for it may hold a key."""
    try:
        asked: dict[str, Any] = json.loads(line)
        if asked["do"] == "tell":
            return keeper.tell()
        if asked["do"] == "hand":
            keeper.hand(asked)
            keeper.look()
            return {"ok": True}
    except (HailuoError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        pass
    return {"ok": False}


def _is_there(place: Path, mark: os.stat_result) -> bool:
    """Return whether the socket still is the one that was made: else nobody finds this keeper."""
    try:
        return os.path.samestat(place.stat(), mark)
    except OSError:
        return False


def _log_to(path: Path) -> None:
    """Keep what goes wrong in a file of the person's own, of this process alone."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    opened = create(path, mode=PRIVATE)
    os.dup2(opened.fileno(), 2)
    logging.basicConfig(stream=sys.stderr, format="%(asctime)s %(message)s")


def _refused(words: str) -> int:
    sys.stderr.write(f"hailuo_nb.keep: {words}\n")
    return 1


def _read(words: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m hailuo_nb.keep", description=ABOUT)
    parser.add_argument("--home", type=Path, help="the folder of the history")
    parser.add_argument(
        "--idle-exit", type=float, default=IDLE_EXIT_S, help="seconds after the last task"
    )
    return parser.parse_args(words)


if __name__ == "__main__":
    sys.exit(main())

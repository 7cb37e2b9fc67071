"""What is kept of the built-in simulator: where it answers, its token, which process it is.

It knows how to tell that simulator from a stranger. It must not know how one is started.
Neither a port nor a process number is trusted: who answers must show that it knows the token,
who is ended must be the process that was started.
"""

import json
import re
import socket
import time
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Literal, Self
from urllib.parse import urlsplit

from hailuo_nb.core.disk import PRIVATE, write_whole
from hailuo_nb.core.server_proof import READ_BYTES, ServerProof
from hailuo_nb.store import process_identity

SIZE_PX = 640
"""The longest side of the built-in simulator's clips."""

SIZES_PX = range(64, 1921)
"""How long it may be."""

SPEED_MAX = 1e9
END_TIMEOUT_S = 20.0
PROOF_TIMEOUT_S = 5.0

_LOOPBACK = re.compile(r"http://127\.0\.0\.1:[0-9]{1,5}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Simulator:
    """A running simulator.

    ``url`` is its origin on loopback, ``speed`` how much faster than the real service it
    makes clips, ``size_px`` the longest side of them, ``faults`` what it plays, ``replay`` the
    recorded session that it plays back, "" without one; ``instead_of`` is
    the origin of the one before, where something else answered when this one was started;
    ``began`` and ``command`` tell its process from a later one of the same number. As a context
    manager it ends with the block.
    """

    url: str
    pid: int
    speed: float
    size_px: int = SIZE_PX
    faults: tuple[str, ...] = ()
    replay: str = ""
    instead_of: str = ""
    token: str = field(repr=False)
    began: float = field(default=-1.0, repr=False)
    command: tuple[str, ...] = field(default=(), repr=False)

    def __str__(self) -> str:
        return self.url

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *of_error: object) -> None:
        self.stop()

    @property
    def stranger_words(self) -> str:
        """What to say of the one that had taken the former one's place; "" where there was none."""
        if not self.instead_of:
            return ""
        return (
            f"Something else answers at {self.instead_of}, where the simulator was: another one "
            f"was started at {self.url}. Nothing of yours went to the other."
        )

    def is_alive(self) -> bool:
        """Return whether the process that was started still runs and answers, if late."""
        return self.look() == "itself"

    def look(self) -> Literal["itself", "another", "nobody"]:
        """Return who is there at its address; one that is too busy to answer is itself."""
        try:
            return "itself" if _is_shown(self.proof) else "another"
        except TimeoutError:
            runs = process_identity.identify(self.pid) == (self.began, self.command)
            return "itself" if runs else "another"
        except (OSError, ValueError):
            return "nobody"

    def stop(self) -> None:
        """End it; its ledger is kept. Safe to call twice, and when another has its number."""
        process_identity.end(
            self.pid, began=self.began, command=self.command, within_s=END_TIMEOUT_S
        )

    @property
    def proof(self) -> ServerProof:
        """What whoever answers at its address must show."""
        return ServerProof(origin=self.url, token=self.token)


def read_record(home: Path) -> Simulator | None:
    """Return the simulator that was last started, whether or not it runs."""
    try:
        facts = json.loads(_state_file(home).read_text(encoding="utf-8"))
        known = {one.name: facts[one.name] for one in fields(Simulator) if one.name in facts}
        known |= {name: tuple(known[name]) for name in ("faults", "command") if name in known}
        found = Simulator(**known)
        return found if _is_one_of_ours(found) else None
    except (OSError, ValueError, TypeError, OverflowError, RecursionError):
        return None


def _is_one_of_ours(found: Simulator) -> bool:
    """Return whether each value is one that is written there: anyone may have edited the file."""
    return (
        _LOOPBACK.fullmatch(found.url) is not None
        and (found.instead_of == "" or _LOOPBACK.fullmatch(found.instead_of) is not None)
        and _is_whole(found.pid, 2, 2**31)
        and not isinstance(found.speed, bool)
        and 0 < found.speed <= SPEED_MAX
        and _is_whole(found.size_px, SIZES_PX[0], SIZES_PX[-1])
        and all(isinstance(word, str) for word in (*found.faults, *found.command))
        and isinstance(found.replay, str)
        and isinstance(found.began, int | float)
        and isinstance(found.token, str)
        and found.token.isalnum()
    )


def _is_whole(value: object, least: int, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most


def keep_record(home: Path, found: Simulator) -> None:
    """Write it down for later kernels, for the person alone to read."""
    facts = json.dumps(asdict(found)).encode()
    write_whole(_state_file(home), facts, mode=PRIVATE, durable=False)


def _state_file(home: Path) -> Path:
    return home / "simulator" / "process.json"


def _is_shown(proof: ServerProof) -> bool:
    """Ask whoever listens for the proof, for a few seconds at most; TimeoutError: not a word."""
    challenge, reply, verdict = proof.challenge(), b"", None
    address = urlsplit(proof.origin)
    deadline = time.monotonic() + PROOF_TIMEOUT_S
    there = (address.hostname or "", address.port or 0)
    with socket.create_connection(there, timeout=PROOF_TIMEOUT_S) as connection:
        connection.sendall(challenge.question)
        while verdict is None:
            connection.settimeout(max(0.001, deadline - time.monotonic()))
            try:
                chunk = connection.recv(READ_BYTES)
            except TimeoutError:
                if not reply:
                    raise
                return False
            reply += chunk
            verdict = challenge.verdict(reply) if chunk else False
    return verdict

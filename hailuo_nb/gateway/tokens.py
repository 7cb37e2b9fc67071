"""The file of tokens: who may come in, kept as hashes alone.

It knows its lines: a name, a role and the sha256 of a token. It must not know requests.
"""

import hashlib
import logging
import re
import secrets
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

from hailuo_nb.core.disk import PRIVATE, write_whole

Role = Literal["student", "teacher"]
DIGEST_BYTES = 32
HASH = re.compile("[0-9a-f]{64}")

log = logging.getLogger("hailuo_nb.gateway")
ROLES: dict[str, Role] = {"student": "student", "teacher": "teacher"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who a token stands for."""

    name: str
    role: Role


class People(Protocol):
    """Who may come in, by what they show."""

    async def person(self, token: str) -> Person | None:
        """Return whom a token stands for; None for a stranger."""

    def has(self, person: Person) -> bool:
        """Return whether somebody who has come in may still be here."""


class Tokens:
    """The people of a file; read again where it has changed.

    Parameters
    ----------
    path
        The file; one that is not there lets nobody in.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._read_at: tuple[int, int] | None = None
        self._trouble = ""
        self._people: list[bytes] = []

    async def person(self, token: str) -> Person | None:
        """Return whom a token stands for; None for a stranger."""
        self._refresh()
        digest = _digest(token)
        at = bisect_left(self._people, digest)
        is_known = at < len(self._people) and self._people[at].startswith(digest)
        return _person(self._people[at]) if token and is_known else None

    def has(self, person: Person) -> bool:
        """Return whether there is such a person."""
        self._refresh()
        said = _said(person.name, person.role)
        return any(one[DIGEST_BYTES:] == said for one in self._people)

    def _refresh(self) -> None:
        try:
            self._look()
        except OSError as error:
            is_absent = isinstance(error, FileNotFoundError)
            if not is_absent and self._trouble != str(error):
                log.warning("the file of tokens cannot be read: %s", type(error).__name__)
            self._people, self._read_at, self._trouble = [], None, str(error)

    def _look(self) -> None:
        found = self._path.stat()
        if self._read_at != (found.st_mtime_ns, found.st_size):
            with self._path.open(encoding="utf-8-sig", errors="replace") as lines:
                self._people = sorted(_read(lines))
            self._read_at, self._trouble = (found.st_mtime_ns, found.st_size), ""


def make_tokens(path: Path, number: int, role: Role) -> list[tuple[str, str]]:
    """Add new people to a file and return their names and tokens, which are kept nowhere.

    Raises
    ------
    OSError
        The file cannot be written.
    """
    before = path.read_text("utf-8-sig") if path.exists() else ""
    before += "" if before.endswith("\n") or not before else "\n"  # an editor may have left it out
    known = {_person(row).name for row in _read(before.splitlines())}
    free = (
        name
        for count in range(1, len(known) + number + 1)
        if (name := f"{role}-{count:02}") not in known
    )
    made = [(next(free), secrets.token_urlsafe(24)) for _ in range(number)]
    lines = [f"{name}\t{role}\t{_digest(token).hex()}\n" for name, token in made]
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    write_whole(path, (before + "".join(lines)).encode(), mode=PRIVATE)
    return made


def _read(lines: Iterable[str]) -> Iterator[bytes]:
    """Yield people as rows: a digest, a role and a name; ten thousand take a megabyte."""
    parts = (line.rstrip("\r\n").split("\t") for line in lines)
    for name, role, digest in (part for part in parts if len(part) == 3):
        if role in ROLES and 0 < len(name) <= 255 and HASH.fullmatch(digest):
            yield bytes.fromhex(digest) + _said(name, role)


def _said(name: str, role: str) -> bytes:
    return f"{role}\t{name}".encode()


def _person(row: bytes) -> Person:
    role, _, name = row[DIGEST_BYTES:].decode().partition("\t")
    return Person(name=name, role=ROLES[role])


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()

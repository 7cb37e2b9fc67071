"""One gateway as its operator runs it, for a whole module of tests: who is in it, and its log."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
from sqlalchemy import select

from hailuo_nb.gateway.database import Books
from hailuo_nb.gateway.tables import task
from hailuo_nb.gateway.tokens import make_tokens
from tests.gateway.replica import KEY
from tests.support.ports import free_port


@dataclass(frozen=True, kw_only=True)
class Running:
    """A gateway's address, its people, its books and what it has logged."""

    port: int
    tokens: list[str]
    teacher: str
    books: Books
    log: Path

    @property
    def url(self) -> str:
        """The base URL."""
        return f"http://127.0.0.1:{self.port}"

    def http(self, token: str | None = None) -> httpx.Client:
        """Return a client with a token, or a stranger's."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        return httpx.Client(base_url=self.url, headers=headers, timeout=30)

    def spoken(self, text: bytes) -> bytes:
        """Send bytes as they are on a connection of their own, and return all that is answered."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=60) as one:
            one.sendall(text)
            return b"".join(iter(lambda: one.recv(65536), b""))

    def ids(self) -> list[str]:
        """Return the tasks that there are, in the order in which they were taken in."""
        named = select(task.c.id).order_by(task.c.seq)
        return list(self.books.now(lambda one: one.scalars(named).all()))

    def lines(self) -> list[dict[str, str]]:
        """Return the log, which is JSON throughout."""
        return [json.loads(line) for line in self.log.read_text("utf-8").splitlines()]


@contextmanager
def running_gateway(
    folder: Path, database: str, service: str, *words: str, students: int = 2
) -> Iterator[Running]:
    """Run one for the block; the service calls it back."""
    file, log = folder / "tokens.txt", folder / "log"
    tokens = [token for _, token in make_tokens(file, students, "student")]
    ((_, teacher),) = make_tokens(file, 1, "teacher")
    port = free_port()
    words = (*words, "--port", str(port), "--public-url", f"http://127.0.0.1:{port}")
    env = os.environ | {"HAILUO_GATEWAY_KEY": KEY, "HAILUO_BASE_URL": service}
    command = [sys.executable, "-m", "hailuo_nb.gateway", "--tokens", str(file), *words]
    with log.open("ab") as errors, closing(Books(database)) as books:
        process = subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=errors,
            env=env | {"HAILUO_GATEWAY_DATABASE": database, "HAILUO_HOME": str(folder)},
        )
        try:
            assert process.stdout
            assert process.stdout.readline().decode() == f"http://127.0.0.1:{port}\n"
            yield Running(port=port, tokens=tokens, teacher=teacher, books=books, log=log)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(60)

"""A replica of the gateway as its operator runs it: a process of its own, and a line to it."""

import asyncio
import json
import select
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

KEY = "sk-of-the-class-0f2b"


@dataclass
class Replica:
    """One process of the gateway on a port of its own, started again where it was killed."""

    port: int
    words: list[str]
    env: dict[str, str]
    log: Path
    process: asyncio.subprocess.Process | None = None

    @property
    def url(self) -> str:
        """The base URL."""
        return f"http://127.0.0.1:{self.port}"

    async def start(self) -> None:
        """Start it and wait for its one line."""
        with self.log.open("ab") as log:
            self.process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "hailuo_nb.gateway", "--port", str(self.port)),
                *self.words,
                stdout=asyncio.subprocess.PIPE,
                stderr=log,
                env=self.env,
            )
        assert self.process.stdout
        self.port = int((await self.process.stdout.readline()).decode().rsplit(":", 1)[1])

    async def end(self, number: int) -> None:
        """Send a signal and wait for the end."""
        assert self.process
        self.process.send_signal(number)
        await self.process.wait()


class Line:
    """A kept connection: an HTTP library would take more of the machine than the gateway."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._ends: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(
        self, token: str, method: str, path: str, body: bytes = b"", **headers: str
    ) -> dict[str, Any]:
        """Return the envelope of an answer; raises OSError or EOFError where there is none."""
        if self._ends is None or has_gone(self._ends[1]):
            self.close()
            self._ends = await asyncio.open_connection("127.0.0.1", self._port)
        reader, writer = self._ends
        lines = [f"{method} {path} HTTP/1.1", "Host: a", f"Authorization: Bearer {token}"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        lines += [f"Content-Length: {len(body)}", "", ""]
        try:
            writer.write("\r\n".join(lines).encode() + body)
            head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
            length = int(head.split("content-length:")[1].split("\r\n")[0])
            return dict(json.loads(await reader.readexactly(length)))
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Let go of the connection; the next request makes another."""
        if self._ends is not None:
            self._ends[1].close()
            self._ends = None


def has_gone(writer: asyncio.StreamWriter) -> bool:
    """Return whether a connection was closed while it rested, as HTTP libraries look before use."""
    looking = select.poll()
    looking.register(writer.get_extra_info("socket"), select.POLLIN)
    return writer.is_closing() or bool(looking.poll(0))

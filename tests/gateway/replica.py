"""A replica of the gateway as its operator runs it: a process of its own."""

import asyncio
import sys
from dataclasses import dataclass
from pathlib import Path

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

"""Result clips and uploads over GET and HEAD: ranges, lifetimes, and the faults of a file host.

It knows HTTP's side of files; it must not know how a clip is made. No key is asked for
here: who has a name has the file, and names cannot be guessed.
"""

import asyncio
import re
from dataclasses import dataclass
from pathlib import Path

from tornado.iostream import StreamClosedError

from hailuo_nb.simulator.handlers_base import Handler
from hailuo_nb.simulator.studio import RESULTS

CHUNK_BYTES = 256 * 1024
HUGE_BYTES = 10**12
SLOW_CHUNK_BYTES, SLOW_PAUSE_S = 1024, 0.25
_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """A file to serve: where, of what kind, and the name that changes with its bytes."""

    path: Path
    mime: str
    etag: str


@dataclass(frozen=True, slots=True)
class ByteRange:
    """Bytes from `first` (0-based) up to but not including `end`."""

    first: int
    end: int


class FileHandler(Handler):
    """``/files/...``; single ranges and suffixes."""

    async def head(self, name: str) -> None:
        """Answer with the headers alone."""
        await self.get(name)

    async def get(self, name: str) -> None:
        """Serve a file, or say why not."""
        served = self._find(name)
        if served is None:
            return
        faults = self.service.faults
        if faults.strikes("expired-file"):
            self.send_error(404)
        elif faults.strikes("html-file"):
            self.set_header("Content-Type", "text/html")
            self.write("<!doctype html><title>Sign in</title><p>Please sign in to continue.</p>")
        elif faults.strikes("huge-file"):
            self._describe(served)
            await self._send_endlessly()
        else:
            await self._send(served)

    def _find(self, name: str) -> Served | None:
        """Look the file up; answers itself when it must not be had."""
        if self.request.headers.get("User-Agent", "").startswith("Python-urllib"):
            self.send_error(403)
            return None
        signature = self.get_query_argument("sig", None)
        expires = self.get_query_argument("expires", "")
        if signature is not None and not self.service.is_signed(name, expires, signature):
            self.send_error(403)
            return None
        served = self._result(name) if name.startswith(RESULTS) else self._upload(name)
        if served is None:
            self.send_error(404)
        return served

    def _result(self, name: str) -> Served | None:
        task = self.service.studio.public(name)
        if task is None:
            return None
        path = self.service.studio.clip(task)
        return Served(path=path, mime="video/mp4", etag=f'"{task.task_id}"')

    def _upload(self, name: str) -> Served | None:
        upload = self.service.uploads.find(name, self.service.now())
        if upload is None:
            return None
        path = self.service.uploads.file(upload.blob)
        return Served(path=path, mime=upload.mime, etag=f'"{upload.blob[:32]}"')

    def _describe(self, served: Served) -> None:
        self.set_header("Content-Type", served.mime)
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Etag", served.etag)

    async def _send(self, served: Served) -> None:
        size = served.path.stat().st_size
        if self.service.faults.strikes("truncated-file"):
            size //= 2
        self._describe(served)
        span: ByteRange | None = ByteRange(0, size)
        if not self.service.faults.strikes("no-range"):
            self.set_header("Accept-Ranges", "bytes")
            span = self._requested_span(size, served.etag)
        if span is None:
            self.set_status(416)
            self.set_header("Content-Range", f"bytes */{size}")
            return
        self.set_header("Content-Length", str(span.end - span.first))
        if self.request.method != "HEAD":
            await self._send_span(served.path, span)

    def _requested_span(self, size: int, etag: str) -> ByteRange | None:
        """Return what to send; None for a range outside the file. Sets 206 where it applies."""
        asked = self.request.headers.get("Range", "")
        span = read_range(asked, size)
        if span == "ignore" or self.request.headers.get("If-Range", etag) != etag:
            return ByteRange(0, size)
        if isinstance(span, ByteRange):
            self.set_status(206)
            self.set_header("Content-Range", f"bytes {span.first}-{span.end - 1}/{size}")
            return span
        return None

    async def _send_span(self, path: Path, span: ByteRange) -> None:
        slow = self.service.faults.strikes("slow-file")
        step = SLOW_CHUNK_BYTES if slow else CHUNK_BYTES
        with path.open("rb") as file:
            file.seek(span.first)
            for first in range(span.first, span.end, step):
                self.write(file.read(min(step, span.end - first)))
                await self.flush()
                if slow:
                    await asyncio.sleep(SLOW_PAUSE_S)

    async def _send_endlessly(self) -> None:
        self.set_header("Content-Length", str(HUGE_BYTES))
        if self.request.method == "HEAD":
            return
        chunk = bytes(CHUNK_BYTES)
        try:
            for _ in range(HUGE_BYTES // CHUNK_BYTES):
                self.write(chunk)
                await self.flush()
        except StreamClosedError:
            self.drop()


def read_range(header: str, size: int) -> ByteRange | str | None:
    """Read a Range header against a file of `size` bytes.

    Returns
    -------
    Span, "ignore" or None
        What to send; "ignore" when there is no single byte range; None when it lies outside.
    """
    found = _RANGE.match(header.strip())
    if not found or header.strip() == "bytes=-":
        return "ignore"
    first, last = found.groups()
    if not first:
        length = min(int(last), size)
        return ByteRange(size - length, size) if length else None
    if last and int(last) < int(first):
        return "ignore"
    end = min(int(last) + 1, size) if last else size
    return ByteRange(int(first), end) if int(first) < size else None

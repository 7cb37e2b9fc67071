"""Clips passed on to students who cannot, or should not, reach the service's file hosts.

It knows the gateway's own links, which are signed and belong to one clip of one student. It must
not know the key: files are fetched without it.
"""

import hashlib
import hmac
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import Row
from tornado.httputil import HTTPServerRequest

from hailuo_nb.errors import HailuoError, ResultExpired, SavingError
from hailuo_nb.gateway.handlers import Plain
from hailuo_nb.gateway.refused import Refused
from hailuo_nb.gateway.told import result_json
from hailuo_nb.kie.looker import Looker, OpenedFile

LINK = r"/results/([0-9a-f]{32})/([0-9])/([0-9a-f]{64})\.mp4"
KEPT = ("Content-Length", "Content-Range", "Accept-Ranges", "Last-Modified")
POLICY = "default-src 'none'; sandbox"
RANGE = re.compile(r"bytes=[0-9]{0,18}-[0-9]{0,18}")
FULL = "Too many clips are passed on at once. Try again in a moment."
AGAIN_S = 2
AT_ONCE_MAX = 400
AT_ONCE_MIN = 8
FILES_KEPT = 384
"""So many open files are left to all else: connections that rest, the database, the service."""


def at_once() -> int:
    """Return how many clips this process may pass on at once: each is two open files.

    Where there are none left nobody is accepted any more, and nothing is sent.
    """
    import resource

    files, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    if files == resource.RLIM_INFINITY:
        return AT_ONCE_MAX
    return min(AT_ONCE_MAX, max(AT_ONCE_MIN, (files - FILES_KEPT) // 2))


class Links:
    """Makes and reads the gateway's own links to clips.

    Parameters
    ----------
    secret
        Shared by the replicas.
    base_url
        Where students reach the gateway, its prefix included; None takes it from each request.
    prefix
        The path below which the gateway is.
    at_once
        How many clips are passed on at once; whoever comes then is asked to try again.
    """

    def __init__(
        self, secret: str, base_url: str | None, prefix: str, at_once: int = AT_ONCE_MAX
    ) -> None:
        self._places = at_once
        self._secret = secret.encode()
        self._base_url = base_url
        self._prefix = prefix

    def result_json(self, row: Row[Any], request: HTTPServerRequest | None = None) -> str:
        """Return recordInfo's resultJson with a link for each of a task's clips.

        Where nobody asks and no address of the gateway is known, it is that of the service.
        """
        if request is None and self._base_url is None:
            return result_json(row)
        here = f"{request.protocol}://{request.host}{self._prefix}" if request else ""
        urls = [
            f"{self._base_url or here}/results/{row.id}/{number}/{self._sign(row, number)}.mp4"
            for number, _ in enumerate(json.loads(row.result))
        ]
        return json.dumps({"resultUrls": urls}, separators=(",", ":"))

    @contextmanager
    def place(self) -> Iterator[bool]:
        """Take a place of those that pass clips on; yields whether there was one."""
        if self._places <= 0:
            yield False
            return
        self._places -= 1
        try:
            yield True
        finally:
            self._places += 1

    def task_of(self, url: str) -> str | None:
        """Return the task that a link of ours names, checked or not."""
        found = re.search(f"{LINK}\\Z", urlsplit(url).path)
        return found[1] if found else None

    def address(self, row: Row[Any] | None, url: str) -> str | None:
        """Return where a link's clip is at the service; None where it is no link to this task."""
        found = re.search(f"{LINK}\\Z", urlsplit(url).path)
        if found is None or row is None or row.state != "success" or row.id != found[1]:
            return None
        urls, number = json.loads(row.result), int(found[2])
        is_ours = hmac.compare_digest(found[3], self._sign(row, number))
        return str(urls[number]) if is_ours and number < len(urls) else None

    def _sign(self, row: Row[Any], number: int) -> str:
        said = f"result:{row.student}:{row.id}:{number}".encode("utf-8", "surrogatepass")
        return hmac.new(self._secret, said, hashlib.sha256).hexdigest()


class ResultHandler(Plain):
    """``GET /results/TASK/NUMBER/SIGNATURE.mp4``."""

    async def get(self, task_id: str, number: str, signature: str) -> None:
        """Pass a clip on as it comes; who seeks in it gets the part."""
        links = self.gateway.links
        row = await self.gateway.looks.row(task_id) if links else None
        url = links.address(row, self.request.path) if links else None
        if links is None or url is None:
            self.send_error(404)
            return
        with links.place() as is_free:
            if is_free:
                await self._answer(url)
            else:
                self.set_header("Retry-After", str(AGAIN_S))
                self.send_json(self.refusal(Refused(503, FULL)), 503)

    async def _answer(self, url: str) -> None:
        try:
            await self._pass_on(self.gateway.client, url)
        except ResultExpired:
            self.send_error(404)
        except HailuoError:
            if self._headers_written:
                self.request.connection.stream.close()  # type: ignore[union-attr]
            else:
                self.send_error(502)

    async def _pass_on(self, client: Looker, url: str) -> None:
        span = self.request.headers.get("Range", "")
        asked = span if RANGE.fullmatch(span) else None
        async with client.fetched(url, span=asked) as found:
            if found.status not in (200, 206, 416):
                raise SavingError("The file's host gave no file.")
            self._head(found)
            async for chunk in found.chunks:
                self.write(chunk)
                await self.flush()

    def _head(self, found: OpenedFile) -> None:
        self.set_status(found.status)
        for name in KEPT:
            if name.lower() in found.headers:
                self.set_header(name, found.headers[name.lower()])
        # Whatever it is, no browser runs it beside the teacher's page.
        self.set_header("Content-Type", "video/mp4")
        self.set_header("Content-Security-Policy", POLICY)

"""The addresses of a Jupyter Server under which a page asks for tasks, clips and posters.

Each stands behind the server's own login, its rules of who may read, and its guard against other
sites; an id of a task is all that a request can name. What is read, and from where, is the affair
of `answers`, on a thread of its own: a server waits for nobody's disk.
"""

import asyncio
import json
from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import Any, TypeVar

from jupyter_server.auth.decorator import authorized
from jupyter_server.base.handlers import APIHandler, JupyterHandler
from jupyter_server.utils import url_path_join
from tornado.web import HTTPError, StaticFileHandler, authenticated

from hailuo_nb.server.callbacks import TOKEN, WakingHandler

BODY_BYTES_MAX = 64 * 1024
_ID = r"([0-9A-Za-z]{1,200})"

_T = TypeVar("_T")


async def _answer(name: str, *given: object) -> Any:
    """Return what a function of `answers` says; that is loaded with the first question."""

    def ask() -> object:
        answers = import_module("hailuo_nb.server.answers")
        found: Callable[..., object] = getattr(answers, name)
        return found(*given)

    return await asyncio.to_thread(ask)


class _Asked(APIHandler):
    """A question in JSON, which is none of the server's activity: a page asks by itself."""

    auth_resource = "contents"
    _track_activity = False

    def asked(self) -> dict[str, Any]:
        """Return the question; 413 or 400 for what is none."""
        if len(self.request.body) > BODY_BYTES_MAX:
            raise HTTPError(413, "The question is too long.")
        try:
            found = json.loads(self.request.body)
        except (ValueError, RecursionError):
            raise HTTPError(400, "The question is no JSON.") from None
        if not isinstance(found, dict):
            raise HTTPError(400, "The question is no JSON object.")
        return found

    async def tell(self, name: str, *given: object) -> None:
        """Answer with what `answers` says, 400 where the question is none."""
        try:
            told = await _answer(name, *given)
        except ValueError as error:
            raise HTTPError(400, str(error)) from None
        self.set_header("Cache-Control", "no-store")
        self.finish(json.dumps(told))


class TasksHandler(_Asked):
    """Where tasks are: a short answer to many ids, asked again and again."""

    @authenticated
    @authorized(action="read")  # type: ignore[untyped-decorator]
    async def post(self) -> None:
        """Answer {"ids": [...]} with {"tasks": {id: {...}}}; others are left out."""
        await self.tell("tasks", self.asked().get("ids"), self.base_url)


class ViewsHandler(_Asked):
    """A card or grid as it looks now: asked for once something of it has changed."""

    @authenticated
    @authorized(action="read")  # type: ignore[untyped-decorator]
    async def post(self) -> None:
        """Answer {"ids": [...], "study": digest, "labels": [...]} with its HTML and a note."""
        asked = self.asked()
        named = asked.get("study", ""), asked.get("labels", [])
        await self.tell("view", asked.get("ids"), *named, self.base_url)


class WatchHandler(_Asked):
    """Where a person has tasks looked after: it starts a process, as opening a notebook does."""

    auth_resource = "kernels"
    _track_activity = True

    @authenticated
    @authorized
    async def post(self) -> None:
        """Answer {"ids": [...]} with a note of what has come of it, "" where all is well."""
        await self.tell("watch", self.asked().get("ids"))


class _ByAddress(JupyterHandler):
    """What a page shows by its address alone: no script's header comes with such a request."""

    auth_resource = "contents"

    def check_referer(self) -> bool:
        """Return whether a page of our own asks; where a proxy takes that, the browser tells."""
        if "Referer" not in self.request.headers:
            return self.request.headers.get("Sec-Fetch-Site") in ("same-origin", "none")
        return super().check_referer()


class ClipsHandler(_ByAddress, StaticFileHandler):
    """The clip of a task, also where it lies outside the folders that the server shows."""

    @authenticated
    @authorized
    async def head(self, path: str) -> None:  # type: ignore[override]
        """Answer as `get`, without the clip."""
        await self._send(path, include_body=False)

    @authenticated
    @authorized
    async def get(self, path: str, include_body: bool = True) -> None:  # type: ignore[override]
        """Answer with the clip of a task, ``path`` its id, or the part of it that is asked for."""
        await self._send(path, include_body=include_body)

    async def _send(self, path: str, *, include_body: bool) -> None:
        self.check_xsrf_cookie()  # no page of another site shows what is made here
        self._clip = await _answer("clip", path)
        if self._clip is None:
            raise HTTPError(404)
        await StaticFileHandler.get(self, path, include_body=include_body)

    @classmethod
    def get_absolute_path(cls, root: str, path: str) -> str:
        """Return nothing that was asked for; see `validate_absolute_path`."""
        return ""

    def validate_absolute_path(self, root: str, absolute_path: str) -> str:
        """Return the file that the task's record names; `answers` looked at it."""
        return str(self._clip)

    def get_content_type(self) -> str:
        """Return that it is a clip, and nothing that a browser runs."""
        return "video/mp4"

    def set_extra_headers(self, _path: str) -> None:
        """Let a browser keep it, for this person alone."""
        self.set_header("Cache-Control", "private, max-age=3600")

    def compute_etag(self) -> None:
        """Have none: the file's time tells whether it changed."""


class PostersHandler(_ByAddress):
    """The picture of a task."""

    @authenticated
    @authorized
    async def get(self, id: str) -> None:
        """Answer with a JPEG."""
        self.check_xsrf_cookie()
        picture = await _answer("poster", id)
        if picture is None:
            raise HTTPError(404)
        self.set_header("Content-Type", "image/jpeg")
        self.set_header("Cache-Control", "private, max-age=60")
        self.finish(picture)


def routes(base_url: str) -> list[tuple[Any, ...]]:
    """Return our addresses below a server's own."""
    at = partial(url_path_join, base_url, "hailuo")
    return [
        (at("tasks"), TasksHandler),
        (at("views"), ViewsHandler),
        (at("watch"), WatchHandler),
        (at("clips", rf"{_ID}\.mp4"), ClipsHandler, {"path": "/"}),
        (at("posters", _ID), PostersHandler),
        (at("callback", TOKEN), WakingHandler),
    ]

"""A small web server for the browser tests: pages, modules, one clip."""

import asyncio
import base64
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Page
from tornado.httpserver import HTTPServer
from tornado.iostream import StreamClosedError
from tornado.netutil import bind_sockets
from tornado.web import Application, RequestHandler, StaticFileHandler

import hailuo_nb.views
from hailuo_nb.views.bundles import Name
from hailuo_nb.views.live import style_of

STATIC = Path(hailuo_nb.views.__file__).parent


def address_of(module: str) -> str:
    """Return where a module can be imported from that a widget sends as text."""
    return "data:text/javascript;base64," + base64.b64encode(module.encode()).decode()


@dataclass(slots=True, kw_only=True)
class Site:
    """The server's origin, and the pages that tests put there."""

    origin: str
    pages: dict[str, str] = field(default_factory=dict)

    def put(self, name: str, body: str, *, head: str = "") -> str:
        """Serve ``body`` as a page of this name and return its address."""
        self.pages[name] = (
            f'<!doctype html><html lang="en"><head><meta charset="utf-8">{head}</head>'
            f"<body>{body}</body></html>"
        )
        return f"{self.origin}/page/{name}"


def until_moving(page: Page, number: int) -> None:
    """Wait until so many animations run."""
    moving = "document.getAnimations().filter((one) => one.playState === 'running')"
    page.wait_for_function(f"(number) => {moving}.length === number", arg=number)


class _Page(RequestHandler):
    def initialize(self, site: Site) -> None:
        self.site = site

    def get(self, name: str) -> None:
        self.write(self.site.pages[name])


class _WithoutRange(RequestHandler):
    """Streams the clip: no parts, no length, nothing a browser could keep and seek in."""

    def initialize(self, clip: Path) -> None:
        self.clip = clip

    async def get(self) -> None:
        self.set_header("Content-Type", "video/mp4")
        self.set_header("Cache-Control", "no-store")
        self.write(self.clip.read_bytes())
        with suppress(StreamClosedError):  # the browser has enough, or the page is gone
            await self.flush()
            await self.finish()


@contextmanager
def running_site(clip: Path) -> Iterator[Site]:
    """Serve on a free loopback port, on a thread with its own loop."""
    sockets = bind_sockets(0, "127.0.0.1")
    site = Site(origin=f"http://127.0.0.1:{sockets[0].getsockname()[1]}")
    loop, ready = asyncio.new_event_loop(), threading.Event()

    async def serve() -> None:
        HTTPServer(_application(site, clip)).add_sockets(sockets)
        ready.set()

    def run() -> None:
        asyncio.set_event_loop(loop)
        loop.run_until_complete(serve())
        loop.run_forever()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    ready.wait()
    yield site
    loop.call_soon_threadsafe(loop.stop)
    thread.join()


class _Looks(RequestHandler):
    """The style sheets of the live views, as widgets carry them."""

    def get(self, name: Name) -> None:
        """Answer with all that the views of a bundle share."""
        self.set_header("Content-Type", "text/css")
        self.write(style_of(name))


def _application(site: Site, clip: Path) -> Application:
    return Application(
        [
            (r"/page/(.*)", _Page, {"site": site}),
            (r"/static/(.*)", StaticFileHandler, {"path": str(STATIC)}),
            (r"/looks/(.*)\.css", _Looks),
            (r"/page-clips/(.*)", StaticFileHandler, {"path": str(clip.parent)}),
            (r"/without-range/clip.mp4", _WithoutRange, {"clip": clip}),
        ],
        log_function=lambda _handler: None,
    )

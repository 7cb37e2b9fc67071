"""The teacher's page and what it asks for: only with a teacher's session.

It knows cookies, headers and events. What is seen and changed is the business of `overview` and
`changes`.
"""

import asyncio
import hmac
import json
import secrets
from contextlib import suppress
from functools import partial
from importlib.resources import files
from typing import Any

from sqlalchemy.exc import SQLAlchemyError
from tornado.iostream import StreamClosedError

from hailuo_nb.errors import HailuoError
from hailuo_nb.gateway.asked import read_object
from hailuo_nb.gateway.changes import change
from hailuo_nb.gateway.handlers import BUSY, Plain, envelope_of
from hailuo_nb.gateway.overview import overview, spent_by_day
from hailuo_nb.gateway.refused import Refused
from hailuo_nb.gateway.sessions import BRAKED, LIFE_S
from hailuo_nb.gateway.sheet import sheet

COOKIE = "hailuo_class"
LOOK_S = 1.0
ALIVE_EVERY = 15
POLICY = (
    "default-src 'none'; style-src 'nonce-{nonce}'; script-src 'nonce-{nonce}'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
WELCOME = "For whoever looks after the class."
WRONG = "That is no teacher's token."


class TeacherHandler(Plain):
    """Base of what only a teacher gets."""

    @property
    def cookie(self) -> str:
        """What the browser shows."""
        return self.get_cookie(COOKIE, "") or ""

    def teacher(self) -> str | None:
        """Return the teacher's name; None for a stranger, and where the token was taken away."""
        name = self.gateway.sessions.name(self.cookie)
        return name if name is not None and self.gateway.is_teacher(name) else None

    def require_teacher(self) -> bool:
        """Return whether a teacher asks; a stranger is answered."""
        if self.teacher() is None:
            self.send_json(envelope_of(Refused(401, "Sign in as a teacher first")), 401)
            return False
        return True

    def show(self, name: str, status: int = 200, **words: str) -> None:
        """Write a page of its own, which can load nothing from anywhere."""
        nonce = secrets.token_urlsafe(16)
        self.set_status(status)
        self.set_header("Content-Security-Policy", POLICY.format(nonce=nonce))
        self.set_header("Referrer-Policy", "no-referrer")
        self.set_header("Content-Type", "text/html; charset=UTF-8")
        text = _part(name)
        parts = {"nonce": nonce, "css": _part("teacher.css"), "js": _part("teacher.js"), **words}
        for key, value in parts.items():
            text = text.replace(f"{{{key}}}", value)
        self.write(text)


class PageHandler(TeacherHandler):
    """``GET /``."""

    async def get(self) -> None:
        """Show the class, or the way in."""
        if self.teacher() is None:
            self.show("login.html", words=WELCOME)
        else:
            self.show("teacher.html", csrf=self.gateway.sessions.csrf(self.cookie))


class DoorHandler(Plain):
    """The address below a proxy without the slash at its end, as it is printed."""

    async def get(self) -> None:
        """Lead to the page, whose own addresses need it."""
        self.redirect(f"{self.gateway.prefix}/")


class LoginHandler(DoorHandler, TeacherHandler):
    """``POST /login``; whoever comes back to its address is led to the page."""

    async def post(self) -> None:
        """Open a session for a teacher's token; guesses are counted."""
        address = self.request.remote_ip or ""
        if self.gateway.brake.holds(address):
            self.show("login.html", 429, words=BRAKED)
            return
        try:
            name = await self.gateway.teacher_of(self.get_body_argument("token", ""))
        except Refused as refused:
            self.show("login.html", 503, words=refused.words)
            return
        if name is None:
            self.gateway.brake.failed(address)
            self.show("login.html", 403, words=WRONG)
            return
        self.set_cookie(
            COOKIE,
            self.gateway.sessions.open(name),
            httponly=True,
            samesite="Strict",
            secure=self._is_https(),
            max_age=LIFE_S,
            path=self.gateway.prefix or "/",
        )
        self.redirect(f"{self.gateway.prefix}/", status=303)

    def _is_https(self) -> bool:
        """Return whether the browser came so, also to a proxy; a lie costs only its teller."""
        before = self.request.headers.get("X-Forwarded-Proto", "").partition(",")[0].strip()
        return "https" in (self.request.protocol, before.lower())


class ChangeHandler(TeacherHandler):
    """``POST /change``."""

    async def post(self) -> None:
        """Change what the teacher says, where the page itself asks for it."""
        if not self.require_teacher():
            return
        shown = self.request.headers.get("X-CSRF-Token", "")
        if not hmac.compare_digest(
            shown.encode(), self.gateway.sessions.csrf(self.cookie).encode()
        ):
            self.send_json(envelope_of(Refused(403, "Load the page anew")), 403)
            return
        self.send_json(await self._changed())

    async def _changed(self) -> dict[str, Any]:
        try:
            said = read_object(self.request.body)
            if said.get("what") == "leave":
                self.clear_cookie(COOKIE, path=self.gateway.prefix or "/")
            else:
                await change(self.gateway.database, self.gateway.client, said)
        except Refused as refused:
            return envelope_of(refused)
        except (HailuoError, SQLAlchemyError):
            return envelope_of(Refused(500, BUSY))
        return {"code": 200, "msg": "success", "data": None}


class EventsHandler(TeacherHandler):
    """``GET /events``: the overview each time it has changed."""

    async def get(self) -> None:
        """Tell until the page has gone or its session has ended."""
        if not self.require_teacher():
            return
        self.set_header("Content-Type", "text/event-stream")
        self.set_header("X-Accel-Buffering", "no")
        look = partial(overview, shows_prompts=self.gateway.shows_prompts)
        before, quiet = "", 0
        while not self.gateway.ended.is_set() and self.teacher() is not None:
            try:
                told = json.dumps(await self.gateway.database.run(look))
                is_new = told != before
                if is_new or quiet >= ALIVE_EVERY:
                    self.write(f"data: {told}\n\n" if is_new else ": alive\n\n")
                    await self.flush()
                before, quiet = told, 0 if is_new else quiet + 1
            except StreamClosedError:
                return
            except SQLAlchemyError:
                pass
            with suppress(TimeoutError):
                await asyncio.wait_for(self.gateway.ended.wait(), LOOK_S)


class SheetHandler(TeacherHandler):
    """``GET /spending.csv``."""

    async def get(self) -> None:
        """Give what each student has spent on each day."""
        if not self.require_teacher():
            return
        rows = await self.gateway.database.run(lambda one: list(spent_by_day(one)))
        self.set_header("Content-Type", "text/csv; charset=UTF-8")
        self.set_header("Content-Disposition", 'attachment; filename="spending.csv"')
        self.write(sheet(("day", "student", "clips", "credits"), rows))


def _part(name: str) -> str:
    return files("hailuo_nb.gateway").joinpath("page", name).read_text("utf-8")

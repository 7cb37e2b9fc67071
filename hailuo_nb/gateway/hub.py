"""Who comes by a JupyterHub: its own tokens, asked of the Hub once a minute.

It knows the Hub's question "who is this". It must not know what a person may do.
"""

import hashlib
import json
import time
from dataclasses import dataclass

from tornado.httpclient import AsyncHTTPClient, HTTPError

from hailuo_nb.gateway.refused import Refused
from hailuo_nb.gateway.tokens import Person, Role

KEPT_S = 60.0
STALE_S = 900.0
"""How long a person is still known while the Hub does not answer."""

STRANGER_S = 10.0
KNOWN_MAX = 20_000
TIME_MAX_S = 5.0
NAME_CHARS_MAX = 251
OF_HUB = "@hub"
"""Ends the names of a Hub's people: whom the file of tokens calls so is somebody else."""

NO_ANSWER = "The Hub does not answer. Try again in a moment."


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """What the Hub has said of a token, and when by the monotonic clock."""

    person: Person | None
    at_s: float

    def holds(self) -> bool:
        kept_s = STRANGER_S if self.person is None else KEPT_S
        return time.monotonic() - self.at_s < kept_s


class Hub:
    """Asks a Hub who a token stands for.

    Parameters
    ----------
    url
        The Hub's API, such as ``http://127.0.0.1:8081/hub/api``.
    teachers
        The group whose members are teachers; a Hub's admins are, too.
    """

    def __init__(self, url: str, teachers: str) -> None:
        self._url = url.rstrip("/")
        self._teachers = teachers
        self._told: dict[str, _Told] = {}

    async def person(self, token: str) -> Person | None:
        """Return whom a token stands for; None for a stranger.

        Raises
        ------
        Refused
            500: the Hub does not answer, and has not said it before.
        """
        if not token or not all("!" <= char <= "~" for char in token):
            return None
        digest = hashlib.sha256(token.encode()).hexdigest()
        told = self._told.get(digest)
        if told is None or not told.holds():
            told = await self._ask(token, told)
            if len(self._told) >= KNOWN_MAX:
                self._told.clear()
            self._told[digest] = told
        return told.person

    def has(self, person: Person) -> bool:
        """Return whether somebody of a signed session may go on: the Hub was asked at its start."""
        return person.role == "teacher" and person.name.endswith(OF_HUB)

    async def _ask(self, token: str, before: _Told | None) -> _Told:
        try:
            reply = await AsyncHTTPClient().fetch(
                f"{self._url}/user",
                headers={"Authorization": f"token {token}"},
                request_timeout=TIME_MAX_S,
                follow_redirects=False,
                raise_error=False,
            )
        except (HTTPError, OSError):
            code, body = 599, b""
        else:
            code, body = reply.code, reply.body
        now_s = time.monotonic()
        if code == 200:
            return _Told(person=self._read(body), at_s=now_s)
        if code in (401, 403):
            return _Told(person=None, at_s=now_s)
        if before is not None and now_s - before.at_s < STALE_S:
            return before
        raise Refused(500, NO_ANSWER)

    def _read(self, body: bytes) -> Person | None:
        try:
            told = json.loads(body)
            name, kind = told["name"], told.get("kind", "user")
        except (ValueError, KeyError, TypeError, AttributeError):
            return None
        if kind != "user" or not isinstance(name, str) or not name.isprintable():
            return None
        if not 0 < len(name) <= NAME_CHARS_MAX:
            return None
        if not _is_own(told.get("scopes"), name):
            return None
        groups = told.get("groups")
        is_member = isinstance(groups, list) and self._teachers in groups
        role: Role = "teacher" if is_member or told.get("admin") is True else "student"
        return Person(name=name + OF_HUB, role=role)


def _is_own(scopes: object, name: str) -> bool:
    """Return whether a token may reach its person's own server.

    Whoever looks into somebody else's leaves a token there that says who looks, and no more: with
    it, a student would be the teacher. A Hub before 2.0 knows no scopes.
    """
    if not isinstance(scopes, list):
        return scopes is None
    every = ("access:servers", f"access:servers!user={name}")
    return any(one in every or str(one).startswith(f"{every[0]}!server={name}/") for one in scopes)

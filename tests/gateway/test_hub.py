"""People of a JupyterHub: its API is asked who they are, seldom; nobody comes in by mistake."""

import asyncio
import json

import pytest

from hailuo_nb.gateway import hub
from hailuo_nb.gateway.hub import Hub
from hailuo_nb.gateway.refused import Refused
from hailuo_nb.gateway.tokens import Person
from tests.support.loopback import Reply, loopback_server


def teacher_of(name: str) -> Person:
    """Return a teacher of a name."""
    return Person(name=name, role="teacher")


class Answers:
    """What a Hub says next, and how often it was asked."""

    def __init__(self) -> None:
        self.status, self.body, self.asked = 200, b"", 0

    def say(self, status: int, **model: object) -> None:
        """Say this from now on."""
        self.status, self.body = status, json.dumps(model).encode()

    def reply(self, path: str) -> Reply:
        """Answer as the Hub does."""
        assert path == "/hub/api/user"
        self.asked += 1
        return self.status, {"Content-Type": "application/json"}, self.body


@pytest.mark.parametrize(
    ("model", "role"),
    [
        ({"name": "ada", "kind": "user"}, "student"),
        ({"name": "ada", "kind": "user", "groups": ["other"], "admin": False}, "student"),
        ({"name": "ada", "kind": "user", "groups": ["staff"]}, "teacher"),
        ({"name": "ada", "kind": "user", "admin": True}, "teacher"),
        ({"name": "ada", "kind": "user", "scopes": ["access:servers!user=ada"]}, "student"),
        ({"name": "ada", "kind": "user", "scopes": ["a", "access:servers!server=ada/"]}, "student"),
        ({"name": "ada", "admin": True, "scopes": ["access:servers"]}, "teacher"),
        ({"name": "ada", "admin": True, "scopes": ["access:servers!server=ben/"]}, None),
        ({"name": "ada", "groups": ["staff"], "scopes": ["read:users!user=ada"]}, None),
        ({"name": "ada", "scopes": "access:servers"}, None),
        ({"name": "cull", "kind": "service"}, None),
        ({"name": "", "kind": "user"}, None),
        ({"name": "a\x00\ud800", "kind": "user"}, None),
        ({"name": "a" * 252, "kind": "user"}, None),
        ({"kind": "user", "admin": "yes"}, None),
    ],
)
def test_the_hub_says_who_it_is(model: dict[str, object], role: str | None) -> None:
    """A user by name, a teacher by group or as the Hub's admin; a service is nobody.

    Nor is a token that was given to somebody else's server, to tell who looks in there.
    """
    answers = Answers()
    answers.say(200, **model)

    async def main(origin: str) -> None:
        people = Hub(f"{origin}/hub/api/", "staff")
        person = await people.person("a-token")
        assert (person and person.role) == role
        assert people.has(teacher_of("ada@hub"))
        # Somebody of the file of tokens who was taken out of it, and whom a user is called like.
        assert not people.has(teacher_of("ada"))
        assert person is None or person.name == "ada@hub"

    with loopback_server(answers.reply) as origin:
        asyncio.run(main(origin))


def test_the_hub_is_asked_seldom_and_may_be_away(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who is known stays so for a while without it; a stranger, or a token taken back, does not."""
    answers = Answers()

    async def main(origin: str) -> None:
        people = Hub(f"{origin}/hub/api", "staff")
        answers.say(200, name="ada", kind="user")
        for _ in range(3):
            assert (await people.person("a-token")).name == "ada@hub"
        assert answers.asked == 1
        monkeypatch.setattr(hub, "KEPT_S", 0.0)
        answers.say(503)
        assert (await people.person("a-token")).name == "ada@hub"
        with pytest.raises(Refused, match="does not answer"):
            await people.person("another")
        answers.say(403)
        assert await people.person("a-token") is None
        assert await people.person("") is None
        assert await people.person("a\r\nX: b") is None

    with loopback_server(answers.reply) as origin:
        asyncio.run(main(origin))

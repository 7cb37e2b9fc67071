"""A class on a real JupyterHub, behind its proxy, as `docs/class.md` has it set up."""

import asyncio
from collections.abc import Iterator

import httpx
import pytest

from tests.gateway.classroom import T2V
from tests.gateway.real_hub import TEACHER, RealHub, running_hub

pytestmark = pytest.mark.matrix

ASKED = {"model": T2V, "input": {"prompt": "A boat."}}
CELL = """
%load_ext hailuo_nb
get_ipython().run_cell_magic("hailuo", "boat --wait", "A boat in the fog.")
"""


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealHub]:
    """Run a Hub with two students beside the teacher."""
    with running_hub(tmp_path_factory.mktemp("hub")) as running:
        for name in ("ada", "ben"):
            running.api("POST", f"/users/{name}")
        yield running


def below(hub: RealHub, token: str | None = None) -> httpx.Client:
    """Return a client of the gateway, below its path at the Hub's address."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return httpx.Client(base_url=f"{hub.url}/services/class", headers=headers, timeout=60)


def test_a_student_makes_a_clip_with_nothing_but_the_own_server(hub: RealHub) -> None:
    """The notebook's own variables are enough; the neighbour has neither the clip nor its price."""
    hub.serve("ada")
    shown = asyncio.run(hub.run("ada", CELL))
    assert "boat: Done in" in shown, shown
    with below(hub, hub.token("ada")) as ada, below(hub, hub.token("ben")) as ben:
        assert ada.get("/api/v1/chat/credit").json()["data"] == 270
        assert ben.get("/api/v1/chat/credit").json()["data"] == 300
        task_id = ada.post("/api/v1/jobs/createTask", json=ASKED).json()["data"]["taskId"]
        looked = {"taskId": task_id}
        assert ada.get("/api/v1/jobs/recordInfo", params=looked).json()["code"] == 200
        assert ben.get("/api/v1/jobs/recordInfo", params=looked).json()["code"] == 422


def test_the_group_of_teachers_gets_the_page(hub: RealHub) -> None:
    """By a token of the token page; not a student, nor by what a teacher left in their server."""
    own, left = hub.token(TEACHER), hub.token(TEACHER, "access:servers!server=ada/")
    student = hub.token("ben")
    with below(hub, student) as http:
        assert http.get("/api/v1/chat/credit").json()["data"] == 300
    for token in (student, left, "guessed"):
        with below(hub) as http:
            assert http.post("/login", data={"token": token}).status_code == 403
            assert http.get("/events").status_code == 401
    with below(hub, left) as http:
        assert http.get("/api/v1/chat/credit").json()["code"] == 401
    with below(hub) as http:
        reply = http.post("/login", data={"token": own})
        assert (reply.status_code, reply.headers["location"]) == (303, "/services/class/")
        assert 'name="csrf"' in http.get("/").text
        with http.stream("GET", "/events") as events:
            told = next(events.iter_text())
        assert "ben@hub" in told

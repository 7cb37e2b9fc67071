"""Who may come in: the owner, curl and other clients; no foreign page, and nobody who guesses."""

import hashlib
import hmac
import json
import re
import socket
from pathlib import Path

import httpx
import psutil
import pytest

from tests.simulator.owner import HEADER, TOKEN, environment
from tests.simulator.process import KEY, QUICK, Simulator, make_png, wait_for

DOORS = ("/_sim/ledger", "/_sim/health", "/_sim/faults", "/_sim/credits", "/_sim/what")
EVERYWHERE = (*DOORS, "/_sim/prove", "/api/v1/chat/credit", "/files/results/x.mp4", "/", "/x")
CREATE = "/api/v1/jobs/createTask"
BODY = {"model": "hailuo/02-text-to-video-standard", "input": {"prompt": "a letter"}}


def port_of(sim: Simulator) -> str:
    return sim.url.rpartition(":")[2]


def raw(sim: Simulator, head: str) -> str:
    """Return the status line and head of what raw lines are answered with."""
    with socket.create_connection(("127.0.0.1", int(port_of(sim))), timeout=30) as connection:
        connection.sendall(head.encode("latin-1"))
        return connection.recv(65536).decode()


@pytest.mark.parametrize(
    "host",
    [
        "evil.example:{port}", "evil.example", "127.0.0.1", "127.0.0.1:1", "localhost.evil:{port}",
        "127.0.0.1.evil.example:{port}", "[::2]:{port}", "0.0.0.0:{port}", "127.0.0.1:{port}0",
        "2130706433:{port}",
    ],
)  # fmt: skip
def test_a_host_of_another_name_or_port_reaches_nothing(sim, host):
    """A name that was made to point here is refused at every path, whatever else is right."""
    headers = {"Host": host.format(port=port_of(sim))}
    for path in EVERYWHERE:
        assert sim.http.get(path, headers=headers).status_code in (400, 403), path
    before = len(sim.ledger())
    assert sim.http.post(CREATE, json=BODY, headers=headers).status_code in (400, 403)
    assert len(sim.ledger()) == before


def test_a_request_without_or_with_two_hosts_is_refused(sim):
    """What names no host, two, or a user before it is nobody's request, in any version of HTTP."""
    own = f"Host: 127.0.0.1:{port_of(sim)}\r\n"
    for head in (
        "GET / HTTP/1.0\r\n\r\n",
        f"GET / HTTP/1.1\r\n{own}Host: evil\r\n\r\n",
        f"GET / HTTP/1.1\r\n{own.strip()},evil\r\n\r\n",
        f"GET / HTTP/1.1\r\nHost: evil@{own[6:]}\r\n",
        "GET / HTTP/1.1\r\nHost:\r\n\r\n",
    ):
        assert re.match(r"HTTP/1\.\d (400|403) |$", raw(sim, head))
    absolute = f"GET http://evil.example/_sim/prove?nonce={'0' * 32} HTTP/1.1\r\n{own}\r\n"
    assert "proof" not in raw(sim, absolute)


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "LOCALHOST", "[::1]"])
def test_every_name_of_loopback_is_served(sim, name):
    """Other clients name this machine as they like, with any key."""
    host = f"{name}:{port_of(sim)}"
    for headers in ({"Host": host}, {"Host": host, "Origin": f"http://{host}"}):
        answer = sim.http.post(CREATE, json=BODY, headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (200, 200)


def test_an_ipv6_simulator_is_served_by_its_name(start):
    """On ``::1`` it is the same."""
    sim = start(*QUICK, "--host", "::1")
    assert sim.url.startswith("http://[::1]:")
    assert sim.http.post(CREATE, json=BODY).json()["code"] == 200
    assert sim.http.post(CREATE, json=BODY, headers={"Host": "evil:80"}).status_code == 403


@pytest.mark.parametrize(
    "origin",
    ["null", "https://evil.example", "http://127.0.0.1", "http://localhost:8888", "file://", "",
     "https://127.0.0.1:{port}", "http://127.0.0.1:{port}.evil.example", "moz-extension://x"],
)  # fmt: skip
def test_a_foreign_page_reaches_nothing(sim, origin):
    """A page of another origin, or of none, is refused with key and token, and gets no CORS."""
    headers = {"Origin": origin.format(port=port_of(sim))}
    for path in EVERYWHERE:
        answer = sim.http.get(path, headers=headers)
        assert answer.status_code == 403, path
        assert not [name for name in answer.headers if name.startswith("access-control")]
    asked = headers | {"Access-Control-Request-Method": "POST"}
    assert sim.http.options(CREATE, headers=asked).status_code == 403
    before = len(sim.ledger())
    assert sim.http.post(CREATE, json=BODY, headers=headers).status_code == 403
    assert len(sim.ledger()) == before


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "", "text/plain; application/json",
             "multipart/form-data; boundary=x", "application/jsonp"],
)  # fmt: skip
def test_a_body_that_needs_no_permission_is_refused(sim, kind):
    """What a page may post anywhere without asking is not taken for JSON, at any door."""
    before = len(sim.ledger())
    for path in (CREATE, "/_sim/faults", "/_sim/credits", "/api/file-base64-upload", "/x"):
        body = json.dumps(BODY | {"faults": ["no-credit"], "credits": 0})
        answer = sim.http.post(path, content=body, headers={"Content-Type": kind})
        assert (answer.status_code, answer.json()["code"]) == (415, 415), path
    assert (len(sim.ledger()), sim.http.get("/_sim/faults").json()["faults"]) == (before, [])


@pytest.mark.parametrize("kind", ["application/json", "Application/JSON;charset=UTF-8"])
def test_json_is_taken_in_every_spelling(sim, kind):
    """The media type counts, not how it is written."""
    answer = sim.http.post(CREATE, content=json.dumps(BODY), headers={"Content-Type": kind})
    assert answer.json()["code"] == 200


@pytest.mark.parametrize(
    "token", ["", TOKEN[:-1], TOKEN + "x", TOKEN.upper(), "\xff".encode(), KEY]
)
def test_the_owners_doors_need_the_token(sim, token):
    """Without it, or with almost it, nothing is told and nothing changes."""
    with httpx.Client(
        base_url=sim.url, headers=sim.bearer(KEY) | {HEADER: token}, timeout=60
    ) as http:
        for path in DOORS:
            for answer in (http.get(path), http.post(path, json={"faults": ["no-credit"]})):
                assert answer.status_code == 401, path
                assert set(answer.json()) == {"code", "msg"}
                assert TOKEN not in answer.text
    assert sim.http.get("/_sim/faults").json()["faults"] == []


def test_the_token_is_told_by_no_door(sim):
    """Not even to its owner."""
    for path in (*DOORS, "/_sim/prove?nonce=" + "a" * 32):
        assert TOKEN not in sim.http.get(path).text


def test_open_ledger_opens_the_ledger_alone(start):
    """It is read without a token in its ordinary form, by this machine's own programs."""
    sim = start(*QUICK, "--open-ledger")
    task_id = sim.create_id()
    rows = httpx.get(f"{sim.url}/_sim/ledger", timeout=60).json()
    assert [row["taskId"] for row in rows] == [task_id]
    assert set(rows[0]) == {
        "taskId", "account", "model", "input", "state", "creditsHeld", "creditsConsumed",
        "createTime", "startTime", "completeTime", "recordInfoRequests",
    }  # fmt: skip
    assert httpx.post(f"{sim.url}/_sim/ledger", json={}, timeout=60).status_code == 401
    assert {httpx.get(sim.url + path, timeout=60).status_code for path in DOORS[1:]} == {401}
    for headers in ({"Host": "evil"}, {"Origin": "null"}):
        assert httpx.get(f"{sim.url}/_sim/ledger", headers=headers, timeout=60).status_code == 403


def test_a_token_of_its_own_is_printed_once_to_stderr(start):
    """Without one given, the owner reads it there; an empty variable is none given."""
    sim = start(*QUICK, env=environment(""))
    assert sim.http.get("/_sim/health").status_code == 401
    found = re.findall(rb"^token for /_sim: ([0-9a-f]{32})$", sim.errors, re.MULTILINE)
    assert len(found) == 1
    sim.http.headers[HEADER] = found[0].decode()
    assert sim.http.get("/_sim/health").json()["pid"] == sim.process.pid
    assert sim.errors.count(found[0]) == 1


def test_a_given_token_is_printed_nowhere_and_handed_to_nobody(start):
    """The command line goes before the environment, and workers get neither."""
    sim = start(*QUICK, "--token", "of-the-command-line")
    sim.http.headers[HEADER] = "of-the-command-line"
    sim.create_id()
    assert sim.http.get("/_sim/health").status_code == 200
    own = psutil.Process(sim.process.pid)
    for worker in wait_for(own.children):
        # Between fork and exec it still has its parent's words and variables.
        wait_for(lambda worker=worker: worker.cmdline() not in ([], own.cmdline()))
        assert "HAILUO_SIMULATOR_TOKEN" not in worker.environ()
        assert "of-the-command-line" not in " ".join(worker.cmdline())
    assert sim.close() == 0
    assert b"token" not in sim.errors


def test_it_proves_who_it_is_to_whoever_asks(sim):
    """A nonce is answered with an HMAC over it and the address; anything else is refused."""
    bare = httpx.get(f"{sim.url}/_sim/prove?nonce={'5e' * 16}", timeout=60).json()
    text = f"prove {sim.url} {'5e' * 16}".encode()
    assert bare == {"proof": hmac.new(TOKEN.encode(), text, hashlib.sha256).hexdigest()}
    for nonce in ("", "5e", "5E" * 16, "x" * 32, "5e" * 65):
        assert httpx.get(f"{sim.url}/_sim/prove?nonce={nonce}", timeout=60).status_code == 400


@pytest.mark.parametrize("more", [(), ("--documented",)])
def test_names_of_files_cannot_be_guessed(start, png, more):
    """Who knows the task, the account and the name of an upload still has not its address."""
    sims = [start(*QUICK, *more) for _ in range(2)]
    seals = []
    for sim in sims:
        task_id = sim.create_id()
        url, image = sim.clip_url(task_id), sim.upload(png, "a.png", "p")["data"]
        second = sim.upload(png, "b.png", "p")["data"]
        places = [url, *(data.get("downloadUrl") or data["fileUrl"] for data in (image, second))]
        assert {httpx.get(place, timeout=60).status_code for place in places} == {200}
        found = [re.findall(r"/([0-9a-f]{32})/", place) for place in places]
        assert [len(seal) for seal in found] == [1, 1, 1]
        seals += [seal[0] for seal in found]
        account = sim.ledger()[0]["account"]
        none = "0" * 32
        for guess in (
            f"results/{task_id}.mp4", f"results//{task_id}.mp4", f"results/{none}/{task_id}.mp4",
            f"results/{seals[-1]}/{task_id}.mp4", f"results/{none}/../{seals[-3]}/{task_id}.mp4",
            f"kieai/{account}/p/a.png", f"kieai/{seals[-2]}/p/b.png", f"kieai/{none}/p/a.png",
        ):  # fmt: skip
            head = f"GET /files/{guess} HTTP/1.1\r\nHost: localhost:{port_of(sim)}\r\n\r\n"
            assert raw(sim, head)[9:12] == "404", guess
    assert len(set(seals)) == 6


def test_asking_for_a_link_opens_no_guessed_name(sim):
    """A signed link to what is not there is a link to nothing; no signature is another's seal."""
    task_id = sim.create_id()
    sim.finished(task_id)
    for path in (f"results/{task_id}.mp4", f"clip:{task_id}", f"upload:{task_id}"):
        asked = {"url": f"{sim.url}/files/{path}"}
        link = sim.http.post("/api/v1/common/download-url", json=asked).json()["data"]
        assert sim.http.get(link).status_code == 404
        seal = link.rpartition("sig=")[2]
        guess = f"{sim.url}/files/results/{seal}/{task_id}.mp4"
        assert sim.http.get(guess).status_code == 404


def test_an_upload_names_no_account(sim):
    """The address of a picture does not tell whose it is, and stays when it is overwritten."""
    data = sim.upload(make_png(40, 40), "same.png", "p")["data"]
    assert sim.http.get("/api/v1/chat/credit").json()["code"] == 200
    sim.create_id()
    assert sim.ledger()[-1]["account"] not in data["downloadUrl"]
    assert (
        sim.upload(make_png(44, 40), "same.png", "p")["data"]["downloadUrl"] == data["downloadUrl"]
    )


def test_state_files_are_the_owners_alone(start, tmp_path):
    """Started by hand, too, nobody else can read the ledger that the seals are made with."""
    folder = tmp_path / "open"
    folder.mkdir(mode=0o755)
    sim = start(*QUICK, "--state-dir", str(folder))
    sim.upload(make_png(40, 40))
    sim.clip(sim.create_id())
    kept = [path for path in folder.rglob("*") if path.is_file()]
    assert len(kept) >= 3
    assert [path for path in kept if Path(path).stat().st_mode & 0o077] == []

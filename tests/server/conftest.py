"""A real Jupyter Server below a prefix, with a token, and a history that it is told of."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest
from jupyter_server.auth import Authorizer, User
from jupyter_server.base.handlers import JupyterHandler

from hailuo_nb.store.history import History
from hailuo_nb.store.registry import register
from tests.support.ports import free_port

PREFIX = "/user/ann/"
DENIED = "X-Denied"
TOKEN = "a-token-of-the-tests"
START_S = 120


class Choosy(Authorizer):
    """Refuses who has a header of its own to read contents and to start kernels."""

    def is_authorized(
        self, handler: JupyterHandler, user: User, action: str, resource: str
    ) -> bool:
        """Judge a request."""
        ours = (action, resource) in (("read", "contents"), ("write", "kernels"))
        return not ours or DENIED not in handler.request.headers


@dataclass(frozen=True, slots=True, kw_only=True)
class JupyterServer:
    """A running server, and the history that it tells of."""

    origin: str
    root: Path
    home: Path
    history: History
    client: httpx.Client = field(repr=False)

    def ask(self, where: str, body: object, **headers: str) -> httpx.Response:
        """Ask as the person's own program does."""
        given = {"Authorization": f"token {TOKEN}"} | headers
        return self.client.post(f"{PREFIX}hailuo/{where}", json=body, headers=given)

    def get(self, where: str, **headers: str) -> httpx.Response:
        """Ask for a file as the person's own program does."""
        given = {"Authorization": f"token {TOKEN}"} | headers
        return self.client.get(f"{PREFIX}hailuo/{where}", headers=given)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[JupyterServer]:
    """Run a server for the tests of a file."""
    folder = tmp_path_factory.mktemp("server")
    (folder / "run").mkdir(mode=0o700)
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith(("HAILUO_", "KIE_"))]:
            patch.delenv(name)
        patch.setenv("XDG_RUNTIME_DIR", str(folder / "run"))
        patch.setenv("HOME", str(folder))
        for name in ("CONFIG", "DATA", "RUNTIME"):
            patch.setenv(f"JUPYTER_{name}_DIR", str(folder / name.lower()))
        with running_server(folder) as started:
            yield started


@contextmanager
def running_server(folder: Path) -> Iterator[JupyterServer]:
    """Start a server that serves a folder within ``folder``, and end it."""
    (folder / "root").mkdir()
    (folder / "home").mkdir()
    port = free_port()
    command = [
        *(sys.executable, "-m", "jupyter_server", "--no-browser", "--allow-root"),
        *(f"--port={port}", "--ServerApp.port_retries=0", f"--ServerApp.base_url={PREFIX}"),
        "--ServerApp.authorizer_class=tests.server.conftest.Choosy",
        *(f"--IdentityProvider.token={TOKEN}", f"--ServerApp.root_dir={folder / 'root'}"),
    ]
    origin = f"http://127.0.0.1:{port}"
    with (
        (folder / "log").open("wb") as log,
        History(folder / "home") as history,
        httpx.Client(base_url=origin, timeout=60) as client,
    ):
        register(folder / "home", history.holder)
        process = subprocess.Popen(command, stdout=log, stderr=log, stdin=subprocess.DEVNULL)
        try:
            wait_until_up(client, process, folder / "log")
            yield JupyterServer(
                origin=origin,
                root=folder / "root",
                home=folder / "home",
                history=history,
                client=client,
            )
        finally:
            process.terminate()
            process.wait(60)


def wait_until_up(client: httpx.Client, process: "subprocess.Popen[bytes]", log: Path) -> None:
    """Hold until a server answers."""
    ends = time.monotonic() + START_S
    while process.poll() is None and time.monotonic() < ends:
        try:
            client.get(f"{PREFIX}api").raise_for_status()
            return
        except httpx.TransportError:
            time.sleep(0.1)
    raise RuntimeError(log.read_text())

"""A JupyterHub on loopback with its proxy, set up by the text of `docs/class.md`."""

import asyncio
import json
import os
import re
import secrets
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from tornado.httpclient import HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

from tests.simulator.process import wait_for
from tests.support.ports import free_port

ROOT = Path(__file__).parents[2]
PROXY = ROOT / ".venv" / "proxy" / "node_modules" / ".bin" / "configurable-http-proxy"
TEACHER = "tess"
LONGEST_S = 120.0
CONFIG = """
c = get_config()
{example}
(service,) = c.JupyterHub.services
service["command"] += ["--simulator", "--results", "stream"]
service["environment"]["HAILUO_HOME"] = {home!r}
c.JupyterHub.services.append({{"name": "tests", "api_token": {token!r}}})
scopes = ["admin:users", "admin:servers", "tokens"]
c.JupyterHub.load_roles = [
    {{"name": "tests", "scopes": scopes, "services": ["tests"]}},
    {{"name": "helpers", "scopes": ["access:servers"], "groups": ["teachers"]}},
]
c.JupyterHub.load_groups = {{"teachers": {{"users": [{teacher!r}]}}}}
c.JupyterHub.bind_url = {url!r}
c.JupyterHub.hub_bind_url = "http://127.0.0.1:{hub_port}"
c.JupyterHub.authenticator_class = "dummy"
c.JupyterHub.spawner_class = "simple"
c.Authenticator.allow_all = True
c.ConfigurableHTTPProxy.command = {proxy!r}
c.ConfigurableHTTPProxy.api_url = "http://127.0.0.1:{proxy_port}"
c.Spawner.environment["HAILUO_HOME"] = {home!r}
c.SimpleLocalProcessSpawner.home_dir_template = {home!r} + "/{{username}}"
c.Spawner.args = ["--allow-root"]
c.Spawner.http_timeout = 100
"""
"""The example of the documents, with a simulator, people, and ports that are free."""


@dataclass(frozen=True, kw_only=True)
class RealHub:
    """A running Hub: its address, and what tests ask of it."""

    url: str
    http: httpx.Client

    def api(self, method: str, path: str, **body: object) -> Any:
        """Ask the Hub's API as somebody who may do everything that tests need."""
        reply = self.http.request(method, f"/hub/api{path}", json=body or None)
        assert reply.status_code < 400, (path, reply.text)
        return reply.json() if reply.content else None

    def token(self, name: str, *scopes: str) -> str:
        """Return a new token of somebody; of all that they may, where no scopes are named."""
        asked = {"scopes": list(scopes)} if scopes else {"note": "of the token page"}
        return str(self.api("POST", f"/users/{name}/tokens", **asked)["token"])

    def serve(self, name: str) -> None:
        """Start somebody's own server and wait until it is there."""
        self.api("POST", f"/users/{name}/server")
        wait_for(lambda: self.api("GET", f"/users/{name}")["servers"][""]["ready"], LONGEST_S)

    async def run(self, name: str, code: str) -> str:
        """Run code in a new kernel on somebody's server, and return all that it shows."""
        kernel, shown = await self._kernel(name), ""
        header = {"msg_id": secrets.token_hex(16), "msg_type": "execute_request", "version": "5.3"}
        header |= {"username": name, "session": secrets.token_hex(16)}
        content = {"code": code, "silent": False, "store_history": False, "allow_stdin": False}
        said = {"channel": "shell", "header": header, "content": content}
        await kernel.write_message(json.dumps(said | {"parent_header": {}, "metadata": {}}))
        async with asyncio.timeout(LONGEST_S):
            while (text := await kernel.read_message()) is not None:
                told = json.loads(text)
                if told["parent_header"].get("msg_id") != header["msg_id"]:
                    continue
                shown += json.dumps(told["content"])
                if told["msg_type"] == "execute_reply":
                    assert told["content"]["status"] == "ok", shown
                    break
        kernel.close()
        return shown

    async def _kernel(self, name: str) -> WebSocketClientConnection:
        """Start one and return the way to it, through the proxy."""
        path, headers = f"/user/{name}/api/kernels", {"Authorization": f"token {self.token(name)}"}
        reply = self.http.post(path, headers=headers, json={})
        assert reply.status_code == 201, reply.text
        url = self.url.replace("http:", "ws:") + f"{path}/{reply.json()['id']}/channels"
        return await websocket_connect(HTTPRequest(url, headers=headers))


@contextmanager
def running_hub(folder: Path) -> Iterator[RealHub]:
    """Run one for the block, with its proxy, and the gateway as its service."""
    assert PROXY.exists(), "configurable-http-proxy is missing: make matrix installs it by npm"
    config, url = folder / "jupyterhub_config.py", f"http://127.0.0.1:{free_port()}"
    token, hub_port = secrets.token_hex(16), free_port()
    parts = {"home": str(folder / "home"), "token": token, "teacher": TEACHER, "url": url}
    parts |= {"hub_port": hub_port, "proxy_port": free_port(), "proxy": [str(PROXY)]}
    config.write_text(CONFIG.format(example=example(url, hub_port), **parts), "utf-8")
    env = {name: value for name, value in os.environ.items() if not name.startswith("HAILUO_")}
    env |= {"HAILUO_GATEWAY_KEY": "not-asked-for", "CONFIGPROXY_AUTH_TOKEN": token}
    env["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{env['PATH']}"
    with (folder / "hub.log").open("wb") as log:
        command = [sys.executable, "-m", "jupyterhub", "-f", str(config)]
        hub = subprocess.Popen(command, cwd=folder, env=env, stdout=log, stderr=log)
    headers = {"Authorization": f"token {token}"}
    with httpx.Client(base_url=url, headers=headers, timeout=60) as http:
        try:
            wait_for(lambda: _answers(http, hub), LONGEST_S)
            yield RealHub(url=url, http=http)
        finally:
            hub.send_signal(signal.SIGTERM)
            hub.wait(60)


def example(url: str, hub_port: int) -> str:
    """Return the configuration that the documents show, for these addresses."""
    text = (ROOT / "docs" / "class.md").read_text("utf-8")
    (block,) = re.findall(r"```python\n(.*?c\.JupyterHub\.services.*?)```", text, re.DOTALL)
    places = {"https://hub.example": url, "8090": str(free_port()), "8081": str(hub_port)}
    for named, place in places.items():
        assert named in block
        block = block.replace(named, place)
    return str(block)


def _answers(http: httpx.Client, hub: subprocess.Popen[bytes]) -> bool:
    assert hub.poll() is None, "the Hub has ended; see its log"
    try:
        return http.get("/services/class/").status_code == 200
    except httpx.TransportError:
        return False

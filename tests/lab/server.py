"""A real JupyterLab, started for a test and ended after it."""

import json
import os
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.response import addinfourl

from playwright.sync_api import Error, Page

from tests.support.ports import free_port

START_S = 120
IS_RESTORED = """() => {
  window.jupyterapp?.restored.then(() => { window.isRestored = true; });
  return window.isRestored === true;
}"""
"""Asked again and again: a promise that is waited for is lost with a page that begins anew."""

OPEN = """async (path) => {
  const { commands, shell } = window.jupyterapp;
  const shown = await commands.execute("docmanager:open", { path, factory: "Notebook" });
  shell.activateById(shown.id);
}"""
CLOSE = """() => {
  for (const shown of [...window.jupyterapp.shell.widgets("main")]) {
    if (shown.context) shown.context.model.dirty = false; // it would ask whether to save
    shown.close();
  }
}"""
_NO_NEWS = '{"fetchNews":"false","checkForUpdates":false}'


@dataclass(frozen=True, slots=True, kw_only=True)
class Lab:
    """A running JupyterLab and the folder that it shows; ``token`` lets in, where it needs one."""

    origin: str
    root: Path
    token: str = ""
    process: "LabProcess"

    def open(self, page: Page, notebook: str, *, app: str = "lab") -> None:
        """Open a notebook in JupyterLab or in Notebook and wait until its cells are drawn.

        A second page of JupyterLab, "lab/workspaces/" and a name, has a workspace of its own.
        """
        place = f"notebooks/{notebook}?" if app == "notebook" else f"{app}/tree/{notebook}?reset"
        login = f"&token={self.token}" if self.token else ""
        page.goto(f"{self.origin}/{place}{login}", wait_until="domcontentloaded")
        self._wait_until_loaded(page)

    def reload(self, page: Page) -> None:
        """Load a page anew that shows a notebook."""
        page.reload(wait_until="domcontentloaded")
        self._wait_until_loaded(page)

    def _wait_until_loaded(self, page: Page) -> None:
        page.wait_for_function(IS_RESTORED, timeout=START_S * 1000)
        self._wait_until_drawn(page)

    def show(self, page: Page, notebook: str, *, app: str = "lab") -> None:
        """Open a notebook where JupyterLab is open already, which takes a fourth of the time.

        A JupyterLab that does not show it, for it lost the server's answer, is loaded anew.
        """
        if app == "lab" and page.url.startswith(f"{self.origin}/lab"):
            with suppress(Error):
                page.evaluate(OPEN, notebook)
                self._wait_until_drawn(page)
                return
        self.open(page, notebook, app=app)

    def clear(self, page: Page) -> None:
        """Close what is shown; a page that is not JupyterLab, or asks something, is left."""
        is_lab = page.url.startswith(f"{self.origin}/lab")
        if is_lab and not page.locator(".jp-Dialog").count():
            page.evaluate(CLOSE)
        else:
            page.goto("about:blank")

    def _wait_until_drawn(self, page: Page) -> None:
        page.wait_for_function(
            "() => window.jupyterapp.shell.currentWidget?.context?.isReady", timeout=START_S * 1000
        )

    def end_kernels(self) -> None:
        """End every kernel of the server."""
        with self._asked("GET", "sessions") as reply:
            sessions = json.load(reply)
        for session in sessions:
            self._asked("DELETE", f"sessions/{session['id']}").close()

    def _asked(self, method: str, what: str) -> addinfourl:
        headers = {"Authorization": f"token {self.token}"} if self.token else {}
        address = f"{self.origin}/api/{what}"
        asked = urllib.request.Request(address, method=method, headers=headers)
        reply: addinfourl = urllib.request.urlopen(asked)
        return reply


class LabProcess:
    """The process of a JupyterLab, which may be killed and started again at the same address."""

    def __init__(self, words: list[str], home: Path) -> None:
        self._words, self._home, self._env = words, home, _environment(home)
        self._log = (home / "server.log").open("ab")
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, origin: str) -> None:
        """Start it, in a process group of its own, and hold until it answers."""
        self._process = subprocess.Popen(
            self._words, env=self._env, stdout=self._log, stderr=self._log,
            cwd=self._home, start_new_session=True,
        )  # fmt: skip
        _wait_until_up(origin, self._process, self._home / "server.log")

    @property
    def pid(self) -> int:
        """The server's process id."""
        assert self._process is not None
        return self._process.pid

    def kill(self) -> None:
        """Kill -9 the server alone; its kernels end by that."""
        assert self._process is not None
        self._process.kill()
        self._process.wait()

    def end(self) -> None:
        """End it and what it has started."""
        if self._process is not None:
            _end(self._process)
        self._log.close()


@contextmanager
def running_lab(home: Path, *, python: str = sys.executable, token: str = "") -> Iterator[Lab]:
    """Start JupyterLab on a free loopback port.

    ``python`` is that of the environment which it runs in. Without a token anybody may do anything,
    and its guard against other sites is off.
    """
    root = home / "notebooks"
    root.mkdir()
    port = free_port()
    process = LabProcess(_command(python, port, root, token), home)
    lab = Lab(origin=f"http://127.0.0.1:{port}", root=root, token=token, process=process)
    try:
        process.start(lab.origin)
        yield lab
    finally:
        process.end()


def _command(python: str, port: int, root: Path, token: str) -> list[str]:
    return [
        *(python, "-m", "jupyter", "lab", "--no-browser", "--allow-root"),
        *(f"--port={port}", "--ServerApp.port_retries=0", "--ServerApp.ip=127.0.0.1"),
        *(f"--IdentityProvider.token={token}", "--ServerApp.password="),
        *(f"--ServerApp.disable_check_xsrf={not token}", f"--ServerApp.root_dir={root}"),
        *("--LabApp.expose_app_in_browser=True", "--JupyterNotebookApp.expose_app_in_browser=True"),
    ]


def _environment(home: Path) -> dict[str, str]:
    settings = home / "settings" / "@jupyterlab" / "apputils-extension"
    settings.mkdir(parents=True)
    (settings / "notification.jupyterlab-settings").write_text(_NO_NEWS)
    return os.environ | {
        "JUPYTER_CONFIG_DIR": str(home / "config"),
        "JUPYTER_DATA_DIR": str(home / "data"),
        "JUPYTER_RUNTIME_DIR": str(home / "runtime"),
        "IPYTHONDIR": str(home / "ipython"),
        "JUPYTERLAB_SETTINGS_DIR": str(home / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(home / "workspaces"),
    }


def _wait_until_up(origin: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    for _ in range(START_S * 10):
        with suppress(OSError, urllib.error.URLError):
            urllib.request.urlopen(f"{origin}/api", timeout=1).close()
            return
        with suppress(subprocess.TimeoutExpired):
            process.wait(0.1)
            break
    raise RuntimeError(log.read_text())


def _end(process: "subprocess.Popen[bytes]") -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

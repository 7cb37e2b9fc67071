"""One notebook open in JupyterLab: run its cells, look at its outputs, save it."""

from pathlib import Path

import nbformat
from playwright.sync_api import Locator, Page

from tests.lab.server import Lab

KERNEL = {"name": "python3", "display_name": "Python 3", "language": "python"}
IDLE = """() => {
  const context = window.jupyterapp?.shell.currentWidget?.context;
  const kernel = context?.sessionContext?.session?.kernel;
  return context?.isReady && kernel?.connectionStatus === 'connected' && kernel.status === 'idle';
}"""
ACTIVATE = "window.jupyterapp.shell.currentWidget.content.activeCellIndex = {cell}"
RUN_NEXT = "notebook:run-cell-and-select-next"
PLAY = """async (video) => {
  const heard = (type) => new Promise((done) => video.addEventListener(type, done, { once: true }));
  await video.play();
  const [start, ticked] = [video.currentTime, heard("timeupdate")];
  while (video.currentTime <= start) await heard("timeupdate");
  video.pause();
  const seeked = heard("seeked");
  video.currentTime = 1;
  await seeked;
  return [video.currentTime, video.videoWidth];
}"""
"""Plays a clip, seeks to 1 s, and tells where it is and how wide."""


class Notebook:
    """A notebook in the browser."""

    def __init__(
        self, lab: Lab, page: Page, name: str, cells: list[str], *, app: str = "lab"
    ) -> None:
        self.lab, self.page, self.path = lab, page, lab.root / name
        notebook = nbformat.v4.new_notebook(metadata={"kernelspec": KERNEL})
        notebook.cells = [nbformat.v4.new_code_cell(cell) for cell in cells]
        nbformat.write(notebook, self.path)
        lab.show(page, name, app=app)
        self.wait_idle()
        page.evaluate(ACTIVATE.format(cell=0))

    def run_next(self, *, wait: bool = True) -> None:
        """Run the active cell and go on to the next, as Shift+Enter does."""
        self._command(RUN_NEXT, wait=wait)

    def run(self, cell: int, *, wait: bool = True) -> None:
        """Run one cell, whichever is active, in one go: focus in an output takes it back."""
        self._command(RUN_NEXT, wait=wait, first=ACTIVATE.format(cell=cell))

    def wait_idle(self) -> None:
        """Hold until the kernel is idle."""
        self.page.wait_for_function(IDLE, timeout=60_000)

    def output(self, cell: int) -> Locator:
        """Return the outputs of a cell."""
        return self.page.locator(".jp-Notebook .jp-Cell").nth(cell).locator(".jp-OutputArea")

    def save(self) -> nbformat.NotebookNode:
        """Save and return what is on disk."""
        self._command("docmanager:save", wait=True)
        return nbformat.read(self.path, as_version=4)

    def untrusted_copy(self) -> str:
        """Write a copy that nobody ever trusted and that names no kernel; return its name."""
        copy = nbformat.read(self.path, as_version=4)
        copy.metadata.clear()
        name = f"untrusted-{self.path.name}"
        nbformat.write(copy, self.lab.root / name)
        return name

    def theme(self, name: str) -> None:
        """Change the theme: "JupyterLab Light" or "JupyterLab Dark"."""
        self.page.evaluate(
            "(theme) => window.jupyterapp.commands.execute('apputils:change-theme', {theme})", name
        )
        self.page.wait_for_function(
            "(name) => document.body.dataset.jpThemeName === name", arg=name
        )

    def _command(self, command: str, *, wait: bool, first: str = "0") -> None:
        ending = ".then(() => 1)" if wait else ", 1"
        run = f"window.jupyterapp.commands.execute('{command}')"
        self.page.evaluate(f"() => ({first}, {run}{ending})")


def saved_notebook(lab: Lab, html: str, *, name: str) -> str:
    """Write a notebook with one settled output, never trusted by anyone; return its name."""
    cell = nbformat.v4.new_code_cell("%%hailuo samurai", execution_count=1)
    cell.outputs = [nbformat.v4.new_output("display_data", {"text/html": html})]
    nbformat.write(nbformat.v4.new_notebook(cells=[cell]), lab.root / name)
    return name


def clip_of(saved: nbformat.NotebookNode, root: Path) -> Path:
    """Return the one clip of the folder that a saved notebook shows."""
    shown = str(saved)
    clips = (root / "hailuo_videos").glob("*.mp4")  # "a.mp4", too: another name's end
    (clip,) = [clip for clip in clips if f"/{clip.name}" in shown]
    return clip

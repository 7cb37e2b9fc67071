"""What surrounds us: the IPython shell, its variables, its display, its notebook.

The one place that speaks to IPython. Outside a shell (a script, a test) everything
still answers: no variables, and displays go nowhere.
"""

import os
import sqlite3
import sys
import uuid
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

from IPython.core.displaypub import CapturingDisplayPublisher, DisplayPublisher
from IPython.core.getipython import get_ipython
from IPython.core.interactiveshell import InteractiveShell

from hailuo_nb.errors import HailuoError

FORGOTTEN = "# An API key stood here."
VSCODE_NOTEBOOK = "__vsc_ipynb_file__"

STEP = 0.05
"""It changes so often that a person sees it move, and a saved notebook holds one line."""


class Host:
    """The shell that this session lives in.

    Parameters
    ----------
    notebook
        The notebook's path as the server tells it; None where it does not.

    Attributes
    ----------
    is_public : bool
        Whether strangers use this session, as on a page that Voila serves.
    is_shared : bool
        Whether these may change what others made.
    """

    def __init__(self, notebook: Path | None) -> None:
        self._notebook = notebook
        self._cwd = Path.cwd()
        self._seen: tuple[int, int] | None = None
        self._publisher: DisplayPublisher | None = None
        self._printed: dict[str, int] = {}
        self.is_public = self.is_shared = False
        self._remember_publisher()

    @property
    def shell(self) -> InteractiveShell | None:
        """The running shell, None in a script."""
        return get_ipython()

    @property
    def names(self) -> Mapping[str, object]:
        """The notebook's variables; none of them on a public page."""
        shell = self.shell
        return shell.user_ns if shell is not None and not self.is_public else {}

    @property
    def notebook(self) -> Path | None:
        """The notebook's path, where the server or editor tells it."""
        named = self.names.get(VSCODE_NOTEBOOK)
        if isinstance(named, str):
            return Path(named)
        return self._notebook

    @property
    def folder(self) -> Path:
        """The notebook's folder; the working directory of the start where unknown."""
        notebook = self.notebook
        if notebook is not None and notebook.parent.is_dir():
            return notebook.parent.resolve()
        return self._cwd

    @property
    def is_beside(self) -> bool | None:
        """Whether the notebook lies in `folder`; None where that is not known.

        A server tells a kernel once where its notebook is: one that was given another name
        since is found by what it is on the disk, one that was moved is not there any more.
        """
        notebook = self.notebook
        if notebook is None:
            return None
        now = _on_disk(notebook)
        if now is not None:
            self._seen = now
            return True
        if self._seen is None:
            return None
        return any(_on_disk(other) == self._seen for other in notebook.parent.glob("*.ipynb"))

    @property
    def output(self) -> str:
        """What tells the output that is written to from any other; "" outside of a kernel."""
        kernel = getattr(self.shell, "kernel", None)
        header = kernel.get_parent().get("header", {}) if kernel is not None else {}
        return str(header.get("msg_id", ""))

    @property
    def can_change(self) -> bool:
        """Whether what was shown can be replaced; a terminal keeps what it printed."""
        return hasattr(self.shell, "kernel")

    @property
    def is_colab(self) -> bool:
        """Whether outputs live in frames that cannot reach files beside the notebook."""
        return "google.colab" in sys.modules

    @property
    def needs_view(self) -> bool:
        """Whether a widget's model comes to the page only with a view of it in the output."""
        return self.is_colab or VSCODE_NOTEBOOK in self.names

    def bind(self, name: str, value: object) -> None:
        """Make a variable of the notebook."""
        shell = self.shell
        if shell is not None:
            shell.push({name: value})  # type: ignore[no-untyped-call]

    def forget_input(self) -> None:
        """Take what the running cell says out of IPython's input history, kept on disk, too."""
        shell = self.shell
        history = shell.history_manager if shell is not None else None
        if shell is None or history is None or not history.input_hist_raw:
            return
        line = len(history.input_hist_raw) - 1
        history.input_hist_raw[-1] = history.input_hist_parsed[-1] = history._i00 = FORGOTTEN
        shell.user_ns[f"_i{line}"] = FORGOTTEN
        with history.db_input_cache_lock:
            history.db_input_cache[:] = [
                (number, FORGOTTEN, FORGOTTEN) if number == line else (number, *texts)
                for number, *texts in history.db_input_cache
            ]
        # It may be written already, and the file may be another's or be locked.
        with suppress(sqlite3.Error, AttributeError), history.db:
            history.db.execute(
                "UPDATE history SET source = ?, source_raw = ? WHERE session = ? AND line = ?",
                (FORGOTTEN, FORGOTTEN, history.session_number, line),
            )

    def publish(
        self, data: dict[str, Any], *, metadata: dict[str, Any], display_id: str, update: bool
    ) -> None:
        """Show a bundle, or put it in place of an earlier one; from any thread.

        An update goes through the publisher that was saved outside ``%%capture``, which
        would otherwise swallow it. A terminal, which prints below what was there, is told only
        what reads otherwise than the last time.
        """
        self._remember_publisher()
        shell = self.shell
        if shell is not None and not self.can_change:
            text, before = hash(data.get("text/plain", "")), self._printed.get(display_id)
            self._printed[display_id] = text
            if update and text == before:
                return
        publisher = self._publisher if update or shell is None else shell.display_pub
        if publisher is not None:
            publisher.publish(
                data=data, metadata=metadata, transient={"display_id": display_id}, update=update
            )

    def show(self, *, html: str | None, text: str) -> None:
        """Show something that never changes, in the running cell."""
        shell = self.shell
        if shell is not None:
            shown = {"text/plain": text} | ({"text/html": html} if html else {})
            data = {mime: HailuoError.mask(words) for mime, words in shown.items()}
            shell.display_pub.publish(data=data, metadata={})

    def write(self, pieces: Iterable[str]) -> None:
        """Write a long text into the running cell piece by piece; nothing of it is kept."""
        if self.shell is not None:
            for piece in pieces:
                sys.stdout.write(HailuoError.mask(piece))
                sys.stdout.flush()  # or a kernel would keep what it has not sent yet

    def tell(self, text: str) -> None:
        """Show a line below the cell that runs, or ran last, from any thread."""
        data = {"text/plain": HailuoError.mask(text)}
        self.publish(data, metadata={}, display_id=f"hailuo-{uuid.uuid4().hex}", update=False)

    def relative_address(self, path: Path) -> str | None:
        """Return a file's address as seen from the notebook; None outside its folder tree.

        Also None once the notebook was moved away: nothing leads from there to the file.
        """
        if self.is_beside is False:
            return None
        relative = os.path.relpath(path.resolve(), self.folder)
        if relative.startswith("..") or Path(relative).is_absolute():
            return None
        return quote(Path(relative).as_posix())

    def words(self, folder: Path) -> str:
        """Return where a folder is, as a person would say it."""
        relative = self.relative_address(folder) if self.is_beside else None
        return f"{unquote(relative)}/ beside the notebook" if relative else str(folder)

    def _remember_publisher(self) -> None:
        shell = self.shell
        if shell is not None and not isinstance(shell.display_pub, CapturingDisplayPublisher):
            self._publisher = shell.display_pub


def _on_disk(path: Path) -> tuple[int, int] | None:
    """Return what a file is on the disk, whatever its name; None where there is none."""
    try:
        facts = path.stat()
    except (OSError, ValueError):
        return None
    return facts.st_dev, facts.st_ino


class Progress:
    """Say "film.mp4: 40 %" below the cell, in place, and at last something else.

    Parameters
    ----------
    host
        The notebook; a terminal, where a line cannot be changed, shows the last one alone.
    what
        What is made.
    """

    def __init__(self, host: Host, what: str) -> None:
        self._host, self._what = host, what
        self._display_id = f"hailuo-{uuid.uuid4().hex}"
        self._told = -1.0

    def tell(self, share: float) -> None:
        """Say how much is done, 0 to 1; what differs too little is not said."""
        if self._host.can_change and share - self._told >= STEP:
            self._say(f"{self._what}: {share:.0%}")
            self._told = share

    def end(self, words: str) -> None:
        """Say what came of it, in place of how far it is."""
        if self._told < 0:
            self._host.show(html=None, text=words)
        else:
            self._say(words)

    def _say(self, words: str) -> None:
        update = self._told >= 0
        data = {"text/plain": words}
        self._host.publish(data, metadata={}, display_id=self._display_id, update=update)

"""Whether a live card can come alive here: the page's versions and the widget's files.

It knows which front ends the cards are made for. It must not know the session.
"""

import json
from collections.abc import Callable, Sequence
from pathlib import Path

from hailuo_nb.views.reports.report import Finding

Installed = Callable[[str], tuple[int, ...] | None]

PAGES: dict[str, tuple[int, ...]] = {"jupyterlab": (4,), "notebook": (7,), "voila": (0, 5)}
"""Each front end and its first version that anywidget and the cards work in."""

WIDGET_FILES = ("anywidget", "@jupyter-widgets/jupyterlab-manager")
"""What the page loads, as folders below ``labextensions``."""


def pages(installed: Installed) -> Finding:
    """Look at the front ends that are installed beside the kernel.

    Parameters
    ----------
    installed
        Returns a package's version as numbers, None without it.
    """
    found = {name: version for name in PAGES if (version := installed(name)) is not None}
    shown = ", ".join(f"{name} {_dotted(version)}" for name, version in found.items())
    old = [name for name, version in found.items() if version < PAGES[name]]
    if old:
        wanted = ", ".join(f"{name} {_dotted(PAGES[name])} or newer" for name in old)
        detail = f"{shown}; live cards need {wanted}. Settled cards show everywhere"
        return Finding(what="front end", verdict="problem", detail=detail)
    elsewhere = "none beside this kernel: VS Code, Colab or another environment shows the page"
    return Finding(what="front end", verdict="ok", detail=shown or elsewhere)


def widgets(installed: Installed, places: Sequence[Path], *, remote: bool = False) -> Finding:
    """Look whether the page finds the widget's files, in the version that Python has.

    Parameters
    ----------
    installed
        As for `pages`.
    places
        The ``labextensions`` folders of this machine, the first one first.
    remote
        Whether the page is served from elsewhere, so that nothing here can tell.
    """
    ours = installed("anywidget") or ()
    if remote:
        detail = f"anywidget {_dotted(ours)}; the page loads its files from elsewhere"
        return Finding(what="widgets", verdict="ok", detail=detail)
    versions = {name: _version(name, places) for name in WIDGET_FILES}
    missing = [name for name, version in versions.items() if version is None]
    if missing:
        detail = (
            f"no files of {', '.join(missing)} on this machine. Where cards stay still, "
            "pip install anywidget ipywidgets beside the Jupyter that serves the page"
        )
        return Finding(what="widgets", verdict="note", detail=detail)
    theirs = versions["anywidget"] or ()
    if theirs[:2] != ours[:2]:
        detail = (
            f"the page has anywidget {_dotted(theirs)}, the kernel {_dotted(ours)}: "
            "pip install the same one in both, then reload the page"
        )
        return Finding(what="widgets", verdict="problem", detail=detail)
    detail = f"anywidget {_dotted(ours)}, its files are found"
    return Finding(what="widgets", verdict="ok", detail=detail)


def folders() -> list[Path]:
    """Return where Jupyter looks for a page's extensions on this machine."""
    from jupyter_core.paths import jupyter_path

    return [Path(folder) for folder in jupyter_path("labextensions")]


def _version(name: str, places: Sequence[Path]) -> tuple[int, ...] | None:
    for place in places:
        try:
            facts = json.loads((place / name / "package.json").read_text(encoding="utf-8"))
            return tuple(int(part) for part in str(facts["version"]).split(".") if part.isdecimal())
        except (OSError, ValueError, TypeError, KeyError):
            continue
    return None


def _dotted(version: Sequence[int]) -> str:
    return ".".join(map(str, version))

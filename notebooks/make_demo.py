"""Run a notebook on the simulator and leave the results in a folder.

Usage: python notebooks/make_demo.py FOLDER [NAME.ipynb]; the first notebook by default

Writes the executed notebook, its clips and one offline HTML page with the clips inside.
It runs what a person would run; it knows nothing of how a clip is made.
"""

import base64
import os
import re
import shutil
import sys
from pathlib import Path
from urllib.parse import unquote

import nbformat
from nbclient import NotebookClient
from nbconvert import HTMLExporter

FIRST = "01_first_take.ipynb"
TIMEOUT_S = 300
HOME = ".history"
"""The demo's own history, made anew each time; clips are never deleted."""

_CLIP = re.compile(r'(?<=src=")(?!data:)[^"]+\.mp4(?=")')
_CDN = re.compile(r'<script[^>]*src="https?://[^"]*"[^>]*>\s*</script>')
_MODULE = re.compile(r'<script type="module">(?:(?!</script>).)*https://.*?</script>', re.DOTALL)


def run_notebook(source: Path, folder: Path) -> nbformat.NotebookNode:
    """Run a notebook in a real kernel whose working directory is ``folder``; return it."""
    notebook, place = nbformat.read(source, as_version=4), folder / source.name
    nbformat.write(notebook, place)
    os.environ.update(HAILUO_SIMULATOR="on", HAILUO_HOME=str(folder / HOME))
    os.environ["JPY_SESSION_NAME"] = str(place)  # as a server tells it
    os.environ.pop("HAILUO_BASE_URL", None)
    resources = {"metadata": {"path": str(folder)}}
    NotebookClient(
        notebook, timeout=TIMEOUT_S, kernel_name="python3", resources=resources
    ).execute()
    notebook.metadata.pop("widgets", None)
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
    return notebook


def offline_page(notebook: nbformat.NotebookNode, folder: Path) -> str:
    """Return the notebook as one HTML page that asks the network for nothing.

    A clip that is not in ``folder`` stays an address, as in the notebook.
    """
    exporter = HTMLExporter(embed_images=True)
    body, _ = exporter.from_notebook_node(notebook)
    body = _MODULE.sub("", _CDN.sub("", body))
    return _CLIP.sub(lambda found: _embedded(folder, found[0]), body)


def _embedded(folder: Path, address: str) -> str:
    clip = folder / unquote(address)
    if not clip.is_file():
        return address
    return "data:video/mp4;base64," + base64.b64encode(clip.read_bytes()).decode("ascii")


def stop_simulator(folder: Path) -> None:
    """End the simulator of a demo, if it runs."""
    from hailuo_nb.session.simulator_process import running_simulator

    simulator = running_simulator(folder / HOME)
    if simulator is not None:
        simulator.stop()


def main() -> None:
    """Make the demo and print where it lies."""
    folder = Path(sys.argv[1]).resolve()
    source = Path(__file__).with_name(sys.argv[2] if len(sys.argv) > 2 else FIRST)
    folder.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(folder / HOME, ignore_errors=True)
    try:
        notebook = run_notebook(source, folder)
    finally:
        stop_simulator(folder)
    executed, page = folder / source.name, folder / source.with_suffix(".html").name
    nbformat.write(notebook, executed)
    page.write_text(offline_page(notebook, folder), encoding="utf-8")
    clips = sorted(folder / unquote(name) for name in set(_CLIP.findall(str(notebook))))
    for path in (executed, *clips, page):
        print(f"{path}  ({path.stat().st_size / 1000:.0f} kB)")


if __name__ == "__main__":
    main()

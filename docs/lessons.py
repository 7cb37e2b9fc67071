"""The lessons as pages of the documentation: each notebook as it is committed, and their list.

A hook of MkDocs. It runs no notebook, and what it writes asks the network for nothing.
"""

import sys
from pathlib import Path
from typing import Any

import nbformat
from mkdocs.structure.files import File, Files

NOTEBOOKS = Path(__file__).absolute().parents[1] / "notebooks"
sys.path.insert(0, str(NOTEBOOKS))

from make_demo import offline_page  # noqa: E402 - it lies beside the notebooks

_HEAD = """# Lessons

Each is a notebook of about ten minutes that runs without a key, on the built-in simulator, and is
shown here as it was left by its last run. To work with one, open it in JupyterLab: `make lab`.

| lesson | what it is about |
|---|---|
"""


def on_files(files: Files, config: Any) -> Files:
    """Add a page for each notebook, and the list of all."""
    rows = []
    for path in sorted(NOTEBOOKS.glob("[0-9]*.ipynb")):
        notebook = nbformat.read(path, as_version=4)
        page = offline_page(notebook, NOTEBOOKS)
        files.append(File.generated(config, f"lessons/{path.stem}.html", content=page))
        title, first = _title(notebook)
        rows.append(f"| [{title}]({path.stem}.html) | {first} |\n")
    list_ = _HEAD + "".join(rows)
    files.append(File.generated(config, "lessons/README.md", content=list_))
    return files


def _title(notebook: nbformat.NotebookNode) -> tuple[str, str]:
    """Return a notebook's heading, and the first sentence below it."""
    heading, *rest = notebook.cells[0].source.strip().split("\n\n")
    words = " ".join(rest[0].split()) if rest else ""
    return heading.lstrip("# "), words.partition(". ")[0].replace("|", "\\|")

"""Run the first lesson in every host and version of one, and write `docs/matrix.md`.

Run ``python -m tests.matrix [NAME ...]``; all rows by default.

Each row is a fresh environment with the wheel and the versions that the row names, outside the
tree. What a machine does not have (a Python, a package) is said in the row, not left out; the
table keeps what another machine had.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
LESSON = ROOT / "notebooks" / "01_first_take.ipynb"
RESULTS = ROOT / "docs" / "matrix.md"
LONGEST_S = 900
PYTHON = f"python3.{sys.version_info.minor}"
HEAD = """# What was run where

Each row is the first lesson in a fresh environment with the wheel and the versions named, written
by `make matrix`. Python 3.11 is Debian 12's and 3.13 Debian 13's, where `make test` passes, too.
[Hosts](hosts.md) says what each shows.

| row | versions | what came | s |
|---|---|---|---|
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A row's environment: its Python, and a folder with the lesson."""

    python: Path
    folder: Path

    def run(self, *words: str, stdin: str = "") -> str:
        """Run a module of the environment in the folder; return what it printed."""
        done = subprocess.run(
            [self.python, "-m", *words],
            cwd=self.folder,
            env=_environment(self.folder),
            input=stdin,
            capture_output=True,
            text=True,
            timeout=LONGEST_S,
            check=False,
        )
        if done.returncode:
            raise RuntimeError((done.stderr or done.stdout).strip().splitlines()[-1])
        return done.stdout


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A host, or versions of one: what is installed, and what is run in it.

    ``needs`` are programs of the machine's own.
    """

    name: str
    packages: tuple[str, ...]
    check: Callable[[Place], str]
    python: str = PYTHON
    needs: tuple[str, ...] = ()


def nbclient(place: Place) -> str:
    """Run the lesson as a program does, and count what it shows."""
    place.run("jupyter", "execute", "--inplace", LESSON.name)
    return _cards(place.folder / LESSON.name)


def papermill(place: Place) -> str:
    """Run the lesson with papermill."""
    place.run("papermill", LESSON.name, "out.ipynb")
    return _cards(place.folder / "out.ipynb")


def nbmake(place: Place) -> str:
    """Run the lesson as a test."""
    place.run("pytest", "--nbmake", "--overwrite", "-p", "no:cacheprovider", LESSON.name)
    return _cards(place.folder / LESSON.name)


def slides(place: Place) -> str:
    """Convert the lesson that was run to slides."""
    nbclient(place)
    place.run("nbconvert", "--to", "slides", LESSON.name)
    return _shown(place.folder / LESSON.with_suffix(".slides.html").name)


def html(place: Place) -> str:
    """Convert the lesson that was run to a page."""
    nbclient(place)
    place.run("nbconvert", "--to", "html", LESSON.name)
    return _shown(place.folder / LESSON.with_suffix(".html").name)


def latex(place: Place) -> str:
    """Convert the lesson that was run to LaTeX, and count its pictures."""
    nbclient(place)
    place.run("nbconvert", "--to", "latex", LESSON.name)
    written = (place.folder / LESSON.with_suffix(".tex").name).read_text("utf-8")
    return _many(written.count("{01_first_take_files/"), "picture")


def terminal(place: Place) -> str:
    """Run a cell in IPython without any front end."""
    return _lines(place.run("IPython", "--simple-prompt", "--no-banner", stdin=TYPED))


def console(place: Place) -> str:
    """Run a cell in a kernel with a terminal in front of it, which hears of no updates."""
    printed = place.run("jupyter", "console", "--simple-prompt", stdin=LISTED)
    if "done SIMULATED" not in printed:
        raise RuntimeError(printed.strip()[-300:] or "nothing was printed")
    return "the clip's line in the history"


TYPED = """
%load_ext hailuo_nb
get_ipython().run_cell_magic("hailuo", "boat --wait", "A boat.")
exit
"""

LISTED = TYPED.replace("exit", 'get_ipython().run_line_magic("hailuo", "history")\nexit')

ROWS = (
    Row(name="nbclient, newest", packages=("jupyter",), check=nbclient),
    Row(name="ipykernel 6.17 (Colab's)", packages=("jupyter", "ipykernel==6.17.1"), check=nbclient),
    Row(name="ipykernel 6.29", packages=("jupyter", "ipykernel==6.29.*"), check=nbclient),
    Row(name="ipykernel 6.31", packages=("jupyter", "ipykernel==6.31.*"), check=nbclient),
    Row(name="ipykernel 7.1", packages=("jupyter", "ipykernel==7.1.*"), check=nbclient),
    Row(name="ipykernel 7.3", packages=("jupyter", "ipykernel==7.3.*"), check=nbclient),
    Row(name="IPython 8", packages=("jupyter", "ipython==8.*"), check=nbclient),
    Row(name="IPython 9", packages=("jupyter", "ipython==9.*"), check=nbclient),
    Row(name="Python 3.12", packages=("jupyter",), check=nbclient, python="python3.12"),
    Row(name="Python 3.13", packages=("jupyter",), check=nbclient, python="python3.13"),
    Row(name="papermill", packages=("jupyter", "papermill"), check=papermill),
    Row(name="nbmake", packages=("jupyter", "nbmake"), check=nbmake),
    Row(name="nbconvert, HTML", packages=("jupyter",), check=html),
    Row(name="nbconvert, slides", packages=("jupyter",), check=slides),
    Row(name="nbconvert, LaTeX", packages=("jupyter",), check=latex, needs=("pandoc",)),
    Row(name="IPython in a terminal", packages=(), check=terminal),
    Row(name="jupyter console", packages=("jupyter", "jupyter-console"), check=console),
)


def run(row: Row, wheel: Path, folder: Path) -> dict[str, object]:
    """Make a row's environment, run it, and say what came of it."""
    python = shutil.which(row.python)
    missing = [] if python is not None and _answers(python) else [row.python]
    missing += [name for name in row.needs if shutil.which(name) is None]
    if python is None or missing:
        return {"versions": "", "came": f"not run: no {missing[0]} here", "took_s": 0.0}
    began = time.monotonic()
    place = Place(python=folder / "venv" / "bin" / "python", folder=folder / "work")
    place.folder.mkdir()
    shutil.copy(LESSON, place.folder)
    try:
        subprocess.run([python, "-m", "venv", folder / "venv"], check=True, capture_output=True)
        place.run("pip", "install", "--quiet", str(wheel), *row.packages)
        came = row.check(place)
        versions = place.run("pip", "list", "--format", "json")
    except (RuntimeError, subprocess.SubprocessError, OSError) as error:
        return {
            "versions": "",
            "came": f"failed: {str(error).replace(chr(124), chr(47))}",
            "took_s": time.monotonic() - began,
        }
    finally:
        subprocess.run(
            [place.python, "-c", END], env=_environment(place.folder), check=False
        )  # the simulator outlives the kernel that started it
    return {"versions": _versions(versions), "came": came, "took_s": time.monotonic() - began}


END = """
from pathlib import Path
import os
from hailuo_nb.session.simulator_process import running_simulator
found = running_simulator(Path(os.environ["HAILUO_HOME"]))
if found is not None:
    found.stop()
"""


def _environment(folder: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("HAILUO_")}
    kept.pop("KIE_API_KEY", None)
    kept.pop("PYTHONPATH", None)
    home = str(folder / "home")
    return kept | {"HOME": str(folder), "HAILUO_HOME": home, "HAILUO_SIMULATOR": "on"}


def _answers(python: str) -> bool:
    done = subprocess.run([python, "--version"], capture_output=True, check=False)
    return done.returncode == 0


def _cards(notebook: Path) -> str:
    """Return what a notebook shows that was run, in words."""
    cells = json.loads(notebook.read_text("utf-8"))["cells"]
    outputs = [output for cell in cells for output in cell.get("outputs", [])]
    errors = [output["evalue"] for output in outputs if output["output_type"] == "error"]
    if errors:
        raise RuntimeError(errors[0])
    shown = ["".join(one.get("data", {}).get("text/html", "")) for one in outputs]
    return _many(sum("hailuo-card" in html for html in shown), "clip")


def _shown(page: Path) -> str:
    return _many(page.read_text("utf-8").count('class="hailuo-card'), "clip")


def _lines(printed: str) -> str:
    if "boat: Done in" not in printed:
        raise RuntimeError(printed.strip()[-300:] or "nothing was printed")
    return "the clip's lines"


def _many(number: int, what: str) -> str:
    if not number:
        raise RuntimeError(f"no {what} is shown")
    return f"{number} {what}{'s' if number > 1 else ''}"


def _versions(listed: str) -> str:
    found = {one["name"].lower(): one["version"] for one in json.loads(listed)}
    names = ("ipykernel", "ipython", "ipywidgets", "anywidget")
    return ", ".join(f"{name} {found[name]}" for name in names if name in found)


def told() -> dict[str, dict[str, object]]:
    """Return what the table says of each row."""
    text = RESULTS.read_text("utf-8") if RESULTS.is_file() else ""
    lines = text.partition("|---|---|---|---|\n")[2].splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return {
        name: {"versions": versions, "came": came, "took_s": float(took_s)}
        for name, versions, came, took_s in cells
    }


def main() -> int:
    """Run the rows that are named, or all; write the table, with what it had of the others."""
    wanted = sys.argv[1:] or [row.name for row in ROWS]
    found = told()
    with tempfile.TemporaryDirectory() as place:
        build = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "-w", place, ROOT]
        subprocess.run(build, check=True)
        (wheel,) = Path(place).glob("*.whl")
        for number, row in enumerate(ROWS):
            if row.name in wanted:
                folder = Path(place) / str(number)
                folder.mkdir()
                came = run(row, wheel, folder)
                if not str(came["came"]).startswith("not run"):
                    found[row.name] = came
                found.setdefault(row.name, came)
                write(found)
                print(row.name, came, file=sys.stderr, flush=True)
                shutil.rmtree(folder)
    return int(any(str(one["came"]).startswith("failed") for one in found.values()))


def write(found: Mapping[str, Mapping[str, object]]) -> None:
    """Write the table."""
    lines = [
        f"| {name} | {one['versions']} | {one['came']} | {one['took_s']:.0f} |\n"
        for name, one in ((row.name, found[row.name]) for row in ROWS if row.name in found)
    ]
    RESULTS.write_text(HEAD + "".join(lines), "utf-8")


if __name__ == "__main__":
    sys.exit(main())

"""Make the lessons anew: their cells are kept as text, their outputs are what the code says now.

Usage: python notebooks/make_notebooks.py [NAME ...]; all lessons by default

A lesson is ``lessons/NAME.txt``: a line ``=== text`` or ``=== code`` begins a cell. Each is run in
a real kernel on the simulator and written beside this script. Its clips are not committed, so
each player becomes a small looping preview, four at most, or a still that says how to get the clip.
"""

import base64
import io
import re
import sys
import tempfile
from pathlib import Path
from urllib.parse import unquote

import av
import nbformat
from make_demo import HOME, run_notebook, stop_simulator

HERE = Path(__file__).absolute().parent
LESSONS = HERE / "lessons"
SIZE_MAX_BYTES = 600_000
PREVIEWS = 4
PREVIEW_PX = (192, 108)
PREVIEW_FRAMES = 12
PREVIEW_MAX_BYTES = 36_000
"""With the strip and the words that a saved clip has, less than 60 kB."""
SPEED, SIZE_PX = 10, 480

_MEASURED = """
import time, hailuo_nb
until = time.monotonic() + 60
unmeasured = lambda one: one.state == "done" and not one.snapshot.measured
while time.monotonic() < until and any(map(unmeasured, hailuo_nb.history())):
    time.sleep(0.2)
"""
"""The last cell of a run, taken off again: what is measured comes after its clip."""

_HEAD = re.compile(r"^=== (text|code)\n", re.MULTILINE)
_VIDEO = re.compile(r"<video\b[^>]*>.*?</video>", re.DOTALL)
_SOURCE = re.compile(r'\bsrc="([^"]+)"')
_POSTER = re.compile(r'\bposter="([^"]+)"')
_SCRIPT = re.compile(r"<script\b.*?</script>", re.DOTALL)
_LINK = re.compile(r'<a\b[^>]*href="hailuo_videos/[^"]*"[^>]*>(.*?)</a>', re.DOTALL)
_DOWNLOAD = re.compile(r"<a\b[^>]*\bdownload=[^>]*>.*?</a>", re.DOTALL)
_WORDS = "The clip is not beside this notebook: run its cell, free, to make it and play it."


def names() -> list[str]:
    """Return the lessons' names, in order."""
    return sorted(path.stem for path in LESSONS.glob("*.txt"))


def read_lesson(name: str) -> nbformat.NotebookNode:
    """Return a lesson as a notebook that has not run."""
    _, *parts = _HEAD.split((LESSONS / f"{name}.txt").read_text(encoding="utf-8"))
    cells = []
    for number, (kind, source) in enumerate(zip(parts[::2], parts[1::2], strict=True)):
        new = nbformat.v4.new_code_cell if kind == "code" else nbformat.v4.new_markdown_cell
        cells.append(new(source.strip("\n"), id=f"cell-{number:02}"))
    kernel = {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}
    return nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})


def run_lesson(
    name: str, folder: Path, *, speed: float = SPEED, size: int = SIZE_PX, last: str = _MEASURED
) -> nbformat.NotebookNode:
    """Run a lesson in a real kernel, in an empty folder that keeps its clips; return it.

    ``last`` is run after it, and not kept.
    """
    from hailuo_nb.session.simulator_process import restart_simulator, settings_of

    source, lesson = folder / f"{name}.ipynb", read_lesson(name)
    lesson.cells.append(nbformat.v4.new_code_cell(last))
    nbformat.write(lesson, source)
    restart_simulator(folder / HOME, **settings_of(speed, size, ()))
    try:
        notebook = run_notebook(source, folder)
    finally:
        stop_simulator(folder)
    del notebook.cells[-1]
    return notebook


def without_clips(notebook: nbformat.NotebookNode, folder: Path, previews: int = PREVIEWS) -> None:
    """Replace each player in the outputs by a preview or a still, and take scripts away."""
    shown: dict[str, str] = {}
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            if "text/html" in data:
                data["text/html"] = _quiet(data["text/html"], folder, shown, previews)
                data.pop("image/jpeg", None)  # the same, on paper


def _quiet(html: str, folder: Path, shown: dict[str, str], previews: int) -> str:
    """Take players, scripts and links to clips away; ``shown`` has the previews so far."""

    def still(match: re.Match[str]) -> str:
        source, poster = _SOURCE.search(match[0]), _POSTER.search(match[0])
        assert source and poster, match[0][:200]
        if source[1] in shown or len(shown) >= previews:
            return _still(poster[1])
        shown[source[1]] = _preview(folder / unquote(source[1]))
        return _still(shown[source[1]])

    return _LINK.sub(r"\1", _DOWNLOAD.sub("", _VIDEO.sub(still, _SCRIPT.sub("", html))))


def _still(picture: str) -> str:
    return (
        f'<img src="{picture}" alt="A preview of the clip" '
        'style="display:block;width:100%;height:auto;margin:0;border-radius:6px">'
        f'<small style="display:block;margin:4px 0;opacity:0.78">{_WORDS}</small>'
    )


def _preview(clip: Path) -> str:
    """Return a clip as the address of a small looping picture."""
    with av.open(str(clip)) as container:
        frames = [frame.to_image().resize(PREVIEW_PX) for frame in container.decode(video=0)]
    first, *rest = frames[:: max(1, len(frames) // PREVIEW_FRAMES)]
    for quality in (45, 30, 15, 5):
        file = io.BytesIO()
        first.save(
            file, "WEBP", save_all=True, append_images=rest, duration=200, loop=0, quality=quality
        )
        if file.tell() <= PREVIEW_MAX_BYTES:
            break
    return "data:image/webp;base64," + base64.b64encode(file.getvalue()).decode("ascii")


def main() -> None:
    """Make the lessons that are named, or all, and print their sizes."""
    for name in sys.argv[1:] or names():
        with tempfile.TemporaryDirectory() as made:
            notebook = run_lesson(name, Path(made))
            without_clips(notebook, Path(made))
        text = nbformat.writes(notebook)
        if len(text.encode()) > SIZE_MAX_BYTES:
            raise SystemExit(f"{name} would take {len(text.encode()) / 1000:.0f} kB")
        nbformat.write(notebook, HERE / f"{name}.ipynb")
        print(f"{name}  {len(text.encode()) / 1000:.0f} kB")


if __name__ == "__main__":
    main()

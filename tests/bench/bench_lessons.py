"""What a visitor waits for and downloads: ``python -m tests.bench.bench_lessons``.

Each lesson run once, as its test runs it, the demo as `make demo` makes it once its packages are
there, the pages of docs/ where the site's packages are set up (`make docs`), and the wheel. Prints
one JSON object: seconds and kB.
"""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[2]
NOTEBOOKS = ROOT / "notebooks"
sys.path.insert(0, str(NOTEBOOKS))

import make_notebooks  # noqa: E402 - it lies beside the notebooks


def took_s(work: Callable[[], object]) -> float:
    """Return how long a piece of work took, in seconds."""
    began = time.perf_counter()
    work()
    return round(time.perf_counter() - began, 1)


def ran(*words: str | Path) -> Callable[[], object]:
    """Return what runs a program of the environment in the tree."""
    return lambda: subprocess.run(
        [sys.executable, *words], cwd=ROOT, check=True, capture_output=True
    )


def lesson(name: str) -> dict[str, float]:
    """Return what a lesson takes, and how large it is as committed."""
    with tempfile.TemporaryDirectory() as folder:
        run = lambda: make_notebooks.run_lesson(name, Path(folder), speed=100, size=64, last="")  # noqa: E731
        seconds = took_s(run)
    return {"s": seconds, "kb": round((NOTEBOOKS / f"{name}.ipynb").stat().st_size / 1e3, 1)}


def main() -> None:
    """Print every figure."""
    found: dict[str, object] = {name: lesson(name) for name in make_notebooks.names()}
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        found["demo_s"] = took_s(ran(NOTEBOOKS / "make_demo.py", place / "demo"))
        took_s(ran("-m", "hatchling", "build", "-t", "wheel", "-d", place))
        found["wheel_kb"] = round(next(place.glob("*.whl")).stat().st_size / 1e3, 1)
        site = ran("-m", "mkdocs", "build", "--site-dir", place / "site")
        try:
            found["docs_s"] = took_s(site)
        except subprocess.CalledProcessError as error:
            print(error.stderr.decode(errors="replace")[-2000:], file=sys.stderr)
    print(json.dumps(found))


if __name__ == "__main__":
    main()

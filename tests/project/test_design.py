"""The design pages are true: the picture is today's, and each room has a page."""

import subprocess
import sys

import pytest

from tests.project.test_imports import ALLOWED, PACKAGE

DESIGN = PACKAGE.parent / "docs" / "design"
ROOMS = sorted(path.name for path in PACKAGE.iterdir() if (path / "__init__.py").is_file())


def test_the_picture_is_drawn_from_the_code() -> None:
    """After a change of imports, ``python docs/design/draw_rooms.py`` draws it anew."""
    code = "import draw_rooms; print(draw_rooms.picture(), end='')"
    drawn = subprocess.run(
        [sys.executable, "-c", code], cwd=DESIGN, capture_output=True, text=True, check=True
    )
    assert drawn.stdout == (DESIGN / "rooms.svg").read_text("utf-8")


@pytest.mark.parametrize("room", ROOMS)
def test_each_room_has_a_page(room: str) -> None:
    """It says why, names objects and algorithm, and what the room must not know."""
    page = (DESIGN / f"{room}.md").read_text("utf-8")
    assert page.startswith(f"# {room}: ")
    for part in ("**Why.**", "**Objects.**", "**Algorithm.**", "**It must not know**"):
        assert part in page
    assert f"({room}.md)" in (DESIGN / "README.md").read_text("utf-8")


def test_the_root_is_five_files() -> None:
    """Nothing else lies loose beside the rooms."""
    loose = {path.stem for path in PACKAGE.glob("*.py")}
    assert loose == {"__init__", "_version", "api", "config", "errors"}
    assert set(ALLOWED) == loose | set(ROOMS)

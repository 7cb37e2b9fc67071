"""The pages are true: what they show can be typed, and what they link to is there."""

import doctest
import re
from pathlib import Path

import pytest

from hailuo_nb.core.line import words_of
from hailuo_nb.core.options import OPTIONS
from hailuo_nb.notebook.verbs import VERBS, flags_of

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
LINK = re.compile(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)")
SHOWN = re.compile(r"`(%{1,2}hailuo [^`]+)`|^(%{1,2}hailuo .+)$", re.MULTILINE)
FLAGS = {option.flag for option in OPTIONS}

each_page = pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))


@each_page
def test_what_it_links_to_is_there(path: Path) -> None:
    """A file of the project, or a lesson, which is made with the site."""
    for target in LINK.findall(path.read_text("utf-8")):
        if not target.startswith("lessons/"):
            assert (path.parent / target).exists(), target


@each_page
def test_what_it_shows_can_be_typed(path: Path) -> None:
    """Each cell and verb has options that there are."""
    for found in SHOWN.findall(path.read_text("utf-8")):
        line = (found[0] or found[1]).replace("\\|", "|").replace("\n", " ")
        magic, *words = words_of(line)
        flags = set(re.findall(r"--[a-z][a-z-]*", line))
        if magic == "%%hailuo":
            assert flags <= FLAGS, line
        else:
            assert words[0] in VERBS, line
            assert flags <= set(flags_of(words[0])), line


@pytest.mark.parametrize("path", [path for path in PAGES if "\n>>> " in path.read_text("utf-8")])
def test_its_examples_run(path: Path) -> None:
    """What is shown with its answer gives it."""
    flags = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
    failed, tried = doctest.testfile(
        str(path), module_relative=False, encoding="utf-8", optionflags=flags
    )
    assert (failed, tried > 0) == (0, True)

"""README and pages say what the code does: tables are made from it, or compared with it."""

import ast
import re
import tomllib
from pathlib import Path

import pytest

import hailuo_nb
from hailuo_nb.core.options import OPTIONS
from hailuo_nb.errors import HailuoError
from hailuo_nb.kie.outcome import OUTCOMES
from hailuo_nb.notebook.help import ErrorRow, catalogue
from hailuo_nb.notebook.verbs import VERBS
from tests.support.tables import SECTIONS, page, rewritten

PACKAGE = Path(hailuo_nb.__file__).parent
ROOT = PACKAGE.parent
README = ROOT / "README.md"
TEXT = README.read_text(encoding="utf-8")
SETTINGS = (ROOT / "docs" / "reference" / "settings.md").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
SETTING = re.compile(r"(?:HAILUO|KIE)_[A-Z_]+")
ROWS = list(catalogue())

each_row = pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)


def section(title: str) -> str:
    """Return the README's text below a heading."""
    return TEXT.split(f"\n## {title}\n")[1].split("\n## ")[0]


def first_cells(text: str) -> list[str]:
    """Return the first cell of each row of a table, without its head."""
    cells = re.findall(r"^\| *([^|]+?) *\|", text, re.MULTILINE)
    return [cell.strip("`") for cell in cells[2:]]


def requirement(line: str) -> str:
    """Return the name of what a requirement asks for."""
    found = re.match(r"[A-Za-z0-9_.-]+", line)
    assert found is not None
    return found[0]


def test_it_is_short() -> None:
    """A picture, what it is, how to begin, what it costs, where it runs, and where to read on."""
    assert len(TEXT.splitlines()) <= 120
    assert re.search(r"!\[[^]]+\]\(docs/pictures/\w+\.webp\)", TEXT.partition("\n## ")[0])


@pytest.mark.parametrize("name", SECTIONS)
def test_the_tables_are_those_of_the_code(name: str) -> None:
    """After a change of one, ``python -m tests.support.tables`` writes them anew."""
    text = page(name).read_text("utf-8")
    assert rewritten(name, text) == text


@pytest.mark.parametrize("name", SECTIONS)
def test_each_table_has_its_rows(name: str) -> None:
    """A drifted table is noticed, also where only one row is missing."""
    text = page(name).read_text("utf-8")
    lines = text.splitlines(keepends=True)
    begin = lines.index(f"<!-- {name}: begin -->\n")
    drifted = "".join(lines[: begin + 3] + lines[begin + 4 :])
    assert rewritten(name, drifted) == text


def test_the_verbs_are_few() -> None:
    """What needs another is an option, or a function."""
    assert len(VERBS) <= 16


def test_every_setting_that_is_read_is_told() -> None:
    """The settings table and config name the same environment variables."""
    tree = ast.parse((PACKAGE / "config.py").read_text(encoding="utf-8"))
    constants = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)]
    read = {text for text in constants if isinstance(text, str) and SETTING.fullmatch(text)}
    assert read == set(first_cells(SETTINGS))


def test_every_dependency_is_told() -> None:
    """The dependency table names every runtime dependency, and nothing else."""
    told = {name for cell in first_cells(section("Dependencies")) for name in cell.split(", ")}
    assert told == {requirement(line) for line in PROJECT["dependencies"]}


def test_what_is_optional_is_told() -> None:
    """The keyring is an extra, and the README says how to get it."""
    assert [requirement(line) for line in PROJECT["optional-dependencies"]["keyring"]] == [
        "keyring"
    ]
    assert "hailuo_nb[keyring]" in SETTINGS
    assert "keyring" in section("Dependencies")


def test_the_tree_is_drawn_whole() -> None:
    """The docstring of the errors draws every class where it belongs."""
    tree = (PACKAGE / "errors.py").read_text(encoding="utf-8").split('"""')[1]
    drawn = re.findall(r"^[│ ├└─]*[├└]── (\w+)", tree, re.MULTILINE)
    assert drawn == [row.name for row in ROWS]


@each_row
def test_an_error_says_what_it_means_and_what_to_do(row: ErrorRow) -> None:
    """Each is one sentence of meaning and a next step of one to three, all of them short."""
    assert row.meaning.endswith(".")
    assert row.next_step.endswith(".")
    assert len(row.meaning) <= 80
    assert len(row.next_step) <= 130


@each_row
def test_an_advice_names_only_what_exists(row: ErrorRow) -> None:
    """Verbs, options and settings in the next step are ones that there are."""
    assert set(re.findall(r"%hailuo (\w+)", row.next_step)) <= set(VERBS)
    flags = {option.flag for option in OPTIONS}
    flags |= {flag for verb in VERBS.values() for flag in re.findall(r"--[a-z-]+", verb.usage)}
    assert set(re.findall(r"--[a-z-]+", row.next_step)) <= flags
    assert set(SETTING.findall(row.next_step)) <= set(first_cells(SETTINGS))


def test_codes_are_told_once() -> None:
    """Each code of the service has one class."""
    codes = [row.code for row in ROWS if row.code is not None]
    assert sorted(codes) == [400, 401, 402, 404, 408, 422, 429, 433, 451, 455, 500, 501, 505]


LEAVES = [kind for kind in OUTCOMES if "default_charged" in vars(kind) or kind.code is not None]


@pytest.mark.parametrize("kind", LEAVES, ids=lambda kind: kind.__name__)
def test_what_may_have_been_taken_may_have_been_charged(kind: type[HailuoError]) -> None:
    """The word about money is the one that the submit's outcome stands for."""
    may_be_charged = OUTCOMES[kind] == "lost" or kind.__name__ == "UnknownTask"
    assert (kind.default_charged == "maybe") is may_be_charged

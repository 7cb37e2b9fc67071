"""A prompt and its options written as a cell and as Python: run, they ask for the same."""

from pathlib import Path

import pytest

from hailuo_nb.core.cell_line import read_line
from hailuo_nb.core.cell_text import body_of, cell_text, python_text, typed
from hailuo_nb.errors import OptionError

PROMPT = "[Push in] a {slow|fast} storm\n---\nA \\{calm\\} \"sea\" 'here'"
SETTINGS: dict[str, object] = {
    "name": "trial",
    "image": ["sample:peak", "my pictures/it's.png"],
    "duration": "6,10",
    "optimizer": False,
    "again": True,
    "retry": False,
    "callback": "",
    "repeat": 2,
}


def test_a_cell_is_read_as_it_was_written() -> None:
    """The line's words, quotes and blanks included, are the settings again."""
    line, _, body = cell_text(PROMPT, SETTINGS).partition("\n")
    assert body == PROMPT
    read = read_line(line.removeprefix("%%hailuo"))
    assert read.name == "trial"
    assert read.values == {
        "image": ["sample:peak", "my pictures/it's.png"],
        "duration": "6,10",
        "optimizer": "off",
        "again": True,
        "repeat": "2",
    }


def test_python_is_a_call_with_the_same_words() -> None:
    """The call carries the prompt as it stands, each option once, and makes the name."""
    heard: dict[str, object] = {}

    class Package:
        @staticmethod
        def generate(prompt: str, **options: object) -> str:
            heard.update(prompt=prompt, **options)
            return "made"

    text = python_text(PROMPT, SETTINGS).removeprefix("import hailuo_nb\n")
    names: dict[str, object] = {"hailuo_nb": Package}
    exec(text, names)
    assert names["trial"] == "made"
    assert heard == {
        "prompt": PROMPT,
        "name": "trial",
        "image": ["sample:peak", "my pictures/it's.png"],
        "duration": "6,10",
        "optimizer": "off",
        "again": True,
        "repeat": "2",
    }


@pytest.mark.parametrize("settings", [{}, {"name": " ", "image": [], "end_image": None}])
def test_what_says_nothing_is_left_out(settings: dict[str, object]) -> None:
    """Without settings the line is the magic alone, and so is one of empty settings."""
    assert cell_text("a", settings) == "%%hailuo\na"
    assert python_text("a", settings) == "import hailuo_nb\n\nhailuo_nb.generate(\n    'a',\n)"


def test_what_python_says_is_written_as_it_is_typed() -> None:
    """Numbers, switches, paths and lists become their words; what no word stands for is refused."""
    settings = {"duration": [6, 10], "optimizer": True, "nsfw_check": False, "repeat": 3}
    found = typed({**settings, "image": Path("a b.png"), "wait": True, "nonsense": object()})
    assert found == {
        "image": "a b.png",
        "duration": "6,10",
        "optimizer": "on",
        "nsfw_check": "off",
        "repeat": "3",
    }
    with pytest.raises(OptionError, match="--image takes text here"):
        typed({"image": b"bytes"})


def test_a_verbatim_text_ends_as_a_cell_does() -> None:
    """Verbatim, the newline after a cell's last line is sent, so the call has it as well."""
    assert body_of("a", {"verbatim": True}) == "a\n" == body_of("a\n", {"verbatim": True})
    assert body_of("a", {}) == "a"
    assert "'a\\n'" in python_text("a", {"verbatim": True})

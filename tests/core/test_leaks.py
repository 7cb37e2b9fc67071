"""Keys and personal paths in a notebook: found, told without being shown."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hailuo_nb.core.leaks import (
    LEAKS_MAX,
    MASK,
    cells_of,
    find_leaks,
    gives_key,
    has_key_option,
)

HEX = "0123456789abcdef0123456789abcdef"
KEY = "q7Rv9sKd02LmXz"

KEYS = {
    "assignment": f'os.environ["KIE_API_KEY"] = "{KEY}"',
    "assignment without a digit": "os.environ['KIE_API_KEY'] = 'abcdefghijkl'",
    "default": f'os.getenv("KIE_API_KEY", "{KEY}")',
    "JSON": f'{{"KIE_API_KEY": "{KEY}"}}',
    "magic": f"%env KIE_API_KEY={KEY}",
    "magic with a space": f"%env KIE_API_KEY {KEY}",
    "shell": f"!export KIE_API_KEY={KEY}",
    "header": f'headers = {{"Authorization": "Bearer {KEY}{KEY}"}}',
    "hex beside a word": f'api_key = "{HEX}"',
    "hex in JSON": f'"apiKey": "{HEX}"',
    "token": f"token: {HEX}",
    "uuid beside a word": 'KEY="c0ffee00-1234-4234-8234-c0ffee001234"',
    "sk beside a word": "key: sk-test-5f0c9a7be41d",
    "sk alone": "print('sk-0d5e2f77c9b14a3d8e61')",
}
NO_KEYS = {
    "reading": 'key = os.environ["KIE_API_KEY"]',
    "reading with more": 'os.environ["KIE_API_KEY"], other1234567',
    "asking": "KIE_API_KEY = getpass.getpass1234('Key: ')",
    "placeholder": 'os.environ["KIE_API_KEY"] = "your-key-here"',
    "prose": "Set KIE_API_KEY before the kernel starts.",
    "task in a card": f'task <code dir="ltr" style="font-size:12px">{HEX}</code>',
    "task in JSON": f'"taskId": "{HEX}"',
    "task in an error": f"Was it made with another key? Task {HEX}.",
    "digest": f"sha256 {HEX}{HEX}",
    "another word": f"monkey {HEX}",
    "style sheet": '<div class="sk-estimator-doc-link sk-container-id-12">',
    "bearer of news": "The bearer 2 of bad news walks slowly into the wood.",
}
PATHS = {
    "Linux": ("/home/alice/clips/one.mp4", "/home/***/clips/one.mp4"),
    "a file address": ("file:///home/alice/x", "file:///home/***/x"),
    "a mounted home": ("/mnt/home/alice/x", "/mnt/home/***/x"),
    "macOS": ("open('/Users/alice')", "open('/Users/***')"),
    "Windows": (r"C:\Users\Alice Smith\x", r"C:\Users\***\x"),
    "Windows, escaped": (r'"C:\\Users\\alice\\x"', r'"C:\\Users\\***\\x"'),
    "Windows, slashes": ("c:/Users/alice/x", "c:/Users/***/x"),
    "Windows from Linux": ("/mnt/c/Users/alice/x", "/mnt/c/Users/***/x"),
    "a stick": ("/run/media/alice/stick", "/run/media/***/stick"),
    "the person's name anywhere": ("/srv/data/bob/x", "/srv/data/***/x"),
}
NO_PATHS = {
    "an address": "https://example.com/home/news",
    "everybody's": "/home/jovyan/work /Users/Shared/x C:\\Users\\Public\\x /home/user/x",
    "a placeholder": "/home/{user}/x /home/<you>/x /home/***/x",
    "relative": "hailuo_videos/one.mp4 home/alice ~/x",
    "root": "/root/x",
    "a name that is no folder": "bob went home/ and slept",
}


def notebook(source: object = "", **parts: object) -> dict[str, object]:
    """Return a notebook of one cell."""
    return {"cells": [{"cell_type": "code", "source": source, **parts}], "metadata": {}}


def found_in(text: str) -> list[tuple[str, str]]:
    """Return the kind and excerpt of what a cell's source holds."""
    return [(leak.kind, leak.excerpt) for leak in find_leaks(notebook(text), user="bob")]


@pytest.mark.parametrize("name", KEYS)
def test_a_key_is_found_and_not_shown(name: str) -> None:
    """Each way of writing a key is one finding, whose excerpt keeps the words and not the key."""
    ((kind, excerpt),) = found_in(KEYS[name])
    assert kind == "key"
    assert MASK in excerpt
    for secret in (KEY, HEX, "abcdefghijkl", "c0ffee00", "5f0c9a", "0d5e2f"):
        assert secret not in excerpt


@pytest.mark.parametrize("name", NO_KEYS)
def test_what_is_no_key_is_left_alone(name: str) -> None:
    """Reading a key, talking of keys, and the ids in our own outputs are no findings."""
    assert found_in(NO_KEYS[name]) == []


@pytest.mark.parametrize("name", PATHS)
def test_a_personal_path_is_found(name: str) -> None:
    """Home folders of every system, with the name blotted out."""
    text, shown = PATHS[name]
    assert found_in(text) == [("path", shown)]


@pytest.mark.parametrize("name", NO_PATHS)
def test_what_is_no_personal_path_is_left_alone(name: str) -> None:
    """Addresses, shared folders and placeholders say nothing of a person."""
    assert found_in(NO_PATHS[name]) == []


def test_the_key_in_use_is_found_whatever_it_looks_like() -> None:
    """The mask decides; the words around the key are shown."""
    leaks = find_leaks(
        notebook("x = 'plainword'"), mask=lambda text: text.replace("plainword", MASK)
    )
    assert [(leak.kind, leak.excerpt) for leak in leaks] == [("key", "x = '***'")]


@pytest.mark.parametrize(
    "parts",
    [
        {"outputs": [{"output_type": "stream", "text": ["a\n", f"api_key={HEX}\n"]}]},
        {"outputs": [{"output_type": "error", "traceback": [f"\x1b[31mapi_key\x1b[0m={HEX}"]}]},
        {"outputs": [{"data": {"text/html": f"api_key=&quot;{HEX}&quot;"}}]},
        {"outputs": [{"data": {"application/json": {"api_key": HEX}}}]},
        {"outputs": [{"data": {"image/svg+xml": f"<text>api_key={HEX}</text>"}}]},
        {"outputs": [{"metadata": {"api_key": HEX}}]},
    ],
)
def test_outputs_are_searched(parts: dict[str, object]) -> None:
    """Streams, tracebacks with colours, HTML, JSON, drawings and an output's own metadata."""
    (leak,) = find_leaks(notebook(**parts))
    assert (leak.cell, leak.where, leak.kind) == (1, "output", "key")


def test_metadata_is_searched() -> None:
    """A cell's and the notebook's own."""
    leaks = find_leaks(
        {
            "cells": [{"source": "", "metadata": {"token": HEX}}],
            "metadata": {"path": "/home/alice/x"},
        }
    )
    assert [(leak.cell, leak.where, leak.kind) for leak in leaks] == [
        (1, "metadata", "key"),
        (None, "metadata", "path"),
    ]


def test_pictures_are_not_searched() -> None:
    """The bytes of pictures and clips are no text."""
    data = {"image/png": f"key={HEX}", "text/html": f'<img src="data:image/png;base64,{HEX * 9}">'}
    assert find_leaks(notebook(outputs=[{"data": data}])) == []


def test_a_source_in_lines_and_an_old_notebook_are_read() -> None:
    """Sources may be lists of lines; version 3 keeps cells in worksheets, source as input."""
    assert len(find_leaks(notebook(["a = 1\n", f"api_key = '{HEX}'\n"]))) == 1
    old = {"worksheets": [{"cells": [{"input": f"api_key = '{HEX}'"}]}]}
    assert len(find_leaks(old)) == 1


def test_a_finding_is_told_once_and_not_without_end() -> None:
    """The same line twice is one finding; very many are cut."""
    assert len(find_leaks(notebook(f"api_key={HEX}\napi_key={HEX}"))) == 1
    many = "\n".join(f"line {number} api_key={HEX}" for number in range(500))
    assert len(find_leaks(notebook(many))) == LEAKS_MAX


def test_an_excerpt_is_short_and_harmless() -> None:
    """No control or direction characters, one line."""
    line = f"{'a' * 500}\u202e\x07 api_key={HEX} {'b' * 500}"
    ((_, excerpt),) = found_in(line)
    assert excerpt.isprintable()
    assert len(excerpt) <= 100
    assert "api_key=***" in excerpt


@pytest.mark.parametrize("value", [None, 5, "text", [], {}, {"cells": 3}, {"worksheets": [{}]}])
def test_what_is_no_notebook_has_no_cells(value: object) -> None:
    """Any other JSON is told apart."""
    assert cells_of(value) is None


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=10,
)


@given(
    st.lists(
        st.fixed_dictionaries(
            {}, optional={"source": VALUES, "outputs": VALUES, "metadata": VALUES}
        )
        | VALUES
    ),
    VALUES,
)
def test_any_notebook_is_searched(cells: list[object], metadata: object) -> None:
    """Whatever stands where texts should stand, the search ends with a list."""
    assert isinstance(find_leaks({"cells": cells, "metadata": metadata}), list)


@given(st.text())
def test_any_line_is_searched(line: str) -> None:
    """Whatever a line holds, it is given or not, and its excerpts are short."""
    assert all(len(excerpt) <= 100 for _, excerpt in found_in(line))
    assert gives_key(line) in (True, False)


def test_a_long_hostile_line_is_searched() -> None:
    """Text that looks like the beginning of a key a hundred thousand times is no key."""
    for part in ("KIE_API_KEY ", "key key=", "bearer ", "sk-a-", "/home/", "C:\\Users\\", "/a"):
        json.dumps(found_in(part * 100_000))


@pytest.mark.parametrize("line", ["x --key abc", "--api-key=abc", "x --token abc", "-key abc"])
def test_an_option_for_a_key_is_noticed(line: str) -> None:
    """Such options do not exist; somebody means to give a key."""
    assert has_key_option(line)


@pytest.mark.parametrize("line", ["x --image key.png", "monkey --model 02-t2v", "--key"])
def test_other_options_are_no_keys(line: str) -> None:
    """The word alone, as a name or a file, is nothing."""
    assert not has_key_option(line)

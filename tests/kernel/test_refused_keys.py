"""A key in a line or cell: refused, and shown in no output, with and without tracebacks."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.kernel.real_kernel import RealKernel, real_kernel

KEY = "sk-5a77d1c0b3e94f28"
IN_USE = "the-key-in-use"
CELLS = (
    f"%%hailuo x --key {KEY}\nA path.",
    f"%%hailuo x --api-key={KEY}\nA path.",
    f"%%hailuo x \u2014key {KEY}\nA path.",
    f"%%hailuo x\nA path. KIE_API_KEY={KEY}",
    f"%%hailuo x\nAuthorization: Bearer {KEY}",
    f"%%hailuo x --callback https://example.com/{IN_USE}\nA path.",
    f"%%hailuo x\nA path of {IN_USE}.",
    f"%%hailuo x --dry-run\nA path of {IN_USE}.",
    f"%hailuo show {IN_USE}",
    f"%hailuo --token {KEY}",
    f"%hailuo login {KEY}",
    "%hailuo login whatever-it-is",
)


@pytest.fixture(scope="module", params=["0", "1"], ids=["short", "debug"])
def keyed(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[RealKernel]:
    """Start a kernel with a key in its environment, on the simulator."""
    folder = tmp_path_factory.mktemp("keyed")
    """The second as a file of variables quotes it."""
    quote = '"' if request.param == "1" else ""
    env = {"KIE_API_KEY": f"{quote}{IN_USE}{quote}", "HAILUO_SIMULATOR": f"{quote}on{quote}"}
    env |= {"HAILUO_DEBUG": request.param}
    with real_kernel(folder, folder / "home", **env) as started:
        started.load()
        yield started


@pytest.mark.parametrize("cell", CELLS)
def test_a_key_in_a_cell_is_refused(keyed: RealKernel, cell: str) -> None:
    """One line says what to do; it quotes nothing, and nothing is recorded."""
    outcome = keyed.run(cell)
    assert outcome.error_name == "KeyInCell"
    assert "Nothing was sent" in outcome.error
    assert "%hailuo login" in outcome.error
    assert KEY not in outcome.error
    assert IN_USE not in outcome.error
    assert "whatever" not in outcome.error
    assert "The history is empty" in keyed.run("%hailuo history").text


def test_a_refused_key_is_in_no_history(keyed: RealKernel) -> None:
    """Neither the shell's variables nor IPython's history on disk keep what was typed."""
    keyed.run(f"%%hailuo x --key {KEY}\nA path.")
    keyed.run(f"%hailuo login {KEY}")
    kept = keyed.run(
        "_shell = get_ipython()\n"
        "_shell.history_manager.writeout_cache()\n"
        "_rows = list(_shell.history_manager.get_range(raw=True))\n"
        "print(repr(In), repr([v for k, v in globals().items() if k.startswith('_i')]), _rows)"
    ).text
    assert KEY not in kept
    assert kept.count("# An API key stood here.") >= 6


def test_a_key_in_a_variable_is_refused_too(keyed: RealKernel) -> None:
    """What {{name}} inserts would be recorded and sent like the rest of the prompt."""
    outcome = keyed.run("import os; mine = os.environ['KIE_API_KEY'].strip('\"')")
    assert not outcome.error
    outcome = keyed.run("%%hailuo x\nA path of {{mine}}.")
    assert outcome.error_name == "KeyInCell"
    assert IN_USE not in outcome.error


def test_the_key_in_a_path_is_blotted_out(keyed: RealKernel) -> None:
    """An error that names a path names it without the key."""
    outcome = keyed.run("import hailuo_nb; hailuo_nb.generate('x', image=f'{mine}.png')")
    assert outcome.error_name == "ImageError"
    assert "***.png" in outcome.error
    assert IN_USE not in outcome.error


def test_an_ordinary_cell_is_not_refused(keyed: RealKernel) -> None:
    """Talking of keys is no key."""
    cell = "%%hailuo --dry-run\nA bearer holds the key, a token of KIE_API_KEY, to the door."
    assert not keyed.run(cell).error


def test_the_doctor_reads_a_notebook(keyed: RealKernel, tmp_path: Path) -> None:
    """The key in use is found in it and not shown."""
    source = f'{{"cells": [{{"source": "x = {IN_USE}"}}]}}'
    (tmp_path / "lesson.ipynb").write_text(source)
    outcome = keyed.run(f"%hailuo doctor {tmp_path / 'lesson.ipynb'}")
    assert "cell 1, source" in outcome.text
    assert "x = ***" in outcome.text
    assert "No such file" in keyed.run("%hailuo doctor nowhere.ipynb").error

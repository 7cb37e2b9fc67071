"""A few seconds of the fuzzing; ``make fuzz`` goes on for ten minutes."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import strategies as st

from tests.fuzz.__main__ import PROPERTIES, fuzz, main

EXAMPLES = 60
SEED = 20_260_901


@pytest.mark.parametrize(
    ("check", "strategy"), PROPERTIES, ids=[check.__name__ for check, _ in PROPERTIES]
)
def test_a_property_holds(check: Callable[..., None], strategy: st.SearchStrategy[Any]) -> None:
    """The property holds for every input that was drawn."""
    assert fuzz(check, strategy, number=SEED, examples=EXAMPLES) >= EXAMPLES // 2


def test_the_fuzzer_finds_what_is_wrong(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A reader that fails on one character in thousands is caught, and the status says so."""

    def fragile(text: str) -> None:
        assert "}" not in text

    monkeypatch.setattr("tests.fuzz.__main__.PROPERTIES", ((fragile, st.text()),))
    assert main(["--minutes", "1"]) == 1
    assert "FOUND by fragile" in capsys.readouterr().out

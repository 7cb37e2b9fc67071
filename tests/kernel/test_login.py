"""``%hailuo login``: asked without echo, kept where it can be, shown nowhere."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.kernel.real_kernel import Outcome, RealKernel, real_kernel

KEY = "sk-6d01b7e2a9f84c35"
NO_KEYRING = "import sys; sys.modules['keyring'] = None"
KEYRING = """
import sys
from importlib.machinery import ModuleSpec
from types import ModuleType, SimpleNamespace
fake, kept = ModuleType("keyring"), {}
fake.__spec__ = ModuleSpec("keyring", None)
fake.set_password = lambda service, name, key: kept.update({(service, name): key})
fake.get_password = lambda service, name: kept.get((service, name))
fake.get_keyring = lambda: SimpleNamespace(name="Fake Keyring", priority=5)
sys.modules["keyring"] = fake
"""


@pytest.fixture
def unkeyed(tmp_path: Path) -> Iterator[RealKernel]:
    """Start a kernel without a key, whose service is a port where nobody answers."""
    env = {"HAILUO_BASE_URL": "http://127.0.0.1:9"}
    with real_kernel(tmp_path, tmp_path / "home", **env) as started:
        yield started


def type_in(kernel: RealKernel, code: str, text: str) -> tuple[str, list[dict[str, Any]]]:
    """Run a cell that asks for input; return what it printed and what it asked."""
    outcome, asked = Outcome(), []

    def answer(message: dict[str, Any]) -> None:
        asked.append(message["content"])
        kernel.client.input(text)

    kernel.client.execute_interactive(
        code,
        output_hook=lambda message: kernel._take(message, outcome),
        stdin_hook=answer,
        allow_stdin=True,
        timeout=60,
    )
    assert not outcome.error, outcome.error
    return outcome.text, asked


@pytest.mark.parametrize(
    ("machine", "said", "source"),
    [
        (KEYRING, "is kept in the OS keyring", "key from the OS keyring"),
        (NO_KEYRING, "is used until the kernel ends", "key from this session's login"),
    ],
    ids=["keyring", "no keyring"],
)
def test_a_typed_key_is_used_and_not_shown(
    unkeyed: RealKernel, machine: str, said: str, source: str
) -> None:
    """It is there at once and after a reload, and stands in no file of ours."""
    assert not unkeyed.run(machine).error
    assert "NO KEY" in unkeyed.load().text
    login, asked = type_in(unkeyed, "%hailuo login", f" {KEY} ")
    assert asked == [{"prompt": "API key for http://127.0.0.1:9 (not shown): ", "password": True}]
    assert f"The key for http://127.0.0.1:9 {said}" in login
    again = unkeyed.run("%reload_ext hailuo_nb").text
    assert source in again
    told = [login, again, unkeyed.run("%hailuo doctor").text]
    told += [unkeyed.run("import hailuo_nb.api as a; print(a.session().config)").text]
    assert KEY not in "\n".join(told)
    files = [path for path in unkeyed.home.rglob("*") if path.is_file()]
    assert [path for path in files if KEY.encode() in path.read_bytes()] == []


def test_where_nobody_can_be_asked_it_says_so(unkeyed: RealKernel) -> None:
    """A run without a person, as nbconvert's, is told of the environment."""
    unkeyed.load()
    outcome = unkeyed.run("%hailuo login")
    assert outcome.error_name == "UsageError"
    assert "Set KIE_API_KEY before the kernel starts" in outcome.error


def test_no_key_typed_is_told(unkeyed: RealKernel) -> None:
    """Return alone keeps nothing."""
    unkeyed.load()
    with pytest.raises(AssertionError, match="No key was typed"):
        type_in(unkeyed, "%hailuo login", "  ")

"""What a person sees of the budget: the verb, and a cell that is refused."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.kernel.real_kernel import RealKernel, real_kernel


@pytest.fixture
def paid_kernel(tmp_path: Path) -> Iterator[RealKernel]:
    """Start a kernel whose paid service is a simulator of its own, with 1000 credits."""
    words = [sys.executable, "-m", "hailuo_nb.simulator", "--speed", "400", "--max-size", "128"]
    words += ["--credits", "1000"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as service:
        assert service.stdout is not None
        url = service.stdout.readline().strip()
        env = {"HAILUO_BASE_URL": url, "KIE_API_KEY": "sk-test-5f0c9a7be41d"}
        with real_kernel(tmp_path, tmp_path / "home", **env) as kernel:
            kernel.load()
            yield kernel
        service.terminate()


def test_a_cap_is_set_kept_to_and_lifted(paid_kernel: RealKernel) -> None:
    """The verb caps the day, a cell above it is refused in one line, and another fits."""
    run = paid_kernel.run
    assert run("%hailuo budget 70").text.strip() == (
        "At most 70 credits a day over all your kernels: 70 left (0 spent, 0 held)."
    )
    assert not run("%%hailuo one --wait\nA harbour.").error
    refused = run("%%hailuo two --duration 10\nA harbour.")
    assert refused.error_name == "BudgetExceeded"
    assert (
        "This needs 50 credits; 40 of the 70 a day are left (30 spent, 0 held). Nothing was sent. "
        "Raise the cap with %hailuo budget N, or try --duration 6 (30 credits)."
    ) in refused.error
    assert "Traceback" not in refused.error
    assert paid_kernel.value("'two' in globals()") == "False"
    assert "No daily cap" in run("%hailuo budget off").text
    shown = run("%hailuo budget").text
    assert "balance       970" in shown
    assert "spent today   30" in shown
    assert not run("%%hailuo two --duration 10 --wait\nA harbour.").error


@pytest.mark.parametrize(
    ("cell", "kind", "words"),
    [
        ("%hailuo budget much", "OptionError", "such as 50"),
        ("%hailuo budget -3", "OptionError", "such as 50"),
        ("%hailuo budget 5 --per week", "OptionError", "session"),
        ("%hailuo budget --per day", "OptionError", "without a number"),
        ("%%hailuo x --max-credits none\nhi", "OptionError", "--max-credits takes credits"),
    ],
)
def test_slips_are_refused(shared_kernel: RealKernel, cell: str, kind: str, words: str) -> None:
    """What is no amount, or no period, gets one line."""
    outcome = shared_kernel.run(cell)
    assert (outcome.error_name, words in outcome.error) == (kind, True)


def test_simulated_credits_are_in_no_budget(shared_kernel: RealKernel) -> None:
    """On the built-in simulator the budget says so and asks nothing."""
    shown = shared_kernel.run("%hailuo budget").text
    assert "The simulator is in use: its credits count in no budget." in shown
    assert "Nothing was paid for yet." in shown

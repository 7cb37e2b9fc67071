"""The verb that explains the camera commands."""

from hailuo_nb.core.cameras import CAMERAS
from tests.kernel.real_kernel import RealKernel


def test_every_command_is_explained(shared_kernel: RealKernel) -> None:
    """Where no HTML is shown, the text names each command as it is typed."""
    outcome = shared_kernel.run("%hailuo cameras")
    assert not outcome.error
    assert [name for name in CAMERAS if f"[{name}]" not in outcome.text] == []


def test_it_takes_no_words(shared_kernel: RealKernel) -> None:
    """A word behind it is a slip, and the usage is told."""
    refused = shared_kernel.run("%hailuo cameras left")
    assert refused.error_name == "OptionError"
    assert "Usage: %hailuo cameras" in refused.error

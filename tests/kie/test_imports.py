"""What importing the wire costs."""

import subprocess
import sys

import pytest


@pytest.mark.parametrize(
    ("modules", "heavy"),
    [
        ("hailuo_nb.kie", "httpx av numpy PIL"),
        ("hailuo_nb.kie.wire, hailuo_nb.kie.outcome", "httpx av"),
        ("hailuo_nb.kie.callback", "httpx av"),
        ("hailuo_nb.kie.client", "av numpy PIL"),
    ],
)
def test_imports_stay_light(modules: str, heavy: str) -> None:
    """The HTTP library comes with the client alone, the video library with the first check."""
    code = f"import sys, {modules}; print(*(set('{heavy}'.split()) & set(sys.modules)))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == ""

"""A simulator of the gateway's own, for a class that practises: started and ended with it.

It knows how one is started as a process. What it answers is the simulator's own affair.
"""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from hailuo_nb.errors import SimulatorError

SPEED = 20.0
CREDITS = 1_000_000.0
END_S = 10.0


@contextmanager
def simulator() -> Iterator[str]:
    """Run a simulator while the context is open; yields its base URL.

    Raises
    ------
    SimulatorError
        It did not start.
    """
    words = ["--speed", str(SPEED), "--credits", str(CREDITS)]
    process = subprocess.Popen(  # noqa: S603 - this very Python
        [sys.executable, "-m", "hailuo_nb.simulator", *words],
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        said = process.stdout.readline().strip() if process.stdout else ""
        if not said:
            raise SimulatorError("The simulator did not start.")
        yield said
    finally:
        process.terminate()
        process.wait(END_S)

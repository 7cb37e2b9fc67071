"""The door for ``python -m hailuo_nb.simulator``; it knows only the command line's main."""

import sys

from hailuo_nb.simulator.cli import main

if __name__ == "__main__":
    sys.exit(main())

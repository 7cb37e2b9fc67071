"""``python -m hailuo_nb.gateway``: serve a class, make tokens, look whether the money is right."""

import sys

from hailuo_nb.gateway.cli import main

if __name__ == "__main__":
    sys.exit(main())

"""What the words of the command line may be: each is read here, or refused with what it must be.

It must not know what an option is for.
"""

import argparse
import re
from urllib.parse import urlsplit

from hailuo_nb.core.addresses import fault_of

CREDITS_MAX = 1e9
TOKENS_MAX = 100_000


def host(word: str) -> str:
    """Return a name to listen on; an empty one would be every address of the machine."""
    if not word.strip():
        raise argparse.ArgumentTypeError("must be an address, such as 127.0.0.1")
    return word


def port(word: str) -> int:
    """Return a port; 0 stands for a free one."""
    return _whole(word, 0, 65_535)


def number(word: str) -> int:
    """Return how many tokens are made."""
    return _whole(word, 1, TOKENS_MAX)


def _whole(word: str, least: int, most: int) -> int:
    if not re.fullmatch("[0-9]{1,9}", word, re.ASCII) or not least <= int(word) <= most:
        raise argparse.ArgumentTypeError(f"must be {least} to {most}")
    return int(word)


def url(word: str) -> str:
    """Return a web address, its path included, without a slash at the end."""
    if fault_of(word):
        raise argparse.ArgumentTypeError("must be an http or https address")
    return word.rstrip("/")


def below(public_url: str | None, path: str) -> str | None:
    """Return where the gateway is called: below its path, which an address alone leaves out."""
    return public_url and public_url + ("" if urlsplit(public_url).path else path)


def prefix(word: str) -> str:
    """Return a path prefix as it begins every path: "" or "/services/class"."""
    path = word.strip("/")
    if not re.fullmatch(r"[A-Za-z0-9._~/-]*", path) or ".." in path:
        raise argparse.ArgumentTypeError("must be a path such as /services/class")
    return f"/{path}" if path else ""


def credits(word: str) -> int:
    """Return hundredths of a credit."""
    try:
        value = float(word)
    except ValueError:
        value = -1.0
    if not 0 <= value <= CREDITS_MAX:
        raise argparse.ArgumentTypeError("must be a number of credits, 0 or more")
    return round(value * 100)

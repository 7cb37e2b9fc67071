"""The simulator's own doors, as whoever started it opens them in a test."""

import json
import os
import sys
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
COPYING = (sys.executable, "-m", "tests.simulator.copying")
"""Runs the simulator for those that look at no clip, from the project's folder."""

TOKEN = "token-of-the-tests-0c7d1e"
HEADER = "X-Simulator-Token"


def environment(token: str = TOKEN) -> dict[str, str]:
    """Return the environment that hands a simulator its token."""
    return os.environ | {"HAILUO_SIMULATOR_TOKEN": token}


def ask_owner(
    url: str,
    path: str,
    body: object = None,
    *,
    token: str = TOKEN,
    headers: Mapping[str, str] | None = None,
) -> Any:
    """Return what a door under ``/_sim/`` answers; a body is posted as JSON."""
    data = None if body is None else json.dumps(body).encode()
    sent = {HEADER: token, "Content-Type": "application/json", **(headers or {})}
    with urllib.request.urlopen(urllib.request.Request(url + path, data, sent)) as reply:
        return json.load(reply)

"""Plain snapshots for the tests of core."""

from typing import Any

from hailuo_nb.core.request import make_request
from hailuo_nb.core.task import Snapshot


def snapshot_of(**changes: Any) -> Snapshot:
    """Make a task as it is recorded before its first byte leaves, with some changes."""
    facts: dict[str, Any] = {
        "id": "0a1b2c3d",
        "request": make_request(prompt="a cat"),
        "service": "simulator",
        "created_at": 1000.0,
    }
    return Snapshot(**facts | changes)

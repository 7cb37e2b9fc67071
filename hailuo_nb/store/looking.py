"""One look at tasks of a history that another process may be writing: where they are, who watches.

It reads what an answer to "has anything changed?" needs, and nothing else; it never writes.
"""

import hashlib
import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from hailuo_nb.core.task import TRANSITIONS, State
from hailuo_nb.errors import StoreError
from hailuo_nb.store.database import Database
from hailuo_nb.store.leases import Holder
from hailuo_nb.store.opening import HISTORY

_LOOK = """
SELECT tasks.id AS id, state, name, task_id, finished_at, credits, note, error, video, holder,
    expires_at
FROM tasks LEFT JOIN leases ON leases.id = tasks.id
WHERE tasks.id IN (SELECT value FROM json_each(:ids))
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """Where a task is.

    ``mark`` differs once anything that is seen of it has changed; ``watched`` is whether a
    living process looks after it.
    """

    state: State
    watched: bool
    mark: str


def look(home: Path, ids: Sequence[str]) -> dict[str, Looked]:
    """Return those of the tasks that the history in a folder has; none where it cannot be read."""
    database = Database(home / HISTORY, only_looks=True)
    try:
        rows = database.read(_LOOK, {"ids": json.dumps(list(ids))})
    except StoreError:
        return {}
    finally:
        database.close()
    own, now, watched = Holder(), time.time(), dict[tuple[object, object], bool]()
    found: dict[str, Looked] = {}
    for *facts, holder, expires_at in map(tuple, rows):
        lease = (holder, expires_at)
        if lease not in watched:
            watched[lease] = holder is not None and not own.leaves_free(holder, expires_at, now)
        id, state = str(facts[0]), facts[1]
        if state in TRANSITIONS:
            seen = repr((facts, watched[lease])).encode()
            mark = hashlib.sha256(seen).hexdigest()[:16]
            found[id] = Looked(state=state, watched=watched[lease], mark=mark)
    return found

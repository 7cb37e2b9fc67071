"""A submit that an ended kernel left behind: what is known of it after all.

Its id may lie beside the clips, where the journal could not take it; else the balance before it,
and what other tasks took since, is all there is.
"""

import logging
from pathlib import Path

from hailuo_nb.core.evidence import Others
from hailuo_nb.core.task import Snapshot
from hailuo_nb.runner.connection import BALANCE_AGE_S
from hailuo_nb.runner.interfaces import FileStore, Journal

log = logging.getLogger("hailuo_nb")


def take_back(journal: Journal, files: FileStore, folder: Path, known: Snapshot) -> Snapshot:
    """Return a recorded task, with the service's id where the file in ``folder`` tells of one.

    Raises
    ------
    StoreError
        The journal still cannot take it.
    """
    named = files.with_id(folder, known)
    if named is None:
        return known
    log.info("the id of task %s was found beside the clips", known.id)
    now = named if journal.accept(named) else journal.get(known.id) or known
    if now.task_id is not None:
        files.note_taken(folder, named)
    return now


def others_since(journal: Journal, known: Snapshot) -> Others | None:
    """Return what other tasks took since the balance before an interrupted submit was told."""
    if known.state != "submitting" or known.balance is None:
        return None
    since = (known.submitted_at or known.created_at) - BALANCE_AGE_S
    return journal.others(known.service, without=known.id, since=since)

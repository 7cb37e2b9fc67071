"""One id of the service for two tasks, or two ids for one: the rows say so, whoever has them.

It knows the rows of one history. It does not know whose clip it is; nobody here can.
"""

from hailuo_nb.core.task import Snapshot
from hailuo_nb.store.database import Database

OTHERS = """
SELECT id, name FROM tasks
WHERE service = :service AND task_id = :task_id AND id != :id ORDER BY rowid
"""
RECORDED = "SELECT task_id FROM tasks WHERE id = :id AND task_id != :task_id"
WARN = """
UPDATE tasks SET warnings = json_insert(warnings, '$[#]', :words)
WHERE id = :id AND json_valid(warnings) AND instr(warnings, json_quote(:words)) = 0
"""
WORDS = (
    "The service gave {others} the same task id: the clip may be what the other one asked for, "
    "and one of them may have been made and billed under an id that is not known here."
)
SECOND = "The service named task {found} for it, too; it is recorded as task {recorded}."


def tell_ids(database: Database, named: Snapshot, *, accepted: bool) -> None:
    """Warn of an id that another task has, too, or of one that came for a task with another."""
    (_tell_shared if accepted else _tell_second)(database, named)


def _tell_shared(database: Database, accepted: Snapshot) -> None:
    facts = {
        "service": accepted.service,
        "task_id": accepted.task_id,
        "id": accepted.id,
    }
    others = [(row["id"], str(row["name"] or row["id"])) for row in database.read(OTHERS, facts)]
    if not others:
        return
    names = ", ".join(name for _, name in others)
    for id, named in [(accepted.id, names), *((id, accepted.label) for id, _ in others)]:
        _warn(database, id, WORDS.format(others=named))


def _tell_second(database: Database, named: Snapshot) -> None:
    facts = {"id": named.id, "task_id": named.task_id}
    for row in database.read(RECORDED, facts):
        _warn(database, named.id, SECOND.format(found=named.task_id, recorded=row["task_id"]))


def _warn(database: Database, id: str, words: str) -> None:
    database.write(WARN, {"id": id, "words": words})

"""The history's schema as an append-only list: a released step is never edited.

Each step is one script; SQLite's ``user_version`` says how many have run. A step that older
versions can live with, such as a further column with a default, sets `OLDEST_READER`.
"""

import sqlite3
from collections.abc import Callable, Iterator

from hailuo_nb.errors import StoreError, setting
from hailuo_nb.store import word_index
from hailuo_nb.store.rows import alike_of

MIGRATIONS: tuple[str, ...] = (
    """
    CREATE TABLE tasks (
        id TEXT PRIMARY KEY,
        name TEXT,
        state TEXT NOT NULL,
        service TEXT NOT NULL,
        identity TEXT NOT NULL,
        family TEXT NOT NULL,
        sample INTEGER NOT NULL,
        model TEXT NOT NULL,
        duration_s INTEGER NOT NULL,
        resolution TEXT NOT NULL,
        prompt TEXT NOT NULL,
        request TEXT NOT NULL,
        created_at REAL NOT NULL,
        submitted_at REAL,
        finished_at REAL,
        task_id TEXT,
        credits REAL,
        balance REAL,
        cost_time_s REAL,
        note TEXT,
        error TEXT,
        error_kind TEXT,
        warnings TEXT NOT NULL DEFAULT '[]',
        video TEXT,
        sha256 TEXT,
        size_bytes INTEGER,
        folder TEXT NOT NULL,
        notebook TEXT,
        key_print TEXT
    );
    CREATE INDEX tasks_by_identity ON tasks (identity, created_at);
    CREATE INDEX tasks_by_family ON tasks (family, sample);
    CREATE INDEX tasks_by_state ON tasks (state, created_at);
    CREATE INDEX tasks_by_name ON tasks (name, created_at);
    CREATE INDEX tasks_by_task_id ON tasks (task_id);
    CREATE TABLE posters (
        id TEXT PRIMARY KEY REFERENCES tasks (id),
        uri TEXT NOT NULL
    );
    CREATE TABLE uploads (
        service TEXT NOT NULL,
        digest TEXT NOT NULL,
        url TEXT NOT NULL,
        uploaded_at REAL NOT NULL,
        PRIMARY KEY (service, digest)
    );
    """,
    """
    ALTER TABLE tasks ADD COLUMN price REAL NOT NULL DEFAULT 0;
    CREATE TABLE leases (
        id TEXT PRIMARY KEY REFERENCES tasks (id),
        holder TEXT NOT NULL,
        expires_at REAL NOT NULL
    );
    CREATE TABLE settings (
        name TEXT PRIMARY KEY,
        value TEXT NOT NULL
    );
    CREATE TABLE passes (
        service TEXT NOT NULL,
        gate TEXT NOT NULL,
        at REAL NOT NULL
    );
    CREATE INDEX passes_by_gate ON passes (service, gate, at);
    """,
    """
    ALTER TABLE tasks ADD COLUMN hidden INTEGER NOT NULL DEFAULT 0;
    CREATE INDEX tasks_by_time ON tasks (created_at);
    CREATE INDEX tasks_on_shelf ON tasks (hidden, created_at, id, state, model);
    """,
    """
    CREATE TABLE experiments (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL,
        digest TEXT NOT NULL,
        made_at REAL NOT NULL,
        form TEXT NOT NULL,
        UNIQUE (name, digest)
    );
    CREATE INDEX experiments_by_name ON experiments (name, id);
    """,
    """
    ALTER TABLE tasks ADD COLUMN alike TEXT;
    CREATE INDEX tasks_by_alike ON tasks (alike, sample);
    """,
    """
    CREATE TABLE votes (
        number INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        experiment TEXT NOT NULL,
        digest TEXT NOT NULL,
        judge TEXT NOT NULL,
        left TEXT NOT NULL,
        right TEXT NOT NULL,
        outcome TEXT NOT NULL,
        repeat INTEGER NOT NULL,
        at REAL NOT NULL,
        undoes TEXT
    );
    CREATE INDEX votes_by_experiment ON votes (experiment, digest, number);
    """,
    """
    ALTER TABLE tasks ADD COLUMN parent TEXT;
    """,
    """
    CREATE TABLE strips (
        id TEXT PRIMARY KEY REFERENCES tasks (id),
        uris TEXT NOT NULL
    );
    """,
    """
    CREATE TABLE measures (
        id TEXT NOT NULL,
        key TEXT NOT NULL,
        version INTEGER NOT NULL,
        value,
        words TEXT NOT NULL,
        PRIMARY KEY (id, key)
    );
    """,
    """
    CREATE TABLE ratings (
        id TEXT PRIMARY KEY,
        stars INTEGER,
        note TEXT NOT NULL,
        tags TEXT NOT NULL,
        wins INTEGER NOT NULL
    );
    """,
    """
    ALTER TABLE tasks ADD COLUMN imported TEXT;
    """,
    """
    DROP INDEX tasks_by_time;
    CREATE INDEX tasks_by_time ON tasks (created_at, id);
    CREATE INDEX tasks_by_submission ON tasks (submitted_at);
    CREATE INDEX tasks_by_kind
        ON tasks (model, duration_s, resolution, service, state, created_at);
    CREATE INDEX tasks_by_clip ON tasks (sha256);
    CREATE INDEX tasks_unpriced ON tasks (service)
        WHERE NOT coalesce(price > 0 AND price <= 1000000000000, 0);
    CREATE VIEW paid AS
    SELECT place, model, notebook,
        CAST(round(1000000 * CASE
            WHEN state IN ('done', 'expired') THEN coalesce(told, price)
            WHEN state IS NOT 'failed' THEN 0
            ELSE coalesce(told, CASE WHEN task_id IS NULL THEN 0 ELSE price END)
        END) AS INTEGER) AS spent,
        CAST(round(1000000 * CASE
            WHEN state IN ('done', 'expired', 'failed') THEN 0
            WHEN state = 'stopped' AND submitted_at IS NULL THEN 0
            ELSE max(coalesce(told, 0), price)
        END) AS INTEGER) AS held
    FROM (
        SELECT rowid AS place, state, task_id, submitted_at, price,
            CASE WHEN credits BETWEEN 0 AND 1000000000000 THEN credits END AS told,
            CASE typeof(model) WHEN 'text' THEN model ELSE '' END AS model,
            CASE typeof(notebook) WHEN 'text' THEN notebook ELSE '' END AS notebook
        FROM tasks
        WHERE service IS NOT 'simulator' AND price > 0 AND price <= 1000000000000
            AND (imported IS NULL OR identity IS NOT id)
    );
    CREATE TABLE paid_sums (
        model TEXT NOT NULL,
        notebook TEXT NOT NULL,
        spent INTEGER NOT NULL,
        held INTEGER NOT NULL,
        PRIMARY KEY (model, notebook)
    );
    INSERT INTO paid_sums
    SELECT model, notebook, total(spent), total(held) FROM paid GROUP BY model, notebook;
    CREATE TRIGGER paid_added AFTER INSERT ON tasks
    BEGIN
        INSERT INTO paid_sums
        SELECT model, notebook, spent, held FROM paid WHERE place = new.rowid
        ON CONFLICT (model, notebook)
        DO UPDATE SET spent = spent + excluded.spent, held = held + excluded.held;
    END;
    CREATE TRIGGER paid_changing BEFORE UPDATE OF
        id, identity, imported, service, state, model, notebook, price, credits, task_id,
        submitted_at ON tasks
    BEGIN
        INSERT INTO paid_sums
        SELECT model, notebook, -spent, -held FROM paid WHERE place = old.rowid
        ON CONFLICT (model, notebook)
        DO UPDATE SET spent = spent + excluded.spent, held = held + excluded.held;
    END;
    CREATE TRIGGER paid_changed AFTER UPDATE OF
        id, identity, imported, service, state, model, notebook, price, credits, task_id,
        submitted_at ON tasks
    BEGIN
        INSERT INTO paid_sums
        SELECT model, notebook, spent, held FROM paid WHERE place = new.rowid
        ON CONFLICT (model, notebook)
        DO UPDATE SET spent = spent + excluded.spent, held = held + excluded.held;
    END;
    CREATE TRIGGER paid_removed BEFORE DELETE ON tasks
    BEGIN
        INSERT INTO paid_sums
        SELECT model, notebook, -spent, -held FROM paid WHERE place = old.rowid
        ON CONFLICT (model, notebook)
        DO UPDATE SET spent = spent + excluded.spent, held = held + excluded.held;
    END;
    """,
    """
    CREATE TABLE answers (
        id TEXT NOT NULL,
        at REAL NOT NULL,
        body TEXT NOT NULL
    );
    CREATE INDEX answers_by_id ON answers (id);
    """,
)
"""Every step from an empty file to today's schema."""

OLDEST_READER = "oldest_reader"
"""Names the setting that says how many steps a version must know to use a newer file."""


def migrate(connection: sqlite3.Connection) -> None:
    """Bring a database to today's schema, each step in a transaction of its own.

    Raises
    ------
    StoreError
        The file was written by a newer version of this package, and not for this one, too.
    """
    done = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if done > len(MIGRATIONS) and not _may_use(connection):
        raise StoreError(
            "The history was written by a newer hailuo_nb.",
            advice=f"Upgrade with pip install -U hailuo_nb, or {setting('HAILUO_HOME')}.",
        )
    for number in range(done, len(MIGRATIONS)):
        _step(connection, number)


def _may_use(connection: sqlite3.Connection) -> bool:
    """Return whether a newer file says that this version may use it."""
    sql = "SELECT value FROM settings WHERE name = ?"
    found = connection.execute(sql, (OLDEST_READER,)).fetchone()
    told = str(found[0]) if found else ""
    return told.isdecimal() and int(told) <= len(MIGRATIONS)


def _step(connection: sqlite3.Connection, number: int) -> None:
    connection.execute("BEGIN IMMEDIATE")
    try:
        now = int(connection.execute("PRAGMA user_version").fetchone()[0])
        if now <= number:
            for statement in _statements(MIGRATIONS[number]):
                connection.execute(statement)
            if number in FILLED:
                FILLED[number](connection)
            connection.execute(f"PRAGMA user_version = {number + 1}")
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


def _fill_alike(connection: sqlite3.Connection) -> None:
    rows = connection.execute("SELECT rowid, request, service FROM tasks").fetchall()
    connection.executemany(
        "UPDATE tasks SET alike = ? WHERE rowid = ?",
        [(alike_of(request, service), rowid) for rowid, request, service in rows],
    )


FILLED: dict[int, Callable[[sqlite3.Connection], None]] = {4: _fill_alike, 9: word_index.build}
"""What SQL alone cannot tell of the rows that are there, by the place of its step."""


def _statements(script: str) -> Iterator[str]:
    """Yield the statements of a script; a trigger's own end with a semicolon, too."""
    begun = ""
    for part in script.split(";"):
        begun += f"{part};" if part.strip() else ""
        if begun and sqlite3.complete_statement(begun):
            yield begun
            begun = ""

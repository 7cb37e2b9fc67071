"""What the gateway keeps, as tables; the same on PostgreSQL and on SQLite.

It knows columns, keys and units: money in hundredths of a credit, moments in seconds since the
epoch by the database's clock. It must not know what any of it is for.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Double,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

HUNDREDTHS = 100
"""Hundredths of a credit in one."""

_COUNTER = BigInteger().with_variant(Integer, "sqlite")

metadata = MetaData()

account = Table(
    "account",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("budget", BigInteger, doc="of the whole class; null: no limit"),
    Column("student_budget", BigInteger, nullable=False, doc="of each student who is new"),
    Column("held", BigInteger, nullable=False, default=0),
    Column("spent", BigInteger, nullable=False, default=0),
    Column("at_once", Integer, nullable=False, doc="tasks of one student that have not ended"),
    Column("models", Text, doc="JSON list of those allowed; null: all"),
    Column("secret", String(64), nullable=False, doc="signs teachers' sessions"),
    Column("paused", Boolean, nullable=False, default=False),
)

gate = Table(
    "gate",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("vnow", Double, nullable=False, default=0.0, doc="how far the fair queue has come"),
    Column("recent", Text, nullable=False, default="[]", doc="JSON: moments of the latest sends"),
    Column("shut_until", Double, nullable=False, default=0.0),
    Column("trouble", Text, doc="why it is shut, in words"),
)

service = Table(
    "service",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("is_practice", Boolean, nullable=False, doc="its tasks are the simulator's"),
)

student = Table(
    "student",
    metadata,
    Column("id", String(255), primary_key=True),
    Column("budget", BigInteger, nullable=False),
    Column("held", BigInteger, nullable=False, default=0),
    Column("spent", BigInteger, nullable=False, default=0),
    Column("folder", String(16), nullable=False, doc="of uploads; nobody else can guess it"),
    Column("vlast", Double, nullable=False, default=0.0),
)

task = Table(
    "task",
    metadata,
    Column("seq", _COUNTER, primary_key=True, autoincrement=True),
    Column("id", String(32), nullable=False, unique=True),
    Column("student", String(255), ForeignKey("student.id"), nullable=False),
    Column("model", String(80), nullable=False),
    Column("param", Text, nullable=False, doc="JSON: model, input, callBackUrl"),
    Column("price", BigInteger, nullable=False),
    Column("cost", BigInteger, doc="what the service took"),
    Column("state", String(8), nullable=False),
    Column("phase", String(12), doc="the service's word for a running one"),
    Column("vstart", Double, nullable=False),
    Column("owner", String(32)),
    Column("lease", Double),
    Column("created", Double, nullable=False),
    Column("sent", Double),
    Column("ended", Double),
    Column("day", Integer, doc="of the settlement, since the epoch"),
    Column("upstream", String(200), unique=True),
    Column("poll", Double),
    Column("result", Text, doc="JSON list of addresses"),
    Column("fail_code", String(20)),
    Column("fail_msg", Text),
    Column("callback_token", String(43), nullable=False, unique=True),
    Column("idempotency", String(64), doc="sha256 of what the client calls the request"),
    Column("digest", String(64), nullable=False, doc="sha256 of what was asked for"),
    UniqueConstraint("student", "idempotency"),
    Index("task_queue", "state", "vstart", "seq"),
    Index("task_day", "day"),
    Index("task_poll", "state", "poll"),
    Index("task_student", "student", "state"),
)

entry = Table(
    "entry",
    metadata,
    Column("id", _COUNTER, primary_key=True, autoincrement=True),
    Column("task", String(32), ForeignKey("task.id"), nullable=False),
    Column("student", String(255), ForeignKey("student.id"), nullable=False),
    Column("kind", String(8), nullable=False),
    Column("amount", BigInteger, nullable=False),
    Column("moment", Double, nullable=False),
    UniqueConstraint("task", "kind"),
    Index("entry_student", "student"),
)

call = Table(
    "call",
    metadata,
    Column("task", String(32), ForeignKey("task.id"), primary_key=True),
    Column("url", Text, nullable=False, doc="the student's own, called when the task has ended"),
    Column("tries", Integer, nullable=False),
    Column("due", Double, doc="when it is tried again"),
    Index("call_due", "tries", "due"),
)

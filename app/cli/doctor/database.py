"""Is the database itself sound?"""

from collections.abc import Iterator

from app.core import append_only, schema
from app.core.event_log import EventRecord
from app.donations.models import Commissioning, DonatedUnit, Inspection
from app.extensions import db
from app.inventory.models import Acquisition
from app.needs.models import NeedEvidence
from app.occupancy import invariants

WRITTEN_ONCE = [
    table.__tablename__
    for table in (EventRecord, NeedEvidence, Acquisition, DonatedUnit, Inspection, Commissioning)
]


def is_whole() -> Iterator[str]:
    """SQLite's own checks of pages and references; PostgreSQL keeps references at all times."""
    if db.engine.dialect.name != "sqlite":
        return
    with db.engine.connect() as connection:
        for (line,) in connection.exec_driver_sql("PRAGMA integrity_check"):
            if line != "ok":
                yield line
        for table, row, parent, _key in connection.exec_driver_sql("PRAGMA foreign_key_check"):
            yield f"row {row} of {table} refers to a row of {parent} that is not there"


def has_its_triggers() -> Iterator[str]:
    dialect = db.engine.dialect.name
    names = [
        *invariants.trigger_names(dialect),
        *(name for table in WRITTEN_ONCE for name in append_only.trigger_names(dialect, table)),
    ]
    with db.engine.connect() as connection:
        for name in schema.missing_triggers(connection, names):
            yield f"trigger {name} is missing: run `flask db upgrade`, or restore it from the migration"

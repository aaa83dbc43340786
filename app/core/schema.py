"""Which migrations this program brings, and which a database has had."""

from functools import cache
from pathlib import Path

from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

_MIGRATIONS = Path(__file__).parents[2] / "migrations"


def heads() -> set[str]:
    """The last migrations of this program: a database it can work on is there, and no further."""
    return set(_scripts().get_heads())


def known() -> set[str]:
    """Every migration of this program: it can bring a database on from any of them."""
    return {script.revision for script in _scripts().walk_revisions()}


def revisions_of(connection: Connection) -> set[str]:
    """Where the database stands; empty for one without tables."""
    return set(MigrationContext.configure(connection).get_current_heads())


@cache
def _scripts() -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    return ScriptDirectory.from_config(config)

"""What is in a PostgreSQL database, to be put back after a test has changed it."""

from dataclasses import dataclass

import psycopg
from psycopg import sql
from sqlalchemy import make_url

SHAPE = """
SELECT md5(string_agg(line, ',' ORDER BY line)) FROM (
  SELECT oid || ':' || xmin AS line FROM pg_constraint
  UNION ALL SELECT oid || ':' || xmin FROM pg_trigger
  UNION ALL SELECT oid || ':' || xmin FROM pg_proc WHERE oid >= 16384
  UNION ALL SELECT attrelid || ':' || attnum || ':' || part.xmin FROM pg_attribute AS part
    JOIN pg_class AS whole ON whole.oid = attrelid
    WHERE attrelid >= 16384 AND relkind IN ('r', 'i') AND relnamespace = 'public'::regnamespace
) AS lines
"""
"""Changes with every table, index, constraint, trigger and function that is made, changed or dropped."""
ALONE = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
COUNTERS = "SELECT schemaname, sequencename, last_value FROM pg_sequences WHERE schemaname = 'public'"


@dataclass(frozen=True)
class Contents:
    """The rows of a database as they were, and its shape."""

    address: str
    shape: str
    tables: list[str]
    rows: dict[str, bytes]
    counters: dict[str, int | None]

    @classmethod
    def of(cls, address: str) -> "Contents":
        with _connected(address) as connection:
            found = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
            tables = [str(name) for (name,) in found]
            return cls(
                address,
                _shape(connection),
                tables,
                {table: rows for table in tables if len(rows := _read(connection, table)) > len(EMPTY)},
                {name: last for _schema, name, last in connection.execute(COUNTERS)},
            )

    def refill(self) -> bool:
        """Make it what it was; False where a test has changed the tables themselves, or this user may not."""
        with _connected(self.address) as connection:
            connection.execute(ALONE)
            if _shape(connection) != self.shape:
                return False
            try:
                # Without triggers and foreign keys: the rows fitted together before.
                connection.execute("SET session_replication_role = replica")
            except psycopg.errors.InsufficientPrivilege:
                return False
            with connection.transaction():
                self._put_back(connection)
        return True

    def _put_back(self, connection: psycopg.Connection) -> None:
        deletes = (sql.SQL("DELETE FROM {}").format(sql.Identifier(table)) for table in self.tables)
        connection.execute(sql.SQL(";").join(deletes))
        for table, rows in self.rows.items():
            into = sql.SQL("COPY {} FROM STDIN (FORMAT binary)").format(sql.Identifier(table))
            with connection.cursor().copy(into) as copy:
                copy.write(rows)
        for name, last in self.counters.items():
            connection.execute(
                "SELECT setval(quote_ident(%s)::regclass, %s, %s)", [name, last or 1, last is not None]
            )


EMPTY = b"PGCOPY\n\xff\r\n\0" + bytes(8) + b"\xff\xff"
"""A table without rows: the head and the end of the format."""


def _connected(address: str) -> psycopg.Connection:
    url = make_url(address).set(drivername="postgresql").render_as_string(hide_password=False)
    return psycopg.connect(url, autocommit=True)


def _shape(connection: psycopg.Connection) -> str:
    row = connection.execute(SHAPE).fetchone()
    return str(row[0]) if row else ""


def _read(connection: psycopg.Connection, table: str) -> bytes:
    out = sql.SQL("COPY {} TO STDOUT (FORMAT binary)").format(sql.Identifier(table))
    with connection.cursor().copy(out) as copy:
        return b"".join(copy)

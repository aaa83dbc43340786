"""The last word on double booking: triggers, for SQLite and PostgreSQL from one text.

    At every instant, the quantity claimed of an equipment is at most its capacity at that time.

Sums of claims change only where a claim starts, and capacity only where a change takes effect, so
looking at those instants inside the new row's span is exact. AFTER triggers see the row itself and
need no case for "all others but me". What they raise is called claim_capacity on both databases.

The migration installs what statements() returns; changing it here means a new migration.
"""

from sqlalchemy import Connection

from app.core import schema
from app.occupancy.models import LONGEST_CLAIM

NAME = "claim_capacity"
"""The trigger, and the text by which its refusal is known."""

CAPACITY_NAME = "capacity_keeps_claims"
_DAYS = LONGEST_CLAIM.days

# {back}: the instant LONGEST_CLAIM earlier. The CHECK not_too_long makes the bound safe.
_CLAIMED_AT = """
    (SELECT COALESCE(SUM(c.quantity), 0) FROM claim AS c
      WHERE c.equipment_id = NEW.equipment_id
        AND c.starts_at <= p.at AND c.starts_at >= {back} AND c.ends_at > p.at)"""

_CAPACITY_AT = """
    COALESCE((SELECT h.quantity FROM capacity_change AS h
               WHERE h.equipment_id = NEW.equipment_id AND h.from_at <= p.at AND p.at < h.until_at),
             (SELECT k.quantity FROM equipment_capacity AS k WHERE k.equipment_id = NEW.equipment_id), 0)"""

_CLAIM_TOO_MUCH = f"""
  EXISTS (SELECT 1 FROM (
      SELECT NEW.starts_at AS at
      UNION SELECT o.starts_at FROM claim AS o
             WHERE o.equipment_id = NEW.equipment_id
               AND o.starts_at > NEW.starts_at AND o.starts_at < NEW.ends_at
      UNION SELECT e.until_at FROM capacity_change AS e
             WHERE e.equipment_id = NEW.equipment_id
               AND e.until_at > NEW.starts_at AND e.until_at < NEW.ends_at
    ) AS p WHERE {_CLAIMED_AT} > {_CAPACITY_AT})"""

_CAPACITY_TOO_LITTLE = f"""
  EXISTS (SELECT 1 FROM (
      SELECT NEW.from_at AS at
      UNION SELECT o.starts_at FROM claim AS o
             WHERE o.equipment_id = NEW.equipment_id AND o.starts_at > NEW.from_at
    ) AS p WHERE {_CLAIMED_AT} > NEW.quantity)"""

_KEEP_HISTORY = """
  INSERT INTO capacity_change (equipment_id, quantity, from_at, until_at)
  SELECT OLD.equipment_id, OLD.quantity, OLD.from_at, NEW.from_at WHERE OLD.from_at <> NEW.from_at;"""

# UPDATE, not SELECT FOR UPDATE: it also stops a REPEATABLE READ transaction with an old snapshot.
_LOCK_POSTGRESQL = "UPDATE equipment_capacity SET quantity = quantity WHERE equipment_id = NEW.equipment_id;"


def statements(dialect: str) -> list[str]:
    """The statements that install the triggers on this database ('sqlite' or 'postgresql')."""
    if dialect == "sqlite":
        return _sqlite_statements()
    return [
        *_postgresql(NAME, "claim", "INSERT OR UPDATE", _LOCK_POSTGRESQL, _CLAIM_TOO_MUCH, "true"),
        *_postgresql(
            CAPACITY_NAME,
            "equipment_capacity",
            "UPDATE",
            _KEEP_HISTORY,
            _CAPACITY_TOO_LITTLE,
            "OLD.quantity <> NEW.quantity",
        ),
    ]


def drop_statements(dialect: str) -> list[str]:
    """The statements that take the triggers away again."""
    if dialect == "sqlite":
        return [f"DROP TRIGGER {name}" for name in trigger_names(dialect)]
    tables = {NAME: "claim", CAPACITY_NAME: "equipment_capacity"}
    return [
        statement
        for name, table in tables.items()
        for statement in (f"DROP TRIGGER {name} ON {table}", f"DROP FUNCTION {name}()")
    ]


def trigger_names(dialect: str) -> list[str]:
    """The triggers that must be there; SQLite wants one for each kind of statement."""
    return [NAME, f"{NAME}_update", CAPACITY_NAME] if dialect == "sqlite" else [NAME, CAPACITY_NAME]


def missing_triggers(connection: Connection) -> list[str]:
    """The triggers that are not in this database, or are switched off."""
    return schema.missing_triggers(connection, trigger_names(connection.dialect.name))


def _sqlite_statements() -> list[str]:
    # strftime writes three decimals where the column has six: as text the bound sorts a little
    # earlier, so it only ever lets a row more in.
    back = f"strftime('%Y-%m-%d %H:%M:%f', p.at, '-{_DAYS} days')"
    refuse = f"BEGIN SELECT RAISE(ABORT, '{NAME}'); END"
    too_much = _CLAIM_TOO_MUCH.format(back=back)
    too_little = _CAPACITY_TOO_LITTLE.format(back=back)
    return [
        f"CREATE TRIGGER {NAME} AFTER INSERT ON claim WHEN {too_much} {refuse}",
        f"CREATE TRIGGER {NAME}_update AFTER UPDATE ON claim WHEN {too_much} {refuse}",
        f"CREATE TRIGGER {CAPACITY_NAME} AFTER UPDATE ON equipment_capacity"
        f" WHEN OLD.quantity <> NEW.quantity BEGIN {_KEEP_HISTORY}"
        f" SELECT RAISE(ABORT, '{NAME}') WHERE {too_little}; END",
    ]


def _postgresql(name: str, table: str, on: str, first: str, wrong: str, when: str) -> list[str]:
    body = wrong.format(back=f"p.at - interval '{_DAYS} days'")
    return [
        f"""CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  {first}
  IF {body} THEN
    RAISE EXCEPTION '{NAME}' USING ERRCODE = 'exclusion_violation', CONSTRAINT = '{NAME}';
  END IF;
  RETURN NULL;
END $$""",
        f"CREATE TRIGGER {name} AFTER {on} ON {table} FOR EACH ROW WHEN ({when}) EXECUTE FUNCTION {name}()",
    ]

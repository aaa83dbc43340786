"""Proof at start-up that the database itself refuses a double booking: try one, and undo it."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, Engine, insert
from sqlalchemy.exc import DBAPIError

from app.accounts.models import Organisation, OrganisationKind, UserClass
from app.core.text import fold
from app.inventory.models import Category, Equipment, Lab, Site
from app.occupancy import invariants
from app.occupancy.models import Capacity, Claim, ClaimKind

JOB = "prove-canary"
"""The job that repeats the proof while the server runs; its last run is a part of readiness."""

_AT = datetime(2000, 1, 1, 12, tzinfo=UTC)
_NAME = "canary"


class CanaryDead(Exception):
    """The database let a double booking through: the server must not start."""


def prove(engine: Engine) -> None:
    """Book the only unit twice in a transaction that is rolled back. Raises CanaryDead.

    Names the triggers that are missing, if that is why.
    """
    with engine.connect() as connection:
        missing = invariants.missing_triggers(connection)
        if missing:
            raise CanaryDead(
                f"Missing in the database: trigger {', '.join(missing)}. Run `flask db upgrade`."
            )
        connection.rollback()
        with connection.begin() as transaction:
            refused = _second_claim_is_refused(connection)
            transaction.rollback()
    if not refused:
        raise CanaryDead("The database accepted a double booking; the trigger claim_capacity does not work.")


def _second_claim_is_refused(connection: Connection) -> bool:
    equipment_id = _equipment(connection)
    connection.execute(insert(Capacity).values(equipment_id=equipment_id, quantity=1, from_at=_AT))
    claim = insert(Claim).values(
        equipment_id=equipment_id,
        quantity=1,
        starts_at=_AT,
        ends_at=_AT + timedelta(hours=1),
        kind=ClaimKind.CLOSURE,
        source_id=0,
    )
    connection.execute(claim)
    try:
        connection.execute(claim)
    except DBAPIError as error:
        return invariants.NAME in str(error.orig)
    return False


def _equipment(connection: Connection) -> int:
    """A complete equipment of its own, so that the proof also works on an empty database."""
    organisation = _insert(
        connection,
        insert(Organisation).values(
            name=_NAME,
            folded_name=fold(_NAME),
            kind=OrganisationKind.OTHER,
            user_class=UserClass.INTERNAL,
            created_at=_AT,
        ),
    )
    site = _insert(
        connection,
        insert(Site).values(slug=_NAME, name=_NAME, organisation_id=organisation, zone_name="UTC"),
    )
    lab = _insert(connection, insert(Lab).values(slug=_NAME, site_id=site, name=_NAME))
    category = _insert(connection, insert(Category).values(slug=_NAME, name=_NAME))
    return _insert(
        connection,
        insert(Equipment).values(
            lab_id=lab,
            category_id=category,
            name=_NAME,
            search_text=_NAME,
            created_at=_AT,
        ),
    )


def _insert(connection: Connection, statement: object) -> int:
    key = connection.execute(statement).inserted_primary_key  # type: ignore[call-overload]
    return int(key[0])

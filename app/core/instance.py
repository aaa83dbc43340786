"""Which Kargah this is: an identity that lives in the database, so it survives a move and a restore.

What is told to other programs for ever (the UIDs of calendar entries) is built from it and never from
a host name: a server that gets a new address would otherwise send every subscriber a second copy.
"""

from uuid import UUID

from sqlalchemy import CheckConstraint, Uuid, select
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Model, db


class Instance(Model):
    """One row, written by the migration that makes the table."""

    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[UUID] = mapped_column(Uuid)


def instance_id() -> UUID:
    """The identity of the database we work on."""
    return db.session.scalars(select(Instance.uuid)).one()

"""What is known of the lines of old diaries."""

from collections.abc import Collection

from sqlalchemy import select

from app.accounts.models import Organisation, User
from app.booking.models import DiaryEntry
from app.core.text import fold
from app.extensions import db

MOST_AT_ONCE = 500
"""Values in one question: both databases have a limit."""


def known_keys(lab_id: int, keys: Collection[str]) -> set[str]:
    """Which of these lines the lab has brought in already."""
    asked, found = sorted(set(keys)), set[str]()
    for first in range(0, len(asked), MOST_AT_ONCE):
        some = asked[first : first + MOST_AT_ONCE]
        found |= set(
            db.session.scalars(
                select(DiaryEntry.key).where(DiaryEntry.lab_id == lab_id, DiaryEntry.key.in_(some))
            )
        )
    return found


def organisations_by_name() -> dict[str, set[int]]:
    """Ids of the open organisations that staff may mean, by every name of theirs, folded.

    Verified ones and those that staff entered: what registered itself may only be called so.
    """
    found: dict[str, set[int]] = {}
    meant = Organisation.verified_at.is_not(None) | Organisation.entered_by_id.is_not(None)
    for row in db.session.execute(
        select(Organisation.id, Organisation.name, Organisation.name_fa).where(
            meant, Organisation.closed_at.is_(None)
        )
    ):
        for name in filter(None, (row.name, row.name_fa)):
            found.setdefault(fold(name), set()).add(row.id)
    return found


def people_by_email(emails: Collection[str]) -> dict[str, int]:
    """Ids of the accounts with these addresses."""
    asked, found = sorted(set(emails)), dict[str, int]()
    for first in range(0, len(asked), MOST_AT_ONCE):
        some = asked[first : first + MOST_AT_ONCE]
        rows = db.session.execute(select(User.email, User.id).where(User.email.in_(some)))
        found |= {row.email: row.id for row in rows}
    return found

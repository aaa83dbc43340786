"""Photos and documents, as far as the one who asks may see their equipment."""

from collections.abc import Sequence

from sqlalchemy import or_, select

from app.accounts.operator import Actor
from app.core.errors import NotFound
from app.extensions import db
from app.inventory.models import Attachment, AttachmentKind, Equipment
from app.inventory.queries.equipment import MOST_AT_ONCE, visible_to


def list_attachments(equipment_id: int) -> Sequence[Attachment]:
    """The photos, then the documents, each in their order; whoever asks has been shown the equipment."""
    return db.session.scalars(
        select(Attachment)
        .where(Attachment.equipment_id == equipment_id)
        .order_by(Attachment.thumbnail.is_(None), Attachment.position, Attachment.id)
    ).all()


def photos_of(equipment_ids: Sequence[int]) -> dict[int, Attachment]:
    """The first photo of each, where there is one; whoever asks has been shown the equipment."""
    found: dict[int, Attachment] = {}
    for first in range(0, len(equipment_ids), MOST_AT_ONCE):
        wanted = equipment_ids[first : first + MOST_AT_ONCE]
        photos = db.session.scalars(
            select(Attachment)
            .where(Attachment.equipment_id.in_(wanted), Attachment.kind == AttachmentKind.PHOTO)
            .order_by(Attachment.id)
        )
        for photo in photos:
            found.setdefault(photo.equipment_id, photo)
    return found


def find_attachment(attachment_id: int) -> Attachment | None:
    """Whoever asks (for services)."""
    return db.session.get(Attachment, attachment_id)


def get_attachment_by_file(actor: Actor | None, name: str) -> Attachment:
    """The one with this file or thumbnail. Raises NotFound, also where the equipment is hidden."""
    found = db.session.scalar(
        select(Attachment)
        .join(Equipment, Equipment.id == Attachment.equipment_id)
        .where(or_(Attachment.file == name, Attachment.thumbnail == name), visible_to(actor))
    )
    if found is None:
        raise NotFound
    return found


def kept_files() -> set[str]:
    """The names of all files that rows name."""
    rows = db.session.execute(select(Attachment.file, Attachment.thumbnail)).all()
    return {name for row in rows for name in row if name is not None}

"""Put photos and documents on equipment, order them, and take them away."""

from app.accounts.operator import Actor
from app.core.clock import now
from app.core.db import unit_of_work
from app.core.errors import Forbidden, InvalidInput, NotFound
from app.core.events import publish
from app.core.files import Accepted
from app.extensions import db
from app.inventory import permissions
from app.inventory.events import AttachmentAdded, AttachmentMoved, AttachmentRemoved
from app.inventory.models import Attachment, AttachmentKind, Equipment
from app.inventory.queries.attachments import find_attachment, list_attachments
from app.inventory.queries.equipment import get_for_change

LONGEST_TITLE = 200
LONGEST_LICENCE = 120
MOST_ATTACHMENTS = 30


@unit_of_work
def attach(
    *,
    actor: Actor,
    equipment_id: int,
    title: str,
    licence: str = "",
    accepted: Accepted,
    file: str,
    thumbnail: str | None,
) -> Attachment:
    """The row for a file that lies on disk already under these names; it stands last of its kind.

    Raises Forbidden, NotFound, InvalidInput; the file is swept away then.
    """
    equipment = _managed(actor, equipment_id)
    title, licence = _checked(title, licence)
    others = list_attachments(equipment_id)
    if len(others) >= MOST_ATTACHMENTS:
        raise InvalidInput(("file", "file-too-many"))
    attachment = Attachment(
        equipment_id=equipment_id,
        kind=AttachmentKind.PHOTO if thumbnail else AttachmentKind.DOCUMENT,
        title=title,
        licence=licence,
        position=max((other.position for other in others), default=-1) + 1,
        media_type=accepted.media_type,
        size=len(accepted.data),
        sha256=accepted.sha256,
        file=file,
        thumbnail=thumbnail,
        uploaded_by_id=actor.id,
        created_at=now(),
    )
    db.session.add(attachment)
    db.session.flush()
    publish(
        AttachmentAdded(
            actor_id=actor.id,
            subject_id=equipment_id,
            lab_id=equipment.lab_id,
            attachment_id=attachment.id,
            title=title,
            sha256=attachment.sha256,
        )
    )
    return attachment


@unit_of_work
def detach(*, actor: Actor, equipment_id: int, attachment_id: int) -> None:
    """Take it off the equipment; nobody is given its file any more. Raises Forbidden, NotFound."""
    equipment = _managed(actor, equipment_id)
    attachment = _one_of(equipment, attachment_id)
    db.session.delete(attachment)
    publish(
        AttachmentRemoved(
            actor_id=actor.id,
            subject_id=equipment_id,
            lab_id=equipment.lab_id,
            attachment_id=attachment_id,
            title=attachment.title,
        )
    )


@unit_of_work
def move_attachment(*, actor: Actor, equipment_id: int, attachment_id: int, up: bool) -> None:
    """One place towards the first, or the last, of its kind; at the end it stays where it is.

    Raises Forbidden, NotFound.
    """
    equipment = _managed(actor, equipment_id)
    attachment = _one_of(equipment, attachment_id)
    row = [one for one in list_attachments(equipment_id) if one.kind is attachment.kind]
    before = row.index(attachment)
    after = before - 1 if up else before + 1
    if not 0 <= after < len(row):
        return
    row.insert(after, row.pop(before))
    for position, one in enumerate(row):
        one.position = position
    publish(
        AttachmentMoved(
            actor_id=actor.id,
            subject_id=equipment_id,
            lab_id=equipment.lab_id,
            attachment_id=attachment_id,
            position=after,
        )
    )


def _managed(actor: Actor, equipment_id: int) -> Equipment:
    equipment = get_for_change(actor, equipment_id)
    if not permissions.may_manage_lab(actor, equipment.lab_id):
        raise Forbidden
    return equipment


def _one_of(equipment: Equipment, attachment_id: int) -> Attachment:
    attachment = find_attachment(attachment_id)
    if attachment is None or attachment.equipment_id != equipment.id:
        raise NotFound
    return attachment


def _checked(title: str, licence: str) -> tuple[str, str]:
    title, licence = title.strip(), licence.strip()
    if not title:
        raise InvalidInput(("title", "required"))
    if len(title) > LONGEST_TITLE:
        raise InvalidInput(("title", "too-long"))
    if len(licence) > LONGEST_LICENCE:
        raise InvalidInput(("licence", "too-long"))
    return title, licence

"""Put photos and documents on equipment, and take them away."""

from app.accounts.operator import Actor
from app.core.clock import now
from app.core.db import unit_of_work
from app.core.errors import Forbidden, InvalidInput, NotFound
from app.core.events import publish
from app.core.files import Accepted
from app.extensions import db
from app.inventory import permissions
from app.inventory.events import AttachmentAdded, AttachmentRemoved
from app.inventory.models import Attachment, AttachmentKind
from app.inventory.queries.attachments import find_attachment, list_attachments
from app.inventory.queries.equipment import get_for_change

LONGEST_TITLE = 200
MOST_ATTACHMENTS = 30


@unit_of_work
def attach(
    *, actor: Actor, equipment_id: int, title: str, accepted: Accepted, file: str, thumbnail: str | None
) -> Attachment:
    """The row for a file that lies on disk already under these names.

    Raises Forbidden, NotFound, InvalidInput; the file is swept away then.
    """
    equipment = get_for_change(actor, equipment_id)
    if not permissions.may_manage_lab(actor, equipment.lab_id):
        raise Forbidden
    title = title.strip()
    if not title:
        raise InvalidInput(("title", "required"))
    if len(title) > LONGEST_TITLE:
        raise InvalidInput(("title", "too-long"))
    if len(list_attachments(equipment_id)) >= MOST_ATTACHMENTS:
        raise InvalidInput(("file", "file-too-many"))
    attachment = Attachment(
        equipment_id=equipment_id,
        kind=AttachmentKind.PHOTO if thumbnail else AttachmentKind.DOCUMENT,
        title=title,
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
    equipment = get_for_change(actor, equipment_id)
    if not permissions.may_manage_lab(actor, equipment.lab_id):
        raise Forbidden
    attachment = find_attachment(attachment_id)
    if attachment is None or attachment.equipment_id != equipment_id:
        raise NotFound
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

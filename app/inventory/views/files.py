"""The files of equipment. What somebody uploaded runs nothing and reads nothing of ours."""

from flask import Response

from app.accounts.viewer import viewer
from app.core.errors import NotFound
from app.inventory.models import AttachmentKind
from app.inventory.queries.attachments import get_attachment_by_file
from app.inventory.uploads import attached_files
from app.inventory.views.blueprint import blueprint
from app.web import access
from app.web.kept_files import answer_with


@blueprint.get("/files/<token>/<path:name>")
@access.public
def file(token: str, name: str) -> Response:  # noqa: ARG001 - an address that people can read
    """Only the token says which file; what it is saved as comes from its title."""
    attachment = get_attachment_by_file(viewer(), token)
    data = attached_files().read(token)
    if data is None:
        raise NotFound
    return answer_with(
        data,
        media_type=attachment.media_type,
        token=token,
        title=attachment.title,
        inline=attachment.kind is AttachmentKind.PHOTO,
    )

"""The files of equipment. What somebody uploaded runs nothing and reads nothing of ours."""

from urllib.parse import quote

from flask import Response, request

from app.accounts.viewer import viewer
from app.core.errors import NotFound
from app.inventory.models import AttachmentKind
from app.inventory.queries.attachments import get_attachment_by_file
from app.inventory.uploads import attached_files
from app.inventory.views.blueprint import blueprint
from app.web import access

ENDINGS = {"image/jpeg": "jpg", "image/png": "png", "image/webp": "webp", "application/pdf": "pdf"}


@blueprint.get("/files/<token>/<path:name>")
@access.public
def file(token: str, name: str) -> Response:  # noqa: ARG001 - an address that people can read
    """Only the token says which file; what it is saved as comes from its title."""
    attachment = get_attachment_by_file(viewer(), token)
    data = attached_files().read(token)
    if data is None:
        raise NotFound
    answer = Response(data, content_type=attachment.media_type)
    saved_as = "-".join(attachment.title.replace("/", " ").split()) + "." + ENDINGS[attachment.media_type]
    photo = attachment.kind is AttachmentKind.PHOTO
    # RFC 6266: a name in any script, as a header can carry it.
    answer.headers["Content-Disposition"] = (
        f"{'inline' if photo else 'attachment'}; filename*=UTF-8''{quote(saved_as, safe='')}"
    )
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    # Never in a shared cache: what is retired or removed must stop being shown. A token's file never changes.
    answer.headers["Cache-Control"] = "private, max-age=3600"
    answer.set_etag(token)
    answer.make_conditional(request)  # changes the answer itself
    return answer

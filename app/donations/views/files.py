"""The photos and letters of offers."""

from flask import Response
from flask_babel import gettext as _

from app.accounts.viewer import person
from app.core.errors import NotFound
from app.donations.models import FileKind
from app.donations.queries.files import get_offer_file
from app.donations.uploads import offered_files
from app.donations.views.blueprint import blueprint
from app.web import access
from app.web.kept_files import answer_with


@blueprint.get("/donations/<int:offer_id>/files/<token>")
@access.signed_in
def file(offer_id: int, token: str) -> Response:
    """For the donor's people and the staff that deals with gifts."""
    found = get_offer_file(person(), offer_id, token)
    data = offered_files().read(token)
    if data is None:
        raise NotFound
    is_photo = found.kind is FileKind.PHOTO
    return answer_with(
        data,
        media_type=found.media_type,
        token=token,
        title=_("Photo") if is_photo else _("Agreement"),
        inline=is_photo,
    )

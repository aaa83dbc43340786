"""Writing to each other on the page of a booking."""

from pathlib import PurePath

from flask import Response, flash, redirect
from flask_babel import gettext as _

from app.accounts.viewer import person
from app.booking.forms import CommentForm
from app.booking.pages.booking import BookingPage
from app.booking.queries.bookings import get_booking
from app.booking.queries.comments import get_comment_file
from app.booking.services.comments import MOST_FILES, Attached, add_comment
from app.booking.uploads import comment_files
from app.booking.views.answering import show_page
from app.booking.views.blueprint import Answer, blueprint, path_to
from app.core.errors import InvalidInput, NotFound
from app.core.files import MOST_BYTES, accept
from app.inventory.wording import REFUSALS
from app.web import access
from app.web.kept_files import answer_with
from app.web.once import do_once
from app.web.redirects import next_path


@blueprint.post("/bookings/<reference>/comments")
@access.signed_in
def comment(reference: str) -> Answer:
    """Send a word, with files, to the other side or among the staff."""
    who, form = person(), CommentForm()
    booking = get_booking(who, reference)
    if form.validate():
        try:
            path = do_once(who.id, lambda: _sent(reference, form))
        except InvalidInput as refused:
            form.take(refused, {(field, code): str(_words(code)) for field, code in refused.errors})
        else:
            flash(_("Your comment is there.") if form.is_internal.data else _("Sent."))
            return redirect(path)
    return show_page(BookingPage.of(booking, who), status=422, comment_form=form)


@blueprint.get("/comment-files/<token>")
@access.signed_in
def comment_file(token: str) -> Response:
    """For who may read the comment; saved, never shown."""
    found = get_comment_file(person(), token)
    data = comment_files().read(token)
    if data is None:
        raise NotFound
    return answer_with(data, media_type=found.media_type, token=token, title=found.title, inline=False)


def _sent(reference: str, form: CommentForm) -> str:
    written = add_comment(
        actor=person(),
        reference=reference,
        text=form.text.data or "",
        is_internal=bool(form.is_internal.data),
        files=_kept(form),
    )
    return next_path(f"{path_to(get_booking(person(), reference))}#comment-{written.id}")


def _kept(form: CommentForm) -> list[Attached]:
    """The files on disk, before the rows. Raises InvalidInput about `files`."""
    sent = [file for file in form.files.data or () if file and file.filename]
    if len(sent) > MOST_FILES:
        raise InvalidInput(("files", "file-too-many"))
    try:
        taken = [(PurePath(str(file.filename)).stem, accept(file.read(MOST_BYTES + 1))) for file in sent]
    except InvalidInput as refused:
        raise InvalidInput(*(("files", code) for _field, code in refused.errors)) from refused
    return [Attached(title, one, comment_files().keep(one.data)) for title, one in taken]


def _words(code: str) -> object:
    if code == "too_many":
        return _("This booking has as many comments as it may. Talk to each other instead.")
    return REFUSALS.get(code, code)

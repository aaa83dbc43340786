"""Samples: what the lab says of them, and the files with their results."""

from collections.abc import Callable

from flask import Response, flash, redirect, url_for
from flask_babel import gettext as _

from app.accounts.models import Role, User
from app.accounts.viewer import person
from app.booking.forms import ResultForm
from app.booking.models import Booking
from app.booking.permissions import LAB_STAFF
from app.booking.queries.results import get_result
from app.booking.services.sample_steps import add_result, receive_samples, return_samples
from app.booking.uploads import result_files
from app.booking.views.blueprint import Answer, blueprint, path_to
from app.core.errors import InvalidInput, NotFound, WrongState
from app.core.files import MOST_BYTES, accept
from app.inventory.wording import REFUSALS
from app.web import access
from app.web.kept_files import answer_with
from app.web.once import do_once

staff = access.requires(Role.ADMIN, *LAB_STAFF)


@blueprint.post("/bookings/<reference>/samples-received")
@staff
def samples_received(reference: str) -> Answer:
    return _step(reference, receive_samples, _("Noted: the samples are here."))


@blueprint.post("/bookings/<reference>/samples-returned")
@staff
def samples_returned(reference: str) -> Answer:
    return _step(reference, return_samples, _("Noted: the samples were sent back."))


@blueprint.post("/bookings/<reference>/results")
@staff
def put_result(reference: str) -> Answer:
    """Keep a file with results for who sent the samples."""
    form = ResultForm()
    back = url_for("booking.show", reference=reference)
    if not form.validate():
        flash(" ".join(str(one) for field in form for one in field.errors), "error")
        return redirect(back)
    try:
        taken = accept(form.file.data.read(MOST_BYTES + 1))
        file = result_files().keep(taken.data)
        add_result(actor=person(), reference=reference, title=form.title.data, accepted=taken, file=file)
    except InvalidInput as refused:
        flash(" ".join(str(REFUSALS.get(code, code)) for _field, code in refused.errors), "error")
        return redirect(back)
    except WrongState:
        return _too_late(reference)
    flash(_("The file is there for who sent the samples."))
    return redirect(back)


@blueprint.get("/results/<token>")
@access.signed_in
def result(token: str) -> Response:
    """For the organisation's people and the labs' only; saved, never shown."""
    found = get_result(person(), token)
    data = result_files().read(token)
    if data is None:
        raise NotFound
    return answer_with(data, media_type=found.media_type, token=token, title=found.title, inline=False)


def _step(reference: str, step: Callable[..., Booking], said: str) -> Answer:
    who: User = person()
    try:
        path = do_once(who.id, lambda: path_to(step(actor=who, reference=reference)))
    except WrongState:
        return _too_late(reference)
    flash(said)
    return redirect(path)


def _too_late(reference: str) -> Answer:
    flash(_("This does not fit what is known of the samples. Nothing was changed."), "error")
    return redirect(url_for("booking.show", reference=reference))

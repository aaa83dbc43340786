"""Joining the waitlist."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.accounts.models import User
from app.accounts.viewer import person
from app.booking.errors import OutsidePolicy, StillFree
from app.booking.forms import WaitForm
from app.booking.pages.checked import Finding, refused_by
from app.booking.queries.things import list_of_category
from app.booking.services.waitlist.join import Awaited, join_waitlist
from app.booking.views.blueprint import Answer, blueprint
from app.booking.views.waitlist import path_to_wait
from app.booking.wording import MODE_HINTS, MODES, REFUSALS
from app.core.errors import InvalidInput, NotFound
from app.core.i18n import localized
from app.core.spans import Span
from app.core.zones import BadLocalTime, day_span, to_utc
from app.inventory.models import Category, Equipment, Mode
from app.inventory.queries.categories import get_category
from app.inventory.queries.equipment import get_equipment
from app.web import access
from app.web.formats import span_text
from app.web.forms import choices_of
from app.web.once import do_once

USUAL_DAYS = timedelta(days=7)


@blueprint.get("/waitlist/new")
@access.signed_in
def wait() -> Answer:
    """What is waited for stands in the address; the rest can be typed."""
    equipment, category = _thing()
    form = WaitForm(formdata=request.args, meta={"csrf": False})
    for field in (form.length, form.quantity, form.since, form.start, form.until, form.end):
        if field.data is not None:
            field.typed = None  # a link filled it in: shown in the reader's own calendar and digits
    if form.quantity.data is None:
        form.quantity.data = 1
    return _join_page(equipment, category, form)


@blueprint.post("/waitlist/new")
@access.signed_in
def join() -> Answer:
    who, (equipment, category), form = person(), _thing(), WaitForm()
    zone, _candidates = _prepared(equipment, category, form, who)
    window = _window(form, zone) if form.validate() else None
    if window is None:
        return _join_page(equipment, category, form, 422)
    awaited = _awaited(form, window, equipment, category)
    try:
        path = do_once(who.id, lambda: path_to_wait(join_waitlist(actor=who, awaited=awaited)))
    except StillFree as free:
        text = _("There is free time: %(when)s. Ask for it right away.", when=span_text(free.span, zone))
        form.form_errors.append(text)
        return _join_page(equipment, category, form, 422, free=free)
    except InvalidInput as refused:
        form.take(refused, REFUSALS)
        return _join_page(equipment, category, form, 422)
    except OutsidePolicy as never:
        findings = refused_by(never.verdicts, zone)
        return _join_page(equipment, category, form, 422, findings=findings)
    flash(_("You are on the waitlist. You get a mail as soon as a time is held for you."))
    return redirect(path)


def _thing() -> tuple[Equipment | None, Category | None]:
    """What is waited for. Raises NotFound when nothing is named, or both."""
    equipment_id = request.args.get("equipment", type=int)
    category_id = request.args.get("category", type=int)
    if (equipment_id is None) is (category_id is None):
        raise NotFound
    if equipment_id is not None:
        return get_equipment(person(), equipment_id), None
    return None, get_category(category_id or 0)


def _prepared(
    equipment: Equipment | None, category: Category | None, form: WaitForm, who: User
) -> tuple[ZoneInfo, list[Equipment]]:
    """Let the form offer what there is to choose; the zone of the place, and what would do."""
    candidates = [equipment] if equipment else list(list_of_category(category.id if category else 0))
    if not candidates:
        raise NotFound
    zone = candidates[0].lab.site.zone
    offered = {mode: words for mode, words in MODES.items() if any(mode in one.modes for one in candidates)}
    form.mode.choices = choices_of(offered)
    if form.mode.data not in offered and offered:
        form.mode.data = next(iter(offered)).value
    own = sorted((m.organisation for m in who.memberships if m.ended_at is None), key=lambda one: one.id)
    form.organisation.choices = choices_of({one.id: localized(one) for one in own})
    return zone, candidates


def _awaited(form: WaitForm, window: Span, equipment: Equipment | None, category: Category | None) -> Awaited:
    return Awaited(
        minutes=form.length.data or 0,
        quantity=form.quantity.data or 1,
        window=window,
        equipment_id=equipment.id if equipment else None,
        category_id=category.id if category else None,
        mode=Mode(form.mode.data),
        organisation_id=int(form.organisation.data) if form.organisation.data else None,
        purpose=form.purpose.data or "",
    )


def _window(form: WaitForm, zone: ZoneInfo) -> Span | None:
    """From the first day (or time) to the end of the last; what is wrong is said at its field."""
    if form.since.data is None or form.until.data is None:
        return None
    start, end = day_span(form.since.data, zone).start, day_span(form.until.data, zone).end
    if form.start.data is not None:
        start = _at(datetime.combine(form.since.data, form.start.data), zone, form.start) or start
    if form.end.data is not None:
        end = _at(datetime.combine(form.until.data, form.end.data), zone, form.end) or end
    if form.start.errors or form.end.errors:
        return None
    if end <= start:
        form.until.errors = [*form.until.errors, _("The end must come after the start.")]
        return None
    return Span(start, end)


def _at(local: datetime, zone: ZoneInfo, field: Any) -> datetime | None:
    try:
        return to_utc(local, zone)
    except BadLocalTime:
        field.errors = [*field.errors, _("The clocks change then: choose another time.")]
        return None


def _join_page(
    equipment: Equipment | None,
    category: Category | None,
    form: WaitForm,
    status: int = 200,
    *,
    free: StillFree | None = None,
    findings: Sequence[Finding] = (),
) -> Answer:
    zone, candidates = _prepared(equipment, category, form, person())
    if form.until.data is None and form.since.data is not None and not form.until.typed:
        form.until.data = form.since.data + USUAL_DAYS
    return render_template(
        "booking/waitlist/new.html",
        thing=equipment or category,
        equipment=equipment,
        candidates=candidates,
        form=form,
        zone=zone,
        first_weekday=candidates[0].lab.site.first_weekday,
        mode_hints={mode.value: str(words) for mode, words in MODE_HINTS.items()},
        findings=findings,
        ask_for=_ask_for(free, zone, form) if free else None,
    ), status


def _ask_for(free: StillFree, zone: ZoneInfo, form: WaitForm) -> str:
    """Where the free time is asked for."""
    start = free.span.start.astimezone(zone)
    return url_for(
        "booking.new",
        equipment=free.equipment_id,
        quantity=form.quantity.data or 1,
        date=start.date().isoformat(),
        start=f"{start:%H:%M}",
        end=f"{free.span.end.astimezone(zone):%H:%M}",
    )

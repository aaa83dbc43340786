"""What booking brings to a person's day: one's own dates, and what waits in one's labs."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app.accounts.models import Role, User
from app.accounts.viewer import viewer
from app.booking.models import Occurrence, OccurrenceState
from app.booking.permissions import READERS, is_staff_of_all
from app.booking.queries.bookings import select_to_decide
from app.booking.queries.my_day import find_oldest_to_decide, list_concerning, list_overdue, list_own_ending
from app.booking.queries.outages import select_out_of_use
from app.booking.queries.presence import list_arrivals
from app.booking.queries.waitlist import select_held_for
from app.booking.services.presence import is_open
from app.booking.services.use import can_check_in
from app.booking.wording import MODES, STATES
from app.core.clock import now
from app.core.counting import count_all
from app.core.i18n import localized
from app.core.spans import Span
from app.core.text import isolated
from app.core.zones import day_span, start_of
from app.inventory.models import Fault, FaultState, Lab
from app.inventory.queries.faults import list_faults
from app.inventory.queries.places import list_labs
from app.web.formats import date_text, number_text, span_short_text
from app.web.my_day import Line

AHEAD = timedelta(days=7)
ENDING = timedelta(days=30)
"""So far ahead it is said that an authorisation ends."""
S = OccurrenceState


def lines(zone: ZoneInfo) -> list[Line]:
    """What the labs ask of their people, then what comes to who books."""
    who = viewer()
    if who is None:
        return []
    today = day_span(now().astimezone(zone).date(), zone)
    to_decide, held, out_of_use = count_all(
        [select_to_decide(who), select_held_for(who), select_out_of_use(who, today)]
    )
    of_labs = _of_labs(who, zone, to_decide, out_of_use) if who.has_role(Role.ADMIN, *READERS) else []
    return [*of_labs, *_overdue(list_overdue(who)), *([_held(held)] if held else []), *_own(who, zone)]


def _own(who: User, zone: ZoneInfo) -> list[Line]:
    """For who books: what comes, what waits for a word, what was decided since yesterday."""
    today = now().astimezone(zone).date()
    window = Span(now(), start_of(today, zone) + AHEAD)
    found: list[Line] = []
    since = start_of(today - timedelta(days=1), zone)
    for one in list_concerning(who, window, since):
        found += _own_lines(who, one, window, is_news=one.decided_at is not None and one.decided_at >= since)
    return [*found, *_endings(who, today)]


def _of_labs(who: User, zone: ZoneInfo, to_decide: int, out_of_use: int) -> list[Line]:
    """For who works in a lab: requests, arrivals of today, yesterday's that nobody spoke of, faults."""
    found = _requests(who, to_decide) if to_decide else []
    labs = {lab.id: lab for lab in list_labs() if is_staff_of_all(who, [lab.id])}
    if not labs:
        return found
    found += _faults(list_faults(who, is_open=True, lab_ids=labs))
    return [*found, *_days(labs, zone), *([_outages(out_of_use)] if out_of_use else [])]


def _own_lines(who: User, one: Occurrence, window: Span, *, is_news: bool) -> Iterator[Line]:
    zone = one.items[0].equipment.lab.site.zone
    url = url_for("booking.show", reference=one.booking.reference, occurrence=one.id)
    things = str(_(", ")).join(localized(item.equipment) for item in one.asked)
    if one.state is S.PROPOSED:
        when = span_short_text(one.span, zone)
        yield Line(
            text=str(_("The lab names another time for %(things)s.", things=isolated(things))),
            detail=when,
            url=url,
            action=str(_("Answer it")),
        )
        return
    if is_news:
        yield Line(
            text=things,
            detail=f"{STATES[one.state]} · {span_short_text(one.span, zone)}",
            url=url,
            action=str(_("Read it")),
            is_news=True,
        )
    if one.state is not S.DECLINED and one.starts_at < window.end:
        lab = one.items[0].equipment.lab
        place = f"{isolated(localized(lab))} · {isolated(lab.location)}" if lab.location else localized(lab)
        action = _("Check in") if can_check_in(who, one) else _("Where, and what to bring")
        yield Line(
            text=things,
            detail=f"{place} · {MODES[one.booking.mode]}",
            url=url,
            action=str(action),
            at=one.starts_at,
            zone=zone,
        )


def _overdue(dates: Sequence[Occurrence]) -> list[Line]:
    """For who hears of it when a lab does not answer."""
    if not dates:
        return []
    text = ngettext(
        "%(shown)s request waits longer than its lab has promised.",
        "%(shown)s requests wait longer than their labs have promised.",
        len(dates),
        shown=number_text(len(dates)),
    )
    labs = dict.fromkeys(localized(item.equipment.lab) for one in dates for item in one.items)
    oldest = dates[0]
    return [
        Line(
            text=str(text),
            detail=str(_(", ")).join(map(isolated, labs)),
            url=url_for("booking.show", reference=oldest.booking.reference, occurrence=oldest.id),
            action=str(_("Open the oldest")),
        )
    ]


def _held(held: int) -> Line:
    text = ngettext(
        "%(shown)s time from the waitlist is held for you.",
        "%(shown)s times from the waitlist are held for you.",
        held,
        shown=number_text(held),
    )
    return Line(text=str(text), url=url_for("booking.waitlist"), action=str(_("Take it or let it go")))


def _endings(who: User, today: date) -> list[Line]:
    return [
        Line(
            text=str(_("You may work in %(lab)s until %(day)s.", lab=isolated(localized(one.lab)), day=day)),
            url=url_for("inventory.lab", slug=one.lab.slug),
            action=str(_("Ask the lab to renew it")),
        )
        for one in list_own_ending(who, today, today + ENDING)
        if one.valid_until and (day := date_text(one.valid_until))
    ]


def _requests(who: User, count: int) -> list[Line]:
    oldest = find_oldest_to_decide(who)
    if oldest is None:
        return []
    text = ngettext(
        "%(shown)s request waits for your answer.",
        "%(shown)s requests wait for your answer.",
        count,
        shown=number_text(count),
    )
    first = _(
        "The oldest: %(company)s, since %(day)s",
        company=isolated(localized(oldest.booking.organisation)),
        day=date_text(oldest.requested_at.astimezone(oldest.items[0].equipment.lab.site.zone).date()),
    )
    url = url_for("booking.show", reference=oldest.booking.reference, occurrence=oldest.id)
    return [Line(text=str(text), detail=str(first), url=url, action=str(_("Answer the oldest")))]


def _days(labs: dict[int, Lab], zone: ZoneInfo) -> list[Line]:
    """Of all labs together: what was not said of yesterday, and who comes today, a line for each lab."""
    today = now().astimezone(zone).date()
    yesterday = today - timedelta(days=1)
    both = Span(day_span(yesterday, zone).start, day_span(today, zone).end)
    arrivals: dict[int, list[Occurrence]] = {}
    unsaid: dict[int, int] = {}
    for one in list_arrivals(list(labs), both):
        for lab_id in {item.equipment.lab_id for item in one.items} & set(labs):
            if one.starts_at >= day_span(today, zone).start:
                arrivals.setdefault(lab_id, []).append(one)
            elif is_open(one):
                unsaid[lab_id] = unsaid.get(lab_id, 0) + 1
    found = [_unsaid(labs[id_], count, yesterday) for id_, count in unsaid.items()]
    return [*found, *(_arrivals(labs[id_], dates) for id_, dates in arrivals.items())]


def _unsaid(lab: Lab, count: int, day: date) -> Line:
    text = ngettext(
        "Nobody has said of %(shown)s date of yesterday whether they came.",
        "Nobody has said of %(shown)s dates of yesterday whether they came.",
        count,
        shown=number_text(count),
    )
    url = url_for("booking.lab_day", slug=lab.slug, day=day.isoformat())
    return Line(text=str(text), detail=localized(lab), url=url, action=str(_("Say who came")))


def _arrivals(lab: Lab, dates: list[Occurrence]) -> Line:
    text = ngettext(
        "%(shown)s date in %(lab)s",
        "%(shown)s dates in %(lab)s",
        len(dates),
        shown=number_text(len(dates)),
        lab=isolated(localized(lab)),
    )
    companies = dict.fromkeys(localized(one.booking.organisation) for one in dates)
    return Line(
        text=str(text),
        detail=str(_(", ")).join(map(isolated, companies)),
        url=url_for("booking.lab_day", slug=lab.slug),
        action=str(_("Open the day of the lab")),
        at=dates[0].starts_at,
        zone=lab.site.zone,
    )


def _faults(faults: Sequence[Fault]) -> list[Line]:
    new = [one for one in faults if one.state is FaultState.REPORTED]
    if not new:
        return []
    text = ngettext(
        "%(shown)s new report of a fault",
        "%(shown)s new reports of faults",
        len(new),
        shown=number_text(len(new)),
    )
    things = str(_(", ")).join(dict.fromkeys(isolated(localized(one.equipment)) for one in new))
    url = url_for("admin_faults.index")
    return [Line(text=str(text), detail=things, url=url, action=str(_("Look at it")))]


def _outages(count: int) -> Line:
    text = ngettext(
        "%(shown)s thing is out of use today",
        "%(shown)s things are out of use today",
        count,
        shown=number_text(count),
    )
    return Line(text=str(text), url=url_for("booking.outages"), action=str(_("See what and until when")))

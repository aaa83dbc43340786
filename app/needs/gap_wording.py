"""Gaps in words, in the reader's language."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from markupsafe import Markup, escape

from app.demand.models import MissReason
from app.needs.rules.gap import Gap
from app.needs.wording import hours
from app.web.formats import number_text, percent_text

REASONS = {
    MissReason.NONE_FREE: _l("Search found nothing free"),
    MissReason.TOO_LATE: _l("The free time came too late"),
    MissReason.WAITLIST_EXPIRED: _l("Waitlist ran out"),
    MissReason.DECLINED: _l("Declined for lack of time"),
    MissReason.OUT_OF_SERVICE: _l("Outage cancelled it"),
    MissReason.REFUSED_BY_RULE: _l("Refused by a rule"),
}


def used(gap: Gap) -> str:
    """How much of the open time was used; a dash where nothing was open."""
    return "–" if gap.utilisation is None else percent_text(gap.utilisation)


def hours_long(minutes: int) -> str:
    whole = round(minutes / 60)
    return str(ngettext("%(hours)s hour", "%(hours)s hours", whole, hours=number_text(whole)))


def evidence(gap: Gap) -> Markup:
    """What happened, and what would have helped, in sentences; the figures are marked."""
    companies = ngettext(
        "%(count)s company", "%(count)s companies", gap.organisations, count=number_text(gap.organisations)
    )
    said = [
        escape(_("Companies asked for %(hours)s that could not be given; this concerned %(companies)s."))
        % {"hours": _mark(hours_long(gap.unmet_minutes)), "companies": _mark(companies)}
    ]
    if gap.utilisation is not None:
        said.append(
            escape(_("What there is was used for %(share)s of its open hours."))
            % {"share": _mark(percent_text(gap.utilisation))}
        )
    if gap.gains:
        first = gap.gains[0]
        text = ngettext(
            "%(units)s more unit would have served %(served)s of the %(hours)s.",
            "%(units)s more units would have served %(served)s of the %(hours)s.",
            first.extra,
            units="%(units)s",
            served="%(served)s",
            hours="%(hours)s",
        )
        said.append(
            escape(text)
            % {
                "units": number_text(first.extra),
                "served": _mark(hours(first.served_minutes)),
                "hours": hours_long(gap.unmet_minutes),
            }
        )
    return Markup(" ").join(said)


def _mark(text: str) -> Markup:
    return Markup("<mark>{}</mark>").format(text)

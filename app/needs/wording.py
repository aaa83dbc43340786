"""Needs in words, in the reader's language: states, coverage, reasons, refusals, and the evidence."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from app.needs.queries.needs import Sort
from app.needs.rules.coverage import Coverage, Covered
from app.needs.rules.evidence import Evidence
from app.needs.rules.states import ClosingReason, NeedState
from app.web.formats import number_text

STATES = {
    NeedState.PROPOSED: _l("Draft"),
    NeedState.UNDER_REVIEW: _l("Under review"),
    NeedState.PUBLISHED: _l("Published"),
    NeedState.CLOSED: _l("Closed"),
    NeedState.REJECTED: _l("Turned down"),
}
COVERED = {
    Covered.OPEN: _l("open"),
    Covered.PARTLY: _l("partly covered"),
    Covered.FULLY: _l("fully spoken for"),
    Covered.ARRIVING: _l("arriving"),
    Covered.FULFILLED: _l("fulfilled"),
}
LOOKS = {
    NeedState.PROPOSED: "off",
    NeedState.UNDER_REVIEW: "wait",
    NeedState.CLOSED: "off",
    NeedState.REJECTED: "stop",
    Covered.OPEN: "off",
    Covered.PARTLY: "wait",
    Covered.FULLY: "wait",
    Covered.ARRIVING: "info",
    Covered.FULFILLED: "ok",
}
"""How a state or a coverage looks: the name of a pill of components/state.html."""
CLOSING_REASONS = {
    ClosingReason.FULFILLED: _l("It was given"),
    ClosingReason.MET_BY_PURCHASE: _l("It was bought"),
    ClosingReason.OBSOLETE: _l("It is not needed any more"),
    ClosingReason.EXPIRED: _l("Its time is over"),
    ClosingReason.WITHDRAWN: _l("The lab withdraws it"),
}
SORTS = {
    Sort.UNMET: _l("Most hours unmet"),
    Sort.NEARLY: _l("Nearly covered"),
    Sort.NEWEST: _l("Newest"),
}
REFUSALS = {
    ("title", "required"): _l("This is needed."),
    ("title", "too_long"): _l("This is too long."),
    ("title_fa", "too_long"): _l("This is too long."),
    ("justification", "required"): _l("Say why it is missed: that is what makes somebody give."),
    ("justification", "too_long"): _l("This is too long."),
    ("specification", "too_long"): _l("This is too long."),
    ("quantity", "out_of_range"): _l("Write a number between 1 and 1000."),
    ("quantity", "only_lower"): _l("What is published can only become less."),
    ("quantity", "spoken_for"): _l("More than that is spoken for already."),
    ("reason", "required"): _l("Write why: who wrote it reads this."),
    ("note", "required"): _l("Say why the lab withdraws it."),
}
"""What a service found wrong, by field and code, as said beside the field."""


def pill(state: NeedState, coverage: Coverage) -> tuple[str, str]:
    """Look and word of a need: while it is published, how far it is met."""
    at: NeedState | Covered = coverage.label if state is NeedState.PUBLISHED else state
    return LOOKS[at], str(COVERED[at] if isinstance(at, Covered) else STATES[at])


def parts(coverage: Coverage) -> list[tuple[str, int, str]]:
    """The coverage for the macro of that name, the furthest first."""
    spoken = coverage.spoken
    return [
        ("serve", spoken.commissioned, str(_("in service"))),
        ("deliver", spoken.delivered, str(_("delivered"))),
        ("agree", spoken.agreed, str(_("agreed"))),
        ("reserve", spoken.reserved, str(_("reserved"))),
        ("left", coverage.left, str(_("still open"))),
    ]


def hours(minutes: int) -> str:
    """Whole hours, as figures stand in public."""
    return number_text(round(minutes / 60))


def evidence_sentences(evidence: Evidence | None) -> list[str]:
    """What speaks for a need, in one or two plain sentences; none before it is published."""
    if evidence is None:
        return []
    figures = evidence.figures
    if figures is None or figures.unmet_minutes == 0:
        return [_("No missed hours were counted; the lab says why it needs this.")]
    if figures.unmet_minutes is None or figures.organisations is None:
        return [_("Fewer than three companies asked for it, so their hours are not shown.")]
    said = [
        ngettext(
            "%(hours)s unmet hours in %(days)s days, %(companies)s company.",
            "%(hours)s unmet hours in %(days)s days, %(companies)s companies.",
            figures.organisations,
            hours=hours(figures.unmet_minutes),
            days=number_text(evidence.window.length.days),
            companies=number_text(figures.organisations),
        )
    ]
    if figures.extra and figures.served_minutes is not None:
        said.append(
            ngettext(
                "%(units)s more unit would have served %(hours)s of them.",
                "%(units)s more units would have served %(hours)s of them.",
                figures.extra,
                units=number_text(figures.extra),
                hours=hours(figures.served_minutes),
            )
        )
    return said


def figures_in_words(evidence: Evidence | None) -> list[tuple[str, str]]:
    """Number and meaning of each figure that may be shown."""
    figures = evidence.figures if evidence else None
    if evidence is None or figures is None:
        return []
    days = number_text(evidence.window.length.days)
    rows = []
    if figures.unmet_minutes is not None and figures.organisations is not None:
        rows += [
            (hours(figures.unmet_minutes), _("unmet hours in %(days)s days", days=days)),
            (number_text(figures.organisations), _("companies")),
        ]
    rows.append((number_text(figures.units), _("units in service")))
    if figures.utilisation is not None:
        rows.append((_("%(share)s %%", share=number_text(figures.utilisation)), _("use of what there is")))
    if figures.extra and figures.served_minutes is not None:
        meaning = ngettext(
            "hours that %(units)s more would serve",
            "hours that %(units)s more would serve",
            figures.extra,
            units=number_text(figures.extra),
        )
        rows.append((hours(figures.served_minutes), meaning))
    return rows

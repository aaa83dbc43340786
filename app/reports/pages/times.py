"""How early people ask, how soon they hear, and what becomes of it."""

from collections.abc import Callable

from flask_babel import gettext as _
from markupsafe import Markup

from app.accounts.models import UserClass
from app.booking.rules.states import OccurrenceState
from app.core.tables import Cell
from app.reports import wording
from app.reports.pages.picture import Picture, Table
from app.reports.queries.dates import Answers, Date, answers_of, list_dates
from app.reports.queries.scope import Scope
from app.reports.rules.spread import ANSWER_EDGES, DAY, HOUR, LEAD_EDGES, Spread, spread
from app.web.chart import Bar, Chart, Mark, Series
from app.web.formats import number_text, percent_text


def pictures(scope: Scope) -> list[Picture]:
    """Each of which there is something to say."""
    dates, answers = list_dates(scope), answers_of(scope)
    lead = spread([one.lead_minutes for one in dates if one.lead_minutes is not None], LEAD_EDGES)
    answer = spread(answers.minutes, ANSWER_EDGES)
    found = []
    if lead is not None:
        found.append(_lead(lead))
    if answer is not None:
        found.append(_answer(answer, answers))
    if dates:
        found.append(_became(dates))
    return found


def _lead(lead: Spread) -> Picture:
    return _spread_out(
        "lead",
        _("From the request to the start"),
        wording.marked(
            _(
                "Half of the dates were asked for less than %(median)s ahead, nine of ten less than "
                "%(ninth)s."
            ),
            {"median": wording.length_said(lead.median), "ninth": wording.length_said(lead.ninetieth)},
        ),
        lead,
        wording.class_labels(LEAD_EDGES, DAY, _("d")),
        wording.length_said,
        _("Dates that began in this time, called off ones left out."),
    )


def _answer(answer: Spread, answers: Answers) -> Picture:
    figures = {"median": wording.working_said(answer.median), "ninth": wording.working_said(answer.ninetieth)}
    if answers.share_in_time is None:
        said = wording.marked(
            _(
                "Half of the answers took less than %(median)s of working time, nine of ten less than "
                "%(ninth)s."
            ),
            figures,
        )
    else:
        said = wording.marked(
            _(
                "Half of the answers took less than %(median)s of working time, nine of ten less than "
                "%(ninth)s; %(share)s came in the time that was promised."
            ),
            figures | {"share": percent_text(answers.share_in_time)},
        )
    return _spread_out(
        "answer",
        _("From the request to the answer"),
        said,
        answer,
        wording.class_labels(ANSWER_EDGES, HOUR, _("h")),
        wording.working_said,
        _("Working hours, of requests that somebody answered; what is overdue broke the promise as well."),
    )


def _spread_out(
    key: str,
    title: str,
    evidence: Markup,
    found: Spread,
    labels: list[str],
    said: Callable[[float], str],
    hint: str,
) -> Picture:
    return Picture(
        key=key,
        title=title,
        evidence=evidence,
        chart=Chart(
            id=key,
            title=title,
            description=_("Bars of how many there were in each class. The table below has the same figures."),
            series=[Series("s-act", _("how many"))],
            bars=[Bar(label, [count]) for label, count in zip(labels, found.counts, strict=True)],
            marks=[
                Mark(found.place(found.median), _("half: %(length)s", length=said(found.median))),
                Mark(
                    found.place(found.ninetieth),
                    _("nine of ten: %(length)s", length=said(found.ninetieth)),
                ),
            ],
            has_totals=True,
        ),
        table=Table(
            [_("How long"), _("How many")],
            [[label, count] for label, count in zip(labels, found.counts, strict=True)],
        ),
        hint=hint,
    )


def _became(dates: list[Date]) -> Picture:
    held = [one for one in dates if one.state is not OccurrenceState.CANCELLED]
    missed = sum(one.state is OccurrenceState.NO_SHOW for one in held)
    late = sum(one.is_late_cancel for one in dates)
    used = {one: sum(date.used_minutes for date in dates if date.user_class is one) for one in UserClass}
    share = missed / len(held) if held else 0
    return Picture(
        key="dates",
        title=_("Who used it, and who did not come"),
        evidence=wording.marked(
            _(
                "Industry used %(industry)s, the university %(university)s; nobody came to %(missed)s dates "
                "(%(share)s), and %(late)s were called off late."
            ),
            {
                "industry": wording.hours_said(used[UserClass.INDUSTRY]),
                "university": wording.hours_said(used[UserClass.INTERNAL]),
                "missed": number_text(missed),
                "share": percent_text(share),
                "late": number_text(late),
            },
        ),
        table=Table(
            [_("Who"), _("Dates"), _("Used, h"), _("Nobody came"), _("Called off late")],
            [_row(one, [date for date in dates if date.user_class is one]) for one in UserClass],
        ),
        hint=_("Dates that began in this time, or would have."),
    )


def _row(user_class: UserClass, dates: list[Date]) -> list[Cell]:
    return [
        str(wording.CLASSES[user_class]),
        sum(one.state is not OccurrenceState.CANCELLED for one in dates),
        wording.hours(sum(one.used_minutes for one in dates)),
        sum(one.state is OccurrenceState.NO_SHOW for one in dates),
        sum(one.is_late_cancel for one in dates),
    ]

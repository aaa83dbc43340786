"""What became of the open hours: over the time, and by equipment."""

from collections.abc import Sequence

from flask_babel import gettext as _
from markupsafe import Markup

from app.core.i18n import localized
from app.core.tables import Cell
from app.reports import wording
from app.reports.pages.picture import Picture, Table
from app.reports.queries.scope import Scope
from app.reports.queries.use import UseOfAll, use_of
from app.reports.rules.periods import unit_for
from app.reports.rules.use import Tally, Use
from app.web.chart import Bar, Chart, Series
from app.web.formats import number_text, percent_text

BUSY = (Use.USED, Use.TEACHING, Use.BOOKED, Use.MISSED)


def pictures(scope: Scope) -> list[Picture]:
    """None where nothing was open."""
    use = use_of(scope)
    return [] if use.whole.is_empty else [_over_time(scope, use), _by_equipment(scope, use)]


def _over_time(scope: Scope, use: UseOfAll) -> Picture:
    unit = unit_for(scope.days)
    return Picture(
        key="use",
        title=_("What became of the open hours"),
        evidence=_evidence(use.whole),
        chart=Chart(
            id="use",
            title=_("Open hours of all equipment and what became of them"),
            description=_(
                "Stacked bars over time, in equipment hours. The table below has the same figures."
            ),
            series=[Series(wording.LOOKS[one], str(wording.USES[one])) for one in Use],
            bars=[
                Bar(wording.bar_label(part, unit), [tally.minutes(one) / 60 for one in Use])
                for part, tally in zip(scope.parts, use.parts, strict=True)
            ],
        ),
        table=Table(
            [str(wording.FIRST_COLUMN[unit]), *_heads()],
            [[part.first, *_figures(tally)] for part, tally in zip(scope.parts, use.parts, strict=True)],
        ),
        hint=_(
            "Hours of equipment within opening hours: four stations for an hour are four hours. Setting up "
            "and cleaning up count as booked."
        ),
    )


def _by_equipment(scope: Scope, use: UseOfAll) -> Picture:
    labs = {lab.id: localized(lab) for lab in scope.labs}
    rows: list[Sequence[Cell]] = [
        [localized(one), labs[one.lab_id], *_figures(tally)] for one, tally in use.equipment
    ]
    idle = sum(not any(tally.minutes(one) for one in BUSY) for _one, tally in use.equipment)
    return Picture(
        key="equipment",
        title=_("By equipment"),
        evidence=_most_used(use, idle),
        table=Table([_("Equipment"), _("Lab"), *_heads()], rows),
        hint=_("The share is of the open hours in which it was not out of use."),
    )


def shares(picture: Picture) -> list[list[float]]:
    """For each row of the equipment the shares of a whole bar, in the order of Use."""
    found = []
    for row in picture.table.rows:
        minutes = [float(str(cell)) for cell in row[-len(Use) :]]
        whole = sum(minutes) or 1
        found.append([one / whole for one in minutes])
    return found


def _heads() -> list[str]:
    return [
        _("Busy, %"),
        _("Open, h"),
        *(_("%(what)s, h", what=str(wording.USES[one])) for one in Use),
    ]


def _figures(tally: Tally) -> list[Cell]:
    return [
        wording.per_cent(tally.share(*BUSY)),
        wording.hours(tally.open_minutes),
        *(wording.hours(tally.minutes(one)) for one in Use),
    ]


def _evidence(whole: Tally) -> Markup:
    text = _(
        "The equipment was open for %(open)s: %(used)s were used, %(teaching)s were teaching, and %(free)s "
        "stayed free."
    )
    return wording.marked(
        text,
        {
            "open": wording.hours_said(whole.open_minutes),
            "used": wording.hours_said(whole.minutes(Use.USED)),
            "teaching": wording.hours_said(whole.minutes(Use.TEACHING)),
            "free": wording.hours_said(whole.minutes(Use.FREE)),
        },
    )


def _most_used(use: UseOfAll, idle: int) -> Markup:
    first, tally = use.equipment[0]
    share = tally.share(*BUSY)
    if not share:
        return Markup("{}").format(_("Nothing was used in this time."))
    return wording.marked(
        _(
            "Busiest was %(name)s, taken for %(share)s of its open hours; not taken at all: %(idle)s of "
            "%(all)s."
        ),
        {
            "name": localized(first),
            "share": percent_text(share),
            "idle": number_text(idle),
            "all": number_text(len(use.equipment)),
        },
    )

"""What was asked for and not given: over the time, and by category."""

from flask_babel import gettext as _
from markupsafe import Markup

from app.core.i18n import localized
from app.inventory.queries.categories import Branch
from app.reports import wording
from app.reports.pages.picture import Picture, Table
from app.reports.queries.scope import Scope
from app.reports.queries.unmet import Unmet, UnmetOfAll, unmet_of
from app.reports.rules.periods import unit_for
from app.web.chart import Bar, Chart, Series
from app.web.formats import number_text

MOST_BARS = 12
"""Categories beyond them are in the table and the file."""


def pictures(scope: Scope, branches: list[Branch]) -> list[Picture]:
    """None where nothing was missed."""
    unmet = unmet_of(scope)
    return [_over_time(scope, unmet), _by_category(unmet, branches)] if unmet.categories else []


def _over_time(scope: Scope, unmet: UnmetOfAll) -> Picture:
    unit = unit_for(scope.days)
    return Picture(
        key="unmet",
        title=_("Hours asked for and not given"),
        evidence=_evidence(unmet),
        chart=Chart(
            id="unmet",
            title=_("Hours asked for and not given, and why"),
            description=_(
                "Stacked bars over time, in equipment hours. The table below has the same figures."
            ),
            series=_series(),
            bars=[
                Bar(wording.bar_label(part, unit), _hours(one))
                for part, one in zip(scope.parts, unmet.parts, strict=True)
            ],
        ),
        table=Table(
            [str(wording.FIRST_COLUMN[unit]), *_heads()],
            [
                [part.first, *map(wording.hours, _minutes(one))]
                for part, one in zip(scope.parts, unmet.parts, strict=True)
            ],
        ),
        hint=_("A wish that was told again in a later bar is in both; in the sums it counts once."),
    )


def _by_category(unmet: UnmetOfAll, branches: list[Branch]) -> Picture:
    names = {branch.category.id: localized(branch.category) for branch in branches}
    return Picture(
        key="categories",
        title=_("By category"),
        evidence=_most_missed(unmet, names),
        chart=Chart(
            id="categories",
            title=_("Hours asked for and not given, by category"),
            description=_("Stacked bars by category, in equipment hours, the most first."),
            series=_series(),
            bars=[
                Bar(names.get(category_id, "–"), _hours(one))
                for category_id, one in unmet.categories[:MOST_BARS]
            ],
            is_lying=True,
        ),
        table=Table(
            [_("Category"), *_heads()],
            [
                [names.get(category_id, "–"), *map(wording.hours, _minutes(one))]
                for category_id, one in unmet.categories
            ],
        ),
    )


def _series() -> list[Series]:
    return [
        Series("s-unmet", _("lack of equipment")),
        Series("s-late", _("free only too late")),
        Series("s-policy", _("refused by a rule, not counted")),
    ]


def _heads() -> list[str]:
    return [_("Lack of equipment, h"), _("Free too late, h"), _("Rules, h")]


def _minutes(one: Unmet) -> tuple[int, int, int]:
    return one.capacity, one.too_late, one.policy


def _hours(one: Unmet) -> list[float]:
    return [minutes / 60 for minutes in _minutes(one)]


def _evidence(unmet: UnmetOfAll) -> Markup:
    whole = unmet.whole
    return wording.marked(
        _(
            "%(lacking)s that were asked for could not be given, %(late)s of them because what was free came "
            "too late; organisations concerned: %(organisations)s."
        ),
        {
            "lacking": wording.hours_said(whole.lacking),
            "late": wording.hours_said(whole.too_late),
            "organisations": number_text(unmet.organisations),
        },
    )


def _most_missed(unmet: UnmetOfAll, names: dict[int, str]) -> Markup:
    category_id, most = unmet.categories[0]
    return wording.marked(
        _("Missed most: %(category)s, %(hours)s."),
        {"category": names.get(category_id, "–"), "hours": wording.hours_said(most.lacking)},
    )

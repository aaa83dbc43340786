"""What is asked of a report. It is in the address: what does not fit is passed over."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any, Self

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import Form, SelectField

from app.core.i18n import localized
from app.inventory.models import Lab
from app.inventory.queries.categories import Branch
from app.reports.rules.periods import USUAL, Days, Period, days_between, days_of
from app.web.fields import LocalDateField
from app.web.forms import choices_of

INDENT = "\u2003"


class ReportForm(Form):
    """Which days, which lab, which category."""

    first = LocalDateField(_l("From"))
    last = LocalDateField(_l("Until"))
    lab = SelectField(_l("Lab"))
    category = SelectField(_l("Category"))

    period: Period | None = None
    """The one that was chosen by name; None where days were typed."""
    days: Days
    """What is shown."""

    @classmethod
    def of(
        cls, query: MultiDict[str, str], *, labs: Sequence[Lab], branches: Sequence[Branch], today: date
    ) -> Self:
        form = cls(query)
        form.lab.choices = choices_of({"": _("All"), **{lab.slug: localized(lab) for lab in labs}})
        form.category.choices = choices_of(
            {"": _("All"), **{b.category.slug: INDENT * b.depth + localized(b.category) for b in branches}}
        )
        form._settle(query, labs, today)
        return form

    def chosen_labs(self, labs: Sequence[Lab]) -> Sequence[Lab]:
        """The one that was chosen among those that may be; all where none of that name is."""
        return [lab for lab in labs if lab.slug == self.lab.data] or labs

    def chosen_categories(self, branches: Sequence[Branch]) -> Collection[int] | None:
        """The ids of the category and of all below it; None for all."""
        found: set[int] = set()
        depth: int | None = None
        for branch in branches:
            if depth is not None and branch.depth > depth:
                found.add(branch.category.id)
                continue
            depth = None
            if branch.category.slug == self.category.data:
                depth = branch.depth
                found.add(branch.category.id)
        return found or None

    def address(self) -> dict[str, Any]:
        """What of it belongs into the address of the same question."""
        days = (
            {"period": self.period.value}
            if self.period
            else {"first": self.days.first.isoformat(), "last": self.days.last.isoformat()}
        )
        return days | self.filters()

    def filters(self) -> dict[str, Any]:
        return {name: self[name].data for name in ("lab", "category") if self[name].data}

    def _settle(self, query: MultiDict[str, str], labs: Sequence[Lab], today: date) -> None:
        """Decide on the days; the two fields show what is drawn, or what could not be read."""
        readable = [field.validate(self) for field in (self.first, self.last)]
        if all(readable) and self.first.data and self.last.data:
            self.days = days_between(self.first.data, self.last.data)
        else:
            wanted = query.get("period", "")
            self.period = Period(wanted) if wanted in set(Period) else USUAL
            self.days = days_of(self.period, today, labs[0].site.first_weekday)
        for field, day in ((self.first, self.days.first), (self.last, self.days.last)):
            if not field.errors:
                field.typed, field.data = None, day

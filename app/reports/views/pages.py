"""The three pages of reports, and each of their pictures as a file."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.accounts.viewer import person
from app.core.clock import now
from app.core.errors import NotFound
from app.core.i18n import direction, language
from app.inventory.queries.categories import Branch, tree
from app.reports import wording
from app.reports.forms import ReportForm
from app.reports.pages import times, unmet, use
from app.reports.pages.picture import Picture
from app.reports.permissions import READERS
from app.reports.queries.scope import Scope, list_labs_read, scope_of
from app.reports.rules.periods import Period
from app.reports.views.blueprint import blueprint
from app.web import access
from app.web.downloads import TYPES, download


@dataclass(frozen=True)
class Asked:
    """What the address asks for."""

    form: ReportForm
    scope: Scope
    branches: list[Branch]


PAGE_OF = {
    "use": "index",
    "equipment": "index",
    "unmet": "unmet_demand",
    "categories": "unmet_demand",
    "lead": "answer_times",
    "answer": "answer_times",
    "dates": "answer_times",
}
"""On which page each picture stands."""


@blueprint.get("/reports")
@access.requires(*READERS)
def index() -> str:
    return _page("index")


@blueprint.get("/reports/unmet")
@access.requires(*READERS)
def unmet_demand() -> str:
    return _page("unmet_demand")


@blueprint.get("/reports/times")
@access.requires(*READERS)
def answer_times() -> str:
    return _page("answer_times")


@blueprint.get("/reports/file/<picture>/<form>")
@access.requires(*READERS)
def file(picture: str, form: str) -> Response:
    """The table of a picture as csv or xlsx, for what the address asks for."""
    asked, page = _asked(), PAGE_OF.get(picture)
    if page is None or form not in TYPES or asked is None:
        raise NotFound
    found = next((one for one in _pictures(page, asked) if one.key == picture), None)
    if found is None:
        raise NotFound
    return download(found.table.file(form), name=f"report-{picture}", ending=form)


def _page(page: str) -> str:
    asked = _asked()
    if asked is None:
        return render_template("reports/nothing.html")
    form = asked.form
    pictures = _pictures(page, asked)
    return render_template(
        "reports/page.html",
        form=form,
        here=page,
        pictures=pictures,
        days=form.days,
        first_weekday=asked.scope.labs[0].site.first_weekday,
        pages=_links(page, form.address()),
        periods=_periods(page, form),
        address=form.address(),
        shares=use.shares,
        looks=list(wording.LOOKS.values()),
        wording=wording,
        rtl=direction() == "rtl",
    )


def _periods(here: str, form: ReportForm) -> list[tuple[str, str, bool]]:
    return [
        (
            url_for(f"reports.{here}", period=one.value, **form.filters()),
            str(wording.PERIODS[one]),
            one is form.period,
        )
        for one in Period
    ]


def _links(here: str, address: dict[str, Any]) -> list[tuple[str, str, bool]]:
    words = {"index": _("Use"), "unmet_demand": _("Unmet demand"), "answer_times": _("Lead and answer time")}
    return [(url_for(f"reports.{page}", **address), word, page == here) for page, word in words.items()]


def _asked() -> Asked | None:
    """None where this person reads about no lab."""
    labs = list_labs_read(person())
    if not labs:
        return None
    branches = tree()
    today = now().astimezone(labs[0].site.zone).date()
    form = ReportForm.of(request.args, labs=labs, branches=branches, today=today)
    scope = scope_of(
        form.chosen_labs(labs),
        form.days,
        jalali=language() == "fa",
        category_ids=form.chosen_categories(branches),
    )
    return Asked(form, scope, branches)


def _pictures(page: str, asked: Asked) -> Sequence[Picture]:
    made: dict[str, Callable[[], list[Picture]]] = {
        "index": lambda: use.pictures(asked.scope),
        "unmet_demand": lambda: unmet.pictures(asked.scope, asked.branches),
        "answer_times": lambda: times.pictures(asked.scope),
    }
    return made[page]()

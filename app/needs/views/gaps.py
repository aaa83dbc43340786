"""What was missed: the list of gaps, and each of them."""

from collections.abc import Sequence
from datetime import date, timedelta

from flask import abort, render_template, request, url_for

from app.accounts.viewer import viewer
from app.core.i18n import direction
from app.core.spans import Span
from app.inventory.queries.categories import all_categories, find_category
from app.inventory.queries.places import find_lab, home_zone, list_labs
from app.needs import gap_wording, wording
from app.needs.forms import GapsForm
from app.needs.permissions import may_see_every_gap, may_write_need
from app.needs.queries.shown_gaps import last_days, shown_gap, shown_gaps, shown_window
from app.needs.rules.gap import Gap
from app.needs.views.blueprint import blueprint
from app.web import access


@blueprint.get("/gaps")
@access.public
def gaps() -> str:
    actor, form = viewer(), GapsForm.of(request.args)
    window = shown_window(actor, last_days(form.period()))
    return render_template(
        "needs/gaps.html",
        form=form,
        staff=may_see_every_gap(actor),
        gaps=_chosen(form, window),
        days=_days(window),
        categories=all_categories(),
        labs={lab.id: lab for lab in list_labs()},
        wording=wording,
        gap_wording=gap_wording,
    )


@blueprint.get("/gaps/<category_slug>/<lab_slug>")
@access.public
def gap(category_slug: str, lab_slug: str) -> str:
    category, lab = find_category(category_slug), find_lab(lab_slug)
    if category is None or lab is None:
        abort(404)
    actor, form = viewer(), GapsForm.of(request.args)
    window = shown_window(actor, last_days(form.period()))
    found = shown_gap(actor, category.id, lab.id, window)
    if found is None:
        abort(404)
    # `needs.new` takes both by their numbers.
    write = url_for("needs.new", category=category.id, lab=lab.id)
    return render_template(
        "needs/gap.html",
        gap=found,
        category=category,
        lab=lab,
        days=_days(window),
        write=write if may_write_need(actor, lab.id) else None,
        weeks=[
            (week.span.start.astimezone(lab.site.zone).date(), week.unmet_minutes, week.policy_minutes)
            for week in found.weeks
        ],
        rtl=direction() == "rtl",
        wording=wording,
        gap_wording=gap_wording,
    )


def _chosen(form: GapsForm, window: Span) -> Sequence[Gap]:
    """Those of the lab and the category asked for; of all where there is none of that name."""
    lab, category = find_lab(form.lab.data or ""), find_category(form.category.data or "")
    return shown_gaps(
        viewer(),
        window,
        lab_id=lab.id if lab else None,
        category_id=category.id if category else None,
    )


def _days(window: Span) -> tuple[date, date]:
    """The first and the last day of the window."""
    zone = home_zone()
    last = window.end - timedelta(microseconds=1)
    return window.start.astimezone(zone).date(), last.astimezone(zone).date()

"""What there is: searched, narrowed, sorted."""

from flask import render_template, request, url_for

from app.accounts.viewer import viewer
from app.inventory.forms import CatalogueForm
from app.inventory.queries.categories import find_category
from app.inventory.queries.places import find_lab
from app.inventory.queries.search import Found, search_equipment
from app.inventory.views.blueprint import blueprint
from app.inventory.wording import EQUIPMENT_STATUSES
from app.web import access


@blueprint.get("/equipment")
@access.public
def catalogue() -> str:
    form = CatalogueForm.of(request.args, sees_retired=_sees_retired())
    found = search_equipment(
        viewer(),
        q=form.q.data or "",
        lab=find_lab(form.lab.data or ""),
        category=find_category(form.category.data or ""),
        status=form.wanted_status(),
        sort=form.wanted_sort(),
        page=request.args.get("page", 1, type=int),
    )
    return render_template(
        "inventory/catalogue.html",
        form=form,
        found=found,
        statuses=EQUIPMENT_STATUSES,
        previous=_page(found, -1),
        next=_page(found, 1),
    )


def _sees_retired() -> bool:
    """Whether anything retired could be in this person's list."""
    actor = viewer()
    return actor is not None and bool(actor.grants)


def _page(found: Found, step: int) -> str | None:
    """The address of a neighbouring page of the same search."""
    number = found.page + step
    if not 1 <= number <= found.pages:
        return None
    kept = {name: value for name, value in request.args.items() if value and name not in ("page", "lang")}
    return url_for("inventory.catalogue", **kept, page=number)  # type: ignore[arg-type]

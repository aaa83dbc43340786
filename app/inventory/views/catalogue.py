"""What there is: searched, narrowed, sorted."""

from typing import Any

from flask import Response, render_template, request, url_for

from app.accounts.viewer import viewer
from app.core.errors import NotFound
from app.inventory.exporting import Format, list_file, public_only
from app.inventory.forms import CatalogueForm
from app.inventory.queries.categories import find_category
from app.inventory.queries.places import find_lab
from app.inventory.queries.search import Found, list_found, mended, search_equipment
from app.inventory.views.blueprint import blueprint
from app.inventory.wording import EQUIPMENT_STATUSES
from app.web import access
from app.web.downloads import download
from app.web.links import address_of

ASKED = ("q", "category", "lab", "status", "sort")


@blueprint.get("/equipment")
@access.public
def catalogue() -> str:
    form = _form()
    found = search_equipment(viewer(), **_asked(form), page=request.args.get("page", 1, type=int))
    return render_template(
        "inventory/catalogue.html",
        form=form,
        found=found,
        statuses=EQUIPMENT_STATUSES,
        meant=None if found.total else mended(viewer(), form.q.data or ""),
        kept=_kept(),
        previous=_page(found, -1),
        next=_page(found, 1),
        downloads_of={
            form.value: url_for("inventory.catalogue_file", form=form.value, **_kept()) for form in Format
        },
    )


@blueprint.get("/equipment/list/<form>")
@access.public
def catalogue_file(form: str) -> Response:
    """All of the same search as a file, with nothing in it that the pages do not show."""
    if form not in set(Format):
        raise NotFound
    wanted = Format(form)
    found = list_found(public_only(viewer(), wanted), **_asked(_form()))
    data = list_file(found, wanted, address=address_of, managed=False)
    return download(
        data, name=f"equipment-{wanted}" if wanted is Format.UNIQUIP else "equipment", ending=wanted.ending
    )


def _form() -> CatalogueForm:
    return CatalogueForm.of(request.args, sees_retired=_sees_retired())


def _asked(form: CatalogueForm) -> dict[str, Any]:
    """The search that the address says."""
    return {
        "q": form.q.data or "",
        "lab": find_lab(form.lab.data or ""),
        "category": find_category(form.category.data or ""),
        "status": form.wanted_status(),
        "sort": form.wanted_sort(),
    }


def _sees_retired() -> bool:
    """Whether anything retired could be in this person's list."""
    actor = viewer()
    return actor is not None and bool(actor.grants)


def _page(found: Found, step: int) -> str | None:
    """The address of a neighbouring page of the same search."""
    number = found.page + step
    if not 1 <= number <= found.pages:
        return None
    return url_for("inventory.catalogue", **_kept(), page=number)


def _kept() -> dict[str, Any]:
    """What the address says of the search."""
    return {name: value for name, value in request.args.items() if value and name in ASKED}

"""The tree of categories."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from app.accounts.models import Role
from app.admin.accepting import accepted
from app.admin.equipment_forms import CategoryForm, indented_tree
from app.inventory.queries.categories import get_category, tree, with_descendants
from app.inventory.services.categories import change_category, create_category
from app.web import access
from app.web.forms import choices_of

blueprint = Blueprint(
    "admin_categories", __name__, url_prefix="/admin/categories", template_folder="../templates"
)
admins = access.requires(Role.ADMIN)

Answer = str | Response | tuple[str, int]


@blueprint.get("")
@admins
def index() -> Answer:
    return render_template("admin/categories.html", tree=tree(), form=_form())


@blueprint.post("")
@admins
def create() -> Answer:
    form = _form()
    if accepted(form, lambda: create_category(actor=current_user, **form.values())):
        return _saved()
    return render_template("admin/categories.html", tree=tree(), form=form), 422


@blueprint.route("/<int:category_id>", methods=["GET", "POST"])
@admins
def change(category_id: int) -> Answer:
    category = get_category(category_id)
    form = _form(category_id)
    if not form.is_submitted():
        form.process(obj=category, parent=category.parent_id or 0)
    elif accepted(
        form, lambda: change_category(actor=current_user, category_id=category_id, **form.values())
    ):
        return _saved()
    page = render_template("admin/category.html", category=category, form=form)
    return page, 422 if form.is_submitted() else 200


def _form(category_id: int | None = None) -> CategoryForm:
    """The form with the places in the tree: anywhere but below itself."""
    form = CategoryForm()
    below = with_descendants(category_id) if category_id else set()
    form.parent.choices = choices_of({0: _("At the top"), **indented_tree(without=below)})
    return form


def _saved() -> Response:
    flash(_("Saved."))
    return redirect(url_for("admin_categories.index"))

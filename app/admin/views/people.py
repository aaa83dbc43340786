"""People and their roles, for those who run the system."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from app.accounts import queries, wording
from app.accounts.errors import LastAdmin
from app.accounts.models import Role, User
from app.accounts.services import people as services
from app.accounts.services.roles import grant_role, withdraw_role
from app.admin.forms import RoleForm
from app.core.errors import InvalidInput, NotFound
from app.core.i18n import localized
from app.inventory.queries.places import list_labs
from app.web import access
from app.web.forms import choices_of

blueprint = Blueprint("admin_people", __name__, url_prefix="/admin/people", template_folder="../templates")
admins = access.requires(Role.ADMIN)

Answer = str | Response | tuple[str, int]


@blueprint.get("")
@admins
def index() -> Answer:
    text, number = request.args.get("q", ""), max(1, request.args.get("page", 1, type=int))
    found = queries.list_people(current_user, text=text, page=number)
    return render_template(
        "admin/people.html",
        people=found,
        q=text,
        number=number,
        more=len(found) == queries.PAGE,
        roles=wording.ROLES,
        labs=_labs(),
    )


@blueprint.get("/<int:user_id>")
@admins
def show(user_id: int) -> Answer:
    return _page(_person(user_id), _role_form())


@blueprint.post("/<int:user_id>/roles")
@admins
def grant(user_id: int) -> Answer:
    form = _role_form()
    if not form.validate():
        return _page(_person(user_id), form, status=422)
    try:
        grant_role(
            actor=current_user, user_id=user_id, role=Role(form.role.data), lab_id=form.lab.data or None
        )
    except InvalidInput as refused:
        form.take(refused, wording.REFUSALS)
        return _page(_person(user_id), form, status=422)
    return _to(user_id)


@blueprint.post("/<int:user_id>/roles/<int:grant_id>/withdraw")
@admins
def withdraw(user_id: int, grant_id: int) -> Answer:
    try:
        withdraw_role(actor=current_user, user_id=user_id, grant_id=grant_id)
    except LastAdmin:
        _say_last_admin()
    return _to(user_id)


@blueprint.post("/<int:user_id>/disable")
@admins
def disable(user_id: int) -> Answer:
    try:
        services.disable_user(actor=current_user, user_id=user_id)
    except LastAdmin:
        _say_last_admin()
    return _to(user_id)


@blueprint.post("/<int:user_id>/enable")
@admins
def enable(user_id: int) -> Answer:
    services.enable_user(actor=current_user, user_id=user_id)
    return _to(user_id)


def _say_last_admin() -> None:
    flash(_("This is the last administrator: give somebody else the role first."))


def _to(user_id: int) -> Response:
    return redirect(url_for("admin_people.show", user_id=user_id))


def _person(user_id: int) -> User:
    person = queries.find_managed_user(current_user, user_id)
    if person is None:
        raise NotFound
    return person


def _role_form() -> RoleForm:
    form = RoleForm()
    form.lab.choices = choices_of({0: _("No lab"), **_labs()})
    return form


def _labs() -> dict[int, str]:
    return {lab.id: localized(lab) for lab in list_labs()}


def _page(person: User, form: RoleForm, status: int = 200) -> Answer:
    page = render_template("admin/person.html", person=person, form=form, roles=wording.ROLES, labs=_labs())
    return page, status

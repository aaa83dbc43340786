"""What the labs ask for: the board, and each need."""

from flask import Response, render_template, request, url_for

from app.accounts.viewer import viewer
from app.inventory.queries.places import find_lab
from app.needs import sheet, wording
from app.needs.forms import BoardForm
from app.needs.models import Need
from app.needs.permissions import may_publish_need, may_write_need, may_write_some_need
from app.needs.queries.evidence import current_evidence
from app.needs.queries.needs import Board, get_need, search_needs, shown_to
from app.needs.rules.states import DRAFTS, Verb, fitting
from app.needs.views.blueprint import blueprint
from app.web import access
from app.web.links import public_address


@blueprint.get("/needs")
@access.public
def board() -> str:
    actor, form = viewer(), BoardForm.of(request.args)
    may_write = may_write_some_need(actor)
    drafts = may_write and request.args.get("tab") == "drafts"
    found = search_needs(
        actor,
        q=form.q.data or "",
        lab=find_lab(form.lab.data or ""),
        sort=form.wanted_sort(),
        drafts=drafts,
        page=request.args.get("page", 1, type=int),
    )
    return render_template(
        "needs/board.html",
        form=form,
        found=found,
        drafts=drafts,
        may_write=may_write,
        wording=wording,
        previous=_page(found, -1),
        next=_page(found, 1),
    )


@blueprint.get("/needs/<int:need_id>")
@access.public
def show(need_id: int) -> str:
    return page_of(get_need(viewer(), need_id))


@blueprint.get("/needs/<int:need_id>.pdf")
@access.public
def on_paper(need_id: int) -> Response:
    """One page of A4. Paper is handed on: also staff get what the public may read."""
    need = get_need(viewer(), need_id)
    (shown,) = shown_to(None, [need])
    answer = Response(sheet.draw(shown, _address(need)), mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{need.reference}.pdf"'
    answer.vary.update(("Accept-Language", "Cookie"))
    return answer


def page_of(need: Need, *, four_eyes: bool = False) -> str:
    """The page of one need, with what the viewer may do to it. `four_eyes`: it was just refused."""
    actor = viewer()
    (shown,) = shown_to(actor, [need])
    staff = may_write_need(actor, need.lab_id)
    live = current_evidence(need) if staff else None
    may_publish = live is not None and may_publish_need(actor, need, is_computed=live.is_computed)
    return render_template(
        "needs/show.html",
        need=need,
        shown=shown,
        staff=staff,
        live=live,
        verbs=fitting(need.state) if staff else frozenset(),
        is_draft=need.state in DRAFTS,
        may_publish=may_publish,
        four_eyes=four_eyes or (Verb.PUBLISH in fitting(need.state) and staff and not may_publish),
        address=_address(need),
        wording=wording,
    )


def _address(need: Need) -> str:
    return public_address(url_for("needs.show", need_id=need.id))


def _page(found: Board, step: int) -> str | None:
    """The address of a neighbouring page of the same search."""
    number = found.page + step
    if not 1 <= number <= found.pages:
        return None
    kept = {name: value for name, value in request.args.items() if value and name not in ("page", "lang")}
    return url_for("needs.board", **kept, page=number)  # type: ignore[arg-type]

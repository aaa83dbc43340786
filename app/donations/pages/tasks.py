"""What the reader may do about an offer now, the first first; or why it is for others to do."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from flask_babel import gettext as _
from flask_babel import ngettext

from app.accounts.models import User
from app.core.i18n import localized
from app.core.text import isolated
from app.donations.forms.handling import (
    AgreementForm,
    AllocateForm,
    CommissionForm,
    DeliveryForm,
    InspectForm,
)
from app.donations.models import Offer
from app.donations.pages.offer import OfferPage
from app.donations.permissions import may_commission, may_decide, may_inspect
from app.donations.queries.offers import labs_of
from app.donations.queries.story import Copy
from app.donations.rules.states import BOUND, OPEN, Verb, after
from app.inventory.models import Lab, UnitStatus
from app.inventory.queries.categories import with_descendants
from app.inventory.queries.equipment import list_of_labs
from app.inventory.queries.places import list_labs
from app.needs.models import NeedState
from app.needs.queries.needs import coverage_of, list_needs
from app.web.formats import number_text
from app.web.forms import BaseForm

MOST_NEEDS = 200
Refused = Mapping[str, BaseForm]
"""Forms that were sent and not taken, by the name of their task: they stand as they were typed."""


@dataclass(frozen=True, kw_only=True)
class Tasks:
    """Everything outstanding that this person may do. `first` names the one with the primary button."""

    first: str | None = None
    review: bool = False
    accept: bool = False
    decline: bool = False
    agree: AgreementForm | None = None
    allocate: AllocateForm | None = None
    inspections: list[tuple[Copy, BaseForm]] = field(default_factory=list)
    commissionings: list[tuple[Copy, BaseForm]] = field(default_factory=list)
    receive: DeliveryForm | None = None
    why_not: str | None = None
    """Said to staff where something is outstanding that others do."""

    @property
    def any(self) -> bool:
        return self.first is not None or self.allocate is not None


def tasks_of(page: OfferPage, refused: Refused) -> Tasks:
    """What stands on the page for this person. The giving side is never asked."""
    if not page.is_staff:
        return Tasks()
    if page.gives:
        return Tasks(why_not=giver_refused(page.offer))
    offer, who, labs = page.offer, page.who, labs_of(page.offer)
    decides, inspects = may_decide(who, offer, labs), may_inspect(who, offer, labs)
    verbs = {verb for verb in Verb if decides and after(verb, offer.state) is not None}
    owes = page.arrival.owed > 0
    inspections = _inspections(page, refused) if inspects else []
    commissionings = _commissionings(page, refused)
    outstanding = [
        ("review", Verb.REVIEW in verbs),
        ("accept", Verb.ACCEPT in verbs),
        ("agree", Verb.AGREE in verbs),
        ("inspect", bool(inspections)),
        ("commission", bool(commissionings)),
        ("receive", Verb.DELIVER in verbs and owes),
    ]
    first = next((name for name, is_due in outstanding if is_due), None)
    return Tasks(
        first=first,
        review=Verb.REVIEW in verbs,
        accept=Verb.ACCEPT in verbs,
        decline=Verb.DECLINE in verbs,
        agree=_kept(refused, "agree", AgreementForm) if Verb.AGREE in verbs else None,
        allocate=allocate_form(page, refused) if decides and offer.state in OPEN else None,
        inspections=inspections,
        commissionings=commissionings,
        receive=delivery_form(page, refused) if Verb.DELIVER in verbs and owes else None,
        why_not=None if first else _others_do(page),
    )


def giver_refused(offer: Offer) -> str:
    """Why somebody of the giving side does not answer."""
    return str(
        _(
            "You belong to %(donor)s, which gives this."
            " So others at the university answer, inspect and put it into service.",
            donor=isolated(localized(offer.organisation)),
        )
    )


def allocate_form(page: OfferPage, refused: Refused) -> AllocateForm | None:
    """None where no need asks for anything."""
    if "allocate" in refused:
        return refused["allocate"]
    return new_allocate_form(page, formdata=None)


def new_allocate_form(page: OfferPage, **more: object) -> AllocateForm | None:
    """The form with the published needs, those of the offered kind first."""
    kinds = {line.category_id for line in page.offer.lines}
    needs = list_needs(page.who, state=NeedState.PUBLISHED, limit=MOST_NEEDS)
    left = {need_id: covered.left for need_id, covered in coverage_of(needs).items()}
    order = sorted(needs, key=lambda n: (n.category_id not in kinds, not left[n.id], -n.id))
    words = {
        need.id: ngettext(
            "%(title)s (%(shown)s left, %(lab)s)",
            "%(title)s (%(shown)s left, %(lab)s)",
            left[need.id],
            title=isolated(localized(need, "title")),
            shown=number_text(left[need.id]),
            lab=isolated(localized(need.lab)),
        )
        for need in order
    }
    return AllocateForm.of(page.offer.lines, words, **more) if words else None


def delivery_form(page: OfferPage, refused: Refused) -> DeliveryForm:
    if "receive" in refused:
        return refused["receive"]
    return new_delivery_form(page, formdata=None)


def new_delivery_form(page: OfferPage, **more: object) -> DeliveryForm:
    return DeliveryForm.of(
        page.offer.lines, {line.id: page.owed_of(line.id) for line in page.offer.lines}, **more
    )


def inspect_form(unit_id: int, **more: object) -> InspectForm:
    return InspectForm(prefix=f"u{unit_id}", **more)


def commission_form(page: OfferPage, copy: Copy, labs: Iterable[Lab], **more: object) -> CommissionForm:
    """The labs of this person, the one whose need it serves first; there new, or one more of its kind."""
    line = next(one for one in page.offer.lines if one.id == copy.donated.consignment_line.line_id)
    served = next((one.need.lab_id for one in line.allocations if one.id == copy.donated.allocation_id), None)
    ordered = sorted(labs, key=lambda lab: lab.id != served)
    kinds = with_descendants(line.category_id)
    places: dict[str, str] = {}
    like = [one for one in list_of_labs([lab.id for lab in ordered]) if one.category_id in kinds]
    for lab in ordered:
        name = isolated(localized(lab))
        places[f"{lab.id}"] = _("New equipment of %(lab)s", lab=name)
        for one in like:
            if one.lab_id == lab.id:
                words = _(
                    "One more unit of %(equipment)s, %(lab)s", equipment=isolated(localized(one)), lab=name
                )
                places[f"{lab.id}-{one.id}"] = words
    return CommissionForm.of(places, prefix=f"u{copy.unit.id}", **more)


def labs_to_commission(who: User, offer: Offer) -> list[Lab]:
    """The labs in which this person may put it into service."""
    return [lab for lab in list_labs() if may_commission(who, offer, lab.id)]


def _inspections(page: OfferPage, refused: Refused) -> list[tuple[Copy, BaseForm]]:
    return [
        (copy, refused.get(f"inspect-{copy.unit.id}") or inspect_form(copy.unit.id, formdata=None))
        for copy in page.copies
        if copy.unit.status is UnitStatus.AWAITING_INSPECTION
    ]


def _commissionings(page: OfferPage, refused: Refused) -> list[tuple[Copy, BaseForm]]:
    ready = [copy for copy in page.copies if copy.unit.status is UnitStatus.INSPECTED]
    labs = labs_to_commission(page.who, page.offer) if ready else []
    if not labs:
        return []
    return [
        (
            copy,
            refused.get(f"commission-{copy.unit.id}")
            or commission_form(page, copy, labs, formdata=None, data={"responsible": page.who.name}),
        )
        for copy in ready
    ]


def _others_do(page: OfferPage) -> str | None:
    """Who does what is outstanding, where the reader does not."""
    state, arrival = page.offer.state, page.arrival
    if after(Verb.DECLINE, state) is not None or after(Verb.AGREE, state) is not None:
        return str(_("The liaison office answers, or the manager of the lab that it is meant for."))
    if arrival.awaiting:
        return str(_("A manager or technician of the lab that it is meant for inspects it."))
    if arrival.inspected:
        return str(_("A manager of the lab in which it will work puts it into service."))
    if state in BOUND and arrival.owed > 0:
        return str(
            _("The liaison office enters what arrives, or the manager of the lab that it is meant for.")
        )
    return None


def _kept(refused: Refused, name: str, kind: type[AgreementForm]) -> AgreementForm:
    return refused.get(name) or kind(formdata=None)

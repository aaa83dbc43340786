"""Who may do what with a booking. Asked by the services, never only by a page."""

from collections.abc import Collection

from app.accounts.models import MembershipRole, Role, User, UserClass
from app.booking.models import Booking, OccurrenceItem, WaitlistEntry
from app.inventory.permissions import may_change_service

LAB_STAFF = (Role.MANAGER, Role.APPROVER, Role.TECHNICIAN)
DECIDERS = (Role.MANAGER, Role.APPROVER)
READERS = (*LAB_STAFF, Role.SAFETY_OFFICER)
"""Who sees the bookings of a lab."""
ANSWERERS = (*DECIDERS, Role.SAFETY_OFFICER)
"""Whose yes may be needed."""


def is_of_the_university(actor: User | None) -> bool:
    """Its staff and its members: those who may ask before industry does, where a lab says so."""
    return actor is not None and (
        bool(actor.grants)
        or any(
            one.ended_at is None and one.organisation.user_class is UserClass.INTERNAL
            for one in actor.memberships
        )
    )


def labs_of(booking: Booking) -> set[int]:
    return {item.equipment.lab_id for date in booking.occurrences for item in date.items}


def is_concerned(actor: User, booking: Booking) -> bool:
    """Belongs to the organisation, or works in one of the labs. Who asked and has left is not any more."""
    return (
        booking.organisation_id in actor.organisation_ids()
        or actor.has_role(Role.ADMIN)
        or is_staff_of_any(actor, labs_of(booking))
    )


def may_read_internal(actor: User, booking: Booking) -> bool:
    """What the labs' staff write among themselves."""
    return actor.has_role(Role.ADMIN) or is_staff_of_any(actor, labs_of(booking))


def may_change(actor: User, booking: Booking) -> bool:
    """Cancel or move: who asked, the organisation's admins, and the staff of all its labs."""
    return (
        (booking.requester_id == actor.id and is_concerned(actor, booking))
        or booking.organisation_id in actor.organisation_ids(MembershipRole.ADMIN)
        or is_staff_of_all(actor, labs_of(booking))
    )


def may_use(actor: User, booking: Booking) -> bool:
    """Check in and out: the organisation's people, and those of any of its labs."""
    return is_concerned(actor, booking)


def may_pass_on(actor: User, booking: Booking) -> bool:
    """Give it to a colleague: who asked, and the organisation's admins."""
    return (
        booking.requester_id == actor.id and booking.organisation_id in actor.organisation_ids()
    ) or booking.organisation_id in actor.organisation_ids(MembershipRole.ADMIN)


def may_answer_for(actor: User, entry: WaitlistEntry) -> bool:
    """Take, let go or leave: who waits, as long as they belong there, and the organisation's admins."""
    return (
        entry.user_id == actor.id and entry.organisation_id in actor.organisation_ids()
    ) or entry.organisation_id in actor.organisation_ids(MembershipRole.ADMIN)


def stands_in_for(actor: User, lab_ids: Collection[int]) -> int | None:
    """The id of the person in whose place the actor answers for one of these labs; None: in no one's."""
    its = [one for one in actor.grants if one.lab_id in lab_ids and one.role in DECIDERS]
    if any(one.deputy_for_id is None for one in its) or actor.has_role(Role.ADMIN):
        return None
    return next((one.deputy_for_id for one in its), None)


def may_remove_from_waitlist(actor: User, entry: WaitlistEntry) -> bool:
    """Let somebody wait no longer: the staff of the one lab that it is about, the office and admins."""
    if actor.has_role(Role.ADMIN, Role.LIAISON):
        return True
    lab_id = entry.equipment.lab_id if entry.equipment else entry.lab_id
    return lab_id is not None and is_staff_of_all(actor, {lab_id})


def may_accept(actor: User, booking: Booking) -> bool:
    """Take another time that the lab named: the company's side. The lab cannot say yes for it.

    Who asked for a company without account (a call) is its side.
    """
    return may_change(actor, booking) and (
        booking.requester_id == actor.id or booking.organisation_id in actor.organisation_ids()
    )


def may_decide(actor: User, booking: Booking) -> bool:
    """Answer for one of its labs at least, or as its safety officer where one is asked."""
    return any(may_decide_in(actor, lab_id) for lab_id in labs_of(booking)) or any(
        item.needs_safety and may_clear_in(actor, item.equipment.lab_id)
        for date in booking.occurrences
        for item in date.items
    )


def may_decide_in(actor: User, lab_id: int) -> bool:
    """Approve or decline what asks for equipment of this lab."""
    return actor.has_role(Role.ADMIN) or lab_id in actor.lab_ids(*DECIDERS)


def may_clear_in(actor: User, lab_id: int) -> bool:
    """Agree as the lab's safety officer, after somebody else has agreed for the lab."""
    return actor.has_role(Role.ADMIN) or lab_id in actor.lab_ids(Role.SAFETY_OFFICER)


def may_clear(actor: User, item: OccurrenceItem) -> bool:
    """Whether this item waits for this very person's second yes."""
    return (
        item.needs_safety
        and item.agreed_at is not None
        and item.cleared_at is None
        and item.agreed_by_id != actor.id
        and may_clear_in(actor, item.equipment.lab_id)
    )


def may_see_the_gate(actor: User, site_lab_ids: Collection[int]) -> bool:
    """Who is expected at a site: the gate, the office, admins, and the staff of any lab there."""
    return actor.has_role(Role.ADMIN, Role.LIAISON, Role.GATE) or is_staff_of_any(actor, site_lab_ids)


def may_book_for_others(actor: User, lab_ids: Collection[int]) -> bool:
    """Book in the name of a company one does not belong to: the staff of every lab asked."""
    return is_staff_of_all(actor, lab_ids)


def may_override(actor: User, lab_ids: Collection[int]) -> bool:
    """Set rules aside, with a reason: the staff of every lab asked."""
    return is_staff_of_all(actor, lab_ids)


def may_declare_outage(actor: User, lab_ids: Collection[int]) -> bool:
    """Say that equipment cannot be used: who may take it out of service in every lab concerned."""
    return bool(lab_ids) and all(may_change_service(actor, lab_id) for lab_id in lab_ids)


def may_authorise_in(actor: User, lab_id: int) -> bool:
    """Say who may work with the lab's equipment: its staff."""
    return is_staff_of_all(actor, {lab_id})


def is_staff_of_any(actor: User, lab_ids: Collection[int]) -> bool:
    return bool(actor.lab_ids(*LAB_STAFF) & set(lab_ids))


def is_staff_of_all(actor: User, lab_ids: Collection[int]) -> bool:
    return actor.has_role(Role.ADMIN) or set(lab_ids) <= actor.lab_ids(*LAB_STAFF)

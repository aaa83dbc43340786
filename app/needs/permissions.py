"""Who may do what with a need. Asked by the services, never only by a page."""

from app.accounts.models import Role, User
from app.needs.models import Need

WRITERS = (Role.ADMIN, Role.LIAISON, Role.MANAGER)


def may_write_some_need(actor: User | None) -> bool:
    """In some lab, whichever: who may not has no business with forms for it."""
    return actor is not None and actor.has_role(*WRITERS)


def may_see_every_gap(actor: User | None) -> bool:
    """Also the gaps of so few organisations that the public is not told."""
    return may_write_some_need(actor)


def may_write_need(actor: User | None, lab_id: int) -> bool:
    """Write, change, submit: the lab's manager, the liaison office and the administrators."""
    return actor is not None and actor.has_role(*WRITERS, lab_id=lab_id)


def may_review_need(actor: User | None, need: Need) -> bool:
    """Publish, reject and close, as far as the role goes."""
    return may_write_need(actor, need.lab_id)


def may_publish_need(actor: User | None, need: Need, *, is_computed: bool) -> bool:
    """Not the one who wrote it, unless it was proposed from a gap whose hours the program counts itself."""
    if not may_review_need(actor, need) or actor is None:
        return False
    return actor.id != need.written_by_id or (need.from_gap and is_computed)

"""Who may look after the outbox."""

from app.web.access import Actor


def may_see_outbox(actor: Actor) -> bool:
    """Those who run the system: mail that failed names its recipients."""
    return actor.has_role("admin")

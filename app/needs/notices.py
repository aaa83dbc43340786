"""Who is told what when a need changes: a line in their news, in their language.

Written in the transaction of the change itself. Nobody is told of what they did themselves.
"""

from collections.abc import Callable, Iterable

from flask_babel import gettext as _

from app.accounts.models import User
from app.accounts.recipients import recipient_of
from app.core.i18n import in_language, localized
from app.core.text import isolated
from app.needs.events import NeedClosed, NeedEvent, NeedPublished, NeedRejected, NeedSubmitted
from app.needs.models import ClosingReason, Need
from app.needs.queries.people import get_told, list_publishers
from app.needs.wording import CLOSING_REASONS
from app.notifications.services.write import post_notice
from app.web.links import path_to

LONGEST_REASON = 200


def tell_submitted(event: NeedSubmitted) -> None:
    """Those who may publish it; not the one who wrote it, who has to leave that to others."""
    need = get_told(event.subject_id)
    readers = [person for person in list_publishers(need) if person.id != need.written_by_id]
    _tell(event, need, readers, lambda title: _("%(title)s waits for somebody to publish it.", title=title))


def tell_published(event: NeedPublished) -> None:
    _tell_writer(event, lambda title: _("%(title)s is published.", title=title))


def tell_rejected(event: NeedRejected) -> None:
    _tell_writer(
        event,
        lambda title: _(
            "%(title)s was turned down: %(reason)s", title=title, reason=isolated(_shortened(event.reason))
        ),
    )


def tell_closed(event: NeedClosed) -> None:
    reason = CLOSING_REASONS[ClosingReason(event.reason)]
    _tell_writer(event, lambda title: _("%(title)s was closed: %(reason)s.", title=title, reason=reason))


def _tell_writer(event: NeedEvent, line: Callable[[str], str]) -> None:
    need = get_told(event.subject_id)
    _tell(event, need, [need.written_by], line)


def _tell(event: NeedEvent, need: Need, people: Iterable[User], line: Callable[[str], str]) -> None:
    """Put the line into the news of each; it is written once, for no need comes to a state twice."""
    for person in people:
        if person.is_active and person.id != event.actor_id:
            with in_language(person.language):
                text = line(isolated(localized(need, "title")))
            post_notice(
                to=recipient_of(person),
                text=text,
                path=path_to("needs.show", need_id=need.id),
                dedup=f"need:{need.id}:{event.state}",
            )


def _shortened(reason: str) -> str:
    """The beginning of a long reason; its page has all of it."""
    words = " ".join(reason.split())
    return words if len(words) <= LONGEST_REASON else words[:LONGEST_REASON].rsplit(" ", 1)[0] + "…"

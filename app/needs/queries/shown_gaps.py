"""The gaps as whoever asks may see them."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from app.accounts.models import User
from app.core.clock import now
from app.core.spans import Span
from app.inventory.queries.categories import with_descendants
from app.inventory.queries.places import home_zone
from app.needs.permissions import may_see_every_gap
from app.needs.queries import gaps
from app.needs.rules.gap import Gap

PUBLIC_MONTHS = 3


def last_days(days: int) -> Span:
    return Span(now() - timedelta(days=days), now())


def public_window() -> Span:
    """The last three whole months of the first site.

    Figures that changed from day to day would say on which day a company was refused.
    """
    zone = home_zone()
    today = now().astimezone(zone)
    end = datetime(today.year, today.month, 1, tzinfo=zone)
    years, month = divmod(end.year * 12 + end.month - 1 - PUBLIC_MONTHS, 12)
    return Span(datetime(years, month + 1, 1, tzinfo=zone), end)


def shown_window(actor: User | None, wanted: Span) -> Span:
    """Staff choose their window; everybody else reads the one of the public."""
    return wanted if may_see_every_gap(actor) else public_window()


def shown_gaps(
    actor: User | None, window: Span, *, lab_id: int | None = None, category_id: int | None = None
) -> Sequence[Gap]:
    """All of them for staff; for others those that may stand in public. The largest first.

    A category stands for everything below it as well.
    """
    kinds = None if category_id is None else with_descendants(category_id)
    found = gaps.list_gaps(window, lab_id=lab_id, category_ids=kinds)
    return found if may_see_every_gap(actor) else [gap for gap in found if gap.is_shown]


def shown_gap(actor: User | None, category_id: int, lab_id: int, window: Span) -> Gap | None:
    """None also where it may not be seen. In public without its parts: one may be of a single company."""
    gap = gaps.find_gap(category_id, lab_id, window)
    if gap is None or may_see_every_gap(actor):
        return gap
    return gap.without_parts() if gap.is_shown else None

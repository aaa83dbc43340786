"""Gaps: the figures of what was asked for and could not be given, by category and lab."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from app.core.spans import Span
from app.inventory.models import Site
from app.needs.queries.demand import (
    TROUBLE,
    Demand,
    Place,
    demand_of,
    lacks,
    list_places,
    openings_of,
    reach_of,
    refused_by_rules,
)
from app.needs.rules.gap import Gap, Lost, Week
from app.needs.rules.replay import gains
from app.needs.rules.unmet import Missed, asked, unmet_minutes
from app.needs.rules.weeks import weeks_within
from app.occupancy.models import ClaimKind


def list_gaps(
    window: Span, *, lab_id: int | None = None, category_ids: Collection[int] | None = None
) -> list[Gap]:
    """What was missed in the window, the most unmet first. Statements do not grow with the gaps."""
    demands = demand_of(window, lab_id=lab_id, category_ids=category_ids)
    if not demands:
        return []
    around = reach_of(demands.values(), window)
    labs = {lab.id: lab for lab in list_places({place.lab_id for place in demands})}
    hours = openings_of(list(labs.values()), around)
    openings = {lab: week.open_spans(around) for lab, week in hours.items()}
    gaps = [
        _gap(place, demand, openings[place.lab_id], window, labs[place.lab_id].site)
        for place, demand in demands.items()
    ]
    return sorted(gaps, key=lambda gap: (-gap.unmet_minutes, gap.category_id, gap.lab_id or 0))


def find_gap(category_id: int, lab_id: int, window: Span) -> Gap | None:
    """What was missed of the category in the lab over the window; None where nothing was."""
    return next(iter(list_gaps(window, lab_id=lab_id, category_ids={category_id})), None)


def _gap(place: Place, demand: Demand, openings: Sequence[Span], window: Span, site: Site) -> Gap:
    lacking, ruled = lacks(demand), refused_by_rules(demand)
    needs = asked(lacking)
    open_now = [part for span in openings if (part := span.clamp(window))]
    return Gap(
        category_id=place.category_id,
        lab_id=place.lab_id,
        window=window,
        unmet_minutes=unmet_minutes(needs),
        organisations=len({need.organisation_id for need in needs if need.owed_minutes}),
        units=demand.units,
        open_minutes=sum(span.minutes for span in open_now) * demand.units,
        used_minutes=_minutes(demand, {ClaimKind.BOOKING}, [window]),
        downtime_minutes=_minutes(demand, TROUBLE, open_now),
        policy_minutes=unmet_minutes(asked(ruled)),
        gains=gains(
            needs,
            units=demand.units,
            claims=[(taking.span, taking.quantity) for taking in demand.takings],
            openings=openings,
        ),
        reasons=_reasons(demand),
        weeks=tuple(
            _week(week, lacking, ruled) for week in weeks_within(window, site.zone, site.first_weekday)
        ),
    )


def _minutes(demand: Demand, kinds: Iterable[ClaimKind], spans: Sequence[Span]) -> int:
    """Equipment-minutes that claims of these kinds take within the spans."""
    wanted = set(kinds)
    return sum(
        part.minutes * taking.quantity
        for taking in demand.takings
        if taking.kind in wanted
        for span in spans
        if (part := taking.span.clamp(span))
    )


def _reasons(demand: Demand) -> tuple[Lost, ...]:
    """What was lost for each reason, as it was asked for: repeats are in it."""
    lost: dict[str, list[int]] = defaultdict(list)
    for miss, _missed in demand.misses:
        lost[miss.reason.value].append(miss.minutes * miss.quantity)
    found = [Lost(reason=reason, minutes=sum(of), wishes=len(of)) for reason, of in lost.items()]
    return tuple(sorted(found, key=lambda one: (-one.minutes, one.reason)))


def _week(span: Span, lacking: Sequence[Missed], ruled: Sequence[Missed]) -> Week:
    def within(misses: Sequence[Missed]) -> int:
        return unmet_minutes(asked(miss for miss in misses if span.holds(miss.at)))

    return Week(span=span, unmet_minutes=within(lacking), policy_minutes=within(ruled))

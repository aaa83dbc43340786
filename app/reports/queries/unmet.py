"""What was asked for and not given: the figures of the gaps, over weeks and by category."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.core.spans import Span
from app.demand.models import Miss, MissReason
from app.needs.queries.demand import Demand, lacks, missed_in, refused_by_rules
from app.needs.rules.unmet import Missed, asked, unmet_minutes
from app.reports.queries.scope import Scope

Remembered = tuple[Miss, Missed]


@dataclass(frozen=True)
class Unmet:
    """Equipment-minutes. The first two together are what the page of gaps calls unmet."""

    capacity: int = 0
    """Nothing free, or out of service."""
    too_late: int = 0
    """What was free came too late."""
    policy: int = 0
    """Refused by a rule: no lack of equipment."""

    @property
    def lacking(self) -> int:
        return self.capacity + self.too_late

    @property
    def all(self) -> int:
        return self.lacking + self.policy


@dataclass(frozen=True)
class UnmetOfAll:
    parts: list[Unmet]
    """Each part of the time by itself: a wish that came again in a later one is in both."""
    categories: list[tuple[int, Unmet]]
    """By the id of the category, over the whole time; the most first."""
    organisations: int

    @property
    def whole(self) -> Unmet:
        return _sum(unmet for _category_id, unmet in self.categories)


def unmet_of(scope: Scope) -> UnmetOfAll:
    """Each organisation's repeats count once in a place, and less what it was given later: as in the gaps."""
    places = missed_in(scope.window, lab_ids=scope.lab_ids, category_ids=scope.category_ids)
    by_category: dict[int, list[Unmet]] = defaultdict(list)
    for place, demand in places.items():
        by_category[place.category_id].append(_unmet(demand.misses))
    categories = [(category_id, _sum(parts)) for category_id, parts in by_category.items()]
    return UnmetOfAll(
        parts=[_within(part, places.values()) for part in scope.spans],
        categories=sorted(categories, key=lambda pair: (-pair[1].lacking, -pair[1].all, pair[0])),
        organisations=len(
            {
                need.organisation_id
                for demand in places.values()
                for need in asked(lacks(demand))
                if need.owed_minutes
            }
        ),
    )


def _within(part: Span, demands: Iterable[Demand]) -> Unmet:
    """What was remembered in the part of the time."""
    return _sum(
        _unmet([(miss, missed) for miss, missed in demand.misses if part.holds(miss.at)])
        for demand in demands
    )


def _unmet(misses: Sequence[Remembered]) -> Unmet:
    """Of one place. Too late is what would not be missing had nobody come too late."""
    demand = Demand(misses=list(misses))
    in_time = Demand(misses=[pair for pair in misses if pair[0].reason is not MissReason.TOO_LATE])
    lacking = unmet_minutes(asked(lacks(demand)))
    capacity = min(lacking, unmet_minutes(asked(lacks(in_time))))
    return Unmet(
        capacity=capacity,
        too_late=lacking - capacity,
        policy=unmet_minutes(asked(refused_by_rules(demand))),
    )


def _sum(parts: Iterable[Unmet]) -> Unmet:
    parts = list(parts)
    return Unmet(
        capacity=sum(one.capacity for one in parts),
        too_late=sum(one.too_late for one in parts),
        policy=sum(one.policy for one in parts),
    )

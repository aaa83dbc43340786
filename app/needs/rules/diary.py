"""How much is taken at each minute, kept so that the first free stretch is found quickly. Pure."""

from bisect import bisect_right
from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple, Self

DAY = 24 * 60


class Taken(NamedTuple):
    """From `start` up to, not including, `end`, in minutes; touching is free."""

    start: int
    end: int
    quantity: int


class Free(NamedTuple):
    """The minutes of a day's free stretches: the one it begins with, the longest, the one it ends with."""

    first: int
    longest: int
    last: int


class Diary:
    """A level of taken equipment for every minute of `days` days, as steps within each day.

    A day remembers its free stretches for a level, so that days without room are skipped at once.
    """

    def __init__(self, days: int) -> None:
        self._starts: list[list[int]] = [[0] for _ in range(days)]
        self._levels: list[list[int]] = [[0] for _ in range(days)]
        self._known: list[dict[int, Free]] = [{} for _ in range(days)]

    @classmethod
    def of(cls, taken: Iterable[Taken], *, days: int) -> Self:
        """What is taken, clipped to the days."""
        diary, end = cls(days), days * DAY
        changes: dict[int, int] = {}
        for start, until, quantity in taken:
            first, last = max(0, start), min(end, until)
            if first < last:
                changes[first] = changes.get(first, 0) + quantity
                changes[last] = changes.get(last, 0) - quantity
        diary._fill(sorted(changes.items()))
        return diary

    def copy(self) -> Self:
        other = type(self)(0)
        other._starts = [list(starts) for starts in self._starts]
        other._levels = [list(levels) for levels in self._levels]
        other._known = [dict(known) for known in self._known]
        return other

    def take(self, start: int, end: int, quantity: int) -> None:
        """Raise the level by the quantity between the minutes, which lie within the days."""
        for day in range(start // DAY, (end - 1) // DAY + 1):
            first, last = max(start - day * DAY, 0), min(end - day * DAY, DAY)
            lower, upper = self._cut(day, first), self._cut(day, last)
            levels = self._levels[day]
            for index in range(lower, upper):
                levels[index] += quantity
            self._known[day].clear()

    def first_free(self, start: int, end: int, minutes: int, level: int) -> int | None:
        """The earliest start of a stretch of so many minutes within [start, end) that is never above
        the level; None when there is none. It begins where the window does or where something ends.
        """
        start, end = max(start, 0), min(end, len(self._starts) * DAY)
        free_from: int | None = None
        for day in range(start // DAY, -(-end // DAY)):
            is_whole = start <= day * DAY and (day + 1) * DAY <= end
            if is_whole and not self._has_room(day, minutes, level, free_from):
                free_from = self._carried(day, level, free_from)
                continue
            for begins, ends, is_free in self._stretches(day, start, end, level):
                free_from = (begins if free_from is None else free_from) if is_free else None
                if free_from is not None and ends - free_from >= minutes:
                    return free_from
        return None

    def _has_room(self, day: int, minutes: int, level: int, free_from: int | None) -> bool:
        """Whether so many minutes are free in the day, or from before it on."""
        free = self._free(day, level)
        before = 0 if free_from is None else day * DAY - free_from
        return max(free.longest, before + free.first) >= minutes

    def _carried(self, day: int, level: int, free_from: int | None) -> int | None:
        """Since when it is free at the end of the day; None when it is not."""
        free = self._free(day, level)
        if free.first == DAY:
            return day * DAY if free_from is None else free_from
        return (day + 1) * DAY - free.last if free.last else None

    def _stretches(self, day: int, start: int, end: int, level: int) -> Iterable[tuple[int, int, bool]]:
        """The steps of the day within the window, in order: from, to, and whether at most the level."""
        starts, levels, base = self._starts[day], self._levels[day], day * DAY
        first, last = max(start - base, 0), min(end - base, DAY)
        for index in range(bisect_right(starts, first) - 1, len(starts)):
            if starts[index] >= last:
                return
            until = starts[index + 1] if index + 1 < len(starts) else DAY
            yield base + max(starts[index], first), base + min(until, last), levels[index] <= level

    def _free(self, day: int, level: int) -> Free:
        known = self._known[day].get(level)
        if known is None:
            run = longest = 0
            first = None
            steps = pairwise([*self._starts[day], DAY])
            for (begins, ends), taken in zip(steps, self._levels[day], strict=True):
                if taken > level and first is None:
                    first = run
                run = run + ends - begins if taken <= level else 0
                longest = max(longest, run)
            known = self._known[day][level] = Free(DAY if first is None else first, longest, run)
        return known

    def _cut(self, day: int, minute: int) -> int:
        """Let a step begin at the minute of the day; its index (one past the last for the day's end)."""
        starts, levels = self._starts[day], self._levels[day]
        if minute == DAY:
            return len(starts)
        index = bisect_right(starts, minute) - 1
        if starts[index] == minute:
            return index
        starts.insert(index + 1, minute)
        levels.insert(index + 1, levels[index])
        return index + 1

    def _fill(self, changes: list[tuple[int, int]]) -> None:
        """Write the steps of an empty diary from the sorted changes of the level."""
        level, position = 0, 0
        for day, (starts, levels) in enumerate(zip(self._starts, self._levels, strict=True)):
            levels[0] = level
            while position < len(changes) and changes[position][0] < (day + 1) * DAY:
                minute, change = changes[position]
                level += change
                if minute == day * DAY:
                    levels[0] = level
                else:
                    starts.append(minute - day * DAY)
                    levels.append(level)
                position += 1

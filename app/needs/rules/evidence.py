"""What a need rests on: the figures of a gap on one day, as they are frozen with a publication. Pure."""

from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any, Self

from app.core.spans import Span
from app.needs.rules.gap import FEWEST_SHOWN, Gain, Gap


@dataclass(frozen=True, kw_only=True)
class Figures:
    """The figures of a gap. None: not known, or not to be shown to whoever asks."""

    unmet_minutes: int | None
    organisations: int | None
    units: int
    """In service on that day."""
    utilisation: int | None
    """Percent of the open time."""
    downtime_minutes: int
    extra: int | None = None
    """So many more units …"""
    served_minutes: int | None = None
    """… would have served this much of what was unmet."""


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """Figures with the day on which, the window over which and the way in which they were computed."""

    computed_on: date
    window: Span
    formula: str
    figures: Figures | None
    """None: nothing was missed that the program knows of."""

    @classmethod
    def of(cls, gap: Gap | None, *, quantity: int, computed_on: date, window: Span, formula: str) -> Self:
        """The evidence for so many units, from the gap there is (or is not)."""
        return cls(
            computed_on=computed_on,
            window=window,
            formula=formula,
            figures=None if gap is None else _figures(gap, quantity),
        )

    @property
    def is_computed(self) -> bool:
        """Whether it holds hours that somebody missed."""
        return self.figures is not None and bool(self.figures.unmet_minutes)

    def for_public(self) -> Self:
        """Without hours and counts where fewer than FEWEST_SHOWN organisations stand behind them."""
        figures = self.figures
        if figures is None or (figures.organisations or 0) >= FEWEST_SHOWN:
            return self
        hidden = replace(figures, unmet_minutes=None, organisations=None, extra=None, served_minutes=None)
        return replace(self, figures=hidden)

    def to_json(self) -> dict[str, Any]:
        """As plain values; `from_json` is the way back."""
        return {
            "computed_on": self.computed_on.isoformat(),
            "window": [self.window.start.isoformat(), self.window.end.isoformat()],
            "formula": self.formula,
            "figures": None if self.figures is None else asdict(self.figures),
        }

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Self:
        start, end = (datetime.fromisoformat(at) for at in kept["window"])
        figures = kept["figures"]
        return cls(
            computed_on=date.fromisoformat(kept["computed_on"]),
            window=Span(start, end),
            formula=kept["formula"],
            figures=None if figures is None else Figures(**figures),
        )


def _figures(gap: Gap, quantity: int) -> Figures:
    gain = _gain(gap, quantity)
    return Figures(
        unmet_minutes=gap.unmet_minutes,
        organisations=gap.organisations,
        units=gap.units,
        utilisation=None if gap.utilisation is None else round(gap.utilisation * 100),
        downtime_minutes=gap.downtime_minutes,
        extra=gain.extra if gain else None,
        served_minutes=gain.served_minutes if gain else None,
    )


def _gain(gap: Gap, quantity: int) -> Gain | None:
    """What as many more units would have served; where that was not computed, the most below it."""
    fitting = [gain for gain in gap.gains if gain.extra <= quantity]
    return max(fitting, key=lambda gain: gain.extra, default=None)

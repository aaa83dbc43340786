"""The tables of needs."""

from app.needs.models.need import Need, NeedEvidence
from app.needs.rules.states import ClosingReason, NeedState

__all__ = ["ClosingReason", "Need", "NeedEvidence", "NeedState"]

"""Ways of running a lab to start from: what each would say. Pure data; a manager edits from there."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any


class Preset(StrEnum):
    SELF_SERVICE = "self_service"
    STAFF_RUN = "staff_run"
    TRAINED_ONLY = "trained_only"
    SAMPLES_ONLY = "samples_only"


PRESETS: Mapping[Preset, Mapping[str, Any]] = {
    # Small, safe things: whoever is verified takes them, at short notice and for as long as a day.
    Preset.SELF_SERVICE: {
        "min_minutes": 30,
        "max_minutes": 8 * 60,
        "grid_minutes": 30,
        "notice_minutes": 60,
        "horizon_days": 30,
        "cancel_notice_minutes": 2 * 60,
        "needs_approval": False,
        "needs_authorisation": False,
        "max_open_requests": 10,
    },
    # An operator's day has to be planned: notice, room between bookings, a person who answers.
    Preset.STAFF_RUN: {
        "min_minutes": 60,
        "max_minutes": 8 * 60,
        "grid_minutes": 60,
        "notice_minutes": 2 * 24 * 60,
        "horizon_days": 90,
        "external_horizon_days": 60,
        "setup_minutes": 30,
        "cleanup_minutes": 15,
        "cancel_notice_minutes": 24 * 60,
        "needs_approval": True,
        "answer_within_minutes": 8 * 60,
        "needs_agreement": True,
        "max_open_requests": 5,
    },
    # Who knows how needs nobody's yes; who does not is told about the next training.
    Preset.TRAINED_ONLY: {
        "min_minutes": 30,
        "max_minutes": 8 * 60,
        "grid_minutes": 30,
        "notice_minutes": 4 * 60,
        "horizon_days": 60,
        "external_horizon_days": 14,
        "cancel_notice_minutes": 12 * 60,
        "needs_approval": False,
        "needs_authorisation": True,
        "needs_papers": ["insurance", "safety_briefing"],
        "max_open_requests": 5,
    },
    # Nobody comes: the machine runs on, and the queue is what matters.
    Preset.SAMPLES_ONLY: {
        "min_minutes": 60,
        "max_minutes": 24 * 60,
        "grid_minutes": 60,
        "notice_minutes": 3 * 24 * 60,
        "horizon_days": 180,
        "outside_hours": True,
        "cancel_notice_minutes": 24 * 60,
        "needs_approval": True,
        "answer_within_minutes": 16 * 60,
        "needs_agreement": True,
        "max_open_requests": 10,
    },
}

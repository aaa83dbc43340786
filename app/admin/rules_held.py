"""The rules in force as lines of a page: the value, and who said it."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from app.agreements.models import PaperKind
from app.agreements.wording import PAPERS
from app.booking.rules.policy import Layer, Rules
from app.booking.wording import LAYERS, SECOND_APPROVALS
from app.web.formats import duration_text, number_text


@dataclass(frozen=True)
class Held:
    """A rule, what it says, and whose word that is."""

    name: str
    value: str
    origin: str


def held(rules: Rules, origins: Mapping[str, Layer]) -> list[Held]:
    """Every rule, in the order of the form."""
    return [
        Held(name, value, str(LAYERS[origins[field]]))
        for field, name, value in [*_about_time(rules), *_about_people(rules)]
    ]


def _about_time(rules: Rules) -> list[tuple[str, str, str]]:
    return [
        ("min_minutes", _("Shortest"), duration_text(rules.min_minutes)),
        ("max_minutes", _("Longest"), duration_text(rules.max_minutes)),
        ("grid_minutes", _("Grid"), _length_or(rules.grid_minutes, _("any minute"))),
        ("notice_minutes", _("Notice"), _length_or(rules.notice_minutes, _("none"))),
        ("horizon_days", _("Ahead"), _days(rules.horizon_days)),
        (
            "external_horizon_days",
            _("Ahead, from outside"),
            _days(rules.horizon_for(is_internal=False)),
        ),
        ("setup_minutes", _("Set-up"), _length_or(rules.setup_minutes, _("none"))),
        ("cleanup_minutes", _("Clean-up"), _length_or(rules.cleanup_minutes, _("none"))),
        ("outside_hours", _("After closing"), _("allowed") if rules.outside_hours else _("not allowed")),
        ("cancel_notice_minutes", _("Called off late from"), _late(rules.cancel_notice_minutes)),
        ("no_show_after_minutes", _("Nobody comes"), _given_back(rules.no_show_after_minutes)),
        ("small_move_minutes", _("Small moves"), _small(rules.small_move_minutes)),
    ]


def _about_people(rules: Rules) -> list[tuple[str, str, str]]:
    papers = _(", ").join(str(PAPERS[PaperKind(kind)]) for kind in rules.needs_papers)
    most = rules.max_open_requests
    answer = _("within %(length)s of working time", length=duration_text(rules.answer_within_minutes))
    at_once = _("at once, for verified organisations")
    return [
        ("needs_approval", _("Slot"), _("the lab decides") if rules.needs_approval else at_once),
        (
            "requests_compete",
            _("Same time"),
            _("the lab chooses among those who ask")
            if rules.requests_compete
            else _("held for who asks first"),
        ),
        ("second_approval", _("Safety officer"), str(SECOND_APPROVALS[rules.second_approval])),
        ("answer_within_minutes", _("Answer"), answer),
        (
            "hold_minutes",
            _("Waitlist"),
            _(
                "a time that becomes free is held for %(length)s of working time",
                length=duration_text(rules.hold_minutes),
            ),
        ),
        ("max_open_requests", _("Open requests"), number_text(most) if most else _("any number")),
        (
            "needs_authorisation",
            _("Working alone"),
            _("who is authorised") if rules.needs_authorisation else _("whoever comes"),
        ),
        (
            "needs_agreement",
            _("Agreement"),
            _("has to be in force") if rules.needs_agreement else _("not needed"),
        ),
        ("needs_papers", _("Papers"), papers or _("none")),
    ]


def _length_or(minutes: int, nothing: str) -> str:
    return duration_text(minutes) if minutes else nothing


def _given_back(minutes: int) -> str:
    if not minutes:
        return str(_("the time is kept"))
    return str(_("given back after %(length)s", length=duration_text(minutes)))


def _small(minutes: int) -> str:
    if not minutes:
        return str(_("ask the lab again"))
    return str(_("up to %(length)s on the same day, without asking again", length=duration_text(minutes)))


def _late(minutes: int) -> str:
    if not minutes:
        return str(_("never"))
    return str(_("%(length)s before the beginning", length=duration_text(minutes)))


def _days(days: int) -> str:
    return str(ngettext("up to %(shown)s day", "up to %(shown)s days", days, shown=number_text(days)))

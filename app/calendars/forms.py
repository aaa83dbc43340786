"""Choosing a calendar to subscribe to."""

from collections.abc import Iterator
from typing import NamedTuple

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField

from app.calendars.models import FeedDetail, FeedScope
from app.calendars.queries.choices import Choices
from app.calendars.queries.feeds import Subject
from app.calendars.wording import DETAILS, calendar_name
from app.core.i18n import localized
from app.web.forms import BaseForm, choices_of


class About(NamedTuple):
    """What a calendar is about, as one value of a form or an address: 'mine', 'lab:3'."""

    scope: FeedScope
    scope_id: int | None

    def __str__(self) -> str:
        return self.scope.value if self.scope_id is None else f"{self.scope.value}:{self.scope_id}"

    @classmethod
    def read(cls, text: str) -> "About | None":
        """None for what is no such value."""
        name, _colon, number = text.partition(":")
        try:
            return cls(FeedScope(name), int(number) if number else None)
        except ValueError:
            return None


class FeedForm(BaseForm):
    about = SelectField(_l("Calendar"))
    detail = RadioField(
        _l("What it shows"),
        choices=choices_of(DETAILS),
        default=FeedDetail.FULL.value,
    )

    def offer(self, choices: Choices, wanted: tuple[About, Subject | None] | None) -> None:
        """Fill the list; `wanted` is what the person comes for, such as the equipment of a page."""
        offered = dict(_offered(choices))
        if wanted is not None:
            about, subject = wanted
            offered = {str(about): calendar_name(about.scope, subject)} | offered
        self.about.choices = choices_of(offered)


def _offered(choices: Choices) -> Iterator[tuple[str, str]]:
    for scope in choices.about_oneself:
        yield scope.value, calendar_name(scope, None)
    for organisation in choices.organisations:
        yield str(About(FeedScope.ORGANISATION, organisation.id)), localized(organisation)
    for lab in choices.labs:
        yield str(About(FeedScope.LAB, lab.id)), _("Lab: %(name)s", name=localized(lab))

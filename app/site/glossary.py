"""The words of this program, each in a sentence: for whoever reads one for the first time."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l


@dataclass(frozen=True)
class Term:
    """A word, and what is meant by it here. `slug` is where it is found on the page."""

    slug: str
    word: LazyString
    meaning: LazyString


@dataclass(frozen=True)
class Chapter:
    """Words that belong together."""

    title: LazyString
    terms: Sequence[Term]


CHAPTERS = (
    Chapter(
        _l("Booking time"),
        (
            Term(
                "request",
                _l("Request"),
                _l("A booking that waits for an answer. In most labs its time is held meanwhile."),
            ),
            Term(
                "series",
                _l("Series"),
                _l("A booking of several dates by one rule. Each date has its own state and its own answer."),
            ),
            Term(
                "rule",
                _l("Check"),
                _l("One rule of a lab, asked of one wish: met, to be approved, a note, or not possible yet."),
            ),
            Term(
                "way",
                _l("Way of working"),
                _l("You operate it yourself, staff operate it for you, or you send samples and get results."),
            ),
            Term(
                "set-up",
                _l("Set-up and clean-up"),
                _l(
                    "Time around a booking in which the lab prepares. It is taken, and you do not pay for it."
                ),
            ),
            Term(
                "compete",
                _l("Competing requests"),
                _l(
                    "Where a lab allows it, several may ask for the same time; when one is "
                    "approved, others are told."
                ),
            ),
            Term(
                "proposal",
                _l("Proposal"),
                _l(
                    "Another time that the lab offers instead of a no. It is held until "
                    "you answer or it expires."
                ),
            ),
            Term(
                "waitlist",
                _l("Waitlist"),
                _l("Who waits for time that others have. What is freed is held for who waited longest."),
            ),
        ),
    ),
    Chapter(
        _l("Equipment"),
        (
            Term(
                "unit",
                _l("Unit"),
                _l("One physical copy with its own number. Equipment with several units is a pool."),
            ),
            Term(
                "along",
                _l("What comes along"),
                _l(
                    "What is booked with something because it cannot be used without it: a room, an operator."
                ),
            ),
            Term(
                "outage",
                _l("Out of use"),
                _l(
                    "Time in which something cannot be used, with a reason. Bookings in it "
                    "get another time or unit."
                ),
            ),
            Term(
                "authorisation",
                _l("Authorisation"),
                _l("A lab’s word that somebody may work alone with its equipment, until a day."),
            ),
            Term(
                "agreement",
                _l("Agreement"),
                _l(
                    "What an organisation and the university have signed. Some labs ask "
                    "for one, or for papers."
                ),
            ),
            Term(
                "quota",
                _l("Quota"),
                _l(
                    "How much time an organisation may have in a week or month, often only at the best hours."
                ),
            ),
        ),
    ),
    Chapter(
        _l("Needs and gifts"),
        (
            Term(
                "unmet",
                _l("Unmet hours"),
                _l(
                    "Time that somebody wanted and could not have. It is counted once a "
                    "day and never by name."
                ),
            ),
            Term(
                "gap",
                _l("Gap"),
                _l("Unmet hours of a kind of equipment: what one more of it would have served."),
            ),
            Term(
                "need",
                _l("Need"),
                _l("A gap that the university has decided to close, with evidence and what it asks for."),
            ),
            Term(
                "offer",
                _l("Gift"),
                _l(
                    "What somebody offers for needs, line by line, from the first word to the day it is used."
                ),
            ),
            Term(
                "coverage",
                _l("Coverage"),
                _l(
                    "How much of a need is reserved, agreed, delivered and in service, and "
                    "what is still open."
                ),
            ),
            Term(
                "impact",
                _l("What it served"),
                _l("The hours in which given equipment was booked and used, and by how many organisations."),
            ),
        ),
    ),
)

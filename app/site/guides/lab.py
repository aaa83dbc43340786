"""For who answers for a lab."""

from flask_babel import lazy_gettext as _l

from app.site.guides.guide import Guide, Picture, Step

LAB = Guide(
    slug="lab",
    icon="inbox",
    title=_l("For a lab manager"),
    lead=_l("Answer requests in minutes, keep to your own rules, and know what your equipment is used for."),
    start="booking.approvals",
    steps=(
        Step(
            _l("Set your rules once"),
            _l(
                "Opening hours, notice, longest time, set-up, papers and trainings. Begin with one of four "
                "sets under Administration, and change what differs for single equipment."
            ),
        ),
        Step(
            _l("Answer requests"),
            _l(
                "Each comes checked against your rules, with the day around it, the company's history and "
                "who else wants the time. Approve, decline with a ready answer, or offer another time."
            ),
        ),
        Step(
            _l("Several at once, by keyboard"),
            _l(
                "J and K go through them, A approves, D declines, P offers another time, Z takes back "
                "for thirty seconds. Tick several to approve them together."
            ),
        ),
        Step(
            _l("Something cannot be used"),
            _l(
                "Declare it out of use and see first what would happen. Bookings move to equipment of the "
                "same kind where there is some; everybody gets one letter."
            ),
        ),
        Step(
            _l("Teaching and the old diary"),
            _l(
                "Bring in the timetable of a term and the bookings of before as a table. You see every line "
                "before it counts, and nobody's time is taken away."
            ),
        ),
        Step(
            _l("Show what is missing"),
            _l(
                "Gaps list what was asked for and could not be had. Make a need of one: it is published "
                "with its figures, and donors find it."
            ),
        ),
    ),
    pictures=(
        Picture("inbox", _l("A request, with all that its answer needs.")),
        Picture("reports", _l("Use, unmet demand and times of answer.")),
    ),
    notes=(
        _l("Away? Name a deputy: requests go there from a day to a day."),
        _l("A rule set aside needs a reason, and stays on a list."),
        _l("Phone calls are bookings too: New booking, then choose the company."),
    ),
)

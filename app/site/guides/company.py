"""For who books for a company."""

from flask_babel import lazy_gettext as _l

from app.site.guides.guide import Guide, Picture, Step

COMPANY = Guide(
    slug="company",
    icon="tool",
    title=_l("For a company"),
    lead=_l("From a need to hours at the instrument, and what to do when plans change."),
    start="site.my_day",
    steps=(
        Step(
            _l("Register your company"),
            _l(
                "The liaison office verifies it; nothing more is needed from you. "
                "Until then you may have one open request. Invite colleagues under Organisation."
            ),
        ),
        Step(
            _l("Find and ask"),
            _l(
                "Find a time, or pull over free time in the calendar. The check says at once what is met, "
                "what the lab approves by hand and what is not possible yet, and why."
            ),
        ),
        Step(
            _l("Every week, or several things together"),
            _l(
                "A series checks each date by itself; leave out what does not go. "
                "Equipment that has to be free at the same time is asked for in one request."
            ),
        ),
        Step(
            _l("Wait for the answer"),
            _l(
                "The time is yours meanwhile. The page of the booking says who answers and until when. "
                "If the lab offers another time, accept it with one press."
            ),
        ),
        Step(
            _l("Come, or send samples"),
            _l(
                "Say who comes, for the gate. Check in by the QR code at the instrument, check out "
                "when you are done. Results are on the page of the booking."
            ),
        ),
        Step(
            _l("Plans change"),
            _l(
                "Move or call off until it begins. Whether the lab has to answer again is said before "
                "you press. Time you give back goes to who waits for it."
            ),
        ),
    ),
    pictures=(
        Picture("request", _l("The request: each rule of the lab with what would help.")),
        Picture("company-day", _l("My day: what waits for you on top.")),
    ),
    notes=(
        _l("Other companies see that a time is taken, never by whom or what for."),
        _l("Calendar subscriptions, below your name, bring your bookings into your own calendar."),
        _l("A quoted price stays as it is. Statements gives each month as PDF and Excel table."),
    ),
)

"""For who comes without an account."""

from flask_babel import lazy_gettext as _l

from app.site.guides.guide import Guide, Picture, Step

FIRST_VISIT = Guide(
    slug="first-visit",
    icon="star",
    title=_l("For a first visit"),
    lead=_l("Look, ask for a time and follow the labs in your own calendar: all of it without an account."),
    start="site.find",
    steps=(
        Step(
            _l("Look around"),
            _l(
                "Equipment lists what the labs lend, with papers, photos and free times. "
                "The calendar shows who may have what when; names of others are never shown."
            ),
        ),
        Step(
            _l("Find a time"),
            _l(
                "Say what you need, for how long and by when. What fits is listed with the earliest first, "
                "and with what you would still lack."
            ),
        ),
        Step(
            _l("Ask for it"),
            _l(
                "Choose a time, say what for and who you are. The page checks the lab's rules as you type, "
                "and says what would help where one is not met."
            ),
        ),
        Step(
            _l("Confirm your e-mail address"),
            _l(
                "Press the link in the mail you get. The time is held for you until then, for an hour; "
                "afterwards the lab answers within the time it has promised."
            ),
        ),
        Step(
            _l("Nothing free?"),
            _l(
                "Look at what else would do, wait for it, or say that it comes too late for you. "
                "Hours that were missed decide what is bought next."
            ),
        ),
        Step(
            _l("Follow it in your calendar"),
            _l(
                "Every lab has a calendar to subscribe to, on its page. "
                "It works with Google, Outlook, Apple and Thunderbird, and brings itself up to date."
            ),
        ),
    ),
    pictures=(
        Picture("find", _l("What fits, with the earliest first.")),
        Picture("calendar", _l("A day: what is free stays white.")),
    ),
    notes=(
        _l("Press / on any page to search in everything."),
        _l("The language changes at the top of every page, on a phone under More."),
        _l("An account costs nothing. With one you see all your requests in one place."),
    ),
)

"""What the main pages say to who opens them for the first time, and who has read it."""

from collections.abc import Collection

from flask import session
from flask_babel import lazy_gettext as _l

from app.accounts.viewer import viewer
from app.web.hints import Hint

SESSION = "hints"
"""Where a visitor's browser keeps what was put away."""

HINTS = {
    "site.calendar": Hint(
        "calendar",
        (
            _l("Pull over free time, or tap it, and what the lab would say stands beside it before you ask."),
            _l(
                "Press an entry to see what may be known of it; pull your own to another time, "
                "with a finger once you have held it."
            ),
            _l("The address of this page is what you see: keep it or send it on."),
        ),
    ),
    "site.find": Hint(
        "find",
        (
            _l("The earliest stands first, with what you still lack before you can really use it."),
            _l("Tick several to see when all of them are free."),
            _l("Nothing fits in time? Say so below: hours that were missed decide what is bought next."),
        ),
    ),
    "booking.new": Hint(
        "request",
        (
            _l("What the lab asks is looked at as you go on; whatever is not met says what would help."),
            _l("Nothing you type is lost, whether you sign in first or the connection breaks."),
        ),
    ),
    "booking.approvals": Hint(
        "inbox",
        (_l("Every answer can be taken back for thirty seconds, and no letter leaves before."),),
        by_keyboard=(
            _l(
                "J and K go through the requests, A approves, D declines: by the place of the key, "
                "on any keyboard."
            ),
        ),
    ),
    "booking.lab_day": Hint(
        "lab-day",
        (
            _l("Say who came with one press. What nobody says is asked again tomorrow."),
            _l("Somebody calls? Book for them from here, and their company has it in writing."),
        ),
    ),
    "site.my_day": Hint(
        "my-day",
        (
            _l(
                "What waits for you is on top, then your days by the hour; "
                "each line leads to the one next step."
            ),
        ),
    ),
    "needs.board": Hint(
        "needs",
        (
            _l("Each need says what it rests on: hours that were asked for and could not be had."),
            _l("You can offer what you can spare, new or used, without an account."),
        ),
    ),
    "reports.index": Hint(
        "reports",
        (_l("Below each picture stand its figures, and you can take them along as a file."),),
    ),
}


def seen() -> Collection[str]:
    """What the reader has put away: the account remembers it, or the browser of who has none."""
    who = viewer()
    return who.hints_seen if who is not None else session.get(SESSION, [])

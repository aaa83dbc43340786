"""Words for answers that stand, and for requests that could not be approved with others."""

from flask_babel import lazy_gettext as _l

STANDS = {
    "late": _l("The answer is older than half a minute, and stands."),
    "sent": _l("The mail has left already, so the answer stands."),
    "changed": _l("Something has happened to the booking since, so the answer stands."),
    "rivals": _l("Others were turned down for it, so it cannot be taken back."),
    "waitlist": _l("The time is held for somebody who waited, so it cannot be taken back."),
    "proposed": _l("Another time is held for the company, so it cannot be taken back."),
}
"""Why an answer is not taken back, by Stands.why."""

WAITS_ON = {
    "wrong-state": _l("It has been answered meanwhile, or waits for somebody else."),
    "busy": _l("Very busy just now. Try it again."),
    "may-have-happened": _l("The connection broke. Look whether it is approved."),
}
"""Why one of several requests waits on, by the code of its refusal."""

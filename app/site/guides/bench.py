"""For who works where the equipment stands."""

from flask_babel import lazy_gettext as _l

from app.site.guides.guide import Guide, Picture, Step

BENCH = Guide(
    slug="bench",
    icon="clock",
    title=_l("For technicians"),
    lead=_l("A day in the lab: who comes, what has to be ready, and what broke."),
    start="booking.labs_day",
    steps=(
        Step(
            _l("Begin with the lab's day"),
            _l(
                "Arrivals by the hour, what has to be set up before, lessons, and what is out of use. "
                "It prints on one press, too."
            ),
        ),
        Step(
            _l("Say who came"),
            _l(
                "One press: came, or did not come. Who checks in by the QR code has said so already. "
                "What nobody says is asked again the next day."
            ),
        ),
        Step(
            _l("Samples and results"),
            _l(
                "Note when samples arrive and when they go back. Put the results on the page of the "
                "booking; only their company can fetch them."
            ),
        ),
        Step(
            _l("Somebody calls"),
            _l(
                "Book for them from the lab's day: choose the company or write it down. "
                "The caller has it in writing a minute later."
            ),
        ),
        Step(
            _l("Something is broken"),
            _l(
                "Report it by the QR code at the instrument, with a photo. Confirm faults of others, "
                "or say why it is none; whoever reported it hears of it."
            ),
        ),
        Step(
            _l("Maintenance"),
            _l(
                "What is due stands under Administration. Note that it was done, with the number of the "
                "certificate: the next day is counted from there."
            ),
        ),
    ),
    pictures=(
        Picture("lab-day", _l("The lab's day, to be ticked off.")),
        Picture("wall", _l("The screen at the door: now, and next.")),
    ),
    notes=(
        _l("The sign for the door and one for each instrument come as PDF."),
        _l("A screen at the door needs no account: open the lab's wall display."),
        _l("What you record stays with your name, and cannot be changed by companies."),
    ),
)

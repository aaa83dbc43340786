"""For the liaison office and who administers the installation."""

from flask_babel import lazy_gettext as _l

from app.site.guides.guide import Guide, Picture, Step

OFFICE = Guide(
    slug="office",
    icon="people",
    title=_l("For the liaison office"),
    lead=_l("From an empty installation to a region that shares its equipment, and what to look after."),
    start="admin.index",
    steps=(
        Step(
            _l("Set up in an hour"),
            _l(
                "Setting up, under Administration, asks for the site, the first lab, its equipment and its "
                "people, and says what is still missing."
            ),
        ),
        Step(
            _l("Bring in the list you have"),
            _l(
                "An Excel workbook or CSV: map its columns, look at every line, then confirm. "
                "The same list again changes nothing."
            ),
        ),
        Step(
            _l("Verify companies"),
            _l(
                "Look-alikes are shown beside each other. A verified company books within the rules; "
                "one that is not has one open request at a time."
            ),
        ),
        Step(
            _l("Give people their roles"),
            _l(
                "Managers, approvers and technicians belong to a lab; liaison and admin to the whole. "
                "Disabling somebody ends their sessions, tokens and subscriptions at once."
            ),
        ),
        Step(
            _l("Look after gifts"),
            _l(
                "Answer offers, link them to needs, record agreements, deliveries and inspections. "
                "A unit keeps for good where it came from."
            ),
        ),
        Step(
            _l("See that it runs"),
            _l(
                "How the system is doing shows mail, regular work and storage. Requests that no lab "
                "answers in time come to you. Reports are for the chamber, with a table below every picture."
            ),
        ),
    ),
    pictures=(
        Picture("start", _l("Setting up: what is done, and what comes next.")),
        Picture("organisations", _l("Companies, and who is not verified yet.")),
    ),
    notes=(
        _l("Money is off until you turn it on for a site."),
        _l("Holidays and weekends belong to a site, never to a language."),
        _l("Where a unit came from stays, also when a person or a company is deleted."),
    ),
)

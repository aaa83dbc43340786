"""For who gives equipment."""

from flask_babel import lazy_gettext as _l

from app.site.guides.guide import Guide, Picture, Step

DONOR = Guide(
    slug="donor",
    icon="gift",
    title=_l("For a donor"),
    lead=_l("What the region lacks, how to offer what you can spare, and what became of it."),
    start="needs.board",
    steps=(
        Step(
            _l("See what is needed"),
            _l(
                "Needs are published by the university. Each says what it rests on: hours that were "
                "asked for and could not be had, and by how many organisations."
            ),
        ),
        Step(
            _l("Offer what you can spare"),
            _l(
                "New or used, whole or in parts, for a published need or without one. "
                "Photos and what you know of its condition are enough; no account is needed."
            ),
        ),
        Step(
            _l("Hear what the university says"),
            _l(
                "It accepts for as much as is needed, asks back, or declines with a reason. "
                "Until it has accepted you may withdraw your offer."
            ),
        ),
        Step(
            _l("Agree and deliver"),
            _l(
                "The letter says who carries what and when. Each delivery is received against it, "
                "and anything missing or broken is noted with you."
            ),
        ),
        Step(
            _l("It is looked at and put into service"),
            _l(
                "The lab inspects what came before anybody can book it. The page of your gift tells "
                "each step, with its date."
            ),
        ),
        Step(
            _l("See what it served"),
            _l(
                "Hours and organisations, told month by month. You get a letter to print, "
                "and choose yourself whether you are named."
            ),
        ),
    ),
    pictures=(
        Picture("needs", _l("The needs, each with the hours behind it.")),
        Picture("gift", _l("What a gift has served since.")),
    ),
    notes=(
        _l("Giving never buys anybody time: rules and turns are the same for all."),
        _l("A value you name is shown as yours; the university does not appraise."),
        _l("Figures of fewer than three organisations are not published."),
    ),
)

"""`flask doctor`: checks every invariant by itself, without the code that keeps it.

A check is a function that yields a sentence for each thing that is broken. It reads tables and counts
anew; it shares no query with the services, or both could be wrong together.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from app.cli.doctor import (
    bookings,
    charges,
    database,
    decisions,
    files,
    gifts,
    inventory,
    misses,
    outages,
    rights,
    time,
    upkeep,
    visitors,
    waitlist,
)
from app.extensions import db

Check = Callable[[], Iterator[str]]

CHECKS: tuple[tuple[str, Check], ...] = (
    ("the database is whole", database.is_whole),
    ("triggers are in place", database.has_its_triggers),
    ("nothing is claimed beyond capacity", time.claims_within_capacity),
    ("capacity is at most what is in service", time.capacity_is_in_service),
    ("no unit is in two places", time.units_in_one_place),
    ("units given belong to what was claimed", time.units_fit_their_claims),
    ("units given ahead are in service", time.units_ahead_in_service),
    ("every date has the claims its state says", bookings.dates_have_their_claims),
    ("every claim has its source", bookings.claims_have_their_source),
    ("the last event of a date is its state", bookings.events_tell_the_state),
    ("an answer that was taken back was told to nobody", decisions.what_was_taken_back_is_told_to_nobody),
    ("what an answer was taken back of waits again", decisions.what_was_taken_back_waits),
    ("what counts was agreed to by everybody asked", bookings.what_counts_was_agreed_to),
    ("who came, who left and what was given back fit the state", bookings.use_fits_the_state),
    ("samples are received before anything comes of them", bookings.samples_went_in_order),
    ("outages have the time and the units they say", outages.outages_have_their_time),
    ("a date that gave way has its outage", outages.displaced_dates_say_why),
    ("teaching takes what its classes say", outages.classes_have_dates_of_their_own),
    ("what is held for who waits is claimed, and nothing else is", waitlist.held_times_are_claimed),
    ("who waits has one time held, or none", waitlist.entries_tell_one_story),
    ("the last event of a wait is its state", waitlist.events_tell_the_state),
    ("a time that a lab names is open as long as its date waits for it", bookings.proposals_fit_their_dates),
    ("misses are served within what was missed and booked", misses.joins_within_both),
    ("misses are served by their own organisation, and no rule is", misses.joins_of_one_organisation),
    ("every unit has one acquisition", inventory.one_acquisition_each),
    ("nothing comes along with itself", inventory.nothing_needs_itself),
    ("every date was asked for something", bookings.dates_were_asked_for),
    ("faults tell one story", upkeep.faults_tell_one_story),
    ("faults and plans are about their own units", upkeep.upkeep_is_about_its_own_units),
    ("maintenance is due after it was done", upkeep.plans_are_due_after_they_were_done),
    ("no need is promised too much", gifts.needs_are_not_over_promised),
    ("no line of an offer is promised too often", gifts.lines_are_not_over_promised),
    ("promises fit the state of their offer", gifts.promises_fit_their_offers),
    ("signed offers have their agreement", gifts.signed_offers_have_their_agreement),
    ("offers lapse when their last day is over", gifts.lapsed_offers_were_over),
    ("gifts come from who gave them", gifts.gifts_come_from_who_gave_them),
    ("deliveries are whole", gifts.deliveries_are_whole),
    ("units keep the promises they were given for", gifts.units_keep_their_promises),
    ("units are inspected, then commissioned", gifts.units_went_in_one_after_the_other),
    ("gifts serve after they are in service", gifts.hours_come_after_service),
    ("published needs have their evidence", gifts.published_needs_have_their_evidence),
    ("the last event of an offer is its state", gifts.offers_tell_their_state),
    ("grids fit into a day", rights.grids_fit_a_day),
    ("quotas and authorisations stay in their lab", rights.rights_stay_in_their_lab),
    ("exceptions have a reason and are about their date", rights.overrides_are_about_their_dates),
    ("only what was called off was called off late", rights.late_dates_were_called_off),
    ("more samples take longer than fewer", rights.more_samples_take_longer),
    ("hours of single days can be read", rights.single_days_can_be_read),
    ("the total of a quote is the sum of its lines", charges.totals_are_sums),
    ("one quote of a booking counts, and it is the last", charges.one_counts),
    ("quotes are of their booking", charges.lines_are_of_their_booking),
    ("what is paid was said to be", charges.payments_are_told),
    ("prices are of their lab", charges.prices_are_of_their_lab),
    ("visitors are forgotten in time", visitors.visitors_are_forgotten),
    ("files lie where they are named, as they came", files.files_are_whole),
)


def findings() -> Iterator[tuple[str, str]]:
    """What is broken: (the invariant, a sentence) for each thing. People may go on working meanwhile."""
    with _one_moment():
        for name, check in CHECKS:
            for sentence in check():
                yield name, sentence


@contextmanager
def _one_moment() -> Iterator[None]:
    """All that the session reads inside is as of one instant: a booking lies in several tables."""
    db.session.rollback()
    if db.engine.dialect.name == "postgresql":
        # Otherwise each statement sees what was committed before it. (SQLite: a transaction never does.)
        options = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        db.session.connection(execution_options=options)
    try:
        yield
    finally:
        db.session.rollback()

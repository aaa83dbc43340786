"""Random stories of asking, waiting, answering, failing, calling off and moving, told to both databases.

After each step: no instant has more claimed than there is, every date has exactly the claims its
state says, nothing that was acknowledged is lost, and both databases gave the same answer. An
exclusion constraint, which Kargah itself does not use, is the oracle for single units.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select

from app.accounts.models import Role
from app.accounts.services.roles import grant_role
from app.booking.models import Booking, DeclineReason, Outage, OutageKind, WaitlistEntry
from app.booking.rules.facts import Want
from app.booking.rules.policy import SecondApproval
from app.booking.services.cancel import cancel_booking
from app.booking.services.decide import approve_booking, decline_booking, propose_time
from app.booking.services.extend import extend_use
from app.booking.services.move import move_booking
from app.booking.services.outages.change import change_outage, end_outage
from app.booking.services.outages.declare import declare_outage
from app.booking.services.outages.plan import Trouble
from app.booking.services.policies import set_equipment_policy
from app.booking.services.propose import accept_proposal, expire_proposals
from app.booking.services.request import Request, check_booking, request_booking
from app.booking.services.use import check_in, check_out
from app.booking.services.waitlist.answer import accept_held, pass_held
from app.booking.services.waitlist.due import end_unanswered
from app.booking.services.waitlist.join import Awaited, join_waitlist, leave_waitlist
from app.cli.doctor.bookings import events_tell_the_state, proposals_fit_their_dates
from app.cli.doctor.outages import outages_have_their_time
from app.cli.doctor.time import units_ahead_in_service
from app.core import clock
from app.core.errors import DomainError
from app.core.spans import Span
from app.extensions import db
from app.inventory.models import Mode
from app.inventory.rules.requirements import Link
from tests.booking.holding_true import (
    claims_are_what_the_states_say,
    holds_are_what_is_offered,
    no_more_than_there_is,
    no_unit_is_in_two_places,
    the_oracle_agrees,
)
from tests.cast import NOW, Cast
from tests.conftest import application, build_with_cast, close
from tests.databases import Databases, PostgresDatabases, SqliteFiles
from tests.inventory.services.test_requirements import let_take
from tests.occupancy.making import at, span

THINGS = ("raman", "stations", "microscope", "oscilloscope")
PEOPLE = ("booker", "boss", "rival", "newcomer", "manager", "other_manager", "safety", "admin")
WHO = st.sampled_from(PEOPLE)
STARTS = st.integers(-1, 18).map(lambda halves: halves / 2)
LENGTHS = st.integers(1, 6).map(lambda halves: halves / 2)


class World:
    """The same story on one database."""

    def __init__(self, databases: Databases) -> None:
        self.databases = databases
        self.url = databases.copy("cast", build_with_cast)
        self.app: Flask = application(self.url)
        self.references: dict[int, str] = {}
        self.known: list[int] = []
        """Ids by their number in the story: a refusal costs PostgreSQL one, and SQLite none."""
        with self.app.app_context():
            cast = Cast.load()
            set_equipment_policy(
                actor=cast.other_manager, equipment_id=cast.oscilloscope.id, requests_compete=True
            )
            ask_twice_and_take_along(cast)

    def end(self) -> None:
        close(self.app)
        self.databases.drop(self.url)

    def number(self, id_: int) -> int:
        self.known.append(id_)
        return len(self.known) - 1

    def answer(self, act: Callable[[Cast], Any]) -> Any:
        """What the act led to, in words that both databases can agree on."""
        with self.app.app_context():
            try:
                return act(Cast.load())
            except DomainError as error:
                findings = [v.code for v in getattr(error, "verdicts", ())]
                conflicts = [(c.span, c.free) for c in getattr(error, "conflicts", ())]
                return type(error).__name__, findings, conflicts


def ask_twice_and_take_along(cast: Cast) -> None:
    """The microscope asks the safety officer too and takes two stations; operated, the Raman takes more."""
    set_equipment_policy(
        actor=cast.manager, equipment_id=cast.microscope.id, second_approval=SecondApproval.ALWAYS
    )
    grant_role(actor=cast.admin, user_id=cast.safety.id, role=Role.SAFETY_OFFICER, lab_id=cast.materials.id)
    operated = frozenset({Mode.OPERATOR.value})
    let_take(cast.manager, cast.microscope, Link(cast.microscope.id, cast.stations.id, 2))
    let_take(cast.manager, cast.raman, Link(cast.raman.id, cast.oscilloscope.id, modes=operated))


def gave_way(outage: Outage) -> Any:
    return [(one.occurrence.state, one.occurrence.span) for one in outage.displacements]


def told(booking: Booking) -> Any:
    return [(d.state, d.span, d.sequence, d.holds) for d in booking.occurrences]


class Stories(RuleBasedStateMachine):
    """One world a database; a booking is known by its number, its references differ."""

    worlds_of: tuple[Databases, Databases]
    bookings = Bundle("bookings")
    waits = Bundle("waits")
    outages = Bundle("outages")

    def __init__(self) -> None:
        super().__init__()
        self.worlds = [World(databases) for databases in self.worlds_of]
        self.count = 0

    def teardown(self) -> None:
        for world in self.worlds:
            world.end()

    def both(self, act: Callable[[World, Cast], Any]) -> Any:
        first, second = (world.answer(lambda cast, world=world: act(world, cast)) for world in self.worlds)
        assert first == second
        return first

    @rule(
        target=bookings,
        who=WHO,
        things=st.dictionaries(st.sampled_from(THINGS), st.integers(1, 3), min_size=1, max_size=2),
        start=STARTS,
        length=LENGTHS,
    )
    def ask(self, who: str, things: dict[str, int], start: float, length: float) -> Any:
        number = self.count

        def act(world: World, cast: Cast) -> Any:
            request = a_request(cast, things, span(start, length))
            found = check_booking(actor=getattr(cast, who), request=request)
            try:
                booking = request_booking(actor=getattr(cast, who), request=request)
            except DomainError:
                assert not found.allowed, "the dry run promised what the request refused"
                raise
            assert found.allowed, "the dry run refused what the request gave"
            world.references[number] = booking.reference
            return told(booking)

        answer = self.both(act)
        if number not in self.worlds[0].references:
            return multiple()
        assert answer
        self.count += 1
        return number

    @rule(number=bookings, who=WHO)
    def approve(self, number: int, who: str) -> None:
        self.both(
            lambda world, cast: told(
                approve_booking(actor=getattr(cast, who), reference=world.references[number])
            )
        )

    @rule(number=bookings, who=WHO, reason=st.sampled_from(DeclineReason))
    def decline(self, number: int, who: str, reason: DeclineReason) -> None:
        self.both(
            lambda world, cast: told(
                decline_booking(
                    actor=getattr(cast, who),
                    reference=world.references[number],
                    reason_code=reason,
                    reason="Because",
                )
            )
        )

    @rule(number=bookings, who=WHO, start=STARTS, length=LENGTHS)
    def propose(self, number: int, who: str, start: float, length: float) -> None:
        self.both(
            lambda world, cast: told(
                propose_time(
                    actor=getattr(cast, who),
                    reference=world.references[number],
                    span=span(start, length),
                )
            )
        )

    @rule(number=bookings, who=WHO)
    def accept(self, number: int, who: str) -> None:
        self.both(
            lambda world, cast: told(
                accept_proposal(actor=getattr(cast, who), reference=world.references[number])
            )
        )

    @rule(number=consumes(bookings), who=WHO)
    def cancel(self, number: int, who: str) -> None:
        self.both(
            lambda world, cast: told(
                cancel_booking(actor=getattr(cast, who), reference=world.references[number])
            )
        )

    @rule(number=bookings, who=WHO, start=STARTS, length=LENGTHS)
    def move(self, number: int, who: str, start: float, length: float) -> None:
        self.both(
            lambda world, cast: told(
                move_booking(
                    actor=getattr(cast, who),
                    reference=world.references[number],
                    span=span(start, length),
                )
            )
        )

    @rule(target=waits, who=WHO, thing=st.sampled_from(THINGS), start=STARTS, length=LENGTHS, hours=LENGTHS)
    def wait(self, who: str, thing: str, start: float, length: float, hours: float) -> Any:
        """Entries and outages have the same number in both worlds; their ids may differ (World.known)."""

        def act(world: World, cast: Cast) -> Any:
            awaited = Awaited(
                minutes=int(60 * hours),
                quantity=1,
                window=span(start, length),
                equipment_id=getattr(cast, thing).id,
            )
            return world.number(join_waitlist(actor=getattr(cast, who), awaited=awaited).id)

        entry = self.both(act)
        return entry if isinstance(entry, int) else multiple()

    @rule(target=bookings, entry=waits, who=WHO)
    def take(self, entry: int, who: str) -> Any:
        number = self.count

        def act(world: World, cast: Cast) -> Any:
            booking = accept_held(actor=getattr(cast, who), entry_id=world.known[entry])
            world.references[number] = booking.reference
            return told(booking)

        self.both(act)
        if number not in self.worlds[0].references:
            return multiple()
        self.count += 1
        return number

    @rule(entry=waits, who=WHO, verb=st.sampled_from((pass_held, leave_waitlist)))
    def let_go(self, entry: int, who: str, verb: Callable[..., WaitlistEntry]) -> None:
        self.both(lambda world, cast: verb(actor=getattr(cast, who), entry_id=world.known[entry]).state)

    @rule(number=bookings, who=WHO, start=STARTS, verb=st.sampled_from((check_in, check_out)))
    def come_and_go(self, number: int, who: str, start: float, verb: Callable[..., Booking]) -> None:
        with clock.frozen(at(start)):
            self.both(
                lambda world, cast: told(verb(actor=getattr(cast, who), reference=world.references[number]))
            )

    @rule(number=bookings, who=WHO, start=STARTS, more=LENGTHS)
    def stay(self, number: int, who: str, start: float, more: float) -> None:
        with clock.frozen(at(start)):
            self.both(
                lambda world, cast: told(
                    extend_use(
                        actor=getattr(cast, who),
                        reference=world.references[number],
                        ends_at=at(start + more),
                    )
                )
            )

    @rule(
        target=outages,
        who=WHO,
        thing=st.sampled_from(THINGS),
        start=STARTS,
        length=st.none() | LENGTHS,
        quantity=st.none() | st.integers(1, 3),
        unit=st.none() | st.integers(0, 3),
    )
    def fail(
        self, who: str, thing: str, start: float, length: float | None, quantity: int | None, unit: int | None
    ) -> Any:
        def act(world: World, cast: Cast) -> Any:
            equipment = getattr(cast, thing)
            units = {number: one.id for number, one in enumerate(equipment.units)}
            trouble = Trouble(
                OutageKind.OUTAGE,
                NOW if length is None else at(start),
                None if length is None else at(start + length),
                equipment_id=equipment.id,
                unit_id=units.get(unit) if unit is not None else None,
                quantity=None if unit in units else quantity,
            )
            outage = declare_outage(actor=getattr(cast, who), trouble=trouble)
            return world.number(outage.id), gave_way(outage)

        answer = self.both(act)
        return answer[0] if isinstance(answer[0], int) else multiple()

    @rule(number=outages, who=WHO, start=STARTS)
    def prolong(self, number: int, who: str, start: float) -> None:
        def act(world: World, cast: Cast) -> Any:
            return gave_way(
                change_outage(actor=getattr(cast, who), outage_id=world.known[number], ends_at=at(start))
            )

        self.both(act)

    @rule(number=consumes(outages), who=WHO)
    def works_again(self, number: int, who: str) -> None:
        def act(world: World, cast: Cast) -> Any:
            return gave_way(end_outage(actor=getattr(cast, who), outage_id=world.known[number]))

        self.both(act)

    @rule()
    def say_nothing(self) -> None:
        """Whatever is held goes to the next."""
        with clock.frozen(NOW + timedelta(hours=10)):
            self.both(lambda _world, _cast: (end_unanswered(), expire_proposals()))

    @invariant()
    def nothing_is_taken_twice(self) -> None:
        for world in self.worlds:
            with world.app.app_context():
                no_more_than_there_is()
                claims_are_what_the_states_say()
                holds_are_what_is_offered()
                assert list(proposals_fit_their_dates()) == []
                assert list(outages_have_their_time()) == []
                assert list(units_ahead_in_service()) == []
                assert list(events_tell_the_state()) == []
                no_unit_is_in_two_places()
                if db.engine.dialect.name == "postgresql":
                    the_oracle_agrees()

    @invariant()
    def nothing_acknowledged_is_lost(self) -> None:
        for world in self.worlds:
            with world.app.app_context():
                known = set(db.session.scalars(select(Booking.reference)))
                assert known == set(world.references.values())


def a_request(cast: Cast, things: dict[str, int], wanted: Span) -> Request:
    wants = sorted((getattr(cast, name).id, quantity) for name, quantity in things.items())
    mode = Mode.OPERATOR if "microscope" in things else Mode.SELF
    return Request([Want(*want) for want in wants], wanted, mode, "A story")


def tell_stories(worlds: tuple[Databases, Databases], *, stories: int, steps: int) -> None:
    machine = type("Stories", (Stories,), {"worlds_of": worlds})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=stories,
            stateful_step_count=steps,
            deadline=timedelta(seconds=30),
            suppress_health_check=list(HealthCheck),
            phases=[Phase.explicit, Phase.generate, Phase.shrink],
            derandomize=True,
        ),
    )


@pytest.mark.postgres
def test_a_few_stories(sqlite_files: SqliteFiles, postgres_databases: PostgresDatabases) -> None:
    tell_stories((sqlite_files, postgres_databases), stories=4, steps=25)


@pytest.mark.long
@pytest.mark.postgres
def test_many_stories(sqlite_files: SqliteFiles, postgres_databases: PostgresDatabases) -> None:
    tell_stories((sqlite_files, postgres_databases), stories=150, steps=50)

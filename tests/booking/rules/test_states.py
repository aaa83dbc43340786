"""The machine of an occurrence is one table, and everything else agrees with it."""

from app.booking.rules.states import HOLDING, TAKEN, TRANSITIONS, OccurrenceState, Verb, after
from app.booking.wording import STATES


def test_a_verb_leads_to_one_state_from_each() -> None:
    assert len({(t.verb, t.source) for t in TRANSITIONS}) == len(TRANSITIONS)


def test_what_has_ended_stays_ended() -> None:
    # Whether somebody came, the lab may say afterwards.
    ended = set(OccurrenceState) - TAKEN - {OccurrenceState.DISPLACED}
    assert not [t for t in TRANSITIONS if t.source in ended and t.verb is not Verb.TAKE_BACK]
    assert after(Verb.APPROVE, OccurrenceState.CANCELLED) is None


def test_only_an_answer_of_the_lab_is_taken_back_and_it_waits_again() -> None:
    back = {t.source: t.to for t in TRANSITIONS if t.verb is Verb.TAKE_BACK}
    answered = {OccurrenceState.REQUESTED, OccurrenceState.APPROVED, OccurrenceState.DECLINED}
    assert back == dict.fromkeys(answered, OccurrenceState.REQUESTED)


def test_every_state_has_a_word_and_only_those_that_take_time_have_claims() -> None:
    assert set(STATES) == set(OccurrenceState)
    assert HOLDING | {OccurrenceState.COMPLETED, OccurrenceState.NO_SHOW} == TAKEN


def test_a_move_is_in_the_table_whether_it_asks_or_not() -> None:
    for state in (OccurrenceState.REQUESTED, OccurrenceState.APPROVED):
        assert after(Verb.MOVE, state) is OccurrenceState.REQUESTED
        assert after(Verb.MOVE_AT_ONCE, state) is OccurrenceState.APPROVED

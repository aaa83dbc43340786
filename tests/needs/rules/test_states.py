"""The machine of a need."""

import pytest

from app.needs.rules.states import NeedState, Verb, after, fitting

S = NeedState


def test_a_need_is_handed_in_published_and_closed() -> None:
    state: NeedState | None = S.PROPOSED
    for verb, leads_to in (
        (Verb.SUBMIT, S.UNDER_REVIEW),
        (Verb.PUBLISH, S.PUBLISHED),
        (Verb.CLOSE, S.CLOSED),
    ):
        assert state is not None
        state = after(verb, state)
        assert state is leads_to


@pytest.mark.parametrize("state", [S.CLOSED, S.REJECTED])
def test_an_end_is_an_end(state: NeedState) -> None:
    assert fitting(state) == set()


def test_what_nobody_reviewed_is_not_published() -> None:
    assert after(Verb.PUBLISH, S.PROPOSED) is None


def test_what_is_public_is_closed_and_not_rejected() -> None:
    assert fitting(S.PUBLISHED) == {Verb.CLOSE}

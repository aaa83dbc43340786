from datetime import UTC, datetime, timedelta

from app.notifications.rules.backoff import LAST_TRY, next_try

AT = datetime(2026, 11, 22, 6, 30, tzinfo=UTC)


def minutes(tries: int) -> float:
    due = next_try(tries, AT)
    assert due is not None
    return (due - AT) / timedelta(minutes=1)


def test_waits_double_up_to_an_hour() -> None:
    assert [minutes(tries) for tries in range(1, 9)] == [1, 2, 4, 8, 16, 32, 60, 60]


def test_a_mail_server_may_be_away_for_three_days() -> None:
    waited = sum(minutes(tries) for tries in range(1, LAST_TRY))
    assert 71 * 60 <= waited <= 73 * 60


def test_then_the_mail_is_given_up() -> None:
    assert next_try(LAST_TRY, AT) is None
    assert next_try(LAST_TRY + 1, AT) is None

"""Health, readiness and metrics tell the truth, above all when something is wrong."""

import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from flask import Flask
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import text

from app.core.clock import real_now
from app.core.jobs import Job, JobRun, run_now
from app.extensions import db
from app.notifications.models import Mail, MailState
from app.occupancy import invariants
from app.occupancy.jobs import prove_canary
from app.occupancy.services.canary import JOB as CANARY
from app.occupancy.services.canary import CanaryDead
from tests.cast import Cast
from tests.databases import both_databases
from tests.serving import serving
from tests.visitor import Visitor

ALL_WELL = dict.fromkeys(("database", "migrations", "triggers", "canary", "jobs"), "ok")
HOUR = timedelta(hours=1)


@pytest.fixture
def running(app: Flask) -> None:
    """A job runner has just proved the canary."""
    run_now(Job(CANARY, prove_canary, every=HOUR))


def execute(*statements: str) -> None:
    for statement in statements:
        db.session.execute(text(statement))
    db.session.commit()


def readiness(client: Visitor) -> tuple[int, dict[str, str]]:
    answer = client.get("/readyz")
    assert answer.json["ready"] == (answer.status_code == 200)
    return answer.status_code, answer.json["checks"]


def samples(client: Visitor) -> dict[tuple[str, ...], float]:
    """What Prometheus reads: value by name and labels."""
    answer = client.get("/metrics")
    assert answer.status_code == 200
    families = text_string_to_metric_families(answer.text)
    return {(s.name, *s.labels.values()): s.value for family in families for s in family.samples}


@both_databases
def test_all_is_well(client: Visitor, running: None) -> None:
    assert readiness(client) == (200, ALL_WELL)


@both_databases
def test_a_missing_trigger_is_named(app: Flask, client: Visitor, running: None) -> None:
    execute(invariants.drop_statements(db.engine.dialect.name)[0])
    status, checks = readiness(client)

    assert status == 503
    assert checks == ALL_WELL | {"triggers": "missing: claim_capacity"}


def test_a_trigger_that_lets_everything_through_is_found_by_the_canary(app: Flask, client: Visitor) -> None:
    execute(
        "DROP TRIGGER claim_capacity",
        "CREATE TRIGGER claim_capacity AFTER INSERT ON claim BEGIN SELECT 1; END",
    )
    with pytest.raises(CanaryDead):
        run_now(Job(CANARY, prove_canary, every=HOUR))

    assert readiness(client) == (503, ALL_WELL | {"canary": "failed: CanaryDead"})


@both_databases
def test_a_database_of_another_version_is_not_ready(client: Visitor, running: None) -> None:
    execute("UPDATE alembic_version SET version_num = '0003'")
    status, checks = readiness(client)

    assert status == 503
    assert checks["migrations"].startswith("at 0003, this program needs 00")


def test_without_a_runner_it_is_not_ready(client: Visitor, cast: Cast) -> None:
    status, checks = readiness(client)
    assert (status, checks["jobs"]) == (503, "no job has run yet")
    assert checks["canary"] == "has not been proved yet"


def test_a_runner_that_fell_silent_is_noticed(client: Visitor, running: None) -> None:
    run = db.session.query(JobRun).one()
    db.session.delete(run)
    db.session.add(
        JobRun(
            job=run.job,
            due=real_now() - HOUR,
            started_at=real_now() - HOUR,
            outcome="1 done",
            finished_at=real_now() - HOUR,
        )
    )
    db.session.commit()
    status, checks = readiness(client)

    assert status == 503
    assert checks["jobs"].startswith("nothing has run for 36")


def test_a_database_that_is_away(make_app: Callable[..., Flask]) -> None:
    nowhere = {"SQLALCHEMY_DATABASE_URI": "postgresql+psycopg://nobody@127.0.0.1:1/nothing"}
    app = make_app(**nowhere)
    client = app.test_client()
    with app.app_context():
        assert client.get("/healthz").text == "ok\n"
        assert readiness(client) == (503, {"database": "does not answer as it should (OperationalError)"})
        measured = samples(client)
    assert measured["kargah_ready", "database"] == 0
    assert ("kargah_outbox_waiting",) not in measured


def test_requests_are_counted_by_endpoint_and_never_by_address(client: Visitor, running: None) -> None:
    before = samples(client)
    for path in ("/healthz", "/healthz", "/calendars/a-secret.ics", "/nowhere"):
        client.get(path)
    client.open("/healthz", method="BREW")
    after = samples(client)

    def more(*labels: str) -> float:
        name = ("kargah_requests_total", *labels)
        return after.get(name, 0) - before.get(name, 0)

    assert more("admin_health.alive", "GET", "200") == 2
    assert more("calendars.secret_feed", "GET", "404") == 1
    assert more("nowhere", "GET", "404") == 1
    assert more("nowhere", "other", "405") == 1
    assert after["kargah_request_seconds_count", "admin_health.alive"] >= 2
    assert "a-secret" not in client.get("/metrics").text


def test_mail_and_jobs_are_measured(client: Visitor, running: None) -> None:
    assert samples(client)["kargah_outbox_waiting",] == 0
    for number, state in enumerate((MailState.QUEUED, MailState.SENDING, MailState.FAILED, MailState.SENT)):
        db.session.add(mail(number, state))
    db.session.commit()
    measured = samples(client)

    assert measured["kargah_outbox_waiting",] == 2
    assert measured["kargah_outbox_failed",] == 1
    assert measured["kargah_outbox_oldest_seconds",] == pytest.approx(3600, abs=30)
    assert measured["kargah_job_ok", CANARY] == 1
    assert measured["kargah_job_started_seconds", CANARY] < 30


def mail(number: int, state: MailState) -> Mail:
    return Mail(
        dedup=f"test:{number}",
        address="somebody@example.com",
        recipient_name="Somebody",
        language="en",
        subject="News",
        text="News.",
        message_id=f"<{number}@example.com>",
        state=state,
        created_at=real_now(),
        due_at=real_now() - HOUR,
    )


def test_the_page_tells_admins_what_is_wrong(client: Visitor, cast: Cast, running: None) -> None:
    client.sign_in(cast.admin)
    page = client.page("/admin/health")
    assert [node.text for node in page.all("span") if node.has("state--stop")] == []
    assert CANARY in page.text

    execute("DROP TRIGGER claim_capacity_update")
    page = client.page("/admin/health")
    assert "missing: claim_capacity_update" in page.text
    assert "Database: " in page.text


def test_others_do_not_see_the_page(client: Visitor, cast: Cast) -> None:
    for person in (cast.booker, cast.manager, cast.liaison):
        client.sign_in(person)
        client.page("/admin/health", status=404)
        client.post("/sign-out")


@pytest.mark.long
def test_a_served_installation_is_ready_and_counts_over_all_its_workers(
    database_url: str, tmp_path: Path
) -> None:
    with serving(database_url, tmp_path, workers=2, jobs=True) as server:

        def get(path: str) -> str:
            with urlopen(server.address + path, timeout=10) as answer:
                return str(answer.read().decode())

        deadline = time.monotonic() + 60
        while not answers_well(server.address + "/readyz"):
            assert time.monotonic() < deadline
            time.sleep(0.2)
        before = get("/metrics")
        for _ in range(20):
            get("/healthz")
        after = get("/metrics")

    assert alive(after) - alive(before) == 20


def alive(text: str) -> float:
    """How many requests to /healthz were counted."""
    return sum(
        sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
        if sample.name == "kargah_requests_total" and sample.labels["endpoint"] == "admin_health.alive"
    )


def answers_well(url: str) -> bool:
    try:
        urlopen(url, timeout=5).close()
    except HTTPError as error:
        error.close()
        return False
    return True

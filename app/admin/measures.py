"""What is measured at each scrape: readiness, mail, jobs."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric

from app.admin.health import Finding
from app.core.clock import real_now
from app.core.jobs import last_runs
from app.notifications.queries import outbox_state


def measured(findings: Sequence[Finding]) -> Iterator[Metric]:
    """Gauges for Prometheus. Without a database there is only that it is not there."""
    ready = GaugeMetricFamily("kargah_ready", "Whether each check of /readyz is met.", labels=["check"])
    for finding in findings:
        ready.add_metric([finding.name], finding.is_well)
    yield ready
    if findings[0].is_well:
        yield from _mail()
        yield from _jobs()


def _mail() -> Iterator[Metric]:
    outbox = outbox_state()
    age = _seconds_since(outbox.oldest_due_at) if outbox.oldest_due_at else 0.0
    yield GaugeMetricFamily("kargah_outbox_waiting", "Mails to be sent.", value=outbox.waiting)
    yield GaugeMetricFamily("kargah_outbox_failed", "Mails given up.", value=outbox.failed)
    yield GaugeMetricFamily("kargah_outbox_oldest_seconds", "How long the oldest mail is overdue.", value=age)


def _jobs() -> Iterator[Metric]:
    since = GaugeMetricFamily("kargah_job_started_seconds", "Seconds since each job began.", labels=["job"])
    well = GaugeMetricFamily("kargah_job_ok", "Whether the last run of each job went well.", labels=["job"])
    for name, run in sorted(last_runs().items()):
        since.add_metric([name], _seconds_since(run.started_at))
        well.add_metric([name], not (run.outcome or "").startswith("failed"))
    yield since
    yield well


def _seconds_since(instant: datetime) -> float:
    return max(0.0, (real_now() - instant).total_seconds())

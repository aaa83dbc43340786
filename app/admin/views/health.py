"""How the installation is doing: for load balancers, for Prometheus, and on a page for admins."""

from flask import Blueprint, Response, jsonify, render_template

from app.accounts.models import Role
from app.admin import health
from app.admin.measures import measured
from app.admin.wording import CHECKS, STORES
from app.core.jobs import last_runs
from app.notifications.queries import outbox_state
from app.web import access, metrics

blueprint = Blueprint("admin_health", __name__, template_folder="../templates")


@blueprint.get("/healthz")
@access.public
def alive() -> Response:
    """The process answers. Nothing else is asked: a restart would not mend a database."""
    return Response("ok\n", content_type="text/plain; charset=utf-8")


@blueprint.get("/readyz")
@access.public
def ready() -> tuple[Response, int]:
    findings = health.readiness()
    is_ready = all(finding.is_well for finding in findings)
    checks = {finding.name: finding.fault or "ok" for finding in findings}
    return jsonify(ready=is_ready, checks=checks), 200 if is_ready else 503


@blueprint.get("/metrics")
@access.public
def for_prometheus() -> Response:
    text = metrics.exposition(measured(health.readiness()))
    return Response(text, content_type=metrics.CONTENT_TYPE)


@blueprint.get("/admin/health")
@access.requires(Role.ADMIN)
def page() -> str:
    return render_template(
        "admin/health.html",
        findings=[(CHECKS[finding.name], finding) for finding in health.readiness()],
        runs=sorted(last_runs().items()),
        outbox=outbox_state(),
        storage=list(health.storage()),
        stores=STORES,
    )

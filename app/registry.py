"""The composition root: the only file that knows every feature.

Blueprints, subscribers, jobs, commands, menus and providers are wired here and nowhere else, so what
the program consists of can be read on one page.
"""

from datetime import timedelta

from flask import Blueprint, Flask

from app.accounts import models as accounts_models
from app.agreements import models as agreements_models
from app.booking import models as booking_models
from app.calendars import models as calendars_models
from app.cli.up import up
from app.core import event_log, idempotency, instance, jobs
from app.core.events import subscribe
from app.core.i18n import DEFAULT_LANGUAGE
from app.core.jobs import Job
from app.demand import models as demand_models
from app.inventory import models as inventory_models
from app.inventory.events import EquipmentCreated, UnitsInServiceChanged
from app.notifications import jobs as notifications_jobs
from app.notifications import letters as notifications_letters
from app.notifications import models as notifications_models
from app.notifications import views as notifications_views
from app.notifications.services import forget as notifications_forget
from app.occupancy import models as occupancy_models
from app.occupancy import reactions as occupancy_reactions

# Imported for their tables: the metadata must be whole before a migration or a query looks at it.
MODELS = (
    accounts_models,
    agreements_models,
    booking_models,
    calendars_models,
    demand_models,
    event_log,
    idempotency,
    instance,
    inventory_models,
    jobs,
    notifications_models,
    occupancy_models,
)

BLUEPRINTS: tuple[Blueprint, ...] = (notifications_views.blueprint,)

JOBS: tuple[Job, ...] = (
    Job("deliver-mail", notifications_jobs.deliver_mail, every=timedelta(seconds=10)),
    Job("forget-old-news", notifications_forget.forget_old_news, every=timedelta(days=1)),
)


def register(app: Flask) -> None:
    """Give the application every feature."""
    notifications_letters.prepare(app)
    subscribe_all()
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    app.cli.add_command(up)


def subscribe_all() -> None:
    """Who listens to whose events."""
    subscribe(EquipmentCreated, occupancy_reactions.follow_units)
    subscribe(UnitsInServiceChanged, occupancy_reactions.follow_units)


def select_language() -> str:
    """The language of this request."""
    return DEFAULT_LANGUAGE

"""The composition root: the only file that knows every feature.

Blueprints, subscribers, jobs, commands, menus and providers are wired here and nowhere else, so what
the program consists of can be read on one page.
"""

from datetime import timedelta

from click import Command
from flask import Blueprint, Flask

from app.accounts import models as accounts_models
from app.agreements import models as agreements_models
from app.api import wiring as api
from app.booking import events as booking_events
from app.booking import jobs as booking_jobs
from app.booking import models as booking_models
from app.booking import notices as booking_notices
from app.booking.views import blueprint as booking_blueprint
from app.calendars import models as calendars_models
from app.calendars.views import feeds as calendars_feeds
from app.cli.equipment import equipment
from app.cli.up import up
from app.core import event_log, idempotency, instance, jobs
from app.core.events import subscribe
from app.core.i18n import DEFAULT_LANGUAGE
from app.core.jobs import Job
from app.demand import models as demand_models
from app.extensions import login
from app.inventory import events as inventory_events
from app.inventory import models as inventory_models
from app.notifications import jobs as notifications_jobs
from app.notifications import letters as notifications_letters
from app.notifications import models as notifications_models
from app.notifications import views as notifications_views
from app.notifications.services import forget as notifications_forget
from app.occupancy import models as occupancy_models
from app.occupancy import reactions as occupancy_reactions
from app.site.views import blueprint as site_blueprint
from app.web import assets, errors, filters, headers, navigation, page, preferences
from app.web.logs import hide_tokens

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

BLUEPRINTS: tuple[Blueprint, ...] = (
    booking_blueprint,
    calendars_feeds.blueprint,
    notifications_views.blueprint,
    preferences.blueprint,
    site_blueprint,
)

# In the order in which they stand. Each gives its entries for whoever asks.
MENU: tuple[navigation.Provider, ...] = ()
TOOLS: tuple[navigation.Provider, ...] = ()

JOBS: tuple[Job, ...] = (
    Job("complete-bookings", booking_jobs.complete_bookings, every=timedelta(minutes=5)),
    Job("expire-requests", booking_jobs.expire_requests, every=timedelta(minutes=1)),
    Job("deliver-mail", notifications_jobs.deliver_mail, every=timedelta(seconds=10)),
    Job("forget-kept-answers", idempotency.purge_answers, every=timedelta(hours=1)),
    Job("forget-old-news", notifications_forget.forget_old_news, every=timedelta(days=1)),
)

COMMANDS: tuple[Command, ...] = (up, equipment)


def register(app: Flask) -> None:
    """Give the application every feature."""
    hide_tokens()
    notifications_letters.prepare(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    api.register(app)
    for command in COMMANDS:
        app.cli.add_command(command)
    for part in (filters, assets, page, headers, errors):
        part.register(app)
    login.user_loader(lambda _key: None)  # until accounts tells who has signed in
    navigation.provide(menu=MENU, tools=TOOLS)
    listen()


def listen() -> None:
    """Who hears of what, in the transaction in which it happened."""
    subscribe(inventory_events.EquipmentCreated, occupancy_reactions.follow_units)
    subscribe(inventory_events.UnitsInServiceChanged, occupancy_reactions.follow_units)
    subscribe(booking_events.BookingRequested, booking_notices.tell_requested)
    subscribe(booking_events.BookingApproved, booking_notices.tell_approved)
    subscribe(booking_events.BookingDeclined, booking_notices.tell_declined)
    subscribe(booking_events.BookingCancelled, booking_notices.tell_cancelled)
    subscribe(booking_events.BookingMoved, booking_notices.tell_moved)
    subscribe(booking_events.BookingExpired, booking_notices.tell_expired)


def select_language() -> str:
    """The language of this request."""
    return DEFAULT_LANGUAGE

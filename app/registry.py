"""The composition root: the only file that knows every feature.

Blueprints, subscribers, jobs, commands, menus and providers are wired here and nowhere else, so what
the program consists of can be read on one page.
"""

from datetime import timedelta
from functools import cache

from click import Command
from flask import Blueprint, Flask

from app.accounts import browser as accounts_browser
from app.accounts import events as accounts_events
from app.accounts import menu as accounts_menu
from app.accounts import models as accounts_models
from app.accounts import notices as accounts_notices
from app.accounts import search as accounts_search
from app.accounts import views as accounts_views
from app.accounts.services import forget as accounts_forget
from app.admin import menu as admin_menu
from app.admin import my_day as admin_my_day
from app.admin import search as admin_search
from app.admin.views import agreements as admin_agreements
from app.admin.views import authorisations as admin_authorisations
from app.admin.views import categories as admin_categories
from app.admin.views import deputies as admin_deputies
from app.admin.views import diary as admin_diary
from app.admin.views import equipment as admin_equipment
from app.admin.views import faults as admin_faults
from app.admin.views import health as admin_health
from app.admin.views import home as admin_home
from app.admin.views import imports as admin_imports
from app.admin.views import labs as admin_labs
from app.admin.views import mail as admin_mail
from app.admin.views import maintenance as admin_maintenance
from app.admin.views import opening as admin_opening
from app.admin.views import organisations as admin_organisations
from app.admin.views import overrides as admin_overrides
from app.admin.views import people as admin_people
from app.admin.views import prices as admin_prices
from app.admin.views import quotas as admin_quotas
from app.admin.views import refusals as admin_refusals
from app.admin.views import requirements as admin_requirements
from app.admin.views import rules as admin_rules
from app.admin.views import sites as admin_sites
from app.admin.views import start as admin_start
from app.admin.views import timetables as admin_timetables
from app.admin.views import units as admin_units
from app.agreements import models as agreements_models
from app.agreements import reactions as agreements_reactions
from app.api import wiring as api
from app.booking import events as booking_events
from app.booking import jobs as booking_jobs
from app.booking import menu as booking_menu
from app.booking import models as booking_models
from app.booking import my_day as booking_my_day
from app.booking import notices as booking_notices
from app.booking import ports as booking_ports
from app.booking import reactions as booking_reactions
from app.booking import search as booking_search
from app.booking.notices import authorisations as authorisation_notices
from app.booking.notices import clock as clock_notices
from app.booking.notices import deputies as deputy_notices
from app.booking.notices import waitlist as waitlist_notices
from app.booking.views import blueprint as booking_blueprint
from app.calendars import menu as calendars_menu
from app.calendars import models as calendars_models
from app.calendars import reactions as calendars_reactions
from app.calendars.views import blueprint as calendars_blueprint
from app.charges import events as charges_events
from app.charges import menu as charges_menu
from app.charges import models as charges_models
from app.charges import notices as charges_notices
from app.charges import panels as charges_panels
from app.charges import reactions as charges_reactions
from app.charges.views import blueprint as charges_blueprint
from app.cli import runner
from app.cli.accounts import token, user
from app.cli.backups import backup, restore
from app.cli.demo import demo
from app.cli.diary import diary
from app.cli.equipment import equipment
from app.cli.examine import doctor
from app.cli.up import up
from app.core import event_log, idempotency, instance, jobs
from app.core.events import subscribe, subscribe_teller, subscribe_to_all, subscribe_together
from app.core.jobs import Job
from app.demand import models as demand_models
from app.donations import events as donations_events
from app.donations import jobs as donations_jobs
from app.donations import menu as donations_menu
from app.donations import models as donations_models
from app.donations import my_day as donations_my_day
from app.donations import search as donations_search
from app.donations.notices import due as donations_due
from app.donations.notices import guests as donations_guests
from app.donations.notices import steps as donations_steps
from app.donations.queries.deliveries import spoken_for
from app.donations.views import blueprint as donations_blueprint
from app.inventory import events as inventory_events
from app.inventory import jobs as inventory_jobs
from app.inventory import menu as inventory_menu
from app.inventory import models as inventory_models
from app.inventory import search as inventory_search
from app.inventory.events import upkeep as upkeep_events
from app.inventory.notices import faults as fault_notices
from app.inventory.notices import maintenance as maintenance_notices
from app.inventory.queries.places import home_zone
from app.inventory.views import blueprint as inventory_blueprint
from app.needs import events as needs_events
from app.needs import menu as needs_menu
from app.needs import models as needs_models
from app.needs import notices as needs_notices
from app.needs import ports as needs_ports
from app.needs import search as needs_search
from app.needs.views import blueprint as needs_blueprint
from app.notifications import jobs as notifications_jobs
from app.notifications import letters as notifications_letters
from app.notifications import menu as notifications_menu
from app.notifications import models as notifications_models
from app.notifications import views as notifications_views
from app.notifications.services import forget as notifications_forget
from app.occupancy import jobs as occupancy_jobs
from app.occupancy import models as occupancy_models
from app.occupancy import reactions as occupancy_reactions
from app.occupancy.services.canary import JOB as CANARY
from app.reports import menu as reports_menu
from app.reports.views import blueprint as reports_blueprint
from app.site import hints as site_hints
from app.site import navigation as site_navigation
from app.site import search as site_search
from app.site.views import blueprint as site_blueprint
from app.web import (
    assets,
    errors,
    filters,
    headers,
    hints,
    locale,
    metrics,
    my_day,
    navigation,
    once,
    origin,
    page,
    preferences,
    reading,
    search,
)
from app.web.logs import hide_tokens

# Imported for their tables: the metadata must be whole before a migration or a query looks at it.
MODELS = (
    accounts_models,
    agreements_models,
    booking_models,
    calendars_models,
    charges_models,
    demand_models,
    donations_models,
    event_log,
    idempotency,
    instance,
    inventory_models,
    jobs,
    needs_models,
    notifications_models,
    occupancy_models,
)

BLUEPRINTS: tuple[Blueprint, ...] = (
    accounts_views.blueprint,
    admin_health.blueprint,
    admin_agreements.blueprint,
    admin_authorisations.blueprint,
    admin_categories.blueprint,
    admin_deputies.blueprint,
    admin_diary.blueprint,
    admin_equipment.blueprint,
    admin_faults.blueprint,
    admin_home.blueprint,
    admin_imports.blueprint,
    admin_labs.blueprint,
    admin_mail.blueprint,
    admin_maintenance.blueprint,
    admin_opening.blueprint,
    admin_organisations.blueprint,
    admin_overrides.blueprint,
    admin_people.blueprint,
    admin_prices.blueprint,
    admin_quotas.blueprint,
    admin_sites.blueprint,
    admin_start.blueprint,
    admin_refusals.blueprint,
    admin_requirements.blueprint,
    admin_rules.blueprint,
    admin_timetables.blueprint,
    admin_units.blueprint,
    booking_blueprint,
    calendars_blueprint,
    charges_blueprint,
    donations_blueprint,
    inventory_blueprint,
    needs_blueprint,
    notifications_views.blueprint,
    preferences.blueprint,
    reports_blueprint,
    site_blueprint,
)

# In the order in which they stand. Each gives its entries for whoever asks.
MENU: tuple[navigation.Provider, ...] = (
    booking_menu.menu,
    site_navigation.menu,
    inventory_menu.menu,
    needs_menu.menu,
    needs_menu.board,
    donations_menu.menu,
    reports_menu.menu,
    admin_menu.menu,
)
TOOLS: tuple[navigation.Provider, ...] = (notifications_menu.tools, accounts_menu.tools)
ACCOUNT: tuple[navigation.Provider, ...] = (
    site_navigation.account,
    accounts_menu.account,
    charges_menu.account,
    calendars_menu.account,
    accounts_menu.way_out,
)
MY_DAY: tuple[my_day.Provider, ...] = (
    booking_my_day.lines,
    donations_my_day.lines,
    admin_my_day.lines,
)
SEARCH: tuple[search.Source, ...] = (
    inventory_search.EQUIPMENT,
    booking_search.BOOKINGS,
    inventory_search.LABS,
    needs_search.NEEDS,
    donations_search.OFFERS,
    admin_search.PEOPLE,
    accounts_search.COLLEAGUES,
    admin_search.AUTHORISED,
    admin_search.ORGANISATIONS,
    site_search.PAGES,
    admin_search.SECTIONS,
    site_search.WORDS,
)

JOBS: tuple[Job, ...] = (
    Job(CANARY, occupancy_jobs.prove_canary, every=timedelta(minutes=5)),
    Job("forget-stale-access", accounts_forget.forget_stale_access, every=timedelta(hours=1)),
    Job("complete-bookings", booking_jobs.complete_bookings, every=timedelta(minutes=5)),
    Job("expire-requests", booking_jobs.expire_requests, every=timedelta(minutes=1)),
    Job("nudge", booking_jobs.nudge, every=timedelta(minutes=15)),
    Job("expire-displaced", booking_jobs.expire_displaced, every=timedelta(minutes=5)),
    Job("end-unanswered-holds", booking_jobs.end_unanswered, every=timedelta(minutes=1)),
    Job("expire-waiting", booking_jobs.expire_waiting, every=timedelta(minutes=5)),
    Job("serve-waitlist", booking_jobs.serve_waitlist, every=timedelta(minutes=1)),
    Job("deliver-mail", notifications_jobs.deliver_mail, every=timedelta(seconds=10)),
    Job("forget-kept-answers", idempotency.purge_answers, every=timedelta(hours=1)),
    Job("forget-uploaded-lists", inventory_jobs.forget_uploaded_lists, every=timedelta(hours=1)),
    Job("sweep-attached-files", inventory_jobs.sweep_attached_files, every=timedelta(hours=1)),
    Job("sweep-fault-photos", inventory_jobs.sweep_fault_photos, every=timedelta(hours=1)),
    Job("remind-of-maintenance", inventory_jobs.remind_of_maintenance, every=timedelta(hours=1)),
    Job("forget-guest-offers", donations_jobs.forget_guest_offers, every=timedelta(hours=1)),
    Job("sweep-offered-files", donations_jobs.sweep_offered_files, every=timedelta(hours=1)),
    Job("remind-of-answers", donations_due.remind_of_answers, every=timedelta(hours=1)),
    Job("lapse-offers", donations_jobs.lapse_offers, every=timedelta(hours=1)),
    Job("warn-of-authorisations", booking_jobs.warn_of_authorisations, every=timedelta(hours=6)),
    Job("release-missed", booking_jobs.release_missed, every=timedelta(minutes=1)),
    Job("forget-visitors", booking_jobs.forget_long_gone_visitors, every=timedelta(hours=12)),
    Job("sweep-result-files", booking_jobs.sweep_result_files, every=timedelta(hours=1)),
    Job("sweep-comment-files", booking_jobs.sweep_comment_files, every=timedelta(hours=1)),
    Job("expire-proposals", booking_jobs.expire_proposals, every=timedelta(minutes=1)),
    Job("forget-answer-links", booking_jobs.forget_answer_links, every=timedelta(hours=1)),
    Job("forget-old-news", notifications_forget.forget_old_news, every=timedelta(days=1)),
)

COMMANDS: tuple[Command, ...] = (
    up,
    backup,
    demo,
    diary,
    equipment,
    doctor,
    restore,
    runner.commands(JOBS),
    token,
    user,
)


def register(app: Flask) -> None:
    """Give the application every feature."""
    hide_tokens()
    accounts_browser.prepare()
    notifications_letters.prepare(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    api.register(app)
    for command in COMMANDS:
        app.cli.add_command(command)
    for part in (metrics, reading, origin, filters, assets, page, headers, errors, locale, once):
        part.register(app)
    needs_ports.provide(pledged=spoken_for)
    booking_ports.provide_parts(foretold=charges_panels.foretold, added=charges_panels.added)
    navigation.provide(menu=MENU, tools=TOOLS, account=ACCOUNT, standing=accounts_menu.standing)
    my_day.provide(*MY_DAY)
    search.provide(*SEARCH)
    hints.provide(site_hints.HINTS, seen=site_hints.seen)
    app.context_processor(lambda: {"home_zone": cache(home_zone)})  # asked once a page, not once a line
    listen()


def listen() -> None:
    """Who hears of what, in the transaction in which it happened."""
    subscribe_teller(accounts_events.UserRegistered, accounts_notices.mail_activation)
    subscribe_teller(accounts_events.RegistrationRepeated, accounts_notices.mail_already_registered)
    subscribe_teller(accounts_events.RegisteredForOwner, accounts_notices.mail_owner)
    subscribe_teller(accounts_events.UserActivated, accounts_notices.tell_activated)
    subscribe_teller(accounts_events.OrganisationTakenOver, accounts_notices.tell_taken_over)
    subscribe(accounts_events.UserActivated, booking_reactions.confirm_what_was_asked)
    subscribe(accounts_events.OrganisationMerged, booking_reactions.follow_a_merge)
    subscribe_teller(accounts_events.PasswordResetAsked, accounts_notices.mail_reset)
    subscribe_teller(accounts_events.PasswordChanged, accounts_notices.mail_password_changed)
    subscribe(accounts_events.PasswordChanged, calendars_reactions.close_after_reset)
    subscribe_teller(accounts_events.ApiTokenMade, accounts_notices.mail_token_made)
    subscribe_teller(accounts_events.MemberInvited, accounts_notices.mail_invitation)
    subscribe_teller(accounts_events.OrganisationRegistered, accounts_notices.tell_registered)
    subscribe_teller(accounts_events.OrganisationVerified, accounts_notices.tell_verified)
    subscribe_teller(accounts_events.RoleGranted, accounts_notices.tell_role_granted)
    subscribe(accounts_events.OrganisationMerged, agreements_reactions.hand_over)
    subscribe(inventory_events.EquipmentCreated, occupancy_reactions.follow_new)
    # In this order: an outage of all units lets go of one before it is gone, and takes it when it is there.
    subscribe(inventory_events.UnitsInServiceChanged, booking_reactions.leave_room)
    subscribe(inventory_events.UnitsInServiceChanged, occupancy_reactions.follow_units)
    subscribe(inventory_events.UnitsInServiceChanged, booking_reactions.take_the_new)
    subscribe(inventory_events.EquipmentCreated, booking_reactions.take_the_new)
    for names_changed in (
        accounts_events.OrganisationChanged,
        accounts_events.OrganisationMerged,
        inventory_events.EquipmentChanged,
        inventory_events.LabChanged,
        inventory_events.SiteChanged,
    ):
        subscribe(names_changed, calendars_reactions.names_changed)
    subscribe_teller(charges_events.QuoteMade, charges_notices.tell_changed)
    subscribe_to_all(charges_reactions.KINDS, charges_reactions.quote_what_changed)
    _tell_of_bookings()
    _tell_of_gifts()
    _tell_of_upkeep()


def _tell_of_upkeep() -> None:
    subscribe_teller(upkeep_events.FaultReported, fault_notices.tell_reported)
    subscribe_teller(upkeep_events.FaultConfirmed, fault_notices.tell_confirmed)
    subscribe_teller(upkeep_events.FaultRepaired, fault_notices.tell_repaired)
    subscribe_teller(upkeep_events.FaultDismissed, fault_notices.tell_dismissed)
    subscribe_together(maintenance_notices.KINDS, maintenance_notices.tell_due)


def _tell_of_bookings() -> None:
    subscribe_together(booking_notices.KINDS, booking_notices.tell)
    subscribe_teller(booking_events.AuthorisationEnds, authorisation_notices.tell_ends)
    subscribe_teller(booking_events.DeputyNamed, deputy_notices.tell_named)
    subscribe_together(clock_notices.KINDS, clock_notices.tell)
    subscribe_teller(booking_events.WaitlistOffered, waitlist_notices.tell_offered)
    subscribe_teller(booking_events.WaitlistPassed, waitlist_notices.tell_passed)
    subscribe_teller(booking_events.WaitlistTakenBack, waitlist_notices.tell_taken_back)
    subscribe_teller(booking_events.WaitlistLapsed, waitlist_notices.tell_lapsed)
    subscribe_teller(booking_events.WaitlistRemoved, waitlist_notices.tell_removed)
    subscribe_teller(booking_events.WaitlistExpired, waitlist_notices.tell_expired)


def _tell_of_gifts() -> None:
    subscribe_teller(donations_events.GuestOffered, donations_guests.mail_confirmation)
    subscribe_teller(donations_events.OfferSubmitted, donations_steps.tell_submitted)
    subscribe_teller(donations_events.OfferAccepted, donations_steps.tell_accepted)
    subscribe_teller(donations_events.OfferDeclined, donations_steps.tell_declined)
    subscribe_teller(donations_events.OfferWithdrawn, donations_steps.tell_withdrawn)
    subscribe_teller(donations_events.OfferLapsed, donations_steps.tell_lapsed)
    subscribe_teller(donations_events.OfferAllocated, donations_steps.tell_allocated)
    subscribe_teller(donations_events.OfferAgreed, donations_steps.tell_agreed)
    subscribe_teller(donations_events.OfferDelivered, donations_steps.tell_delivered)
    subscribe_teller(donations_events.OfferInspected, donations_steps.tell_inspected)
    subscribe_teller(donations_events.OfferCommissioned, donations_steps.tell_commissioned)
    subscribe_teller(needs_events.NeedSubmitted, needs_notices.tell_submitted)
    subscribe_teller(needs_events.NeedPublished, needs_notices.tell_published)
    subscribe_teller(needs_events.NeedRejected, needs_notices.tell_rejected)
    subscribe_teller(needs_events.NeedClosed, needs_notices.tell_closed)

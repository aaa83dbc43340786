"""`flask demo`: an invented university and its region. Relative to today, the same every time."""

from datetime import datetime, timedelta

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import delete, select

from app.accounts.models import User
from app.accounts.passwords import hash_password
from app.cli.demo.diary import OLD_NEWS, write_diary
from app.cli.demo.gifts import give_the_first, promise_the_second
from app.cli.demo.people import PASSWORD, make_organisations, make_people
from app.cli.demo.places import make_labs
from app.cli.demo.prices import set_demo_prices
from app.cli.demo.queue import wait_in_line
from app.cli.demo.stock import let_come_along, make_equipment
from app.cli.demo.upkeep import look_after
from app.core import clock
from app.core.db import unit_of_work
from app.core.events import untold
from app.extensions import db
from app.notifications.models import Mail, Notice


@click.command("demo")
@with_appcontext
def demo() -> None:
    """Fill an empty database with an invented university, its labs, bookings, needs and gifts."""
    if current_app.config["KARGAH_ENV"] == "production":
        raise click.ClickException("The demo data has known passwords: it is not for production.")
    if db.session.scalar(select(User.id).limit(1)) is not None:
        raise click.ClickException("There is somebody in this database already: nothing was changed.")
    bookings = _fill(clock.now(), hash_password(PASSWORD))
    click.echo(f"Demo data: 6 labs, 61 instruments, {bookings} bookings, 2 gifts.")


@unit_of_work
def _fill(today: datetime, password_hash: str) -> int:
    """All of it as one transaction: it is there or it is not, and costs one wait for the disk."""
    with clock.frozen(today - timedelta(days=150)):
        organisations = make_organisations()
        labs = make_labs(organisations)
        people = make_people(organisations, labs, password_hash)
        equipment = make_equipment(labs)
        let_come_along(labs, equipment)
        set_demo_prices(people, labs, today)
    with untold():
        equipment.append(give_the_first(people, equipment, today))
    bookings = write_diary(people, equipment, today)
    promise_the_second(people, equipment, today)
    wait_in_line(people, equipment, today)
    look_after(people, equipment, today)
    _forget_old_news(today)
    return bookings


def _forget_old_news(today: datetime) -> None:
    """Three months of letters to invented people are nobody's news."""
    for table in (Mail, Notice):
        db.session.execute(delete(table).where(table.created_at < today - OLD_NEWS))

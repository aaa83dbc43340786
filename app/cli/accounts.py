"""flask user create and flask token create: the first administrator, and tokens for programs."""

import click
from flask import current_app
from flask.cli import AppGroup

from app.accounts import passwords, queries
from app.accounts.models import LAB_ROLES, Role, User
from app.accounts.operator import OPERATOR
from app.accounts.rules.addresses import normalised_email
from app.accounts.rules.names import cleaned_name
from app.accounts.rules.passwords import fault
from app.accounts.services.api_tokens import make_api_token
from app.accounts.services.people import create_user
from app.accounts.services.register import Person
from app.accounts.services.roles import grant_role
from app.accounts.wording import REFUSALS
from app.core.db import unit_of_work
from app.core.errors import DomainError, InvalidInput
from app.core.i18n import DEFAULT_LANGUAGE, LANGUAGES
from app.inventory.queries.places import find_lab

Grant = tuple[Role, int | None]

user = AppGroup("user", help="People with an account.")
token = AppGroup("token", help="Bearer tokens of the API.")


@user.command("create")
@click.argument("email")
@click.option("--name", required=True, help="As other people see it.")
@click.option("--password", prompt=True, hide_input=True, confirmation_prompt=True)
@click.option("--language", type=click.Choice(sorted(LANGUAGES)), default=DEFAULT_LANGUAGE, show_default=True)
@click.option(
    "--role",
    "roles",
    multiple=True,
    metavar="ROLE[:LAB]",
    help="admin, liaison, manager:LAB, approver:LAB or technician:LAB; may be given several times.",
)
def create(email: str, name: str, password: str, language: str, roles: tuple[str, ...]) -> None:
    """Make an account that is active at once."""
    grants = [_grant(text) for text in roles]
    person = _person(email, name, password, language)
    try:
        made = _create(person, grants)
    except InvalidInput as refused:
        raise click.ClickException(str(REFUSALS[refused.errors[0]])) from refused
    click.echo(f"{made.email} has an account.")


@token.command("create")
@click.argument("email")
@click.option("--name", required=True, help="What it is for.")
def create_token(email: str, name: str) -> None:
    """Make a bearer token and print it, alone and this once."""
    owner = queries.find_user_by_email(email.strip().lower())
    if owner is None or not owner.is_active:
        raise click.ClickException(f"{email} has no open account.")
    try:
        click.echo(make_api_token(actor=owner, name=name))
    except DomainError as refused:
        raise click.ClickException(refused.code) from refused


@unit_of_work
def _create(person: Person, grants: list[Grant]) -> User:
    made = create_user(actor=OPERATOR, person=person)
    for role, lab_id in grants:
        grant_role(actor=OPERATOR, user_id=made.id, role=role, lab_id=lab_id)
    return made


def _person(email: str, name: str, password: str, language: str) -> Person:
    try:
        address, name = normalised_email(email), cleaned_name(name)
    except ValueError as error:
        raise click.ClickException(str(error)) from error
    if wrong := fault(password, about=(address, name)):
        _refuse_or_warn(str(REFUSALS["password", wrong]))
    return Person(
        email=address, name=name, password_hash=passwords.hash_password(password), language=language
    )


def _refuse_or_warn(words: str) -> None:
    """A weak password is a mistake in production, and convenient while trying things out."""
    if current_app.config["KARGAH_ENV"] == "production":
        raise click.ClickException(words)
    click.echo(f"Accepted outside production only: {words}", err=True)


def _grant(text: str) -> Grant:
    name, _, slug = text.partition(":")
    if name not in list(Role):
        raise click.BadParameter(f"{name!r} is no role", param_hint="--role")
    role = Role(name)
    if (role in LAB_ROLES) != bool(slug):
        form = f"{name}:LAB" if role in LAB_ROLES else name
        raise click.BadParameter(f"{text!r}: write {form}", param_hint="--role")
    lab = find_lab(slug) if slug else None
    if slug and lab is None:
        raise click.BadParameter(f"there is no lab {slug!r}", param_hint="--role")
    return role, lab.id if lab else None

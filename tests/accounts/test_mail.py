"""The letters of accounts, word for word, in both languages: what people get is what stands here."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from app.accounts.models import MembershipRole
from app.accounts.services.api_tokens import make_api_token
from app.accounts.services.invitations import invite_member
from app.accounts.services.organisations import verify_organisation
from app.accounts.services.password import change_password
from app.accounts.services.register import Company, register_asker, register_company
from app.accounts.services.reset import ask_for_reset
from app.accounts.services.sign_in import Visit
from app.extensions import db
from app.notifications.models import Mail
from tests.accounts.making import ADDRESS, GOOD_PASSWORD, LINK, letters, person, registered
from tests.cast import Cast
from tests.visitor import PASSWORD

SNAPSHOTS = Path(__file__).parent / "letters"
VISIBLE = {"\u2068": "⟨", "\u2069": "⟩"}
"""FSI and PDI, as they stand in the snapshots."""


def activate(cast: Cast) -> str:
    registered("new@example.com", language=cast.booker.language)
    return "new@example.com"


def already_registered(cast: Cast) -> str:
    register_company(person=person(cast.booker.email), company=Company(name="x"), address=ADDRESS)
    return cast.booker.email


def reset(cast: Cast) -> str:
    ask_for_reset(email=cast.booker.email, address=ADDRESS)
    return cast.booker.email


def password_changed(cast: Cast) -> str:
    visit = Visit(address=ADDRESS)
    change_password(actor=cast.booker, present=PASSWORD, password=GOOD_PASSWORD, visit=visit)
    return cast.booker.email


def token_made(cast: Cast) -> str:
    make_api_token(actor=cast.booker, name="sheet")
    return cast.booker.email


def invited(cast: Cast) -> str:
    invite_member(
        actor=cast.boss,
        organisation_id=cast.arta.id,
        email="colleague@arta.example",
        role=MembershipRole.MEMBER,
    )
    return "colleague@arta.example"


def take_over(cast: Cast) -> str:
    register_asker(person=person(cast.booker.email), company=Company(name="x"), address=ADDRESS)
    return cast.booker.email


def verified(cast: Cast) -> str:
    verify_organisation(actor=cast.liaison, organisation_id=cast.newcomer_company.id)
    return cast.newcomer.email


LETTERS = (activate, already_registered, reset, password_changed, token_made, invited, take_over, verified)


@pytest.mark.parametrize("language", ["en", "fa"])
@pytest.mark.parametrize("letter", LETTERS)
def test_the_letter_reads_as_kept(
    app: Flask, cast: Cast, letter: Callable[[Cast], str], language: str
) -> None:
    cast.booker.language = cast.boss.language = cast.newcomer.language = language
    db.session.commit()
    mail = letters(letter(cast))[-1]
    assert mail.language == language
    assert written(mail) == (SNAPSHOTS / f"{letter.__name__}.{language}.txt").read_text("utf-8")


def test_every_letter_of_accounts_is_kept(app: Flask) -> None:
    folder = Path(app.root_path) / "accounts/templates/accounts/mail"
    names = {template.name.partition(".")[0] for template in folder.iterdir()}
    assert {kept.name for kept in SNAPSHOTS.iterdir()} == {
        f"{name}.{language}.txt" for name in names for language in ("en", "fa")
    }


def test_a_letter_with_a_secret_says_so(app: Flask, cast: Cast) -> None:
    for letter in LETTERS:
        mail = letters(letter(cast))[-1]
        assert mail.is_secret == bool(LINK.search(mail.text)), letter.__name__


def written(mail: Mail) -> str:
    """Subject and text, with the secret taken out and the isolates made visible."""
    text = LINK.sub(lambda found: found[0].replace(found[1], "TOKEN"), mail.text)
    return f"{mail.subject}\n\n{text}".translate(str.maketrans(VISIBLE))

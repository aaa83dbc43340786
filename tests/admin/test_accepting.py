"""What a service refuses stands beside its field in words, also when nobody thought of the code."""

from flask import Flask
from flask_babel import force_locale
from wtforms import StringField

from app.admin.accepting import accepted
from app.core.errors import InvalidInput
from app.web.forms import BaseForm


class PlainForm(BaseForm):
    week = StringField()


def said_of(code: str, **more: object) -> str:
    def refuse() -> None:
        raise InvalidInput(("week", code))

    form = PlainForm(meta={"csrf": False})
    assert not accepted(form, refuse, **more)  # type: ignore[arg-type]
    (text,) = form.week.errors
    return str(text)


def test_a_code_has_the_words_of_its_feature(app: Flask) -> None:
    with app.test_request_context():
        assert said_of("taken") == "Something else has this already. Choose another one."
        assert said_of("taken", words={"taken": "Not free."}) == "Not free."


def test_a_code_without_words_is_a_sentence_all_the_same(app: Flask) -> None:
    with app.test_request_context():
        assert said_of("nobody-thought-of-it").startswith("This cannot be taken as it is.")


def test_the_greatest_number_of_units_is_the_one_that_holds(app: Flask) -> None:
    with app.test_request_context():
        assert said_of("out-of-range") == "A number between 1 and 500."
    with app.test_request_context(), force_locale("fa"):
        assert "500" not in said_of("out-of-range")

"""The base of every form: CSRF, and errors in the order of the fields."""

from collections.abc import Iterator, Mapping
from typing import Any

from flask_wtf import FlaskForm
from wtforms.fields.choices import SelectChoice

from app.core.errors import InvalidInput


def choices_of(words: Mapping[Any, Any]) -> list[SelectChoice]:
    """The choices of a field, from the words for each value."""
    return [SelectChoice(value=str(value), label=label) for value, label in words.items()]


class BaseForm(FlaskForm):
    """A form that knows which of its fields are wrong."""

    def wrong_fields(self) -> Iterator[Any]:
        """The fields with errors, in the order in which they stand."""
        return (field for field in self if field.errors)

    def take(self, refused: InvalidInput, words: dict[tuple[str, str], str]) -> None:
        """Put what a service found wrong beside the fields, in words; what has no field is the form's."""
        for name, code in refused.errors:
            text = words.get((name, code), code)
            if name in self:
                self[name].errors = [*self[name].errors, text]
            else:
                self.form_errors.append(text)

"""The kinds of value that travel through the API, strict about their types.

marshmallow is generous: "5" and true are integers to it. What a client sends by mistake should be
told to the client, and what the database cannot keep must not get that far.
"""

import re
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Any

import email_validator
from marshmallow import ValidationError, fields, validate

from app.api.findings import Finding
from app.core.text import clean

GREATEST_ID = 2**31 - 1
EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)
LATEST = datetime(9000, 1, 1, tzinfo=UTC)
# NUL ends a text in PostgreSQL; half a surrogate pair cannot be written as UTF-8.
_UNKEEPABLE = re.compile("[\x00\ud800-\udfff]")
_PLUS_LOST = re.compile(r" (\d\d(?::?\d\d)?)$")
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_CODES = {"invalid": "wrong_type", "invalid_utf8": "unreadable_text", "type": "wrong_type"}


class _Coded(fields.Field[Any]):
    """Says what is wrong as a Finding."""

    def make_error(self, key: str, **kwargs: Any) -> ValidationError:
        return ValidationError(Finding(_CODES.get(key, key), **kwargs))


class Bounds(validate.Range):
    """A range that a document can show and a Finding can name."""

    def __call__(self, value: Any) -> Any:
        if self.min is not None and value < self.min:
            raise ValidationError(Finding("too_small", min=self.min))
        if self.max is not None and value > self.max:
            raise ValidationError(Finding("too_large", max=self.max))
        return value


class Size(validate.Length):
    """How many characters or entries."""

    def __call__(self, value: Any) -> Any:
        if self.min is not None and len(value) < self.min:
            raise ValidationError(Finding("empty" if not value else "too_short", min=self.min))
        if self.max is not None and len(value) > self.max:
            raise ValidationError(Finding("too_long", max=self.max))
        return value


class Text(_Coded, fields.String):
    """Text as it is stored: cleaned, and of a length the column takes. `least` 0 allows none."""

    def __init__(self, longest: int, *, least: int = 0, **kwargs: Any) -> None:
        super().__init__(validate=Size(min=least or None, max=longest), **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        text = super()._deserialize(value, attr, data, **kwargs)
        if _UNKEEPABLE.search(text):
            raise self.make_error("invalid_utf8")
        return clean(text)


class Whole(_Coded, fields.Integer):
    """A whole number within bounds. In JSON only a number is one; `in_address`: written in digits."""

    def __init__(self, least: int, greatest: int, *, in_address: bool = False, **kwargs: Any) -> None:
        super().__init__(validate=Bounds(min=least, max=greatest), **kwargs)
        self.in_address = in_address

    def _validated(self, value: Any) -> int:
        if self.in_address and isinstance(value, str) and value.isascii() and value.isdigit():
            return int(value) if len(value) <= 19 else 10**19
        if type(value) is not int or self.in_address:
            raise self.make_error("invalid")
        return value


class Id(Whole):
    """The number of a thing."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(1, GREATEST_ID, **kwargs)


class Either(_Coded, fields.Raw):
    """A value of one of several kinds, given as JSON Schemas."""

    def __init__(self, *kinds: dict[str, Any], about: str = "", **kwargs: Any) -> None:
        super().__init__(metadata={"anyOf": list(kinds), "description": about}, **kwargs)


class IdOrSlug(Either):
    """A lab or category, by number or by name."""

    def __init__(self, *, in_address: bool = False, **kwargs: Any) -> None:
        number = {"type": "integer", "minimum": 1, "maximum": GREATEST_ID}
        slug = {"type": "string", "minLength": 1, "maxLength": 80}
        if in_address:
            slug["pattern"] = "[^0-9]"  # what is nothing but digits is a number
        kinds = number, slug
        super().__init__(*kinds, about="A number or a slug.", **kwargs)
        self.in_address = in_address

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> int | str:
        if isinstance(value, str) and not (self.in_address and value.isascii() and value.isdigit()):
            return str(Text(80, least=1).deserialize(value))
        return int(Id(in_address=self.in_address).deserialize(value) or 0)


class _Word(_Coded, fields.String):
    """Text that stands for something else."""


class Choice(_Coded, fields.Enum[Any]):
    """One of the values of an enum."""

    def __init__(self, enum: type[StrEnum], **kwargs: Any) -> None:
        super().__init__(enum, by_value=_Word, **kwargs)

    def make_error(self, key: str, **kwargs: Any) -> ValidationError:
        if key in ("required", "null"):
            return super().make_error(key, **kwargs)
        return ValidationError(Finding("not_a_choice", choices=[member.value for member in self.enum]))


class Several(_Coded, fields.Raw):
    """Several values in an address: ?equipment=1,2 or ?equipment=1&equipment=2."""

    def __init__(self, inner: fields.Field[Any], *, most: int, pattern: str, **kwargs: Any) -> None:
        super().__init__(metadata={"type": "string", "pattern": f"^{pattern}(,{pattern})*$"}, **kwargs)
        self.inner, self.most = inner, most

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> list[Any]:
        found = [self.inner.deserialize(part) for part in str(value).split(",")]
        return list(Size(max=self.most)(found))


class Flag(_Coded, fields.Boolean):
    """true or false."""

    def __init__(self, *, in_address: bool = False, **kwargs: Any) -> None:
        # ?mine alone says yes
        yes, no = ({"", "1", "true"}, {"0", "false"}) if in_address else ({True}, {False})
        super().__init__(truthy=yes, falsy=no, **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> bool:
        if type(value) not in {type(choice) for choice in self.truthy}:
            raise self.make_error("invalid")  # to Python 1 is True, to JSON it is not
        return bool(super()._deserialize(value, attr, data, **kwargs))


class Instant(_Coded, fields.AwareDateTime):
    """A point in time: read with any offset, written in UTC with Z."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> datetime:
        if not isinstance(value, str):
            raise self.make_error("invalid")
        try:
            # An unescaped + of an address arrives as a space.
            instant = datetime.fromisoformat(_PLUS_LOST.sub(r"+\1", value))
        except ValueError:
            raise ValidationError(Finding("not_an_instant")) from None
        if instant.tzinfo is None:
            raise ValidationError(Finding("no_offset"))
        if not EARLIEST + timedelta(days=2) < instant < LATEST:
            raise ValidationError(Finding("out_of_calendar"))
        return instant.astimezone(UTC)

    def _serialize(self, value: datetime | None, attr: Any, obj: Any, **kwargs: Any) -> str | None:
        return None if value is None else value.astimezone(UTC).isoformat().replace("+00:00", "Z")


class Day(_Coded, fields.Date):
    """A day of the calendar, as 2026-11-22."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> date:
        if not isinstance(value, str) or not _DAY.fullmatch(value):
            raise ValidationError(Finding("not_a_day"))
        try:
            day = date.fromisoformat(value)
        except ValueError:
            raise ValidationError(Finding("not_a_day")) from None
        if not EARLIEST.date() < day < LATEST.date():
            raise ValidationError(Finding("out_of_calendar"))
        return day


class Address(Text):
    """An e-mail address."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(254, **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        text = super()._deserialize(value, attr, data, **kwargs)
        try:
            found = email_validator.validate_email(text, check_deliverability=False)
        except email_validator.EmailNotValidError:
            raise ValidationError(Finding("not_an_address")) from None
        return str(found.normalized)


class Entries(_Coded, fields.List[Any]):
    """A list of at most so many."""

    def __init__(self, inner: Any, *, most: int, least: int = 0, **kwargs: Any) -> None:
        super().__init__(inner, validate=Size(min=least or None, max=most), **kwargs)


class Part(_Coded, fields.Nested):
    """An object within an object."""

"""Who comes, as the gate is told. Pure."""

from dataclasses import dataclass

from app.core.text import ascii_digits, clean

LONGEST_NAME = 200
LONGEST_EMAIL = 254
LONGEST_IDENTITY = 40
LONGEST_PLATE = 20
MOST_VISITORS = 50


@dataclass(frozen=True)
class Visitor:
    """One person: a name, and what the company chooses to tell besides."""

    name: str
    email: str | None = None
    identity: str | None = None
    plate: str | None = None


def cleaned(visitor: Visitor) -> Visitor:
    """The same as it is stored: digits 0-9, empty things None."""
    return Visitor(
        clean(visitor.name),
        clean(visitor.email or "") or None,
        ascii_digits(clean(visitor.identity or "")) or None,
        ascii_digits(clean(visitor.plate or "")) or None,
    )


def problems_of(visitors: list[Visitor]) -> list[tuple[str, str]]:
    """What cannot be stored, as (field, code); the fields are numbered from 0."""
    if len(visitors) > MOST_VISITORS:
        return [("people", "too_many_people")]
    limits = {
        "name": LONGEST_NAME,
        "email": LONGEST_EMAIL,
        "identity": LONGEST_IDENTITY,
        "plate": LONGEST_PLATE,
    }
    found = []
    for number, one in enumerate(visitors):
        if not one.name:
            found.append((f"people.{number}.name", "required"))
        found += [
            (f"people.{number}.{name}", "too-long")
            for name, most in limits.items()
            if len(getattr(one, name) or "") > most
        ]
    return found

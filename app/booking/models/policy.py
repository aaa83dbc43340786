"""The rules of a lab, and where one equipment differs."""

from sqlalchemy import JSON, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.booking.rules.policy import SecondApproval
from app.core.db import text_enum
from app.extensions import Model


class Policy(Model):
    """What a lab (or one equipment of it) asks of a booking. None means: nothing said here.

    An equipment's own value wins over its lab's, the lab's over the house's (rules/policy.py).
    """

    __table_args__ = (
        UniqueConstraint("lab_id"),
        UniqueConstraint("equipment_id"),
        CheckConstraint(
            "(lab_id IS NULL) <> (equipment_id IS NULL)",
            name="of_a_lab_or_an_equipment",
        ),
        CheckConstraint("min_minutes <= max_minutes", name="shortest_first"),
        CheckConstraint("grid_minutes >= 0", name="grid"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    lab_id: Mapped[int | None] = mapped_column(ForeignKey("lab.id"))
    equipment_id: Mapped[int | None] = mapped_column(ForeignKey("equipment.id"))
    min_minutes: Mapped[int | None]
    max_minutes: Mapped[int | None]
    notice_minutes: Mapped[int | None]
    """Least time between asking and starting."""
    horizon_days: Mapped[int | None]
    """How far ahead one may ask."""
    setup_minutes: Mapped[int | None]
    cleanup_minutes: Mapped[int | None]
    needs_approval: Mapped[bool | None]
    """False: a verified organisation that meets every rule has the slot at once."""
    answer_within_minutes: Mapped[int | None]
    """The lab's promise, counted in the site's working hours."""
    outside_hours: Mapped[bool | None]
    """True: jobs may run on outside the opening hours."""
    hold_minutes: Mapped[int | None]
    """How long a time that became free is held for who waits, counted in the site's working hours."""
    grid_minutes: Mapped[int | None]
    """Bookings begin and end on multiples of this from local midnight; 0: at any minute."""
    external_horizon_days: Mapped[int | None]
    """How far ahead those may ask who are not of the university: later than its own people."""
    cancel_notice_minutes: Mapped[int | None]
    """A company that calls off later than this before the start is late."""
    max_open_requests: Mapped[int | None]
    """How many unanswered requests an organisation may have in the lab."""
    needs_authorisation: Mapped[bool | None]
    """True: of those who come to work themselves, one must be authorised."""
    needs_agreement: Mapped[bool | None]
    """True: terms of service or a memorandum must be in force on the day."""
    needs_papers: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    """Which papers of the organisation must be valid on the day: values of PaperKind."""
    no_show_after_minutes: Mapped[int | None]
    """So long after it began a date that nobody checked in to is given back; 0: never."""
    requests_compete: Mapped[bool | None]
    """True: a request takes no time before the lab has said yes."""
    second_approval: Mapped[SecondApproval | None] = mapped_column(
        text_enum(SecondApproval, name="second_approval")
    )
    small_move_minutes: Mapped[int | None]
    """An approved date that the company moves by at most so much stays approved; 0: none does."""

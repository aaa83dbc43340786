"""What labs ask for the use of their equipment, from a day on."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import UserClass
from app.charges.rules.pricing import Unit
from app.core.db import UtcDateTime, text_enum
from app.extensions import Model
from app.inventory.models import Equipment, Lab

OF_THE_LAB = text("equipment_id IS NULL")
OF_EQUIPMENT = text("equipment_id IS NOT NULL")


class PriceList(Model):
    """The prices of a lab, or of one equipment of it, from a local day on until the next list.

    Kept for good: what was quoted says from which day its price was.
    """

    __table_args__ = (
        CheckConstraint("length(currency) = 3", name="currency"),
        Index(
            "uq_price_list_lab_id_valid_from",
            "lab_id",
            "valid_from",
            unique=True,
            sqlite_where=OF_THE_LAB,
            postgresql_where=OF_THE_LAB,
        ),
        Index(
            "uq_price_list_equipment_id_valid_from",
            "equipment_id",
            "valid_from",
            unique=True,
            sqlite_where=OF_EQUIPMENT,
            postgresql_where=OF_EQUIPMENT,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    lab_id: Mapped[int] = mapped_column(ForeignKey("lab.id"))
    equipment_id: Mapped[int | None] = mapped_column(ForeignKey("equipment.id"))
    """One equipment of the lab, for which its list stands for the lab's; None: all the others."""
    valid_from: Mapped[date]
    currency: Mapped[str] = mapped_column(String(3))
    set_at: Mapped[datetime] = mapped_column(UtcDateTime)
    set_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    lab: Mapped[Lab] = relationship()
    equipment: Mapped[Equipment | None] = relationship()
    lines: Mapped[list["PriceLine"]] = relationship(cascade="all, delete-orphan", order_by="PriceLine.id")


class PriceLine(Model):
    """One price of a list; without lines, nothing is asked."""

    __table_args__ = (
        CheckConstraint("amount >= 0", name="amount"),
        CheckConstraint("minimum IS NULL OR minimum >= 0", name="minimum"),
        Index(None, "price_list_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    price_list_id: Mapped[int] = mapped_column(ForeignKey("price_list.id"))
    unit: Mapped[Unit] = mapped_column(text_enum(Unit, name="unit"))
    user_class: Mapped[UserClass | None] = mapped_column(text_enum(UserClass, name="user_class"))
    """Whose price it is; None: everyone's who has no own."""
    amount: Mapped[int] = mapped_column(BigInteger)
    """In minor units of the list's currency, for one of the unit."""
    minimum: Mapped[int | None] = mapped_column(BigInteger)
    """The least that is asked, however little is used."""

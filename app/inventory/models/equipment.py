"""What people look for and book."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from app.core.db import UtcDateTime, text_enum
from app.core.sorting import LONGEST_KEY, sort_key
from app.extensions import Model
from app.inventory.models.place import Lab
from app.inventory.models.unit import Unit
from app.inventory.rules.states import EquipmentKind, EquipmentStatus, Mode, UnitStatus


class Category(Model):
    """What equipment is for; a tree."""

    __table_args__ = (
        UniqueConstraint("slug"),
        CheckConstraint("parent_id <> id", name="not_its_own_parent"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80))
    name: Mapped[str] = mapped_column(String(200))
    name_fa: Mapped[str | None] = mapped_column(String(200))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("category.id"))

    parent: Mapped["Category | None"] = relationship(remote_side=[id])


class Equipment(Model):
    """A kind of thing in one lab that can be booked: its units are the physical copies."""

    __table_args__ = (
        Index(None, "lab_id"),
        Index(None, "category_id"),
        UniqueConstraint("lab_id", "import_key"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    lab_id: Mapped[int] = mapped_column(ForeignKey("lab.id"))
    category_id: Mapped[int] = mapped_column(ForeignKey("category.id"))
    name: Mapped[str] = mapped_column(String(200))
    name_fa: Mapped[str | None] = mapped_column(String(200))
    aliases: Mapped[list[str]] = mapped_column(JSON, default=list)
    """Other names people search for: abbreviations, old names."""
    kind: Mapped[EquipmentKind] = mapped_column(
        text_enum(EquipmentKind, name="kind"), default=EquipmentKind.INSTRUMENT
    )
    is_lent_alone: Mapped[bool] = mapped_column(default=True)
    """Else it only comes along with something that needs it."""
    manufacturer: Mapped[str | None] = mapped_column(String(200))
    model: Mapped[str | None] = mapped_column(String(200))
    description: Mapped[str] = mapped_column(Text, default="")
    description_fa: Mapped[str | None] = mapped_column(Text)
    location: Mapped[str | None] = mapped_column(String(200))
    attributes: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    """Ranges and figures, as name and value."""
    modes: Mapped[list[str]] = mapped_column(JSON, default=lambda: [Mode.OPERATOR.value])
    """The values of Mode that the lab offers for it."""
    what_to_bring: Mapped[str] = mapped_column(Text, default="")
    what_to_bring_fa: Mapped[str | None] = mapped_column(Text)
    status: Mapped[EquipmentStatus] = mapped_column(
        text_enum(EquipmentStatus, name="status"), default=EquipmentStatus.IN_SERVICE
    )
    import_key: Mapped[str | None] = mapped_column(String(200))
    """What the lab's own list calls it; a second import of that list finds it by this."""
    search_text: Mapped[str] = mapped_column(Text, default="")
    """fold() of every name, alias, maker, model, category and lab: what searching reads."""
    sort_key: Mapped[str] = mapped_column(String(LONGEST_KEY), default="")
    """Where the name stands in a list; the Persian one where there is no Persian name is the same."""
    sort_key_fa: Mapped[str] = mapped_column(String(LONGEST_KEY), default="")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    lab: Mapped[Lab] = relationship()
    category: Mapped[Category] = relationship()
    units: Mapped[list[Unit]] = relationship(back_populates="equipment", order_by="Unit.number")

    @validates("name", "name_fa")
    def _keep_sort_keys(self, field: str, value: str | None) -> str | None:
        names = {"name": self.name, "name_fa": self.name_fa} | {field: value}
        self.sort_key = sort_key(names["name"] or "")
        self.sort_key_fa = sort_key(names["name_fa"] or names["name"] or "")
        return value

    @property
    def units_listed(self) -> list[Unit]:
        """The units that are there: all but the retired."""
        return [unit for unit in self.units if unit.status is not UnitStatus.RETIRED]

    @property
    def units_in_service(self) -> int:
        """How many can be used: none while the equipment as a whole is out of service or retired."""
        if self.status is not EquipmentStatus.IN_SERVICE:
            return 0
        return sum(unit.status is UnitStatus.IN_SERVICE for unit in self.units)

"""Who is told something, as this feature knows people."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo


@dataclass(frozen=True, kw_only=True)
class Recipient:
    """A person as they were when the news was written: where it goes and in which words and hours.

    `id` is the account's, None for an address without one. `zone_name` is the zone in which the
    news tells the time: that of the site it is about.
    """

    id: int | None
    address: str
    name: str
    language: str
    zone_name: str

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.zone_name)

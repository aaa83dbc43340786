"""What one lab of the demo asks: half for the university's own, less for other universities."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from app.accounts.models import User, UserClass
from app.accounts.operator import OPERATOR
from app.charges.rules.pricing import Price, Unit
from app.charges.services.prices import set_prices
from app.inventory.models import Lab
from app.inventory.services.places import change_site

AN_HOUR, FOR_ACADEMICS, FOR_OUR_OWN = 2_400_000, 1_900_000, 1_200_000
"""In rial."""
DEARER = 115
"""Per cent of it, since two months ago."""
A_SAMPLE, LEAST_FOR_SAMPLES = 900_000, 1_800_000


def set_demo_prices(people: Mapping[str, User], labs: Mapping[str, Lab], today: datetime) -> None:
    """The site asks for money, and the materials lab has had two lists."""
    lab = labs["materials"]
    change_site(actor=OPERATOR, site_id=lab.site_id, charges=True)
    day = today.astimezone(lab.site.zone).date()
    for days_ago, per_cent in ((150, 100), (60, DEARER)):
        set_prices(
            actor=people["manager@example.edu"],
            lab_id=lab.id,
            valid_from=day - timedelta(days=days_ago),
            currency="IRR",
            prices=[
                Price(Unit.HOUR, None, AN_HOUR * per_cent // 100),
                Price(Unit.HOUR, UserClass.ACADEMIC, FOR_ACADEMICS * per_cent // 100),
                Price(Unit.HOUR, UserClass.INTERNAL, FOR_OUR_OWN * per_cent // 100),
                Price(Unit.SAMPLE, None, A_SAMPLE * per_cent // 100, LEAST_FOR_SAMPLES),
            ],
        )

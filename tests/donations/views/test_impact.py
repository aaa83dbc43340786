"""The page of what a gift has served."""

from datetime import timedelta

from app.booking.services.decide import approve_booking
from app.booking.services.due import complete_bookings
from app.core import clock
from app.donations.models import Offer
from app.inventory.models import Mode
from tests.booking.making import ask
from tests.cast import NOW, Cast
from tests.donations.making import agreed, arrived, in_service, offered, published_need
from tests.visitor import Visitor


def working(cast: Cast, *, for_a_need: bool = True) -> Offer:
    """In service, and used for one booking."""
    offer = agreed(cast, published_need(cast)) if for_a_need else agreed(cast)
    (unit,) = arrived(cast, offer)
    in_service(cast, offer, unit)
    equipment = unit.equipment
    assert equipment is not None
    approve_booking(
        actor=cast.manager, reference=ask(cast.booker, equipment, start=24, mode=Mode.OPERATOR).reference
    )
    return offer


def test_it_is_hidden_from_who_may_not_see_the_offer(client: Visitor, cast: Cast) -> None:
    assert client.get("/donations/1/impact").status_code == 302
    path = f"/donations/{working(cast).id}/impact"
    client.sign_in(cast.rival)
    assert client.get(path).status_code == 404


def test_before_service_it_says_what_has_to_happen_first(client: Visitor, cast: Cast) -> None:
    offer = offered(cast)
    client.sign_in(cast.donor)
    page = client.page(f"/donations/{offer.id}/impact")
    assert "Nothing of this gift is in service yet" in page.text
    assert "Agreement signed" in page.text


def test_it_tells_hours_and_predictions_and_hides_who_they_were(client: Visitor, cast: Cast) -> None:
    offer = working(cast)
    with clock.frozen(NOW + timedelta(days=3)):
        while complete_bookings():
            pass
        client.sign_in(cast.donor)
        text = client.get(f"/donations/{offer.id}/impact").text
    assert "fewer than 3 organisations" in text
    assert "had been predicted" in text
    assert "&lt;a" not in text
    assert 'class="l-pred"' in text
    assert "because of it" in text
    assert "Arta" not in text


def test_without_a_prediction_there_is_no_line(client: Visitor, cast: Cast) -> None:
    offer = working(cast, for_a_need=False)
    client.sign_in(cast.liaison)
    text = client.get(f"/donations/{offer.id}/impact").text
    assert 'class="l-pred"' not in text
    assert "nothing was predicted" in text

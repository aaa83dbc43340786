"""Short names for addresses."""

from hypothesis import given
from hypothesis import strategies as st

from app.inventory.rules.slugs import is_slug, slug_of


def test_a_slug_is_made_of_the_name() -> None:
    assert slug_of("LTQ_FT (Orbitrap)", (), longest=80, otherwise="category") == "ltq-ft-orbitrap"


def test_a_persian_name_gets_a_plain_one() -> None:
    assert slug_of("طیف‌سنجی", (), longest=80, otherwise="category") == "category"


def test_a_taken_one_is_numbered() -> None:
    assert slug_of("LTQ FT", {"ltq-ft", "ltq-ft-2"}, longest=80, otherwise="category") == "ltq-ft-3"


@given(st.text(max_size=100), st.sets(st.text(max_size=5), max_size=5))
def test_a_slug_is_always_one_and_never_taken(name: str, taken: set[str]) -> None:
    slug = slug_of(name, taken, longest=20, otherwise="x")

    assert is_slug(slug, longest=20)
    assert slug not in taken

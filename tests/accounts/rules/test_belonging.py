import pytest

from app.accounts.rules.belonging import organisation_meant
from app.core.errors import InvalidInput


def test_the_one_named_is_meant_else_the_only_one() -> None:
    assert organisation_meant({1, 2}, 7) == 7
    assert organisation_meant({3}, None) == 3


@pytest.mark.parametrize(("own", "said"), [(set(), "join"), ({1, 2}, "choose")])
def test_who_could_mean_several_or_none_is_asked(own: set[int], said: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        organisation_meant(own, None)
    assert list(refused.value.errors) == [("organisation", said)]

"""The tree of categories."""

import pytest
from flask import Flask

from app.core.errors import Forbidden, InvalidInput
from app.core.i18n import in_language
from app.inventory.queries.categories import categories_called, tree, with_descendants
from app.inventory.queries.search import search_equipment
from app.inventory.services.categories import change_category, create_category
from tests.cast import Cast
from tests.inventory.told import Told


def test_a_category_gets_a_slug_from_its_name(app: Flask, cast: Cast) -> None:
    told = Told()

    first = create_category(actor=cast.admin, name="LTQ_FT", parent_id=cast.spectroscopy.id)
    second = create_category(actor=cast.admin, name="LTQ FT")

    assert (first.slug, second.slug) == ("ltq-ft", "ltq-ft-2")
    assert with_descendants(cast.spectroscopy.id) == {cast.spectroscopy.id, cast.raman_category.id, first.id}
    assert told.names() == ["CategoryCreated", "CategoryCreated"]


def test_only_admins_change_the_tree(app: Flask, cast: Cast) -> None:
    for actor in (cast.manager, cast.liaison, cast.booker):
        with pytest.raises(Forbidden):
            create_category(actor=actor, name="Mine")
        with pytest.raises(Forbidden):
            change_category(
                actor=actor, category_id=cast.soldering.id, name="Mine", name_fa=None, parent_id=None
            )


def test_what_cannot_be_is_named(app: Flask, cast: Cast) -> None:
    with pytest.raises(InvalidInput) as refused:
        create_category(actor=cast.admin, name=" ", slug="soldering", parent_id=999)

    assert set(refused.value.errors) == {("name", "required"), ("slug", "taken"), ("parent", "unknown")}


def test_a_category_is_never_put_below_itself(app: Flask, cast: Cast) -> None:
    for parent in (cast.spectroscopy, cast.raman_category):
        with pytest.raises(InvalidInput) as refused:
            change_category(
                actor=cast.admin,
                category_id=cast.spectroscopy.id,
                name="Spectroscopy",
                name_fa=None,
                parent_id=parent.id,
            )
        assert refused.value.errors == (("parent", "below-itself"),)


def test_equipment_is_found_by_the_new_name_of_a_category_above_its_own(app: Flask, cast: Cast) -> None:
    told = Told()

    change_category(
        actor=cast.admin,
        category_id=cast.spectroscopy.id,
        name="Light and matter",
        name_fa="نور و ماده",
        parent_id=None,
    )

    assert [equipment.id for equipment in search_equipment(None, q="نور و ماده").items] == [cast.raman.id]
    assert told.names() == ["CategoryChanged"]


def test_a_category_is_meant_by_slug_or_either_name(app: Flask, cast: Cast) -> None:
    for text in ("raman-spectroscopy", "RAMAN Spectroscopy", "طيف سنجي رامان"):
        assert categories_called([text]) == {text: [cast.raman_category]}
    assert categories_called(["Chromatography", ""]) == {"Chromatography": [], "": []}


def test_a_name_may_mean_several_categories_and_a_slug_means_one(app: Flask, cast: Cast) -> None:
    other = create_category(actor=cast.admin, name="Soldering", parent_id=cast.spectroscopy.id)

    meant = categories_called(["SOLDERING", "soldering", other.slug])

    assert {category.id for category in meant["SOLDERING"]} == {cast.soldering.id, other.id}
    assert meant["soldering"] == [cast.soldering]
    assert meant[other.slug] == [other]


def test_the_tree_is_walked_in_the_order_of_the_readers_language(app: Flask, cast: Cast) -> None:
    create_category(
        actor=cast.admin, name="Atomic absorption", name_fa="جذب اتمی", parent_id=cast.spectroscopy.id
    )

    english = [(branch.category.name, branch.depth) for branch in tree()]
    with in_language("fa"):
        persian = [(branch.category.name_fa, branch.depth) for branch in tree()]

    assert english == [
        ("Electron microscopy", 0),
        ("Soldering", 0),
        ("Spectroscopy", 0),
        ("Atomic absorption", 1),
        ("Raman spectroscopy", 1),
    ]
    assert persian == [
        ("طیف‌سنجی", 0),
        ("جذب اتمی", 1),
        ("طیف‌سنجی رامان", 1),
        ("لحیم‌کاری", 0),
        ("میکروسکوپ الکترونی", 0),
    ]

"""Whatever stands in a table is there when it is read again, and is no formula on the way."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.core.tables import csv_file, guarded, unguarded, workbook_file
from app.inventory.rules.importing.sheet import is_formula, read_sheet
from app.inventory.rules.importing.values import list_in, list_text

LETTERS = st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"]) | st.sampled_from(
    "=+-@'\"\n\t,;|\u200c\u200f\u06a9\u06cc"
)
TEXTS = st.text(LETTERS, min_size=1, max_size=30).filter(str.strip)
SHEET_TEXTS = TEXTS.filter(lambda text: not any(sign in text for sign in ("\ufffe", "\uffff")))


@given(st.text())
@example("=1")
@example("'=1")
@example("\t1")
@example("\u200f=1")
def test_a_guard_is_taken_off_as_it_was_put_on(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert not is_formula(guarded(text), signs=True)


@settings(max_examples=50, deadline=None)
@given(st.lists(SHEET_TEXTS, min_size=1, max_size=3))
@example(["=1", "+1", "-1", "@x", '"', "a\nb", "کوره‌ی «۲»"])
def test_a_table_is_read_as_it_was_written(texts: list[str]) -> None:
    header = [f"c{number}" for number in range(len(texts))]
    files = csv_file(header, [texts]), workbook_file("List", header, [texts])

    for data in files:
        cells = read_sheet(data).rows[0].cells
        assert [unguarded(cells[name]) for name in header] == texts


@given(st.lists(st.sampled_from(["S1", "a;b", '"', '"x"', "-", "", "کوره | ۲", 'x "y" z'])))
def test_a_list_in_a_cell_is_read_as_it_was_written(names: list[str]) -> None:
    assert list_in(list_text(names), places=True) == names
    assert list_in(list_text(names)) == [name for name in names if name]

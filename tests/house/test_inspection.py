"""The inspection of pages can fail: each fault is planted once in a page that has no other."""

import pytest

from tests.inspection import faults
from tests.pages import Page

GOOD = """<!doctype html>
<html lang="fa" dir="rtl"><head><title>Bookings · Kargah</title></head><body>
<h1>Bookings</h1><h2>Coming</h2>
<img src="/x.png" alt="">
<form action="/bookings" method="post"><input type="hidden" name="csrf_token" value="t">
<label for="note">Note</label><input id="note" name="note" aria-describedby="hint" value="old">
<p id="hint">Short</p>
<label>Colour
<select name="colour"><option>red</option><option value="b" selected>blue</option></select></label>
<textarea name="purpose" aria-label="Purpose">
to measure</textarea>
<label><input type="checkbox" name="agree" checked>I agree</label>
<button name="verb" value="save">Save</button></form>
<table><tr><th>Day</th></tr><tr><td>Sunday</td></tr></table>
<a href="/next">Next</a>
</body></html>
"""


def test_a_page_without_faults_passes() -> None:
    assert faults(GOOD, whole=True) == []


@pytest.mark.parametrize(
    ("good", "bad", "fault"),
    [
        ("<!doctype html>\n", "", "no <!doctype html>"),
        ('lang="fa"', "", "no lang"),
        ('dir="rtl"', 'dir="ltr"', "has dir='ltr'"),
        ('dir="rtl"', "", "has dir=''"),
        ("<title>Bookings · Kargah</title>", "", "one <title>"),
        ("<h1>Bookings</h1>", "", "one <h1>"),
        ("<h2>Coming</h2>", "<h1>Coming</h1>", "one <h1>"),
        ("<h2>Coming</h2>", "<h3>Coming</h3>", "comes right after"),
        ('<p id="hint">', '<p id="note">', "occurs 2 times"),
        ('aria-describedby="hint"', 'aria-describedby="help"', "names no element"),
        ('<form action="/bookings"', "<form", "no action"),
        ('name="csrf_token"', 'name="other"', "without csrf_token"),
        ('method="post"', 'method="delete"', "sent as a GET"),
        ('<label for="note">Note</label>', "", "has no label"),
        (">Next<", "><", "no name to be read"),
        ('alt=""', "", "no alt"),
        ("<h2>", '<h2 style="color: red">', "inline style"),
        ("</body>", "<script>alert(1)</script></body>", "inline <script>"),
        ("<h2>", '<h2 onclick="x()">', "onclick"),
        ('href="/next"', 'href="javascript:x()"', "javascript:"),
        ("<th>Day</th>", "<td>Day</td>", "without <th>"),
        ("Sunday", "None", "shows 'None'"),
        ("Sunday", "{{ day }}", "shows '{{ day }}'"),
        ("</h2>", "</h3>", "closes <h2>"),
        ("</body></html>", "", "never closed"),
        ("<h2>", '<h2 class="a" class="b">', "an attribute twice"),
    ],
)
def test_a_planted_fault_is_found(good: str, bad: str, fault: str) -> None:
    assert good in GOOD

    found = faults(GOOD.replace(good, bad, 1), whole=True)

    assert any(fault in line for line in found), found


def test_a_form_knows_what_a_browser_would_send() -> None:
    page = Page(GOOD)

    assert page.typed(page.form("/bookings")) == {
        "csrf_token": ["t"],
        "note": ["old"],
        "colour": ["b"],
        "purpose": ["to measure"],
        "agree": ["on"],
    }

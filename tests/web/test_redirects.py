"""`next` never leads away from this site."""

import pytest

from app.web.redirects import safe_path


@pytest.mark.parametrize("path", ["/bookings", "/find?q=raman&minutes=60", "/equipment/3#week"])
def test_paths_of_this_site_are_followed(path: str) -> None:
    assert safe_path(path, "/") == path


@pytest.mark.parametrize(
    "path",
    ["//evil.example", "/\\evil.example", "https:evil.example", "https://evil.example", "\t//evil.example",
     "/\t/evil.example", "javascript:alert(1)", "evil.example", "", None, "\\\\evil", "/a\nb"],
)  # fmt: skip
def test_everything_else_goes_home(path: str | None) -> None:
    assert safe_path(path, "/") == "/"

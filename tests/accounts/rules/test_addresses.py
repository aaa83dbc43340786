import pytest

from app.accounts.rules.addresses import network_of, normalised_email


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        (" Sara@Example.COM ", "sara@example.com"),
        ("sara+lab@example.com", "sara+lab@example.com"),
        ("sara@xn--mgbaam7a8h.example", "sara@xn--mgbaam7a8h.example"),
        ("sara@آزمایش.example", "sara@xn--hgbk6aj7f53b.example"),
        ("sara@intranet", "sara@intranet"),
    ],
)
def test_an_address_has_one_form(typed: str, stored: str) -> None:
    assert normalised_email(typed) == stored


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "sara",
        "sara@",
        "@example.com",
        "a b@example.com",
        "سارا@example.com",
        "a@example.com\r\nBcc: b@x.example",
        "x" * 250 + "@example.com",
    ],
)
def test_what_mail_cannot_reach_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=r"mail|@|address|character|part"):
        normalised_email(typed)


def test_an_ipv6_machine_is_one_place_with_all_its_addresses() -> None:
    assert network_of("2001:db8::1") == network_of("2001:db8::dead:beef") == "2001:db8::/64"
    assert network_of("2001:db8:0:1::1") != network_of("2001:db8::1")
    assert network_of("::ffff:192.0.2.7") == network_of("192.0.2.7") == "192.0.2.7"
    assert network_of("") == ""

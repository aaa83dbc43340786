"""Browsers on https: what they say of where a form was sent from.

Fetch, 3.2 (Origin); Referrer Policy, 8.3 (Referer); Fetch Metadata, 2.4 (Sec-Fetch-Site).
"""

from urllib.parse import urlsplit

from werkzeug.test import TestResponse

from config import settings_from

_PUBLIC = settings_from(
    {"KARGAH_ENV": "testing", "SECRET_KEY": "x" * 32, "PUBLIC_URL": "https://labs.example.edu"}
)
ON_HTTPS = {name: value for name, value in _PUBLIC.items() if name.startswith(("PUBLIC_URL", "SESSION_"))}
ON_HTTPS |= {"PREFERRED_URL_SCHEME": "https"}
"""Settings of a site on https; the client of the tests reaches it at https://localhost."""

BROWSERS = {
    "modern": ("Origin", "Referer", "Sec-Fetch-Site"),
    "older": ("Origin", "Referer"),
    "with an add-on that keeps the referrer back": ("Origin", "Sec-Fetch-Site"),
}


def told(page: TestResponse, browser: str = "modern") -> dict[str, str]:
    """The headers with which this browser sends a form of this page to the site the page came from."""
    address = page.request.url
    origin = "{0.scheme}://{0.netloc}".format(urlsplit(address))
    referrers = {"no-referrer": "", "strict-origin": f"{origin}/", "same-origin": address}
    policy = page.headers["Referrer-Policy"]
    said = {
        "Origin": "null" if policy == "no-referrer" else origin,
        "Referer": referrers[policy],
        "Sec-Fetch-Site": "same-origin",
    }
    return {name: said[name] for name in BROWSERS[browser] if said[name]}

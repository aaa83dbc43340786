"""How often something may be tried, and how long something lasts. Pure."""

from dataclasses import dataclass
from datetime import timedelta

QUARTER, HOUR, DAY = timedelta(minutes=15), timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True)
class Limit:
    """At most so many tries of a kind within a window that begins with the first."""

    name: str
    most: int
    window: timedelta


# Sign-in is counted three ways. One machine against one account is stopped early and stops nobody else;
# one machine against many accounts later (a campus shares an address); many machines against one
# account last, and then only for browsers the account was never opened in: the owner's has its own
# count (OWASP, "device cookies"), and a new password by mail is always a way in.
SIGN_IN_PAIR = Limit("sign-in:pair", 10, QUARTER)
SIGN_IN_ADDRESS = Limit("sign-in:address", 100, QUARTER)
SIGN_IN_ACCOUNT = Limit("sign-in:account", 100, HOUR)
SIGN_IN_BROWSER = Limit("sign-in:browser", 10, QUARTER)

# What sends mail to an address that anybody can type.
LINK_EMAIL = Limit("link:email", 4, HOUR)
LINK_ADDRESS = Limit("link:address", 40, HOUR)
INVITE_ORGANISATION = Limit("invite:organisation", 30, DAY)

# What the liaison office has to look at.
COMPANY_USER = Limit("company:user", 3, DAY)

PASSWORD_CHECK = Limit("password:user", 10, QUARTER)

# Answers through links in letters: far more than a lab sends, far fewer than a guesser needs.
ANSWER_ADDRESS = Limit("answer:address", 100, HOUR)

# OWASP ASVS 5.0, 7.3: both an idle and an absolute end.
SESSION_IDLE = timedelta(minutes=60)
SESSION_LONGEST = timedelta(hours=12)

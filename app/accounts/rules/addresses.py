"""E-mail addresses of people and network addresses of their machines. Pure."""

from ipaddress import IPv6Address, ip_address

from email_validator import EmailNotValidError, validate_email

LONGEST_EMAIL = 254


def normalised_email(text: str) -> str:
    """The address as it is stored and looked up: ASCII, lower case. Raises ValueError.

    Letters outside ASCII before the @ are refused: most mail servers cannot deliver to them.
    """
    try:
        found = validate_email(
            text.strip(), check_deliverability=False, allow_smtputf8=False, globally_deliverable=False
        )
    except EmailNotValidError as error:
        raise ValueError(str(error)) from error
    address = (found.ascii_email or found.normalized).lower()
    if len(address) > LONGEST_EMAIL:
        raise ValueError("the address is too long")
    return address


def network_of(address: str) -> str:
    """What is counted as one place: the address, or the /64 that an IPv6 machine can choose from freely."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if isinstance(found, IPv6Address) and found.ipv4_mapped is None:
        return str(IPv6Address(int(found) >> 64 << 64)) + "/64"
    return str(found.ipv4_mapped if isinstance(found, IPv6Address) else found)

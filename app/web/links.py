"""Addresses of our own pages, also where there is no request: in mail, feeds and jobs.

They are built from PUBLIC_URL, never from the Host header, which whoever asks can choose.
"""

from typing import Any
from urllib.parse import urlsplit

from flask import current_app


def path_to(endpoint: str, **values: Any) -> str:
    """The path of an endpoint, as url_for() gives it inside a request."""
    return current_app.url_map.bind("localhost").build(endpoint, values)


def public_address(path: str) -> str:
    """The whole address of a path, as somebody outside reaches it."""
    return f"{current_app.config['PUBLIC_URL']}{path}"


def address_of(endpoint: str, **values: Any) -> str:
    """The whole address of an endpoint."""
    return public_address(path_to(endpoint, **values))


def public_host() -> str:
    """The name of this server in addresses and Message-IDs."""
    return urlsplit(str(current_app.config["PUBLIC_URL"])).hostname or "localhost"

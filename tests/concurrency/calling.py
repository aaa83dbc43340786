"""Programs that call a real server at the same moment."""

import http.client
import json
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

PATIENCE_SECONDS = 60


@dataclass(frozen=True)
class Reply:
    """What the server said."""

    status: int
    body: Any


def post(address: str, token: str, body: dict[str, Any], *, key: str | None = None) -> Reply:
    """Ask for a booking. Raises OSError, HTTPException or ValueError when the server goes away."""
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=PATIENCE_SECONDS)
    try:
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        if key is not None:
            headers["Idempotency-Key"] = key
        connection.request("POST", "/api/v1/bookings", json.dumps(body), headers)
        answer = connection.getresponse()
        return Reply(answer.status, json.loads(answer.read()))
    finally:
        connection.close()


def post_at_once(address: str, tokens: Sequence[str], body: dict[str, Any]) -> list[Reply]:
    """The same request with each token, all of them sent at the same moment."""
    barrier = threading.Barrier(len(tokens))

    def one(token: str) -> Reply:
        barrier.wait(PATIENCE_SECONDS)
        return post(address, token, body)

    with ThreadPoolExecutor(len(tokens)) as threads:
        return list(threads.map(one, tokens))

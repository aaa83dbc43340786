"""How many requests there were and how long they took, for Prometheus.

Several workers serve one address, and a scrape reaches only one of them: with PROMETHEUS_MULTIPROC_DIR
set (`flask up` sets it) they count in files that each of them can read.
"""

import os
import time
from collections.abc import Iterable
from typing import Any

from flask import Flask, Response, g, request
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
SHARED = "PROMETHEUS_MULTIPROC_DIR"
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
# Whatever a stranger sends as a method must not make a series of its own.
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})

REQUESTS = Counter("kargah_requests", "Requests answered.", ["endpoint", "method", "status"], registry=None)
SECONDS = Histogram("kargah_request_seconds", "Time to answer.", ["endpoint"], buckets=BUCKETS, registry=None)


def register(app: Flask) -> None:
    """Count every request of the application, by endpoint and never by address: those hold secrets."""

    @app.before_request
    def start() -> None:
        g.started = time.perf_counter()

    @app.after_request
    def count(response: Response) -> Response:
        endpoint = request.endpoint or "nowhere"
        method = request.method if request.method in _METHODS else "other"
        REQUESTS.labels(endpoint, method, response.status_code).inc()
        if "started" in g:
            SECONDS.labels(endpoint).observe(time.perf_counter() - g.started)
        return response


def exposition(measured_now: Iterable[Any]) -> bytes:
    """The counters of all workers, and what was measured for this scrape, as Prometheus reads them."""
    registry = CollectorRegistry()
    if SHARED in os.environ:
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    else:
        registry.register(REQUESTS)
        registry.register(SECONDS)
    registry.register(_Measured(measured_now))
    return generate_latest(registry)


class _Measured(Collector):
    def __init__(self, metrics: Iterable[Any]) -> None:
        self.metrics = list(metrics)

    def collect(self) -> Iterable[Any]:
        return self.metrics

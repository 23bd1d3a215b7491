"""Requests of people and programs, by view."""

from prometheus_client import Counter, Histogram

from core.metrics.registry import REGISTRY

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})

REQUESTS = Counter(
    "cryptopulse_http_requests",
    "Requests answered, but for static files.",
    ("view", "method", "status"),
    registry=REGISTRY,
)
DURATION = Histogram(
    "cryptopulse_http_request_duration_seconds",
    "From the request to the head of its answer.",
    ("view",),
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
    registry=REGISTRY,
)


def count_request(view: str, method: str | None, status: int, seconds: float) -> None:
    """Count one answer. A method that clients made up counts as `other`."""
    REQUESTS.labels(view, method if method in METHODS else "other", status).inc()
    DURATION.labels(view).observe(seconds)

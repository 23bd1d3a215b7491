"""What each process counts: requests of people and programs by view, and tasks of the worker by name."""

from prometheus_client import Counter, Histogram

from core.metrics.registry import REGISTRY

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})

REQUESTS = Counter(
    "cryptopulse_http_requests",
    "Requests answered, but for static files.",
    ("view", "method", "status"),
    registry=REGISTRY,
)
REQUEST_SECONDS = Histogram(
    "cryptopulse_http_request_duration_seconds",
    "From the request to the head of its answer.",
    ("view",),
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
    registry=REGISTRY,
)
TASKS = Counter(
    "cryptopulse_tasks",
    "Tasks that ended: success, failure, or expired (dropped because they had waited too long).",
    ("task", "outcome"),
    registry=REGISTRY,
)
TASK_SECONDS = Histogram(
    "cryptopulse_task_duration_seconds",
    "From the start of a task to its end.",
    ("task",),
    buckets=(0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 120),
    registry=REGISTRY,
)


def count_request(view: str, method: str | None, status: int, seconds: float) -> None:
    """Count one answer. A method that clients made up counts as `other`."""
    REQUESTS.labels(view, method if method in METHODS else "other", status).inc()
    REQUEST_SECONDS.labels(view).observe(seconds)


def count_task(name: str, outcome: str, seconds: float | None = None) -> None:
    """Count one that ended; `seconds` None for one that was never begun."""
    TASKS.labels(name, outcome).inc()
    if seconds is not None:
        TASK_SECONDS.labels(name).observe(seconds)

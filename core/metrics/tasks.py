"""Tasks of the worker, by name."""

from prometheus_client import Counter, Histogram

from core.metrics.registry import REGISTRY

TASKS = Counter(
    "cryptopulse_tasks",
    "Tasks that ended: success, failure, or expired (dropped because they had waited too long).",
    ("task", "outcome"),
    registry=REGISTRY,
)
DURATION = Histogram(
    "cryptopulse_task_duration_seconds",
    "From the start of a task to its end.",
    ("task",),
    buckets=(0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 120),
    registry=REGISTRY,
)


def count_task(name: str, outcome: str, seconds: float | None = None) -> None:
    """Count one that ended; `seconds` None for one that was never begun."""
    TASKS.labels(name, outcome).inc()
    if seconds is not None:
        DURATION.labels(name).observe(seconds)

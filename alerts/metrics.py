"""Metrics of the alerts: how attempts to deliver ended."""

from prometheus_client import Counter

from core.metrics import REGISTRY

DELIVERIES = Counter(
    "cryptopulse_deliveries",
    "Attempts to deliver a message, by the state in which they left it: sent, retry, failed, suppressed or waiting.",
    ("channel", "state"),
    registry=REGISTRY,
)

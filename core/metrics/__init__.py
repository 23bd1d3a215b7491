"""What this process reports to Prometheus: counters since its start, and, where asked for, the state of the whole site.

An app keeps its own in `<app>/metrics.py`, registered in `REGISTRY`. Labels are names out of the code (views, tables,
tasks, feeds, states), never ids or usernames: their number is bounded.
"""

from core.metrics.exposition import Gauge, exposition
from core.metrics.registry import REGISTRY

__all__ = ["REGISTRY", "Gauge", "exposition"]

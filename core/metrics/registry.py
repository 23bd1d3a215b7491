"""The registry of this process: its own collectors, the calls of the store, and what the apps register."""

from collections.abc import Callable, Iterator

from prometheus_client import CollectorRegistry, GCCollector, PlatformCollector, ProcessCollector
from prometheus_client import disable_created_metrics as leave_out_times_of_creation
from prometheus_client.core import CounterMetricFamily, Metric
from prometheus_client.registry import Collector

from core.storage import Counts, meter

SUMS: dict[str, tuple[str, Callable[[Counts], float]]] = {
    "cryptopulse_store_requests": ("Requests to the store.", lambda counts: counts.requests),
    "cryptopulse_store_read_units": ("Read units, as DynamoDB bills them.", lambda counts: counts.read_units),
    "cryptopulse_store_write_units": ("Write units, as DynamoDB bills them.", lambda counts: counts.write_units),
    "cryptopulse_store_retries": ("Retries of requests.", lambda counts: counts.retries),
    "cryptopulse_store_throttles": ("Tries that the store throttled.", lambda counts: counts.throttles),
    "cryptopulse_store_seconds": ("Seconds spent in requests, tries and waits.", lambda counts: counts.seconds),
}
"""Counters by table and journey: name without `_total`, meaning, and the sum that they report."""

ERRORS = "cryptopulse_store_errors"


class StoreCollector(Collector):
    """Counters of the store since the start of the process, out of what `core.storage.meter` has summed up.

    A transaction or batch counts for its first table.
    """

    def collect(self) -> Iterator[Metric]:
        journeys = meter.by_journey()
        for name, (about, value) in SUMS.items():
            family = CounterMetricFamily(name, about, labels=("table", "journey"))
            for journey, usage in journeys.items():
                for table, counts in usage.by_table.items():
                    family.add_metric((table, journey), value(counts))
            yield family
        family = CounterMetricFamily(
            ERRORS,
            "Requests that ended with an error; ConditionFailed and TransactionCancelled are lost races and refusals.",
            labels=("table", "error"),
        )
        for labels, count in meter.errors().items():
            family.add_metric(labels, count)
        yield family


# A series beside each counter that only says when the process started; `process_start_time_seconds` says so too.
leave_out_times_of_creation()  # type: ignore[no-untyped-call]

REGISTRY = CollectorRegistry(auto_describe=False)

ProcessCollector(registry=REGISTRY)
PlatformCollector(registry=REGISTRY)
GCCollector(registry=REGISTRY)
REGISTRY.register(StoreCollector())

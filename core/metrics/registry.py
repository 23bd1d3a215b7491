"""The registry of this process: its own collectors, and what the apps register."""

from prometheus_client import CollectorRegistry, GCCollector, PlatformCollector, ProcessCollector
from prometheus_client import disable_created_metrics as leave_out_times_of_creation

from core.metrics.store import StoreCollector

# A series beside each counter that only says when the process started; `process_start_time_seconds` says so too.
leave_out_times_of_creation()  # type: ignore[no-untyped-call]

REGISTRY = CollectorRegistry(auto_describe=False)

ProcessCollector(registry=REGISTRY)
PlatformCollector(registry=REGISTRY)
GCCollector(registry=REGISTRY)
REGISTRY.register(StoreCollector())

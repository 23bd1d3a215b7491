"""The text that Prometheus reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from prometheus_client.core import Metric
from prometheus_client.exposition import choose_encoder
from prometheus_client.registry import Collector

from core.metrics.gauges import Gauge, families
from core.metrics.registry import REGISTRY


def exposition(accept: str, gauges: Iterable[Gauge] = ()) -> tuple[bytes, str]:
    """The metrics of this process, and these gauges, in the format that `accept` asks for; and its content type.

    `application/openmetrics-text` gives OpenMetrics 1.0, anything else Prometheus' own text format 0.0.4.
    """
    encode, content_type = choose_encoder(accept)
    return encode(_Joined(gauges)), content_type


class _Joined(Collector):
    """The registry of the process, followed by gauges."""

    def __init__(self, gauges: Iterable[Gauge]) -> None:
        self._gauges = gauges

    def collect(self) -> Iterator[Metric]:
        yield from REGISTRY.collect()
        yield from families(self._gauges)

"""The text that Prometheus reads: metrics of this process, and figures of the whole site out of the health report."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import choose_encoder
from prometheus_client.registry import Collector

from core.metrics.registry import REGISTRY

PART = "cryptopulse_health_ok"


@dataclass(frozen=True, slots=True)
class Gauge:
    """One figure. `name` is whole, with its unit; gauges of one name have the same labels."""

    name: str
    about: str
    value: float
    labels: Mapping[str, str] = field(default_factory=dict)


def part_gauge(part: str, ok: bool) -> Gauge:
    """Whether a part of the site works as it should."""
    return Gauge(PART, "1 while this part of the site works as it should.", float(ok), {"part": part})


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
        yield from _families(self._gauges)


def _families(gauges: Iterable[Gauge]) -> Iterator[Metric]:
    """The gauges as Prometheus wants them, those of one name together."""
    found: dict[str, GaugeMetricFamily] = {}
    for gauge in gauges:
        family = found.get(gauge.name)
        if family is None:
            family = found[gauge.name] = GaugeMetricFamily(gauge.name, gauge.about, labels=tuple(gauge.labels))
        family.add_metric(tuple(gauge.labels.values()), gauge.value)
    yield from found.values()

"""The state of the whole site: figures of the health report, which every web process tells alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from prometheus_client.core import GaugeMetricFamily, Metric

PART = "cryptopulse_health_ok"


@dataclass(frozen=True, slots=True)
class Gauge:
    """One figure. `name` is whole, with its unit; gauges of one name have the same labels."""

    name: str
    about: str
    value: float
    labels: Mapping[str, str] = field(default_factory=dict)


def families(gauges: Iterable[Gauge]) -> Iterator[Metric]:
    """The gauges as Prometheus wants them, those of one name together."""
    found: dict[str, GaugeMetricFamily] = {}
    for gauge in gauges:
        family = found.get(gauge.name)
        if family is None:
            family = found[gauge.name] = GaugeMetricFamily(gauge.name, gauge.about, labels=tuple(gauge.labels))
        family.add_metric(tuple(gauge.labels.values()), gauge.value)
    yield from found.values()


def part_gauge(part: str, ok: bool) -> Gauge:
    """Whether a part of the site is as it should be."""
    return Gauge(PART, "1 while this part of the site is as it should be.", float(ok), {"part": part})

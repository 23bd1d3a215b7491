"""How many levels the rows of the series say are armed, and how many are."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from alerts.domain.alert import SUBSCRIBER
from alerts.repositories.alerts import COUNT, alert_from_item
from alerts.tables import ALERT_CONFIGURATIONS
from core.reconciling.rules import Disagreement, Stream, compared
from market.triggers.tables import TRIGGER_SERIES

PREFIX = f"armed_{SUBSCRIBER}_"


def armed_levels_are_counted(stream: Stream, now: datetime) -> Iterable[Disagreement]:
    """The row of each series counts the alerts that wait on it, by price and direction.

    A count that is too low hides alerts from the engine; one that is too high costs requests.
    """
    found: Counter[tuple[str, str]] = Counter()
    for item in stream(ALERT_CONFIGURATIONS):
        if item["alert_id"] == COUNT:
            continue
        alert = alert_from_item(item)
        if alert.partition is not None:
            found[alert.asset_id, alert.partition.count_name(SUBSCRIBER)] += 1
    for item in stream(TRIGGER_SERIES):
        for name in (name for name in item if name.startswith(PREFIX)):
            yield from _of_one(item["series_id"], name, item[name], found.pop((item["series_id"], name), 0))
    for (series_id, name), count in found.items():
        yield from _of_one(series_id, name, Decimal(0), count)


def _of_one(series_id: str, name: str, said: Decimal, found: int) -> Iterable[Disagreement]:
    return compared("", f"TriggerSeries {series_id}", name, said, "alerts that wait there are", Decimal(found))

"""Queries of every kind: of a table or an index, whole partitions and ranges, with filters, limits, both ways."""

from decimal import Decimal
from typing import Any

from boto3.dynamodb.conditions import ConditionBase
from hypothesis import strategies as st

from core.storage import KeyCondition, Query
from tests.storage.programs.differences import Feature
from tests.storage.tables import NAMES, NOTES, READINGS

OWNERS, NOTE_NAMES = ("a", "é"), ("n", "n#1", "世")
TIMES = (Decimal("-1E-130"), Decimal(0), Decimal("9.99E125"))
KINDS, COLOURS, WEIGHTS = ("memo", "letter"), ("red", "blue"), (Decimal(-1), Decimal("0.5"), Decimal(10))

_OPERATORS = st.sampled_from(["", "eq", "lt", "lte", "gt", "gte", "between", "begins_with"])
_LIMITS = st.integers(1, 3)


class Queries:
    """Draws queries whose filters are among these conditions."""

    def __init__(self, filters: st.SearchStrategy[ConditionBase], features: frozenset[Feature]) -> None:
        self._filters = filters
        self._pages_without_sort_key = Feature.PAGES_WITHOUT_SORT_KEY in features

    def of_table(self, draw: st.DrawFn) -> Query:
        """Rows of one partition of a table."""
        table = draw(st.sampled_from([NOTES, READINGS, NAMES]))
        if table is NOTES:
            where = _where(draw, "owner", OWNERS, "note", (*NOTE_NAMES, "n#"))
        elif table is READINGS:
            where = _where(draw, "place", ("here", "there"), "at", TIMES)
        else:
            where = _where(draw, "name", ("a", "b"))
        more = self._more(draw)
        if table is NAMES and not self._pages_without_sort_key:
            more["limit"] = None
        return Query(table, where, consistent=draw(st.booleans()), **more)

    def of_index(self, draw: st.DrawFn) -> Query:
        """Rows of one partition of an index."""
        if draw(st.booleans()):
            where = _where(draw, "kind", KINDS, "weight", WEIGHTS)
            return Query(NOTES, where, "KindIndex", **self._more(draw))
        return Query(NOTES, _where(draw, "colour", COLOURS), "ColourIndex", **self._more(draw))

    def _more(self, draw: st.DrawFn) -> dict[str, Any]:
        return {
            "filter": draw(self._filters) if draw(st.booleans()) else None,
            "limit": draw(_LIMITS) if draw(st.booleans()) else None,
            "descending": draw(st.booleans()),
        }


def _where(
    draw: st.DrawFn, partition: str, partitions: tuple[str, ...], sort: str = "", bounds: tuple[Any, ...] = ()
) -> ConditionBase:
    of_partition: ConditionBase = KeyCondition(partition).eq(draw(st.sampled_from(partitions)))
    operator = draw(_OPERATORS) if sort else ""
    if not operator or (operator == "begins_with" and not isinstance(bounds[0], str)):
        return of_partition
    bound = draw(st.sampled_from(bounds))
    given = sorted((bound, draw(st.sampled_from(bounds)))) if operator == "between" else [bound]
    both: ConditionBase = of_partition & getattr(KeyCondition(sort), operator)(*given)
    return both

"""Reading the audit log."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from core import clock
from core.audit.domain import FIRST_MONTH, AuditEntry, month_of
from core.audit.repository import entry_from_item, month_query, subject_query
from core.reading import Rows, rows_of, rows_reading_on
from core.storage import Key, store


def entries_newest(limit: int, cursor: Key | None = None, *, until: str | None = None) -> Rows[AuditEntry]:
    """Entries of the month `until`, by default the present one, and then of earlier ones, newest first.

    One request for each month read, at most 5: a page may be short and still have a cursor.
    """
    rows = rows_reading_on(
        month_query, earlier=_earlier_month, first=until or month_of(clock.now()), limit=limit, cursor=cursor
    )
    return Rows(tuple(map(entry_from_item, rows.items)), rows.cursor)


def entries_of(
    subject: str, limit: int, cursor: Key | None = None, *, since: datetime | None = None, until: str | None = None
) -> Rows[AuditEntry]:
    """Entries about one subject, newest first: those from a moment on, or else up to the end of a month.

    1 request, on an index that may be a moment behind.
    """
    query = subject_query(subject, limit=limit, cursor=cursor, since=since, until=until)
    return rows_of(store().query(query), entry_from_item)


def _earlier_month(month: str) -> str | None:
    earlier = (date.fromisoformat(f"{month}-01") - timedelta(days=1)).isoformat()[:7]
    return earlier if earlier >= FIRST_MONTH else None

"""Reading the audit log."""

from datetime import datetime

from core import clock
from core.audit.domain import FIRST_MONTH, AuditEntry, month_of
from core.audit.repository import entry_from_item, month_query, subject_query
from core.periods import Month
from core.reading import Rows, read_page, read_page_backwards
from core.storage import Key


def entries_newest(limit: int, cursor: Key | None = None, *, until: str | None = None) -> Rows[AuditEntry]:
    """Entries of the month `until`, by default the present one, and then of earlier ones, newest first.

    One request for each month read, at most 5: a page may be short and still have a cursor.
    """
    first = _not_in_future(until) or month_of(clock.now())
    return read_page_backwards(
        month_query, entry_from_item, first=first, earlier=_earlier_month, limit=limit, cursor=cursor
    )


def entries_of(
    subject: str, limit: int, cursor: Key | None = None, *, since: datetime | None = None, until: str | None = None
) -> Rows[AuditEntry]:
    """Entries about one subject, newest first, from a moment on or up to the end of a month; 1 request. May lag."""
    query = subject_query(subject, since=since, until=_not_in_future(until))
    return read_page(query, entry_from_item, limit=limit, cursor=cursor)


def _not_in_future(month: str | None) -> str | None:
    """No entry is of a later month than this one, and the calendar ends."""
    return month and min(month, month_of(clock.now()))


def _earlier_month(month: str) -> str | None:
    earlier = str(Month.from_text(month).previous)
    return earlier if earlier >= FIRST_MONTH else None

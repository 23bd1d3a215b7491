"""The audit log: entries by month and by subject, written with the deed or not at all."""

from datetime import UTC, datetime, timedelta

import pytest

from core import audit, clock
from core.errors import InvalidInput
from core.storage import store


def _note(subject: str = "user#bob", action: str = "user.status") -> None:
    store().transact_write([audit.audit_put("ada", action, subject, "A test of it", {"status": ("active", None)})])


def _at(moment: datetime, subject: str = "user#bob") -> None:
    with clock.set_by(lambda: moment):
        _note(subject)


@pytest.mark.every_backend
def test_an_entry_keeps_who_what_whom_why_and_the_change() -> None:
    store().transact_write(
        [
            audit.audit_put(
                "ada", "user.role", "user#bob", "  Helps   out ", {"role": ("user", "moderator"), "x": (1, None)}
            )
        ]
    )
    (entry,) = audit.entries_newest(10).items
    assert (entry.actor, entry.action, entry.kind, entry.identifier) == ("ada", "user.role", "user", "bob")
    assert entry.reason == "Helps out"
    assert entry.changes == [("role", "user", "moderator"), ("x", "1", "")]
    assert abs(entry.at - clock.now()) < timedelta(minutes=1)


@pytest.mark.parametrize("reason", ["", "  ", "no", "x" * 501, "a\x00bc"])
def test_a_deed_without_a_reason_cannot_be_written(reason: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        audit.audit_put("ada", "user.role", "user#bob", reason, {})
    assert refusal.value.errors == {"reason": [audit.REASON_RULE]}


@pytest.mark.every_backend
def test_entries_come_newest_first_over_the_ends_of_months() -> None:
    moments = [datetime(2026, month, day, 12, tzinfo=UTC) for month in (6, 7, 9) for day in (1, 20)]
    for moment in moments:
        _at(moment)
    with clock.set_by(lambda: datetime(2026, 9, 30, tzinfo=UTC)):
        page = audit.entries_newest(3)
        assert [entry.at for entry in page.items] == [moments[5], moments[4], moments[3]]
        rest = audit.entries_newest(10, page.cursor)
    assert [entry.at for entry in rest.items] == [moments[2], moments[1], moments[0]]


def test_a_long_silence_is_read_over_page_by_page_and_ends() -> None:
    _at(datetime(2026, 2, 1, tzinfo=UTC))
    found: list[audit.AuditEntry] = []
    cursor, pages = None, 0
    with clock.set_by(lambda: datetime(2027, 1, 15, tzinfo=UTC)):
        while pages == 0 or cursor:
            page = audit.entries_newest(5, cursor)
            found += page.items
            cursor, pages = page.cursor, pages + 1
    assert [entry.at.month for entry in found] == [2]
    assert pages == 3


def test_the_log_can_be_read_from_an_earlier_month_on() -> None:
    _at(datetime(2026, 6, 1, tzinfo=UTC))
    _at(datetime(2026, 7, 1, tzinfo=UTC))
    assert [entry.at.month for entry in audit.entries_newest(5, until="2026-06").items] == [6]


@pytest.mark.every_backend
def test_entries_of_a_subject_since_its_account_was_made() -> None:
    old, new = datetime(2026, 6, 1, tzinfo=UTC), datetime(2026, 7, 1, tzinfo=UTC)
    for moment in (old, new):
        _at(moment)
        _at(moment, "user#carol")
    assert [entry.at for entry in audit.entries_of("user#bob", 10).items] == [new, old]
    assert [entry.at for entry in audit.entries_of("user#bob", 10, since=new).items] == [new]

"""What must be so afterwards: all that was acknowledged is there, once, and nothing else is."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from alerts.domain.history import HistoryEntry
from alerts.repositories import deliveries, history
from alerts.repositories.alerts import COUNT
from alerts.tables import ALERT_CONFIGURATIONS, ALERT_HISTORY, NOTIFICATIONS
from core.accounts.tables import USERS
from core.outbox.repository import LEASES
from core.storage import Store
from core.tables import OUTBOX
from portfolio.tables import ORDERS, PORTFOLIOS, TRANSACTIONS
from tests.faults.people import Person

_MESSAGE_ID = re.compile(rb"^Message-ID: <([^@>]+)@", re.MULTILINE | re.IGNORECASE)


def everything_acknowledged_is_there_once(store: Store, people: Sequence[Person]) -> None:
    """Every answer that said "done" has its one row, and no row is there of which no answer told."""
    rows = {table.name: list(store.dump(table)) for table in (PORTFOLIOS, TRANSACTIONS, ORDERS, ALERT_CONFIGURATIONS)}

    def ids(table: str, name: str, **has: Any) -> list[str]:
        return sorted(
            row[name]
            for row in rows[table]
            if all(row.get(key) == value for key, value in {"username": person.username, **has}.items())
        )

    for person in people:
        done = person.done
        for kind, moved in (("DEPOSIT", done.deposits), ("WITHDRAW", done.withdrawals)):
            assert ids("Portfolios", "transaction_id", transaction_type=kind) == sorted(moved)
        amounts = {row["transaction_id"]: row["amount"] for row in rows["Portfolios"] if "amount" in row}
        assert {key: amounts[key] for key in (done.deposits | done.withdrawals)} == done.deposits | done.withdrawals
        assert ids("Orders", "order_id") == sorted(done.orders)
        assert ids("Transactions", "transaction_id") == sorted(done.orders | done.trades)
        alerts = [alert_id for alert_id in ids("AlertConfigurations", "alert_id") if alert_id != COUNT]
        assert alerts == sorted(done.alerts - done.deleted)
    names = {person.username for person in people}.union(*(person.done.friends for person in people))
    assert {row["username"] for row in store.dump(USERS)} == names


def nothing_waits(store: Store) -> bool:
    """Whether every event is handled and every message is out."""
    events = [row for row in store.dump(OUTBOX) if row["shard"] != LEASES]
    return not events and all("due" not in row for row in store.dump(NOTIFICATIONS))


def firings(store: Store) -> list[HistoryEntry]:
    """All firings that were told."""
    entries = map(history.entry_from_item, store.dump(ALERT_HISTORY))
    return [entry for entry in entries if isinstance(entry, HistoryEntry) and entry.notifies]


def mails_in(folder: Path) -> Counter[str]:
    """How often each firing was mailed, by the part of its Message-ID before the host, from files of mail."""
    return Counter(found.decode() for file in folder.iterdir() for found in _MESSAGE_ID.findall(file.read_bytes()))


def every_firing_was_mailed(store: Store, mails: Mapping[str, int]) -> int:
    """A mail went out for each firing that was told, and for nothing else but accounts; how many went out too often.

    As many are allowed as its delivery had attempts: those before the last are of senders that died, or that the store
    left without an answer, so that nobody knows how they ended. Raises AssertionError.
    """
    rows = [row for row in store.dump(NOTIFICATIONS) if row["entry"].startswith(deliveries.DELIVERY)]
    of_accounts = {row["reference"] for row in rows if row["kind"] == deliveries.ACCOUNT}
    mails = {reference: count for reference, count in mails.items() if reference not in of_accounts}
    attempts = {row["reference"]: len(row["attempts"]) for row in rows}
    assert sorted(mails) == sorted(entry.reference for entry in firings(store))
    too_often = {reference: count for reference, count in mails.items() if count > 1}
    assert all(count <= attempts[reference] for reference, count in too_often.items()), too_often
    return sum(too_often.values()) - len(too_often)

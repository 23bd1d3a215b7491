"""Whether all that is stored agrees: cash with its ledger, holdings with trades, firings with notifications.

Each app brings its rules (`RECONCILIATIONS` and `STORE_RECONCILIATIONS` of the wiring module). Here the rows are read,
the rules called, and what disagrees is read again before it is reported.
"""

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, TypeVar

from core import clock, wiring
from core.accounts.repositories.reservations import reservation_address
from core.accounts.tables import RESERVATIONS, USERS
from core.outbox.repository import user_queries
from core.reading import every
from core.reconciling.rules import Account, AccountRule, Disagreement, StoreRule
from core.storage import Item, Store
from core.tables import OUTBOX
from core.user_rows import query_of

PAUSES = (1.0, 5.0)
"""Seconds before what disagrees is read for the second and the third time."""

Subject = TypeVar("Subject")
Found = dict[tuple[object, ...], Disagreement]
"""By `Disagreement.identity`."""


@dataclass(slots=True)
class Report:
    """How many accounts and rules were looked at, how many rows by table, and what disagrees, in a fixed order."""

    accounts: int = 0
    rules: int = 0
    rows: Counter[str] = field(default_factory=Counter)
    disagreements: list[Disagreement] = field(default_factory=list)


def reconcile(store: Store, *, username: str | None = None, pauses: Sequence[float] = PAUSES) -> Report:
    """Hold every rule against the rows of one account, or of all and of the store as a whole.

    Rows are read while others may write them, and not all at one moment. What disagrees is read again after each of
    the pauses (seconds), and reported only if it is found each time. In memory are the rows of one account at a time,
    and the names of all.
    """
    report = Report()
    account_rules: list[AccountRule] = _rules("RECONCILIATIONS")
    names = _usernames(store) if username is None else [username]

    def first(name: str) -> Found:
        account = account_of(store, name)
        report.accounts += 1
        report.rows.update({table: len(rows) for table, rows in account.rows.items()})
        return _of_account(account_rules, account)

    def again(name: str) -> Found:
        return _of_account(account_rules, account_of(store, name))

    lasting = _lasting(((name, first(name)) for name in names), again, pauses)
    report.rules = len(account_rules)
    if username is None:
        store_rules: list[StoreRule] = _rules("STORE_RECONCILIATIONS")

        def of_store(rule: StoreRule) -> Found:
            return _called(rule, "", lambda: rule(store.dump, clock.now()))

        lasting += _lasting(((rule, of_store(rule)) for rule in store_rules), of_store, pauses)
        report.rules += len(store_rules)
    report.disagreements = sorted(lasting, key=lambda each: (each.username, each.rule, each.row))
    return report


def _of_account(rules: Iterable[AccountRule], account: Account) -> Found:
    found: Found = {}
    for rule in rules:
        found |= _called(rule, account.username, partial(rule, account))
    return found


def _lasting(
    found: Iterable[tuple[Subject, Found]], again: Callable[[Subject], Found], pauses: Iterable[float]
) -> list[Disagreement]:
    """What is found for a subject at every reading."""
    suspects = [(subject, faults) for subject, faults in found if faults]
    for pause in pauses:
        if not suspects:
            break
        time.sleep(pause)
        suspects = [(subject, _both(faults, again(subject))) for subject, faults in suspects]
        suspects = [(subject, faults) for subject, faults in suspects if faults]
    return [fault for _, faults in suspects for fault in faults.values()]


def _both(before: Found, now: Found) -> Found:
    return {identity: fault for identity, fault in now.items() if identity in before}


def _called(rule: Callable[..., Any], username: str, call: Callable[[], Iterable[Disagreement]]) -> Found:
    """What the rule finds, under its name; a row that it cannot read counts as a find, and ends it."""
    name = rule.__name__
    named: list[Disagreement] = []
    try:
        for each in call():
            named.append(replace(each, rule=name))
    except (KeyError, ValueError, TypeError, AttributeError, ArithmeticError) as error:
        named.append(Disagreement(username, "a row", f"cannot be read: {type(error).__name__}: {error}", rule=name))
    return {each.identity: each for each in named}


def _usernames(store: Store) -> list[str]:
    """Every username in any row, sorted, with an account or without; only the names are kept in memory."""
    names: set[str] = set()
    for table in wiring.tables():
        if query_of(table, "any") is not None:
            names.update(item["username"] for item in store.dump(table) if "username" in item)
    return sorted(names)


def account_of(store: Store, username: str) -> Account:
    """All rows of one username, consistent but for those that an index finds; about a request for each table."""
    now = clock.now()
    rows: dict[str, list[Item]] = {}
    for table in wiring.tables():
        query = query_of(table, username)
        if query is not None:
            rows[table.name] = list(every(query, store))
    rows[OUTBOX.name] = [item for query in user_queries(username) for item in every(query, store)]
    rows[RESERVATIONS.name] = [held for user in rows[USERS.name] for held in _reservations(store, user)]
    return Account(username, rows, now, exists=bool(rows[USERS.name]))


def _reservations(store: Store, user: Item) -> Iterator[Item]:
    """The reservations of a user's address, and of those that the account can go back to."""
    for email in (user["email"], *(kept["email"] for kept in user.get("kept_addresses", ()))):
        get = reservation_address(email)
        held = store.get(get.table, get.key, consistent=True)
        if held is not None:
            yield held


def _rules(name: str) -> list[Any]:
    return [rule for rules in wiring.listed(name) for rule in rules]

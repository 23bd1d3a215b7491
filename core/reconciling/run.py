"""Calling every rule on every account, and on the store as a whole."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, TypeVar

from core import clock, wiring
from core.reconciling.reading import account_of, usernames
from core.reconciling.rules import Account, AccountRule, Disagreement, StoreRule
from core.storage import Store

PAUSES = (1.0, 5.0)
"""Seconds before what disagrees is read for the second and the third time."""

Subject = TypeVar("Subject")
Found = dict[tuple[object, ...], Disagreement]
"""By what stays the same when the same fault is found again."""


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
    the pauses (seconds), and told only if it is found each time. In memory are the rows of one account at a time, and
    the names of all.
    """
    report = Report()
    account_rules: list[AccountRule] = _rules("RECONCILIATIONS")
    names = usernames(store) if username is None else [username]

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
    """What the rule finds, under its name; a row that it cannot read is found too, and ends it."""
    name = rule.__name__
    named: list[Disagreement] = []
    try:
        for each in call():
            named.append(replace(each, rule=name))
    except (KeyError, ValueError, TypeError, AttributeError, ArithmeticError) as error:
        named.append(Disagreement(username, "a row", f"cannot be read: {type(error).__name__}: {error}", rule=name))
    return {each.identity: each for each in named}


def _rules(name: str) -> list[Any]:
    return [rule for rules in wiring.listed(name) for rule in rules]

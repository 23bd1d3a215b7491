"""What earlier releases wrote is read by this one after the upgrade, on every kind of store."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse

from core import layout, outbox
from core.agreement import reconcile
from core.storage import Item, Store, using
from core.tables import TRASH
from tests import stores
from tests.journeys.test_every_address_is_guarded import NAMED
from tests.layouts.released import AFTERWARDS, PASSWORD, RELEASES, fill, work_all

SHOWN = 4
"""Of the rows of a kind, that many of the oldest and of the newest are opened."""
NOT_OPENED = {"accounts:sign-out", "metrics", "api:nothing-here"}
"""It ends the session, is for programs on the machine, and is not found on purpose."""


@dataclass
class Upgraded:
    """A store that a release wrote, upgraded, with a browser in which its administrator is signed in."""

    store: Store
    rows: dict[str, list[Item]]
    sentences: list[str]
    browser: Client

    def values_of(self, name: str, *, with_receipt: bool) -> list[Any]:
        """Values that an address takes for a parameter of this name: those of ada's rows."""
        known = {
            "asset_id": ["bitcoin", "solana"],
            "username": ["bob"],
            "month": ["2026-11"],
            "category": ["Shopping"],
            "activity": ["car_petrol"],
            "code": ["invalid"],
        }
        table = {
            "order_id": "Orders",
            "expense_id": "Expenses",
            "entry_id": "CarbonEntries",
            "goal_id": "CarbonGoals",
            "alert_id": "AlertConfigurations",
            "import_id": "Imports",
        }.get(name, "")
        rows = [row for row in self.rows[table] if row.get("username") == "ada" and name in row]
        ids = [row[name] for row in rows if not with_receipt or "receipt" in row]
        ids = [each for each in ids if not each.startswith("#")]
        return known.get(name, ids if len(ids) <= 2 * SHOWN else ids[:SHOWN] + ids[-SHOWN:])


@pytest.fixture(params=["file", pytest.param("moto", marks=pytest.mark.services)])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """A store without tables, which is the process's."""
    with stores.opened(request.param, tmp_path) as opened, using(opened):
        yield opened


@pytest.fixture(params=RELEASES)
def upgraded(request: pytest.FixtureRequest, empty: Store, tmp_path: Path) -> Iterator[Upgraded]:
    """The store of each release in turn."""
    rows = fill(empty, request.param, tmp_path)
    sentences: list[str] = []
    with time_machine.travel(AFTERWARDS):
        layout.upgrade(sentences.append)
        browser = Client()
        signed = browser.post("/sign-in/", {"identifier": "ada", "username": "ada", "password": PASSWORD})
        assert signed.status_code == 302
        yield Upgraded(empty, rows, sentences, browser)


def test_every_page_opens_all_events_are_handled_and_all_agrees(
    upgraded: Upgraded, mailoutbox: list[EmailMessage]
) -> None:
    work_all()

    opened = open_all(upgraded)
    assert {address: status for address, status in opened.items() if status not in (200, 302, 405)} == {}
    assert sum(status == 200 for status in opened.values()) > 90
    assert outbox.depth().waiting == 0
    assert outbox.given_up() == []
    report = reconcile(upgraded.store)
    assert [str(each) for each in report.disagreements] == []
    assert report.accounts == 2


def test_what_was_deleted_before_the_upgrade_is_restored_after_it(upgraded: Upgraded) -> None:
    kept = {row["kind"]: row["entry"] for row in upgraded.rows["Trash"] if row["username"] == "ada"}
    assert "alert" in kept
    addresses = {
        "alert": "alerts:restore",
        "expense": "budgets:expense-restore",
        "carbon_entry": "carbon:entry-restore",
    }
    for kind, entry in kept.items():
        answer = upgraded.browser.post(reverse(addresses[kind], kwargs={"entry": entry}))
        assert answer.status_code in (302, 303)
    assert [row for row in upgraded.store.dump(TRASH) if row["username"] == "ada"] == []


def open_all(upgraded: Upgraded) -> dict[str, int]:
    """The status of every address, with the ids of the store where it takes some."""
    found = {}
    for name, parameters in NAMED.items():
        if name in NOT_OPENED:
            continue
        of_receipt = name.endswith(":receipt")
        values = [upgraded.values_of(parameter, with_receipt=of_receipt) for parameter in parameters]
        for arguments in zip(*values, strict=False) if values else [()]:
            address = reverse(name, kwargs=dict(zip(parameters, arguments, strict=True)))
            response = upgraded.browser.get(address)
            found[address] = response.status_code
            if response.streaming:
                b"".join(response)
    return found

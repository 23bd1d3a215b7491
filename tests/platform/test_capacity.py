"""What each journey may ask of the store: its budget. Raising a figure needs a reason."""

import io
import os
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from core import clock, wiring
from core.storage import open_store, store
from cryptopulse.capacity import Figure, StoreNotEmpty, measure
from cryptopulse.capacity.bill import MILLION, US_EAST_1, Load, Rates, bill, units
from cryptopulse.capacity.stage import BEGINNING
from tests import servers

BUDGETS = {
    "Sign up": (2, 0, 17),
    "Queue the mail with the link that confirms an address": (8, 4, 10),
    "Send the mail with the link that confirms an address": (5, 2, 5),
    "Confirm an address": (4, 3, 9),
    "Release what waited for a confirmed address": (6, 3, 3),
    "Sign in": (4, 2, 7),
    "Overview": (12, 19.5, 0),
    "Portfolio": (4, 5.5, 0),
    "Transactions": (4, 12, 0),
    "Markets": (4, 11, 0),
    "Markets, new prices on the open page": (3, 3.5, 0),
    "An asset with its candles": (4, 5, 0),
    "Preview an order": (4, 13, 0),
    "Place a market order": (4, 6, 18),
    "Deposit": (4, 4, 8),
    "Create an alert": (5, 13, 12),
    "Alerts": (3, 3, 0),
    "Month of expenses beside its budgets": (3, 4, 0),
    "Expenses": (4, 4, 0),
    "Report of a month": (4, 5, 0),
    "Record an expense": (5, 6, 14),
    "Follow a recorded expense": (17, 14, 22),
    "Notifications": (3, 3, 0),
    "Number of unread notifications on the open page": (3, 2.5, 0),
    "Prices": (3, 2.5, 0),
    "Portfolio by API": (4, 5, 0),
    "Transactions by API": (3, 3.5, 0),
    "Orders by API": (3, 2.5, 0),
    "Alerts by API": (3, 2.5, 0),
    "Notifications by API": (3, 2.5, 0),
    "Expenses by API": (3, 2.5, 0),
    "Month of expenses by API": (3, 3.5, 0),
    "Place a market order by API": (4, 5.5, 18),
    "Record an expense by API": (4, 4.5, 14),
    "Notify of a filled order": (6, 2, 10),
    "Poll the prices of all assets": (6, 31, 230),
    "Look at all assets after a poll": (70, 31, 46),
    "Poll the prices of all assets, a minute being over": (7, 31, 253),
    "Look at a price move with no alert on the asset": (3, 1, 2),
    "Look at a price move that reaches no alert": (4, 1.5, 2),
    "Look at a price move that fires one alert": (5, 1.5, 17),
    "Send one mail": (5, 2.5, 5),
    "Upload a file of 40 payments": (6, 46, 14),
    "Preview of an import": (4, 4, 0),
    "Confirm an import": (5, 4, 9),
    "Add 40 imported expenses": (7, 45.5, 262),
    "Follow 40 imported expenses and notify of them": (26, 136, 43),
    "Add a carbon entry": (5, 6.5, 14),
    "Update achievements after a carbon entry": (13, 7, 19),
    "Set a carbon goal": (4, 3, 8),
    "Month of the footprint": (7, 7, 0),
    "Carbon entries": (4, 5.5, 0),
    "Carbon goals": (4, 4, 0),
    "Achievements": (4, 4, 0),
    "Carbon entries by API": (3, 4, 0),
    "Add a carbon entry by API": (4, 5.5, 14),
    "Look for events": (8, 4, 0),
    "Look for moves": (2, 19.5, 0),
    "Look for mail to send": (1, 0.5, 0),
    "Look for imports to continue": (1, 0.5, 0),
    "Look for receipts to remove": (1, 0.5, 0),
}
"""Requests, read units and write units of each journey."""


@pytest.fixture(scope="module")
def figures() -> tuple[Figure, ...]:
    """All journeys, measured once on a store in memory."""
    return measure()


def test_every_journey_keeps_its_budget(figures: tuple[Figure, ...]) -> None:
    measured = {figure.journey.name: figure for figure in figures}
    assert set(measured) == set(BUDGETS)

    kept = {name: (each.requests, float(each.read_units), float(each.write_units)) for name, each in measured.items()}

    assert kept == BUDGETS


def test_no_page_of_a_person_but_the_first_asks_more_than_eight_times(figures: tuple[Figure, ...]) -> None:
    most = {figure.journey.group: 0 for figure in figures}
    for figure in (each for each in figures if each.journey.name != "Overview"):
        most[figure.journey.group] = max(most[figure.journey.group], figure.requests)
    assert most["Pages"] <= 8
    assert most["API"] <= 4


def test_the_command_measures_the_same_again_and_leaves_the_process_as_it_was(figures: tuple[Figure, ...]) -> None:
    before, printed = store(), io.StringIO()

    call_command("capacity", "--users", "10", "--read-price", "0", "--write-price", "1", stdout=printed)

    said = {line[2:58].rstrip(): tuple(line[58:].split()) for line in reversed(printed.getvalue().splitlines())}
    for each in figures:
        price = f"{each.write_units:.2f}"
        counted = str(each.requests), units(each.read_units), units(each.write_units)
        assert said[each.journey.name] == (*counted, price), each.journey.name
    assert "10 users" in printed.getvalue()
    assert store() is before
    assert clock.now() > BEGINNING + timedelta(days=1)


@pytest.mark.services
def test_a_server_counts_the_same_units(figures: tuple[Figure, ...]) -> None:
    os.environ.setdefault("AWS_ACCESS_KEY_ID", "any")
    os.environ.setdefault("AWS_SECRET_ACCESS_KEY", "any")
    address = f"dynamodb://eu-central-1?prefix=Capacity_&endpoint={servers.shared_endpoint('native')}"

    counted = measure(address)

    assert [(each.journey.name, each.requests, each.read_units, each.write_units) for each in counted] == [
        (each.journey.name, each.requests, each.read_units, each.write_units) for each in figures
    ]
    server = open_store(address)
    assert [table.name for table in wiring.tables() if server.describe(table) is not None] == []
    server.close()


def test_a_store_with_tables_is_not_touched(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path}/used.sqlite3"
    used = open_store(address)
    used.create_tables(wiring.tables())

    with pytest.raises(StoreNotEmpty, match="has tables already"):
        measure(address)

    assert all(used.describe(table) is not None for table in wiring.tables())
    used.close()


def test_the_price_of_a_million_is_that_of_its_units(figures: tuple[Figure, ...]) -> None:
    (order,) = [figure for figure in figures if figure.journey.name == "Place a market order"]
    expected = order.read_units * Decimal("0.125") + order.write_units * Decimal("0.625")

    assert US_EAST_1.price(order, MILLION) == expected


def test_a_bill_grows_with_the_users_and_the_market_is_paid_without_any(figures: tuple[Figure, ...]) -> None:
    def total(**load: object) -> Decimal:
        return sum((line.price for line in bill(figures, Load(**load), US_EAST_1)), Decimal(0))  # type: ignore[arg-type]

    empty, thousand, two_thousand = total(users=0), total(users=1000), total(users=2000)

    assert empty > 0
    assert two_thousand - thousand == thousand - empty > 0
    assert total(users=0, poll_seconds=Decimal(60)) < empty
    assert sum(line.price for line in bill(figures, Load(), Rates(Decimal(0), Decimal(0)))) == 0


def test_what_is_billed_is_all_measured(figures: tuple[Figure, ...]) -> None:
    billed = {line.figure.journey.name: line.times for line in bill(figures, Load(), US_EAST_1)}

    assert billed["Place a market order"] == 30 * 1000
    assert billed["Look for events"] == 30 * 86_400 / 5
    polls = billed["Poll the prices of all assets"] + billed["Poll the prices of all assets, a minute being over"]
    assert polls == billed["Look at all assets after a poll"] == 30 * 86_400 / 5
    assert len(billed) == 19


@pytest.mark.parametrize(
    "options",
    [("--users", "-1"), ("--read-price", "much"), ("--orders", "-1"), ("--datastore", "nonsense")],
    ids=" ".join,
)
def test_options_that_make_no_sense_are_refused(options: tuple[str, str]) -> None:
    with pytest.raises(CommandError):
        call_command("capacity", *options, stdout=io.StringIO())

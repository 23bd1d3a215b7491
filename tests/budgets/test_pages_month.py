"""The page of the month: what was spent, what is left, at what pace, and the rows behind it."""

import re
from datetime import UTC, date, datetime

import pytest
from django.test import Client

from core.accounts.domain import User
from core.storage import measured
from tests.budgets.builders import budgeted, refunded, spent
from tests.budgets.pages import ACCOUNT_TABLES, shown
from tests.builders import signed_in, there
from tests.times import at

pytestmark = pytest.mark.usefixtures("noon")


def test_the_month_shows_what_is_spent_and_left_in_one_request(alice: User, client: Client) -> None:
    budgeted(alice, "550")
    budgeted(alice, "100", "Shopping")
    spent(alice, "330", day=date(2026, 11, 3))
    refunded(alice, "20")
    spent(alice, "108.90", "Shopping")
    spent(alice, "40", "Healthcare")
    spent(alice, "99", day=date(2026, 10, 31))
    with measured() as usage:
        page = shown(client, "/budgets/")
    assert usage.without(*ACCOUNT_TABLES).requests == 1
    for part in (
        "November 2026",
        "day 20 of 30",
        "Spent of 650.00 budgeted",
        "€418 .90",
        "231.10 left",
        "All spending 458.90 4 expenses",
        "Without a budget 40.00 1 category",
        "Food & Dining 240.00 left 310.00 of 550.00 · 56.3 %",
        "21.81 a day to spend",
        "Shopping 8.90 over 108.90 of 100.00 · 108.9 %",
        "1 exceeded",
        "Healthcare 1 expense · Set a budget for Healthcare 40.00",
    ):
        assert part in page
    assert "21.81 a day to spend in the others" in page


def test_every_figure_leads_to_its_rows(alice: User, client: Client) -> None:
    budgeted(alice, "550")
    spent(alice, "30")
    spent(alice, "40", "Healthcare")
    page = client.get("/budgets/").content.decode()
    rows = "/budgets/expenses/?from=2026-11-01&amp;to=2026-11-30"
    assert page.count(f'href="{rows}"') == 1
    for category, count in (("Food+%26+Dining", 1), ("Healthcare", 1)):
        link = f"/budgets/expenses/?category={category}&amp;from=2026-11-01&amp;to=2026-11-30"
        assert page.count(f'href="{link}"') == 1
        assert f"{count} expense, together" in shown(client, link.replace("&amp;", "&"))


def test_bars_mark_the_day_and_how_it_stands(alice: User, client: Client) -> None:
    for category, amount in (("Housing", "100"), ("Shopping", "50"), ("Travel", "101"), ("Education", "70")):
        budgeted(alice, "100", category)
        spent(alice, amount, category)
    page = client.get("/budgets/").content.decode()
    bars = re.findall(r'class="bar (\w+)".*?class="spent" y="4" width="([\d.]+)%".*?x1="([\d.]+)%"', page)
    assert bars[1:] == [
        ("within", "100.0", "66.7"),
        ("within", "50.0", "66.7"),
        ("ahead", "70.0", "66.7"),
        ("over", "100.0", "66.7"),
    ]
    assert "ahead of the month" in page


def test_another_month_has_neither_pace_nor_day(alice: User, client: Client) -> None:
    budgeted(alice, "550")
    spent(alice, "30", day=date(2026, 10, 31))
    page = shown(client, "/budgets/", month="2026-10")
    assert "October 2026" in page
    assert "This month" in page
    assert "520.00 left" in page
    assert "a day to spend" not in page
    assert 'class="day"' not in client.get("/budgets/", {"month": "2026-10"}).content.decode()


def test_one_goes_from_month_to_month(client: Client) -> None:
    page = client.get("/budgets/").content.decode()
    assert 'href="?month=2026-10" rel="prev"' in page
    assert 'href="?month=2026-12" rel="next"' in page
    page = client.get("/budgets/", {"month": "2026-12"}).content.decode()
    assert "December 2026" in page
    assert 'class="figure"' not in page


@pytest.mark.parametrize(("month", "link"), [("1970-01", 'rel="prev"'), ("2027-11", 'rel="next"')])
def test_the_way_ends_where_no_expense_can_be(client: Client, month: str, link: str) -> None:
    page = client.get("/budgets/", {"month": month}).content.decode()
    assert f'value="{month}"' not in page
    assert link not in page


@pytest.mark.parametrize("month", ["", "x", "2026-13", "0000-01", "9999-12", "1969-12", "2026-1", "\x00", "x" * 2000])
def test_what_is_no_month_is_the_current_one(client: Client, month: str) -> None:
    assert "November 2026" in shown(client, "/budgets/", month=month)


def test_the_month_is_that_of_the_users_zone() -> None:
    carol = there(User("carol", "carol@example.com", time_zone="Asia/Tokyo"))
    with at(datetime(2026, 11, 30, 15, 1, tzinfo=UTC)):
        page = shown(signed_in(carol), "/budgets/")
    assert "December 2026" in page
    assert "day 1 of 31" in page


def test_a_first_visit_says_what_budgets_are_for(client: Client) -> None:
    page = shown(client, "/budgets/")
    assert "No budget yet" in page
    assert "add an expense" in page


def test_spending_without_any_budget_invites_to_set_one(alice: User, client: Client) -> None:
    spent(alice, "30")
    page = shown(client, "/budgets/")
    assert "€30 .00" in page
    assert "No budget yet." in page


def test_a_budget_of_nothing_is_exceeded_by_anything(alice: User, client: Client) -> None:
    budgeted(alice, "0")
    assert "0.00 left 0.00 of 0.00 · 0.0 %" in shown(client, "/budgets/")
    spent(alice, "5")
    assert "5.00 over 5.00 of 0.00 · 100.0 %" in shown(client, "/budgets/")


def test_amounts_can_be_hidden_and_percentages_stay(alice: User, client: Client) -> None:
    budgeted(alice, "550")
    spent(alice, "310")
    page = client.get("/budgets/").content.decode()
    assert '<span class="amount">310.00</span> of <span class="amount">550.00</span> · 56.3' in page

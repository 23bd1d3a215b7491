"""The month, the analytics and what they compare with."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from core import clock
from core.accounts.domain import User
from core.ids import derived_id
from core.storage import measured
from tests.builders import signed_in, there
from tests.carbon.builders import a_goal, added, an_estimate, estimated
from tests.carbon.pages import ACCOUNT_TABLES, shown, toasts, words

pytestmark = pytest.mark.usefixtures("noon")


@pytest.fixture
def alice() -> User:
    """Somebody with 161.52 kg of driving, 40 kg of them estimated elsewhere, and 20 kg of food, in two months."""
    alice = there(User("alice", "alice@example.com", country="GB", carbon_budget_kg=Decimal(300)))
    added(alice, amount="500", on=date(2026, 11, 3))
    added(alice, "cheese", "1", "kg", on=date(2026, 11, 14))
    added(alice, amount="100", on=date(2026, 10, 31))
    estimated("alice", an_estimate(derived_id(clock.now(), "e"), date(2026, 11, 14), "40"))
    return alice


def test_the_month_in_five_requests(alice: User, client: Client) -> None:
    a_goal(alice, "200")
    with measured() as usage:
        page = shown(client, "")
    assert usage.without(*ACCOUNT_TABLES).requests == 5
    for part in (
        "November 2026, day 20 of 30",
        "144 .64 kg CO₂e",
        "155.36 kg left of your 300.00",
        "48 %",
        "Transport 83.5 % 120.76 kg",
        "Food 16.5 % 23.88 kg",
        "40.00 kg (28 %) are estimates from spending",
        "144.64 of 200.00 kg",
        "Most on 3 Nov. 2 of 30 days",
    ):
        assert part in page


def test_the_average_names_its_basis_and_counts_the_days_so_far(client: Client) -> None:
    page = shown(client, "")
    assert "in 20 days: Britain (UK) 312.88 kg , World 364.44 kg" in page
    assert "2023, Our World in Data" in page
    october = shown(client, "", month="2026-10")
    assert "in 31 days: Britain (UK) 484.96 kg , World 564.88 kg" in october


def test_a_country_without_a_figure_is_compared_with_the_world() -> None:
    zoe = there(User("zoe", "zoe@example.com", country="VA"))
    added(zoe)
    assert "in 20 days: World 364.44 kg" in shown(signed_in(zoe), "")


def test_every_figure_leads_to_its_rows(client: Client) -> None:
    html = client.get("/carbon/").content.decode()
    for query in (
        "from=2026-11-01&amp;to=2026-11-30",
        "from=2026-11-01&amp;to=2026-11-30&amp;category=food",
        "from=2026-11-01&amp;to=2026-11-30&amp;kind=estimated",
        "from=2026-11-14&amp;to=2026-11-14",
    ):
        assert f'href="/carbon/entries/?{query}"' in html


def test_the_bar_and_its_legend_say_the_same(client: Client) -> None:
    html = client.get("/carbon/").content.decode()
    assert 'aria-label="Transport 83.5\u00a0%, Food 16.5\u00a0%"' in html
    assert '<rect class="shade-transportation" x="0" width="83.49" height="4"/>' in html
    assert '<rect class="shade-food" x="83.49" width="16.51" height="4"/>' in html


def test_months_before_and_after(client: Client) -> None:
    now = client.get("/carbon/").content.decode()
    assert 'href="?month=2026-10" aria-label="October 2026"' in now
    assert "month=2026-12" not in now
    october = client.get("/carbon/", {"month": "2026-10"})
    assert "16 .15 kg CO₂e" in words(october)
    assert 'href="?month=2026-11" aria-label="November 2026"' in october.content.decode()
    assert "0 .00 kg CO₂e" in shown(client, "", month="2025-02")


@pytest.mark.parametrize("path", ["", "analytics/"])
@pytest.mark.parametrize("month", ["x", "2026-13", "1969-12", "9999-01", "2026-1", "\x00", "x" * 3000, "２０２６-11"])
def test_any_other_month_is_the_present_one_with_a_warning(client: Client, path: str, month: str) -> None:
    response = client.get(f"/carbon/{path}", {"month": month})
    assert (response.status_code, toasts(response)) == (200, ["warning"])
    assert "November 2026" in words(response)


@pytest.mark.parametrize("path", ["", "analytics/"])
@pytest.mark.parametrize("month", ["1970-01", "2999-12", "9998-12", ""])
def test_months_long_ago_and_far_ahead_are_pages(client: Client, path: str, month: str) -> None:
    assert client.get(f"/carbon/{path}", {"month": month}).status_code == 200


def test_over_the_budget_is_said_in_words(alice: User, client: Client) -> None:
    added(alice, "beef_beef_herd", "3", "kg", on=date(2026, 11, 19))
    page = shown(client, "")
    assert "over your budget of 300.00 kg" in page


def test_without_entries_the_month_says_what_it_is_for() -> None:
    bob = signed_in(there(User("bob", "bob@example.com")))
    html = bob.get("/carbon/").content.decode()
    assert 'class="empty"' in html
    assert 'href="/carbon/entries/add/"' in html
    assert "World" in html


def test_the_month_is_of_the_users_zone() -> None:
    zoe = there(User("zoe", "zoe@example.com", time_zone="Pacific/Kiritimati"))
    added(zoe, timestamp=clock.from_text("2026-10-31T11:00:00Z"))
    assert "16 .15 kg CO₂e" in shown(signed_in(zoe), "")
    assert "day 21 of 30" in shown(signed_in(zoe), "")


def test_analytics_in_two_requests(client: Client) -> None:
    with measured() as usage:
        response = client.get("/carbon/analytics/")
    assert usage.without(*ACCOUNT_TABLES).requests == 2
    page = words(response)
    for part in (
        "144 .64 kg CO₂e 3 entries, 40.00 kg estimated",
        "14 Nov 2 40.00 63.88",
        "3 Nov 1 0.00 80.76",
        "Nov 2026 3 40.00 144.64",
        "Oct 2026 1 0.00 16.15",
        "Most in Nov 2026. 2 of 12 months",
        "392.88 kg",
    ):
        assert part in page
    html = response.content.decode()
    assert 'href="/carbon/entries/?from=2026-10-01&amp;to=2026-10-31"' in html


def test_analytics_of_one_category(client: Client) -> None:
    response = client.get("/carbon/analytics/", {"category": "food"})
    page = words(response)
    assert "23 .88 kg CO₂e 1 entry" in page
    assert "By category" not in page
    assert "budget" not in page
    assert 'href="/carbon/entries/?from=2026-11-14&amp;to=2026-11-14&amp;category=food"' in response.content.decode()
    assert "144 .64 kg CO₂e" in shown(client, "analytics/", category="nonsense")


def test_the_columns_of_a_chart_are_as_high_as_their_figures(client: Client) -> None:
    chart: Any = client.get("/carbon/analytics/").context["by_month"].chart
    october, november = chart.bars[-2], chart.bars[-1]
    highest = Decimal(116)
    assert november.measured + november.estimated == pytest.approx(
        highest * Decimal("144.64") / 300, abs=Decimal("0.1")
    )
    assert november.estimated_top + november.estimated == november.measured_top
    assert october.measured == pytest.approx(highest * Decimal("16.152") / 300, abs=Decimal("0.1"))
    assert chart.line == 4


def test_privacy_mode_hides_kg_and_keeps_percentages(client: Client) -> None:
    html = client.get("/carbon/").content.decode()
    assert '<span class="amount">120.76\u00a0kg</span>' in html
    assert '<span class="amount">83.5' not in html

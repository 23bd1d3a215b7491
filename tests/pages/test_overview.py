"""The first page: what it is for a visitor, what it shows a user, and at what cost."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.test import Client

from alerts.domain.conditions import PriceCondition
from alerts.domain.terms import AlertDraft, Terms
from alerts.services import alert_create
from budgets.domain.categories import CATEGORIES
from carbon.domain.goal import GoalDraft
from carbon.selectors import EntryDraft
from carbon.services import entry_add, goal_add
from core import clock, ids, outbox
from core.accounts.domain import User
from core.storage import measured
from cryptopulse import sample
from market.triggers.crossing import Operator
from tests.budgets.builders import budgeted, spent
from tests.builders import a_user, signed_in
from tests.journeys.browsing import text_of
from tests.market.builders import the_catalogue
from tests.pages.builders import a_market_with_a_past
from tests.portfolio.builders import bought

SAMPLE = 'action="/sample/"'
"""The button that opens sample data."""
REQUESTS = 10
"""Portfolio 2, trades, ledger, alerts, notifications and budgets 1 each, carbon 3."""
ASKED_ONCE_MORE = 2
"""Whether there ever was an expense and an entry, while the first steps are shown and the month has none."""


def page_of(client: Client, path: str = "/") -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def an_alert(user: User) -> None:
    terms = Terms(PriceCondition(Operator.ABOVE, Decimal(500)))
    alert_create(user, alert_id=ids.new_id(), draft=AlertDraft("bitcoin", terms))


def today() -> date:
    return clock.now().date()


def emitted(user: User, at: datetime | None = None) -> None:
    """A hundred kilometres by car, 16.152 kg."""
    draft = EntryDraft(at or clock.now(), "car_petrol", Decimal(100), "km")
    entry_add(user, entry_id=ids.new_id(), draft=draft)


def test_a_visitor_learns_what_it_is_and_has_three_ways_on() -> None:
    a_market_with_a_past()
    page = page_of(Client())
    for way in (SAMPLE, 'href="/sign-up/"', 'href="/sign-in/"'):
        assert way in page
    assert "Bitcoin" in page


def test_the_welcome_page_opens_without_prices() -> None:
    the_catalogue()
    assert SAMPLE in page_of(Client())


def test_a_busy_first_page_takes_ten_store_requests() -> None:
    a_market_with_a_past()
    client = signed_in(sample.make())
    with measured() as usage:
        page_of(client)
    assert usage.without("Users", "Sessions").requests == REQUESTS


def test_the_first_page_of_a_new_account_takes_no_more() -> None:
    client = signed_in(a_user())
    with measured() as usage:
        page_of(client)
    no_holdings = no_goals = 1
    assert usage.without("Users", "Sessions").requests == REQUESTS - no_holdings - no_goals + ASKED_ONCE_MORE


def test_the_checklist_follows_the_data_and_goes_when_all_is_done() -> None:
    a_market_with_a_past()
    alice = a_user(account="empty")
    client = signed_in(alice)
    page = page_of(client)
    assert page.count("(done)") == 0
    assert "Getting started" in page
    rich = a_user("rich")
    assert page_of(signed_in(rich)).count("(done)") == 1
    bought(rich, amount="100")
    assert page_of(signed_in(rich)).count("(done)") == 2
    an_alert(rich)
    budgeted(rich)
    spent(rich, day=today())
    assert page_of(signed_in(rich)).count("(done)") == 5
    emitted(rich)
    assert "Getting started" not in page_of(signed_in(rich))


def test_what_was_done_in_a_month_before_is_done() -> None:
    alice = a_user(account="empty")
    spent(alice, day=today() - timedelta(days=40))
    emitted(alice, clock.now() - timedelta(days=40))
    assert page_of(signed_in(alice)).count("(done)") == 2


def test_an_estimate_is_no_entry_of_ones_own() -> None:
    alice = a_user(account="empty")
    spent(alice, day=today())
    outbox.sweep()
    page = page_of(signed_in(alice))
    assert page.count("(done)") == 1
    assert 'href="/carbon/entries/?kind=estimated' in page


def test_the_checklist_can_be_put_away_by_each_user() -> None:
    client = signed_in(a_user())
    assert client.post("/checklist/dismiss/").status_code == 302
    assert "Getting started" not in page_of(client)
    other = signed_in(a_user("bob"))
    other.cookies["checklist_dismissed"] = client.cookies["checklist_dismissed"].value
    assert "Getting started" in page_of(other)


def test_empty_parts_say_what_they_are_for() -> None:
    page = page_of(signed_in(a_user()))
    assert "No holdings yet" in page
    assert "No alerts yet" in page
    assert "Nothing yet" in page
    assert "Nothing spent" in page
    assert "No entries" in page


def test_money_of_the_month_is_shown_with_its_budgets_and_leads_to_its_rows() -> None:
    alice = a_user()
    budgeted(alice, "140.00", "Shopping")
    budgeted(alice, "450.00", "Food & Dining")
    spent(alice, "148.90", "Shopping", today())
    spent(alice, "312.40", "Food & Dining", today())
    page = page_of(signed_in(alice))
    text = text_of(page)
    assert "Food &amp; Dining 137.60 left 69 % spent" in text.replace("\u00a0", " ")
    assert "Shopping 8.90 over 106 % spent" in text.replace("\u00a0", " ")
    assert "461.30 spent" in text
    month = f"from={today():%Y-%m}-01"
    assert f"/budgets/expenses/?category=Food+%26+Dining&amp;{month}" in page
    assert f"/budgets/expenses/?category=Shopping&amp;{month}" in page


def test_the_budgets_of_which_most_is_spent_come_first_and_the_others_are_counted() -> None:
    alice = a_user()
    for number, category in enumerate(CATEGORIES[:7]):
        budgeted(alice, "100.00", category)
        spent(alice, str(10 + 10 * number), category, today())
    shown = [row.line.category for row in signed_in(alice).get("/").context["overview"].budgets_shown]
    assert shown == list(CATEGORIES[2:7])
    assert "2 more budgets" in text_of(page_of(signed_in(alice)))


def test_carbon_of_the_month_is_shown_with_budget_and_goal_and_names_its_estimates() -> None:
    alice = a_user()
    goal_add(alice, goal_id=ids.new_id(), draft=GoalDraft("all", "monthly", target_kg=Decimal(350)))
    emitted(alice)
    spent(alice, "10.00", "Food & Dining", today())
    outbox.sweep()
    page = page_of(signed_in(alice))
    text = text_of(page).replace("\u00a0", " ")
    month = f"from={today():%Y-%m}-01"
    # 16.152 kg of the journey, and 4.804671 kg estimated from ten dollars of food
    assert "20.96 kg CO₂e" in text
    assert all(figure in text for figure in ("goal 350.00", "budget 500.00", "4 %"))
    assert "Transport 16.15 Food 4.80" in text
    assert "4.80 kg" in text
    assert f"/carbon/entries/?kind=estimated&amp;{month}" in page
    assert f"/carbon/entries/?category=transportation&amp;{month}" in page


def test_what_is_over_or_close_needs_attention_and_is_said_once() -> None:
    alice = a_user()
    budgeted(alice, "140.00", "Shopping")
    budgeted(alice, "100.00", "Transportation")
    budgeted(alice, "980.00", "Housing")
    for amount, category in (("148.90", "Shopping"), ("85.00", "Transportation"), ("980.00", "Housing")):
        spent(alice, amount, category, today())
    outbox.sweep()
    overview = signed_in(alice).get("/").context["overview"]
    shopping, transportation = overview.concerns
    assert (shopping.level, transportation.level) == ("over", "near")
    assert "Shopping" in shopping.title
    assert "8.90" in shopping.title
    assert "Transportation: 85\u00a0%" in transportation.title
    titles = {note.title for note in overview.notifications}
    assert any(title.startswith("Housing: 100") for title in titles)
    assert not any(title.startswith(("Shopping:", "Transportation:")) for title in titles)


def test_a_goal_that_is_passed_needs_attention() -> None:
    alice = a_user()
    draft = GoalDraft("transportation", "monthly", target_kg=Decimal(10), description="Trains")
    goal_add(alice, goal_id=ids.new_id(), draft=draft)
    emitted(alice)
    outbox.sweep()
    overview = signed_in(alice).get("/").context["overview"]
    assert [(each.level, each.title) for each in overview.concerns] == [("over", "Trains: 16.15 kg")]
    assert overview.concerns[0].link.startswith("/carbon/entries/?category=transportation&from=")
    assert not any(note.kind == "carbon_goal" for note in overview.notifications)


def test_the_range_of_the_curve_lives_in_the_address() -> None:
    a_market_with_a_past()
    client = signed_in(sample.make())
    assert page_of(client, "/?range=1w").count('<tr><th scope="row"><time') == 8
    assert page_of(client, "/?range=1m").count('<tr><th scope="row"><time') == 31


def test_a_range_that_does_not_exist_is_the_default() -> None:
    a_market_with_a_past()
    client = signed_in(sample.make())
    assert page_of(client, "/?range=nonsense").count("<time datetime") == page_of(client).count("<time datetime")


def test_nobody_sees_anothers_figures() -> None:
    a_market_with_a_past()
    bought(a_user(), amount="123.45")
    assert "123.45" not in page_of(signed_in(a_user("bob", account="empty")))


@pytest.mark.parametrize("path", ["/add/", "/checklist/dismiss/", "/sample/wipe/"])
def test_what_belongs_to_a_user_requires_signing_in(path: str) -> None:
    response = Client().post(path) if path != "/add/" else Client().get(path)
    assert response.status_code == 302
    assert response["Location"].startswith("/sign-in/")


def test_help_is_open_to_everyone() -> None:
    assert 'id="figures"' in page_of(Client(), "/help/")

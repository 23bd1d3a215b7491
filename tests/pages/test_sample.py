"""Sample data is the same every time, never mixes with a real account, and goes with one click."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.test import Client
from pytest_django import Settings

from alerts.selectors import alerts_of, notifications_all, notifications_newest
from alerts.services import deliver_due
from budgets import selectors as budgets
from budgets.selectors.imports import imports_newest
from carbon import selectors as carbon
from core import clock, outbox
from core.accounts import selectors as accounts
from core.accounts.domain import User
from core.errors import NotFound, NotPermitted, Refused
from core.storage import Store
from core.wiring import tables
from cryptopulse import sample
from portfolio.selectors import ledger_all, portfolio_of, trades_all
from tests.builders import a_user, signed_in
from tests.pages.builders import a_market_with_a_past

SIGNED_IN = '<body class="member"'
BANNER = '<aside class="sample"'
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def contents(user: User) -> tuple[object, ...]:
    """What a person sees of the account, ids aside, once its events have been handled."""
    outbox.sweep()
    view = portfolio_of(user)
    month = budgets.month_summary(user.username, budgets.current_month(user))
    return (
        view.totals,
        [(each.asset.asset_id, each.quantity, each.cost) for each in view.holdings],
        [(each.effective_at.date(), each.transaction_type, each.change) for each in ledger_all(user.username)],
        [(each.asset_id, each.terms, each.phase) for each in alerts_of(user.username)],
        [replace(each, username="", expense_id="", import_id=None) for each in _expenses(user)],
        [(line.category, line.spent, line.budget and line.budget.amount) for line in month.lines],
        sorted((each.timestamp, each.activity, each.kg, each.is_estimate) for each in carbon.entries_every(user)),
        [(each.goal.target_kg, each.kg) for each in carbon.goals_with_progress(user)],
        [each.achievement.achievement_id for each in carbon.achievements_of(user).achievements if each.is_reached],
        sorted(note.title for note in notifications_all(user.username)),
    )


def _expenses(user: User) -> list[budgets.Expense]:
    """Expenses as they are shown: not when they were typed in."""
    now = clock.now()
    plain = [replace(each, created_at=now, updated_at=now, digest="") for each in budgets.expenses_every(user.username)]
    return sorted(plain, key=lambda each: (each.day, each.category, each.amount))


def test_it_is_the_same_every_time() -> None:
    with time_machine.travel(NOON, tick=False):
        a_market_with_a_past()
        first, second = sample.make(), sample.make()
        assert first.username != second.username
        assert contents(first) == contents(second)


def test_it_has_holdings_a_past_an_order_and_an_alert_that_fired() -> None:
    a_market_with_a_past()
    user = sample.make()
    view = portfolio_of(user)
    trades = trades_all(user.username)
    assert len(view.holdings) >= 5
    assert view.totals.profit > 0
    assert view.totals.realized > 0
    assert len(trades) == len(sample.TRADES) + 1
    assert [each.asset_id for each in trades if each.order_id] == ["bitcoin"]
    assert sum(each.trigger_count for each in alerts_of(user.username)) == 1
    assert any(note.kind == "alert" for note in notifications_newest(user.username, 10).items)


def test_it_has_six_months_of_expenses_with_a_budget_over_and_one_close() -> None:
    a_market_with_a_past()
    user = sample.make()
    month = budgets.current_month(user)
    summary = budgets.month_summary(user.username, month)
    assert [line.category for line in summary.lines if line.is_exceeded] == ["Shopping"]
    assert [line.category for line in summary.lines if line.percent and 80 <= line.percent < 100] == ["Transportation"]
    first = month
    for _ in range(5):
        first = first.previous
    counts = [totals.count for totals in budgets.months_between(user.username, first, month)]
    assert len(counts) == 6
    assert min(counts) > 9
    assert any(each.is_refund for each in budgets.expenses_every(user.username))


@pytest.mark.parametrize("day", [1, 2, 28])
def test_a_budget_is_over_on_any_day_of_the_month(day: int) -> None:
    with time_machine.travel(NOON.replace(day=day), tick=True):
        a_market_with_a_past()
        user = sample.make()
        summary = budgets.month_summary(user.username, budgets.current_month(user))
        assert [line.category for line in summary.lines if line.is_exceeded] == ["Shopping"]


def test_its_months_before_came_by_an_import_that_can_be_undone() -> None:
    a_market_with_a_past()
    user = sample.make()
    (done,) = imports_newest(user.username, 10).items
    assert (done.status, done.file_name) == ("done", "bank-statement.csv")
    assert done.added == sum(each.import_id == done.import_id for each in budgets.expenses_every(user.username))
    assert done.added > 70


def test_it_has_carbon_entries_goals_estimates_and_achievements() -> None:
    a_market_with_a_past()
    user = sample.make()
    outbox.sweep()
    entries = list(carbon.entries_every(user))
    assert len([each for each in entries if each.expense_id and each.is_estimate]) > 80
    (taxi,) = [each for each in entries if each.expense_id and not each.is_estimate]
    assert taxi.activity == "taxi"
    assert len(carbon.goals_with_progress(user)) == 2
    score = carbon.achievements_of(user)
    reached = {each.achievement.achievement_id for each in score.achievements if each.is_reached}
    assert {"first_entry", "carbon_conscious", "daily_habit", "goal_setter"} <= reached
    kinds = {note.kind for note in notifications_all(user.username)}
    assert {"alert", "order", "budget_alert", "budget_exceeded", "import_summary", "achievement"} <= kinds


def test_nothing_of_it_is_sent_by_mail(mailoutbox: list[EmailMessage]) -> None:
    a_market_with_a_past()
    sample.make()
    outbox.sweep()
    deliver_due()
    assert mailoutbox == []


def test_assets_without_a_past_are_left_out() -> None:
    a_market_with_a_past("bitcoin")
    user = sample.make()
    assert {each.asset_id for each in trades_all(user.username)} == {"bitcoin"}


def test_without_prices_it_says_when_to_try_again() -> None:
    with pytest.raises(Refused, match="Try again"):
        sample.make()


def test_wiping_leaves_no_row_of_it(store: Store) -> None:
    a_market_with_a_past()
    user = sample.make()
    sample.wipe(user)
    with pytest.raises(NotFound):
        accounts.user_get(user.username)
    left = [(table.name, row) for table in tables() for row in store.dump(table) if user.username in str(row.values())]
    assert left == []


def test_wiping_twice_at_once_ends_well() -> None:
    a_market_with_a_past()
    user = sample.make()
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(sample.wipe, [user] * 4)) == [None] * 4
    with pytest.raises(NotFound):
        accounts.user_get(user.username)


def test_a_real_account_is_never_wiped() -> None:
    alice = a_user()
    with pytest.raises(NotPermitted):
        sample.wipe(alice)
    assert accounts.user_get("alice").username == "alice"


def test_it_is_wiped_after_a_week(store: Store) -> None:
    a_market_with_a_past()
    a_user("sample_of_mine")
    old = sample.make()
    with time_machine.travel(old.created_at + timedelta(hours=23), tick=False):
        young = sample.make()
    with time_machine.travel(old.created_at + timedelta(days=6), tick=False):
        assert sample.wipe_old(clock.now()) == 0
    with time_machine.travel(old.created_at + timedelta(days=7), tick=False):
        assert sample.wipe_old(clock.now()) == 1
        assert sample.wipe_old(clock.now()) == 0
    assert not [row for table in tables() for row in store.dump(table) if old.username in str(row)]
    assert accounts.user_get(young.username).account == "sample"
    assert accounts.user_get("sample_of_mine").account == "practice"


def test_an_address_gets_so_many_a_minute(settings: Settings) -> None:
    settings.API_SIGN_INS_PER_MINUTE = 2
    cache.clear()
    a_market_with_a_past()
    pages = [Client().post("/sample/", follow=True).content.decode() for _ in range(3)]
    cache.clear()
    assert [SIGNED_IN in page for page in pages] == [True, True, False]
    assert 'class="toast warning"' in pages[2]


def test_one_click_signs_in_to_it_and_another_wipes_it() -> None:
    a_market_with_a_past()
    client = Client()
    page = client.post("/sample/", follow=True)
    assert BANNER in page.content.decode()
    assert page.context["request"].user.username.startswith(sample.PREFIX)
    page = client.post("/sample/wipe/", follow=True)
    assert 'action="/sample/"' in page.content.decode()
    assert SIGNED_IN not in page.content.decode()


def test_every_page_of_it_says_so_and_pages_of_others_do_not() -> None:
    a_market_with_a_past()
    sampled, real = signed_in(sample.make()), signed_in(a_user())
    for path in ("/", "/add/", "/portfolio/", "/markets/", "/alerts/", "/notifications/", "/settings/"):
        assert BANNER in sampled.get(path).content.decode(), path
        assert BANNER not in real.get(path).content.decode(), path


def test_somebody_signed_in_is_not_moved_into_a_sample() -> None:
    a_market_with_a_past()
    client = signed_in(a_user())
    page = client.post("/sample/", follow=True)
    assert page.context["request"].user.username == "alice"
    assert 'class="toast warning"' in page.content.decode()


def test_somebody_signed_in_for_real_cannot_wipe_by_this_door() -> None:
    client = signed_in(a_user())
    assert client.post("/sample/wipe/").status_code == 403
    assert accounts.user_get("alice").username == "alice"


@pytest.mark.parametrize("path", ["/sample/", "/sample/wipe/"])
def test_only_posts_are_answered(path: str) -> None:
    assert signed_in(a_user()).get(path).status_code == 405

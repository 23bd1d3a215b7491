"""Closing an account takes its alerts with it."""

from alerts.selectors import alerts_of, deliveries_all, history_all, notifications_all
from core.accounts.services import account_erase
from market.triggers.selectors import series_by_asset
from tests.alerts.builders import an_alert, prices_move
from tests.builders import a_user


def test_nothing_is_left_and_nothing_counts_as_armed() -> None:
    alice, bob = a_user("alice"), a_user("bob")
    for user in (alice, bob):
        an_alert(user, ">", "110")
        an_alert(user, "<", "50")
    prices_move("111")
    account_erase("alice")
    assert not any(rows("alice") for rows in (alerts_of, history_all, notifications_all, deliveries_all))
    assert sum(series_by_asset(["bitcoin"])["bitcoin"].counts.values()) == 1
    assert len(alerts_of("bob")) == 2

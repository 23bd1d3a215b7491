"""Each kind of wrong row is found: planted in books that agree."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine

from core import clock, wiring
from core.events import Event, event_item, shard_of
from core.ids import new_id
from core.storage import Item, Store
from core.tables import OUTBOX
from market.triggers.tables import TRIGGER_SERIES
from tests.portfolio.builders import bought
from tests.reconciling import planted_audit, planted_budgets, planted_carbon, planted_imports, planted_usage
from tests.reconciling.books import a_full_book, copy, found, lose, rows, spoil
from tests.reconciling.planting import Plant, Planted, changed, changed_by, doubled, lost

SOON = clock.to_text(clock.now() + timedelta(hours=1))
LONG_AGO = clock.to_text(clock.now() - timedelta(hours=1))


def put_event(event: Event, **values: Any) -> Plant:
    """Write an event's row."""
    return lambda opened: opened.put(OUTBOX, {**event_item(event), **values})


def lost_firing(opened: Store) -> None:
    """Take away the first of the two firings of the alert that repeats."""
    entry = next(row for row in rows(opened, "AlertHistory", number=Decimal(2)))
    [first] = rows(opened, "AlertHistory", alert_id=entry["alert_id"], number=Decimal(1))
    lose("AlertHistory", first)


def an_estimate(opened: Store) -> Item:
    """One of the estimates."""
    return rows(opened, "CarbonEntries", is_estimate=True)[0]


def firing_told_twice(opened: Store) -> None:
    """Let two firings name one notification."""
    [second] = rows(opened, "AlertHistory", number=Decimal(2))
    [first] = rows(opened, "AlertHistory", alert_id=second["alert_id"], number=Decimal(1))
    spoil("AlertHistory", second, notification_id=first["notification_id"], message_id=first["message_id"])


BALANCE = {"entry": "BALANCE"}
LEDGER = {"entry": "TRANS#*"}
HOLDING = {"entry": "ASSET#*"}
NOTE = {"entry": "NOTE#*", "kind": "alert"}
BUDGET_NOTE = {"entry": "NOTE#*", "kind": "budget_alert"}
DELIVERY = {"entry": "DELIVERY#*"}
ALICES = Event("portfolio.something", "alice")
OLD = Event("portfolio.something", "alice", occurred_at=clock.now() - timedelta(hours=1))

PLANTED: list[Planted] = [
    ("a ledger row that does not start where the last ended", "ledger_chains", "the row before ended at",
     changed_by("Portfolios", 2, has=LEDGER, previous_balance="1", new_balance="1")),
    ("a ledger row lost", "ledger_chains", "the row before ended at", lost("Portfolios", 2, has=LEDGER)),
    ("the first ledger row lost", "ledger_chains", "not at 0", lost("Portfolios", 0, has=LEDGER)),
    ("a ledger row doubled", "ledger_chains", "booked at", doubled("Portfolios", "entry", 2, has=LEDGER)),
    ("an amount that is not what moved", "ledger_chains", "the balance moved by",
     changed_by("Portfolios", 1, has=LEDGER, amount="1")),
    ("a deposit that took out", "ledger_chains", "a DEPOSIT moved the balance by",
     changed("Portfolios", has={"transaction_type": "WITHDRAW"}, transaction_type="DEPOSIT")),
    ("a cash that is not the sum", "balance_is_sum_of_ledger", "available + held",
     changed_by("Portfolios", has=BALANCE, available="1", current_balance="1")),
    ("a negative hold", "balance_is_sum_of_ledger", "held is -1",
     changed_by("Portfolios", has=BALANCE, available="1", held="-1")),
    ("a current_balance of its own", "balance_is_sum_of_ledger", "current_balance is",
     changed_by("Portfolios", has=BALANCE, current_balance="1")),
    ("a sum of withdrawals", "balance_is_sum_of_ledger", "total_withdrawals is",
     changed_by("Portfolios", has=BALANCE, total_withdrawals="1")),
    ("a sum of adjustments", "balance_is_sum_of_ledger", "total_adjustments is",
     changed_by("Portfolios", has=BALANCE, total_adjustments="1")),
    ("a newest row at another time", "balance_is_sum_of_ledger", "last_entry_at is",
     changed("Portfolios", has=BALANCE, last_entry_at=LONG_AGO)),
    ("a balance lost", "balance_is_sum_of_ledger", "there is none", lost("Portfolios", has=BALANCE)),
    ("a quantity", "holdings_follow_from_trades", "quantity is",
     changed_by("Portfolios", has=HOLDING, available="1", quantity="1")),
    ("a cost", "holdings_follow_from_trades", "cost is", changed_by("Portfolios", has=HOLDING, cost="1")),
    ("a gain", "holdings_follow_from_trades", "realized is", changed_by("Portfolios", has=HOLDING, realized="1")),
    ("a newest trade", "holdings_follow_from_trades", "last_transaction is",
     changed("Portfolios", has=HOLDING, last_transaction=f"{LONG_AGO}#x")),
    ("a holding that is held below nothing", "holdings_follow_from_trades", "held is -1",
     changed_by("Portfolios", has=HOLDING, available="1", held="-1")),
    ("a holding lost", "holdings_follow_from_trades", "there is none, beside 4 trades",
     lost("Portfolios", has=HOLDING)),
    ("a purchase lost", "holdings_follow_from_trades", "quantity is", lost("Transactions", 2, has={})),
    ("the first purchase lost", "holdings_follow_from_trades", "sell more than they buy",
     lost("Transactions", 0, has={})),
    ("an order without its trade", "orders_have_trades", "there is no trade of it", lost("Transactions", 2, has={})),
    ("a trade without its order", "orders_have_trades", "there is no order", lost("Orders", 0, has={})),
    ("an order filled twice", "orders_have_trades", "filled 2 times", doubled("Transactions", "timestamp", 3, has={})),
    ("an order at another price", "orders_have_trades", "its trade", changed_by("Orders", 0, has={}, order_price="1")),
    ("an order's payment of another amount", "trades_have_ledger_rows", "the ledger has",
     changed("Portfolios", has={"transaction_type": "ORDER_SALE"}, new_balance=Decimal("0.01"))),
    ("a payment of an order that is not there", "trades_have_ledger_rows", "there is no trade of order",
     lost("Transactions", 2, has={})),
    ("a past trade without its payment", "trades_have_ledger_rows", "the ledger lacks ORDER_PAYMENT",
     lost("Portfolios", has={"transaction_type": "ORDER_PAYMENT", "description": "*", "effective_at": "2025-01-01*"})),
    ("a fee of a past trade twice", "trades_have_ledger_rows", "there is no trade of",
     doubled("Portfolios", "entry", has={"transaction_type": "ORDER_FEE"})),
    ("a claim on a movement that is not there", "claims_have_rows", "what it names is not there",
     changed("Idempotency", has={"key": "cash*"}, reference="01932f0a-7c00-7abc-8def-0123456789ab")),
    ("a claim on a trade that is not there", "claims_have_rows", "what it names is not there",
     lost("Transactions", 0, has={})),
    ("a count of alerts", "alerts_are_counted", "count is 6, alerts there are 5",
     changed_by("AlertConfigurations", has={"alert_id": "#COUNT"}, count="1")),
    ("an alert lost", "alerts_are_counted", "count is 5, alerts there are 4",
     lost("AlertConfigurations", has={"ended_by": "fired"})),
    ("an alert at another level", "alerts_are_armed_where_they_watch", "threshold is 50, its terms and phase say 49",
     changed("AlertConfigurations", has={"threshold": Decimal("49.99999999")}, threshold=Decimal(50))),
    ("an alert in no partition", "alerts_are_armed_where_they_watch", "arm is None",
     changed("AlertConfigurations", has={"threshold": Decimal("49.99999999")}, arm=None)),
    ("a paused alert in the index", "alerts_are_armed_where_they_watch", "arm is bitcoin|close#UP#0",
     changed("AlertConfigurations", has={"enabled": False}, arm="bitcoin|close#UP#0", threshold=Decimal(500))),
    ("an alert that ended for no reason", "alerts_are_armed_where_they_watch", "phase is done, ended_by is None",
     changed("AlertConfigurations", has={"ended_by": "fired"}, ended_by=None)),
    ("a firing that no history knows", "firings_are_counted", "trigger_count is 2, its history has the firings [1]",
     changed_by("AlertConfigurations", has={"ended_by": "fired"}, trigger_count="1")),
    ("a gap in the firings", "firings_are_counted", "its history has the firings [2]", lost_firing),
    ("a firing doubled", "firings_are_counted", "its history has the firings [1, 1",
     doubled("AlertHistory", "triggered_at", has={"number": Decimal(1)})),
    ("a last firing at another time", "firings_are_counted", "last_triggered is",
     changed("AlertConfigurations", has={"ended_by": "fired"}, last_triggered=LONG_AGO)),
    ("an alert that says it fired", "firings_are_counted", "it never fired",
     changed("AlertConfigurations", has={"threshold": Decimal("49.99999999")}, last_triggered=LONG_AGO)),
    ("a firing that nobody was told of", "firings_notify_once", "which is not there",
     lost("Notifications", has=NOTE)),
    ("a notification of another firing", "firings_notify_once", "reference is",
     changed("Notifications", has=NOTE, reference="another.1")),
    ("two firings in one notification", "firings_notify_once", "is of 2 firings", firing_told_twice),
    ("a firing whose mail was never written", "firings_notify_once", "there is no delivery of",
     lost("Notifications", has={**DELIVERY, "kind": "alert"})),
    ("a notification without a firing", "firings_notify_once", "no history knows",
     lost("AlertHistory", has={"number": Decimal(2)})),
    ("a mail without its notification", "firings_notify_once", "goes out by email, and is not there",
     lost("Notifications", has={"entry": "NOTE#*", "kind": "test"})),
    ("a fact of a budget that nobody was told of", "facts_notify_once", "which is not there",
     lost("Notifications", has=BUDGET_NOTE)),
    ("a notification that says another thing than its fact", "facts_notify_once", "82 %",
     changed("Notifications", has=BUDGET_NOTE, title="Something else")),
    ("two facts in one notification", "facts_notify_once", "is of 2 facts",
     doubled("AlertHistory", "triggered_at", has={"kind": "budget"})),
    ("a fact whose mail was never written", "facts_notify_once", "there is no delivery of",
     lost("Notifications", has={**DELIVERY, "kind": "budget_alert"})),
    ("a notification without a fact", "facts_notify_once", "a fact that no history knows",
     lost("AlertHistory", has={"kind": "budget"})),
    ("a message that is sent and still due", "deliveries_go_out", "status is sent, due is due#0",
     changed("Notifications", has=DELIVERY, due="due#0")),
    ("a message that nobody sends", "deliveries_go_out", "sending, and due since",
     changed("Notifications", has=DELIVERY, status="sending", due="due#0", due_at=LONG_AGO, lease="x", attempts=[])),
    ("a message under way without a sender", "deliveries_go_out", "lease is none",
     changed("Notifications", has=DELIVERY, status="sending", due="due#0", attempts=[])),
    ("a message sent without an attempt", "deliveries_go_out", "it was sent 0 times",
     changed("Notifications", has=DELIVERY, attempts=[])),
    ("a notification neither read nor unread", "deliveries_go_out", "unread_for is None, read_at is None",
     changed("Notifications", has=NOTE, read_at=None)),
    ("a filled order that nobody was told of", "filled_orders_notify_once", "no notification is of it",
     lost("Notifications", has={"kind": "order"})),
    ("a filled order told twice", "filled_orders_notify_once", "2 notifications are of it",
     doubled("Notifications", "entry", has={"kind": "order"})),
    ("a notification of an order that is not there", "filled_orders_notify_once", "of an order that is not there",
     lost("Orders", 0, has={})),
    ("an estimate lost", "estimates_follow_expenses", "there is no estimate of it",
     lost("CarbonEntries", has={"is_estimate": True})),
    ("an estimate of another sum than its expense", "estimates_follow_expenses", "its expense says",
     changed_by("CarbonEntries", has={"is_estimate": True}, amount="1")),
    ("an estimate of an expense that is not there", "estimates_follow_expenses", "its expense is not there",
     lambda opened: lose("Expenses", rows(opened, "Expenses", expense_id=an_estimate(opened)["entry_id"])[0])),
    ("too few levels counted", "armed_levels_are_counted", "armed_alerts_close_dn is 1, alerts that wait there are 2",
     changed_by("TriggerSeries", has={"series_id": "bitcoin"}, armed_alerts_close_dn="-1")),
    ("levels counted nowhere", "armed_levels_are_counted", "armed_alerts_close_dn is 0, alerts that wait there are 2",
     changed("TriggerSeries", has={"series_id": "bitcoin"}, armed_alerts_close_dn=None)),
    ("an address that nobody holds", "address_is_held", "is held by nobody", lost("Reservations", has={})),
    ("an address that another holds", "address_is_held", "is held by bob",
     changed("Reservations", has={}, username="bob")),
    ("an address held for nobody", "addresses_have_accounts", "its holder has no account",
     changed("Reservations", has={}, username="bob")),
    ("an address that its holder has left", "addresses_have_accounts", "its holder has alice@example.com",
     doubled("Reservations", "name", has={})),
    ("a proved address that is held as if it were not", "address_is_held", "unconfirmed_since=datetime",
     changed("Reservations", has={}, unconfirmed_since=LONG_AGO)),
    ("an address of now that is held as one given up", "address_is_held", "kept_until=datetime",
     changed("Reservations", has={}, kept_until=SOON)),
    ("an address to go back to that nobody holds", "address_is_held", "old@example.com is held by nobody",
     changed("Users", has={}, kept_addresses=[{"email": "old@example.com", "kept_until": SOON}])),
    ("a notice that waits for an address that is proved", "deliveries_go_out", "waits for an address that is proved",
     changed("Notifications", has=DELIVERY, status="waiting", due_at=LONG_AGO, attempts=[])),
    ("a notice that waits and is due", "deliveries_go_out", "status is waiting, due is due#0",
     changed("Notifications", has=DELIVERY, status="waiting", due="due#0", attempts=[])),
    ("an account lost", "nothing_is_left_behind", "there is no account of this username", lost("Users", has={})),
    ("an account that is never erased", "closing_goes_on", "no event erases it",
     changed("Users", has={}, status="closing", updated_at=LONG_AGO)),
    ("an event that nobody handles", "events_are_handled", "portfolio.something waits since", put_event(OLD)),
    ("an event given up", "events_are_handled", "was given up: KeyError",
     put_event(ALICES, shard="dead", last_error="KeyError")),
    ("an event in the shard of others", "events_are_handled", f"belong into shard {shard_of('alice')}",
     put_event(ALICES, shard=str((int(shard_of("alice")) + 1) % 8))),
    ("an event in no shard", "events_are_handled", "no dispatcher works this shard", put_event(ALICES, shard="99")),
    ("a row that cannot be read", "orders_have_trades", "cannot be read: KeyError",
     changed("Orders", has={}, order_price=None)),
]  # fmt: skip
PLANTED += planted_audit.PLANTED + planted_budgets.PLANTED + planted_imports.PLANTED + planted_carbon.PLANTED
PLANTED += planted_usage.PLANTED


@pytest.mark.parametrize(("rule", "words", "plant"), [row[1:] for row in PLANTED], ids=[row[0] for row in PLANTED])
def test_what_is_planted_is_found(store: Store, rule: str, words: str, plant: Plant) -> None:
    a_full_book()
    assert found(store) == []

    plant(store)

    said = [str(each) for each in found(store)]
    assert any(rule in line and words in line for line in said), "\n".join(said)


def test_every_rule_has_a_row_planted_for_it(store: Store) -> None:
    lists = (*wiring.listed("RECONCILIATIONS"), *wiring.listed("STORE_RECONCILIATIONS"))
    assert {rule.__name__ for rules in lists for rule in rules} == {row[1] for row in PLANTED}


def test_rows_without_an_account_are_found_unless_they_have_expired(store: Store) -> None:
    now = clock.to_seconds(clock.now())
    for key, expires_at in (("over", now - 5), ("valid", now + 500)):
        copy("Idempotency", {"username": "nobody", "key": key, "reference": new_id(), "expires_at": expires_at})
    [only] = found(store)
    assert (only.username, only.row, only.rule) == ("nobody", "Idempotency valid", "nothing_is_left_behind")


def test_a_row_that_cannot_be_read_hides_nothing_that_was_found_before(store: Store) -> None:
    a_full_book()
    changed("TriggerSeries", has={"series_id": "bitcoin"}, armed_alerts_close_dn=Decimal(7))(store)
    store.put(TRIGGER_SERIES, {"series_id": "zcash", "armed_alerts_close_dn": "many"})
    said = [str(each) for each in found(store) if each.rule == "armed_levels_are_counted"]
    assert any("armed_alerts_close_dn is 7" in line for line in said), said
    assert any("cannot be read: " in line for line in said), said


def test_a_mail_that_ended_long_ago_may_have_expired(store: Store) -> None:
    a_full_book()
    with time_machine.travel(clock.now() + timedelta(days=91)):
        assert store.purge_expired(clock.now()) > 0
        assert rows(store, "Notifications", **DELIVERY) == []
        assert found(store) == []


def test_an_order_whose_event_waits_needs_no_notification_yet(store: Store) -> None:
    bought(a_full_book(), quantity="1")
    assert found(store) == []

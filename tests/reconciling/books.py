"""An account with something of everything in it, made through the product's own services."""

from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

from alerts.services import alert_delete, alert_pause, alert_test, deliver_due, notifications_read_all
from budgets import selectors
from budgets import services as budgets
from budgets.domain.budget import BudgetDraft
from budgets.services.imports import import_undo, work
from budgets.services.receipts import receipt_attach
from carbon import services as carbon
from core import outbox, wiring
from core.accounts.domain import User
from core.accounts.services import role_grant
from core.agreement import reconcile
from core.ids import new_id
from core.reconciling.rules import Disagreement
from core.storage import Item, Store, Table, Update, store
from tests.alerts.builders import an_alert, notified, prices_move
from tests.budgets.builders import a_draft, refunded, spent
from tests.budgets.importing.builders import confirmed, uploaded
from tests.budgets.receipt_files import a_picture
from tests.builders import a_user, api_client, change_user
from tests.carbon.builders import a_draft as a_carbon_draft
from tests.carbon.builders import a_factor, a_goal, added, days_ago, factor_added
from tests.market.builders import an_asset
from tests.portfolio.builders import bought, paid_in, recorded, sold, taken_out


def a_full_book(username: str = "alice") -> User:
    """An account with cash, orders, past trades, expenses, alerts of every state, firings, messages and a key."""
    user = a_user(username)
    if an_asset().price is None:
        an_asset(price="100")
    paid_in(user, "500")
    taken_out(user, "20")
    bought(user, quantity="3")
    sold(user, quantity="1")
    recorded(user, "buy", "2", "80", datetime(2025, 1, 1, tzinfo=UTC), fee="1.50")
    recorded(user, "sell", "0.5", "90", datetime(2025, 2, 1, tzinfo=UTC), settlement="account")
    an_alert(user, ">", "110")
    an_alert(user, ">", "111", every=True, cooldown=0)
    an_alert(user, "<", "50")
    alert_pause(user, an_alert(user, ">", "500").alert_id)
    alert_delete(user, an_alert(user, ">", "600").alert_id)
    prices_move("112", "100", "113", "100")
    alert_test(user, an_alert(user, "<", "40").alert_id, test_id=new_id())
    some_expenses(user)
    some_imports(user)
    some_footprint(user)
    role_grant(username, "analyst", reason="Looks after the figures")
    notified(user)
    notifications_read_all(username)
    outbox.sweep()
    deliver_due()
    api_client(user)
    return user


def some_expenses(user: User) -> None:
    """Expenses and refunds of two months, edited, deleted and restored, beside a budget; nothing of it is told."""
    day = selectors.today_of(user)
    budgets.category_add(user, "Pets")
    budgets.budget_set(user, BudgetDraft("Pets", Decimal(200)))
    for number in range(3):
        edited = spent(user, str(number + 1), "Pets", day)
    refunded(user, "0.50", "Pets", day)
    spent(user, "12", "Travel", selectors.current_month(user).previous.first_day)
    budgets.expense_change(user, edited.expense_id, a_draft("7.25", "Pets", day, tags=("cat",)))
    budgets.expense_restore(user, budgets.expense_delete(user, edited.expense_id))
    for name in ("dog.png", "cat.png"):
        receipt_attach(user, edited.expense_id, BytesIO(a_picture("PNG")), name)
    budgets.expense_delete(user, spent(user, "3", "Travel", day).expense_id)


def some_imports(user: User) -> None:
    """Imports done, undone and to be confirmed; of the first an expense was deleted, of the second one was changed."""
    day = selectors.today_of(user)
    done, undone = (
        uploaded(user, *(f"{day},{name} {number},-{number}.25\n" for number in (5, 6, 8)))
        for name in ("Baker", "Butcher")
    )
    for each in (done, undone):
        confirmed(user, each)
        work(user.username, each.import_id)
    by_name = {each.merchant: each for each in selectors.expenses_every(user.username)}
    budgets.expense_delete(user, by_name["Baker 5"].expense_id)
    budgets.expense_change(user, by_name["Butcher 5"].expense_id, a_draft("5.50", "Travel", day))
    import_undo(user, undone.import_id)
    work(user.username, undone.import_id)
    uploaded(user, f"{day},Baker 6,-6.25\n", "soon,Baker,-1\n")
    uploaded(user, "tea,5\n", head="what,how much\n")


def some_footprint(user: User) -> None:
    """Entries of two months, edited, deleted, restored and measured, goals, and a factor that staff added."""
    change_user(user.username, {"role": "admin"})
    factor_added(a_factor("e_scooter", "world", "passenger_km"), by=user)
    change_user(user.username, {"role": user.role})
    entry = added(user, "car_petrol", "100", occupancy=2, on=days_ago(1))
    added(user, "apples", "3", "kg", on=days_ago(40))
    carbon.entry_change(user, entry.entry_id, a_carbon_draft("car_petrol", "50", on=days_ago(1)))
    carbon.entry_restore(user, carbon.entry_delete(user, entry.entry_id))
    carbon.expense_measure(user, new_id(), a_carbon_draft("bus_local", "12", on=days_ago(2)))
    carbon.entry_delete(user, added(user, "e_scooter", "5").entry_id)
    a_goal(user, "9999")
    a_goal(user, None, percent=Decimal(10), baseline_kg=Decimal(2000))


def found(opened: Store, *, username: str | None = None) -> list[Disagreement]:
    """What disagrees."""
    return reconcile(opened, username=username, pauses=()).disagreements


def rows(opened: Store, table_name: str, **has: Any) -> list[Item]:
    """Rows of a table with these attributes; a value that ends with `*` is a beginning."""
    table = table_of(table_name)
    return sorted((row for row in opened.dump(table) if _has(row, has)), key=lambda row: str(_key(table, row)))


def spoil(table_name: str, row: Item, **values: Any) -> None:
    """Set attributes of a row as no service would; None takes one away."""
    table = table_of(table_name)
    kept = {name: value for name, value in values.items() if value is not None}
    store().update(table, _key(table, row), Update(set=kept, remove=tuple(set(values) - set(kept))))


def lose(table_name: str, row: Item) -> None:
    """Take a row away."""
    table = table_of(table_name)
    store().delete(table, _key(table, row))


def copy(table_name: str, row: Item, **values: Any) -> None:
    """Put a row a second time with other values."""
    store().put(table_of(table_name), {**row, **values})


def table_of(name: str) -> Table:
    """The table of a name."""
    return next(table for table in wiring.tables() if table.name == name)


def _key(table: Table, row: Item) -> Mapping[str, Any]:
    return {name: row[name] for name in table.key_names}


def _has(row: Item, wanted: Mapping[str, Any]) -> bool:
    for name, value in wanted.items():
        if isinstance(value, str) and value.endswith("*"):
            if not str(row.get(name, "")).startswith(value[:-1]):
                return False
        elif row.get(name) != value:
            return False
    return True

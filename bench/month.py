"""What the summary of a month costs while it has few or very many expenses."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.report import Aim, Section, microseconds, ratio
from bench.timing import Timing, taking_turns
from budgets.domain.categories import CATEGORIES
from budgets.domain.effect import recounted
from budgets.domain.expense import Expense, ExpenseDraft, recorded
from budgets.repositories.expenses import expense_item
from budgets.repositories.months import month_put
from budgets.selectors import BudgetDraft, month_summary
from budgets.services import budget_set
from budgets.tables import EXPENSES
from core import wiring
from core.accounts.domain import User
from core.accounts.repositories.users import new_user_put
from core.ids import derived_id
from core.periods import Month
from core.storage import Store, open_store, using

COUNTS = (100, 100_000)
QUICK_COUNTS = (100, 1_000)
BEGUN = datetime(2026, 2, 1, 12, tzinfo=UTC)
MONTH = Month(2026, 2)
OWNER = User("alice", "alice@example.com")
MOST = 1.5


def measure(quick: bool) -> Section:
    """In memory and on a file; stores with few and with many expenses take turns."""
    counts, rounds = (QUICK_COUNTS, 30) if quick else (COUNTS, 1_000)
    rows: list[tuple[str, ...]] = []
    aims: list[Aim] = []
    with TemporaryDirectory(prefix="bench-") as folder, ExitStack() as stack:
        for where in ("memory", "file"):
            stores = {
                count: stack.enter_context(filled(_address(where, Path(folder), count), count)) for count in counts
            }
            found = timed_summaries(stores, rounds)
            few, many = found[counts[0]].median, found[counts[-1]].median
            rows += [_row(where, count, found[count], few) for count in counts]
            what = f"Summary of a month in {where} at {counts[-1]:,} expenses against {counts[0]:,}"
            aims.append(Aim(what, many / few, MOST, "times"))
    return Section(
        "The month beside its budgets, with few and with very many expenses",
        "All expenses are of one user and one month, in all eleven categories, each of which has a budget. The summary "
        "reads the budgets and the totals of the month, which every expense has been written with. Stores with few and "
        "with many expenses take turns.",
        ("Where and how many expenses", "Median", "p95", "Shortest", "Median against the fewest"),
        tuple(rows),
        tuple(aims),
    )


def timed_summaries(stores: Mapping[int, Store], rounds: int) -> dict[int, Timing]:
    """Times of the summary in each store, by the number of its expenses."""

    def summary(store: Store, count: int) -> None:
        with using(store):
            found = month_summary(OWNER.username, MONTH)
        if found.count != count:
            raise RuntimeError(f"{found.count} expenses were summed up where there are {count}")

    calls = {str(count): lambda _, store=store, count=count: summary(store, count) for count, store in stores.items()}
    found = taking_turns(calls, rounds=rounds, warm_up=rounds // 10)
    return {int(name): timing for name, timing in found.items()}


@contextmanager
def filled(address: str, count: int) -> Iterator[Store]:
    """A store with this many expenses in the month, its totals, and a budget for each category."""
    store = open_store(address)
    try:
        store.create_tables(wiring.tables())
        with using(store):
            store.transact_write([new_user_put(OWNER)])
            for category in CATEGORIES:
                budget_set(OWNER, BudgetDraft(category, Decimal(500)))
            store.load(EXPENSES, (expense_item(expense) for expense in expenses(count)))
            totals = recounted(OWNER.username, expenses(count))[MONTH]
            store.transact_write([month_put(totals, BEGUN)])
        yield store
    finally:
        store.close()


def expenses(count: int) -> Iterator[Expense]:
    """So many expenses of the month."""
    for number in range(count):
        at = BEGUN + timedelta(milliseconds=number)
        draft = ExpenseDraft(
            amount=Decimal(100 + number % 900) / 100,
            category=CATEGORIES[number % len(CATEGORIES)],
            day=BEGUN.date() + timedelta(days=number % 28),
            description="Measured",
            merchant=f"Shop {number % 50}",
        )
        yield recorded(OWNER.username, derived_id(at, str(number)), draft, currency="usd", at=at)


def _address(where: str, folder: Path, count: int) -> str:
    return "memory://" if where == "memory" else f"sqlite:///{folder}/{count}.sqlite3"


def _row(where: str, count: int, found: Timing, few: float) -> tuple[str, ...]:
    times = (microseconds(seconds) for seconds in (found.median, found.p95, found.least))
    return f"{where}: {count:,}", *times, ratio(found.median / few)

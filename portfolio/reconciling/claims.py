"""Claims on ids that clients made, and the rows that they name."""

from collections.abc import Iterable

from core.reconciling.rules import Account, Disagreement
from core.tables import IDEMPOTENCY
from portfolio.reconciling.rows import ledger_of, trades_of
from portfolio.repositories.claims import kind_of, reference_of


def claims_have_rows(account: Account) -> Iterable[Disagreement]:
    """Every id that was used up for a movement of cash or a past trade names the row that it made."""
    made = {
        "cash": {entry.transaction_id for entry in ledger_of(account)},
        "trade": {trade.timestamp for trade in trades_of(account)},
    }
    for item in account.of(IDEMPOTENCY):
        kind = kind_of(item)
        if kind in made and reference_of(item) not in made[kind]:
            row = f"Idempotency {item['key']}"
            yield Disagreement(account.username, row, f"what it names is not there: {reference_of(item)}")

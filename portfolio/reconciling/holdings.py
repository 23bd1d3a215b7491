"""Holdings and the trades they follow from."""

from collections import defaultdict
from collections.abc import Iterable

from core.errors import Refused
from core.money import ZERO
from core.reconciling.rules import Account, Disagreement, compared
from portfolio.domain.holdings import Holding, replay
from portfolio.domain.trades import Transaction
from portfolio.reconciling.rows import holdings_of, trades_of
from portfolio.repositories.holdings import HOLDING


def holdings_follow_from_trades(account: Account) -> Iterable[Disagreement]:
    """Every holding is what all trades of its asset make it: quantity, cost, gain and newest trade.

    None is below nothing, and every asset that was traded has one.
    """
    trades: defaultdict[str, list[Transaction]] = defaultdict(list)
    for trade in trades_of(account):
        trades[trade.asset_id].append(trade)
    for holding in holdings_of(account):
        yield from _of_one(holding, trades.pop(holding.asset_id, []))
    for asset_id, left in trades.items():
        yield _about(account.username, asset_id, f"there is none, beside {len(left)} trades")


def _of_one(holding: Holding, trades: list[Transaction]) -> Iterable[Disagreement]:
    try:
        replayed = replay(trades)
    except Refused as error:
        yield _about(holding.username, holding.asset_id, f"its trades sell more than they buy: {error.detail}")
        return
    figures = {
        "quantity": (holding.quantity, replayed.pool.quantity),
        "cost": (holding.cost, replayed.pool.cost),
        "realized": (holding.realized, sum((gain.realized for gain in replayed.gains.values()), ZERO)),
    }
    for name, (said, found) in figures.items():
        yield from compared(holding.username, _row(holding.asset_id), name, said, "its trades come to", found)
    if holding.last_transaction != replayed.last_transaction:
        detail = f"last_transaction is {holding.last_transaction}, its newest trade is {replayed.last_transaction}"
        yield _about(holding.username, holding.asset_id, detail)
    for name, quantity in (("available", holding.available), ("held", holding.held)):
        if quantity < 0:
            yield _about(holding.username, holding.asset_id, f"{name} is {quantity}")


def _about(username: str, asset_id: str, detail: str) -> Disagreement:
    return Disagreement(username, _row(asset_id), detail)


def _row(asset_id: str) -> str:
    return f"Portfolios {HOLDING}{asset_id}"

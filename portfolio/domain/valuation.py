"""What an account is worth: cash and holdings at the latest prices."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from core import money
from core.money import ZERO, Money
from portfolio.domain.cash import Balance
from portfolio.domain.cost_basis import average_cost
from portfolio.domain.fills import share_of
from portfolio.domain.holdings import Holding
from portfolio.domain.quoted import Quoted


@dataclass(frozen=True, slots=True)
class Cash:
    """Money of the account; balance = held + available."""

    balance: Decimal
    held: Decimal
    available: Decimal


@dataclass(frozen=True, slots=True)
class HoldingView:
    """One holding at the latest price.

    value: what selling all of it would bring, cut to the cent; None where there is no price, as are the figures that
    follow from it. unrealized: value less cost, to the cent. unrealized_percent: of cost. share: percent of the
    account's value, cash included.
    """

    asset: Quoted
    quantity: Decimal
    held: Decimal
    average_cost: Decimal
    cost: Decimal
    price: Decimal | None
    price_at: datetime | None
    stale: bool
    value: Decimal | None
    unrealized: Decimal | None
    unrealized_percent: Decimal | None
    share: Decimal | None


@dataclass(frozen=True, slots=True)
class Totals:
    """The whole account.

    value: cash and all holdings that have a price; `complete` says whether all have one. invested: cost of what is
    held. profit: value less net_deposits; profit_percent: of net_deposits, None where those are not above zero.
    realized: gain of all sales, fees inside.
    """

    value: Decimal
    complete: bool
    invested: Decimal
    net_deposits: Decimal
    profit: Decimal
    profit_percent: Decimal | None
    realized: Decimal


@dataclass(frozen=True, slots=True)
class PortfolioView:
    """An account at the latest prices; holdings by value, the largest first, those without a price last.

    assets: every asset that was ever traded, by id, also those sold since; `value_history` needs them.
    prices_at: since when, on the wall's clock, the oldest price that the totals rest on has stood; None without one.
    """

    currency: str
    cash: Cash
    holdings: tuple[HoldingView, ...]
    totals: Totals
    assets: Mapping[str, Quoted]
    prices_at: datetime | None

    @property
    def worth(self) -> Money:
        """Value of the whole account."""
        return Money(self.totals.value, self.currency)

    @property
    def holdings_value(self) -> Decimal:
        """Value of all holdings that have a price."""
        return self.totals.value - self.cash.balance

    @property
    def unrealized(self) -> Decimal:
        """Value less cost of all holdings that have a price."""
        return sum((each.unrealized for each in self.holdings if each.unrealized is not None), ZERO)

    @property
    def is_untouched(self) -> bool:
        """Whether there is neither cash nor anything held."""
        return not self.holdings and self.cash.balance == 0


def valued(
    balance: Balance, holdings: Iterable[Holding], assets: Mapping[str, Quoted], *, currency: str, now: datetime
) -> PortfolioView:
    """The account at these prices, at this wall time. `assets` has every asset of the holdings."""
    holdings = list(holdings)
    held = [each for each in holdings if each.quantity > 0]
    values = {each.asset_id: _value(each.quantity, assets[each.asset_id].price) for each in held}
    value = sum((each for each in values.values() if each is not None), balance.current_balance)
    profit = value - balance.net_deposits
    totals = Totals(
        value=value,
        complete=None not in values.values(),
        invested=money.to_cents(sum((each.cost for each in held), ZERO)),
        net_deposits=balance.net_deposits,
        profit=profit,
        profit_percent=share_of(profit, balance.net_deposits),
        realized=money.to_cents(sum((each.realized for each in holdings), ZERO)),
    )
    views = [_viewed(each, assets[each.asset_id], values[each.asset_id], value, now) for each in held]
    views.sort(key=lambda each: (-(each.value if each.value is not None else -1), each.asset.asset_id))
    cash = Cash(balance.current_balance, balance.held, balance.available)
    ages = [assets[each.asset_id].age(now) for each in held if assets[each.asset_id].price is not None]
    prices_at = now - max(ages) if ages else None
    return PortfolioView(currency, cash, tuple(views), totals, assets, prices_at)


def _value(quantity: Decimal, price: Decimal | None) -> Decimal | None:
    return None if price is None else money.down_to_cents(quantity * price)


def _viewed(holding: Holding, asset: Quoted, value: Decimal | None, whole: Decimal, now: datetime) -> HoldingView:
    unit_cost = average_cost(holding.pool)
    assert unit_cost is not None
    unrealized = None if value is None else money.to_cents(value - holding.cost)
    return HoldingView(
        asset=asset,
        quantity=holding.quantity,
        held=holding.held,
        average_cost=unit_cost,
        cost=money.to_cents(holding.cost),
        price=asset.price,
        price_at=asset.price_at,
        stale=asset.is_stale(now),
        value=value,
        unrealized=unrealized,
        unrealized_percent=None if unrealized is None else share_of(unrealized, holding.cost),
        share=None if value is None else share_of(value, whole),
    )

"""How the value of an account is spread."""

from dataclasses import dataclass
from decimal import Decimal

from core.money import ZERO
from portfolio.domain.fills import share_of
from portfolio.domain.valuation import HoldingView, PortfolioView

SHOWN = 5


@dataclass(frozen=True, slots=True)
class Slice:
    """One part of the whole: percent of it, and the percent at which the part begins."""

    label: str
    share: Decimal
    start: Decimal


def allocation(view: PortfolioView) -> tuple[Slice, ...]:
    """The five largest holdings, the others together, and cash last; nothing for an account without value."""
    priced = [each for each in view.holdings if each.share]
    parts = [(each.asset.symbol, each.share or ZERO) for each in priced[:SHOWN]]
    if others := sum((each.share or ZERO for each in priced[SHOWN:]), ZERO):
        parts.append(("Others", others))
    if cash := share_of(view.cash.balance, view.totals.value):
        parts.append(("Cash", cash))
    slices, start = [], ZERO
    for label, share in parts:
        slices.append(Slice(label, share, start))
        start += share
    return tuple(slices)


def extremes(view: PortfolioView) -> tuple[HoldingView, HoldingView] | None:
    """The holdings that gained most and least of their cost, in percent; None where there are not two to compare."""
    rated = [each for each in view.holdings if each.unrealized_percent is not None]
    if len(rated) < 2:
        return None
    rated.sort(key=lambda each: each.unrealized_percent or ZERO, reverse=True)
    return rated[0], rated[-1]

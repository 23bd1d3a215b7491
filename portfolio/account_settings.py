"""What an account may choose about its portfolio."""

from core.accounts.app_settings import AppSetting
from core.accounts.domain import User
from portfolio.domain.cost_basis import AVERAGE, METHODS, Pool

COST_BASIS = AppSetting(
    name="cost_basis_method",
    label="Cost basis",
    about="how lots are matched in sales",
    default=AVERAGE.method,
    choices=lambda: {name: method.label for name, method in METHODS.items()},
)


def method_of(user: User) -> Pool:
    """The user's method of cost basis, as its empty pool; average cost where the method is not known any more."""
    return METHODS.get(user.app_settings[COST_BASIS.name], AVERAGE)

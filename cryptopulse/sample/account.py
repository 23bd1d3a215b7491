"""The sample account: made, filled, wiped."""

import secrets
from datetime import datetime, timedelta

from core.accounts import services as accounts
from core.accounts.domain import SAMPLE_ADDRESSES, User
from core.accounts.selectors import users_named
from core.errors import NotPermitted
from cryptopulse.sample.book import fill_book, priced_assets
from cryptopulse.sample.expenses import fill_expenses
from cryptopulse.sample.footprint import fill_footprint

PREFIX = "sample_"
LIFE = timedelta(days=7)
"""A sample is to look around in, not to stay."""


def make() -> User:
    """A new sample user with something in every room. Raises Refused `no_prices` while the market has none yet."""
    assets = priced_assets()
    name = PREFIX + secrets.token_hex(8)
    user = accounts.user_sign_up(name, name + SAMPLE_ADDRESSES, secrets.token_urlsafe(24), "Sample", "sample")
    fill_expenses(user)
    fill_footprint(user)
    fill_book(user, assets)
    return user


def fill(user: User) -> None:
    """The same in an account that is there already and empty. Raises Refused `no_prices`."""
    assets = priced_assets()
    fill_expenses(user)
    fill_footprint(user)
    fill_book(user, assets)


def wipe(user: User) -> None:
    """Delete a sample user with every row. Raises NotPermitted for any other account."""
    if user.account != "sample":
        raise NotPermitted("This deletes only sample accounts. Close your own account in Settings.")
    accounts.account_erase(user.username)


def wipe_old(now: datetime) -> int:
    """Delete the sample users that were made a week ago or earlier; how many. Safe to repeat."""
    old = [user for user in users_named(PREFIX) if user.account == "sample" and user.created_at <= now - LIFE]
    for user in old:
        wipe(user)
    return len(old)

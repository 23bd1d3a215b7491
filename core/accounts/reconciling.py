"""Rules by which accounts agree with the rows around them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from core import clock, wiring
from core.accounts import events
from core.accounts.repositories.users import reservation_get, user_from_item
from core.accounts.tables import RESERVATIONS, USERS
from core.health import LONGEST_WAIT
from core.reconciling.rules import Account, Disagreement, Stream
from core.tables import OUTBOX


def address_is_held(account: Account) -> Iterable[Disagreement]:
    """The address of every account is reserved for it."""
    for item in account.of(USERS):
        held = [row["username"] for row in account.of(RESERVATIONS)]
        if held != [account.username]:
            who = f"is held by {held[0]}" if held else "is held by nobody"
            yield Disagreement(account.username, f"Users {account.username}", f"email {item['email']} {who}")


def nothing_is_left_behind(account: Account) -> Iterable[Disagreement]:
    """An account that does not exist has no row anywhere, save those whose time is over.

    Events are not counted: some are of addresses, which are no accounts.
    """
    if account.of(USERS):
        return
    now = clock.to_seconds(account.now)
    for table in wiring.tables():
        rows = () if table == OUTBOX else account.of(table)
        left = [row for row in rows if table.ttl is None or row.get(table.ttl, now + 1) > now]
        for row in left:
            key = " ".join(str(row[name]) for name in table.key_names)
            yield Disagreement(account.username, f"{table.name} {key}", "there is no account of this username")


def closing_goes_on(account: Account) -> Iterable[Disagreement]:
    """An account that is being closed has the event by which it is erased, or was shut a moment ago.

    A sample is wiped without one, and again by the schedule.
    """
    for user in map(user_from_item, account.of(USERS)):
        is_old = user.updated_at < account.now - timedelta(seconds=LONGEST_WAIT)
        is_waiting = any(item.get("name") == events.CLOSE_REQUESTED for item in account.of(OUTBOX))
        if user.status == "closing" and user.account != "sample" and is_old and not is_waiting:
            since = clock.to_text(user.updated_at)
            yield Disagreement(
                user.username, f"Users {user.username}", f"closing since {since}, and no event erases it"
            )


def addresses_have_accounts(stream: Stream, now: datetime) -> Iterable[Disagreement]:
    """Every address that is held is that of the account which holds it."""
    emails = {item["username"]: item["email"] for item in stream(USERS)}
    for held in stream(RESERVATIONS):
        email = emails.get(held["username"])
        if email is None or reservation_get(email).key["name"] != held["name"]:
            has = "has no account" if email is None else f"has {email}"
            yield Disagreement(held["username"], f"Reservations {held['name']}", f"its holder {has}")


RULES = (address_is_held, nothing_is_left_behind, closing_goes_on)
STORE_RULES = (addresses_have_accounts,)

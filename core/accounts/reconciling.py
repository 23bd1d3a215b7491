"""Rules by which accounts agree with the rows around them."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from core import clock, wiring
from core.accounts import events
from core.accounts.domain import User
from core.accounts.repositories.reservations import reservation_from_item
from core.accounts.repositories.users import user_from_item
from core.accounts.reservations import Reservation
from core.accounts.tables import RESERVATIONS, USERS
from core.events import LONGEST_WAIT
from core.reconciling.rules import Account, Disagreement, Stream, row_name
from core.storage import Item
from core.tables import OUTBOX


def address_is_held(account: Account) -> Iterable[Disagreement]:
    """The address of every account is reserved for it once it is proved, and so is each that it can go back to.

    One that is not proved may be held by another account that named it, or by none since that account has left.
    """
    for user in map(user_from_item, account.of(USERS)):
        held = {each.email: each for each in map(reservation_from_item, account.of(RESERVATIONS))}
        now = held.get(user.email)
        is_own = now is not None and now.username == user.username
        if user.email_confirmed or is_own:
            wanted = Reservation(user.email, user.username, user.email_unconfirmed_since)
            yield from _of_address(user, wanted, now)
        for kept in user.kept_addresses:
            if kept.kept_until > account.now:
                wanted = Reservation(kept.email, user.username, kept_until=kept.kept_until)
                yield from _of_address(user, wanted, held.get(kept.email))


def _of_address(user: User, wanted: Reservation, held: Reservation | None) -> Iterable[Disagreement]:
    row = row_name(USERS, {"username": user.username})
    if held is None or held.username != user.username:
        who = "nobody" if held is None else held.username
        yield Disagreement(user.username, row, f"email {wanted.email} is held by {who}")
    elif held != wanted:
        yield Disagreement(user.username, row, f"email {wanted.email} is held as {held}, the account says {wanted}")


def nothing_is_left_behind(account: Account) -> Iterable[Disagreement]:
    """An account that does not exist has no row anywhere, save those whose time is over.

    Events are not counted: some are of addresses, which are no accounts.
    """
    if account.exists:
        return
    now = clock.to_seconds(account.now)
    for table in wiring.tables():
        rows = () if table == OUTBOX else account.of(table)
        left = [row for row in rows if table.ttl is None or row.get(table.ttl, now + 1) > now]
        for row in left:
            yield Disagreement(account.username, row_name(table, row), "there is no account of this username")


def closing_goes_on(account: Account) -> Iterable[Disagreement]:
    """An account that is being closed has the event by which it is erased, or was shut a moment ago.

    A sample is wiped without one, and again by the schedule.
    """
    for user in map(user_from_item, account.of(USERS)):
        is_old = user.updated_at < account.now - timedelta(seconds=LONGEST_WAIT)
        is_waiting = any(item.get("name") == events.CLOSE_REQUESTED for item in account.of(OUTBOX))
        if user.status == "closing" and user.account != "sample" and is_old and not is_waiting:
            since = clock.to_text(user.updated_at)
            row = row_name(USERS, {"username": user.username})
            yield Disagreement(user.username, row, f"closing since {since}, and no event erases it")


def addresses_have_accounts(stream: Stream, now: datetime) -> Iterable[Disagreement]:
    """Every address that is held is that of the account which holds it, or one that this can go back to."""
    named = {item["username"]: _addresses(item) for item in stream(USERS)}
    for held in stream(RESERVATIONS):
        emails = named.get(held["username"])
        if emails is None or reservation_from_item(held).email not in emails:
            has = "has no account" if emails is None else f"has {', '.join(emails)}"
            yield Disagreement(held["username"], row_name(RESERVATIONS, held), f"its holder {has}")


def _addresses(item: Item) -> tuple[str, ...]:
    return item["email"], *(kept["email"] for kept in item.get("kept_addresses", ()))


RULES = (address_is_held, nothing_is_left_behind, closing_goes_on)
STORE_RULES = (addresses_have_accounts,)

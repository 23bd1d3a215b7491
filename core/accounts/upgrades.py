"""Steps that bring accounts of an earlier layout of the store to the present one."""

import logging
from dataclasses import replace
from functools import partial

from core import clock
from core.accounts.domain import User
from core.accounts.email_form import normal_email
from core.accounts.repositories import reservations, users
from core.accounts.selectors import reservations_of, users_named
from core.accounts.tables import USERS
from core.retry import LostRace, optimistic
from core.storage import TransactionCancelled, Write, administration, store
from core.usage.counts import counts_put
from core.usage.held import Held, held_put
from core.usage.measures import recounted, table_names
from core.user_rows import rows_of

logger = logging.getLogger(__name__)


def unify_addresses() -> None:
    """Bring every address into its normal form, so that one that can be written in two ways is held once.

    An address that may not be used any more, or whose normal form another account has, stays as it is: its owner
    signs in with it as before. Safe to repeat and to stop anywhere; one request for each 1 MB of users, and two for
    each address that changes.
    """
    for user in users_named(""):
        try:
            email = normal_email(user.email)
        except ValueError:
            logger.warning("the address of %s stays as it is: it cannot be used any more", user.username)
            continue
        if email != user.email:
            optimistic(partial(_unify, user, email))


def _unify(user: User, email: str) -> None:
    held = reservations_of([user.email, email])
    if email in held:
        logger.warning("the address of %s stays as it is: %s has its other form", user.username, held[email].username)
        return
    unchanged = users.NOT_CLOSING & users.still_has(user, "email")
    writes: list[Write] = [users.user_change(user.username, {"email": email}, condition=unchanged)]
    own = held.get(user.email)
    if own is not None and own.username == user.username:
        writes += [reservations.reservation_delete(own), reservations.reservation_put(replace(own, email=email), None)]
    try:
        store().transact_write(writes)
    except TransactionCancelled as error:
        if error.failed("user"):
            return  # changed since the list was read, by a release that writes the normal form
        raise LostRace from error


def count_usage() -> None:
    """Count what every user keeps and write it over what was counted before, while the site is stopped.

    Safe to repeat and to stop anywhere. In memory are the names of all users and one page of rows; one request for each
    1 MB of a user's rows and at least one for each table that counts.
    """
    for username in sorted(item["username"] for item in administration().dump(USERS)):
        now = clock.to_seconds(clock.now())
        found = recounted(rows_of(username, table_names()), now)
        held = [Held(username, figure, ends, version=1) for figure, ends in found.held.items()]
        store().batch_write([counts_put(username, found.use, now), *map(held_put, held)])

"""Closing an account: it is shut at once, then everything in it is deleted."""

from core import clock, outbox, stream, user_rows, wiring
from core.accounts import events
from core.accounts.domain import User
from core.accounts.repositories import reservations, users
from core.accounts.repositories.attempts import attempts_delete
from core.accounts.selectors import find_user, reservations_of
from core.accounts.services import credentials, lockout
from core.accounts.services.address_writes import addresses_of, own
from core.accounts.tables import USERS
from core.commit import commit
from core.errors import NotFound
from core.events import event_put
from core.retry import LostRace
from core.storage import ConditionFailed, Write, store
from core.usage.counts import counts_delete


def account_close(user: User) -> None:
    """Shut the account and have everything of it deleted; 1 request.

    Its sessions and keys are void from now on. The deletion is an event, so that it goes on after a crash.
    Raises NotFound for an account that is closed already.
    """
    shut = users.user_change(
        user.username, {"status": "closing", "updated_at": clock.now()}, condition=users.NOT_CLOSING
    )
    commit([shut, event_put(events.close_requested(user))], failures={"user": NotFound("That user")})
    outbox.nudge(user.username)
    stream.recheck_sign_in(user.username)


def account_close_confirmed(user: User, password: str) -> None:
    """The same after a check of the password; 4 requests. Raises InvalidInput, LockedOut, NotFound, Busy."""
    lockout.forget(credentials.check_password(user, password, field="password"))
    account_close(user)


def account_erase(username: str) -> None:
    """Delete everything that is kept about a user, now; nothing happens when there is no such account.

    Safe to repeat, and to run twice at once: the account stays shut, and its name and address stay taken, until no
    other row is left; they go last, in one transaction. Failed sign-ins from other addresses, and counts of mails to an
    address that was not proved, expire within minutes. What the apps list as ACCOUNT_CLOSINGS is called first.
    """
    user = find_user(username)
    if user is None:
        return
    if user.status != "closing":
        try:
            user = users.user_from_item(store().write(users.user_change(username, {"status": "closing"})))
        except ConditionFailed:
            return
    for closing in wiring.listed("ACCOUNT_CLOSINGS"):
        closing(username)
    user_rows.delete_events_of(username, keep=events.CLOSE_REQUESTED)
    while user_rows.delete_rows_of(username, keep=USERS):
        continue
    held = reservations_of(addresses_of(user))
    writes: list[Write] = [
        users.user_delete(username, condition=users.THERE),
        counts_delete(username),
        *(reservations.reservation_delete(each) for each in own(user, held, held)),
        attempts_delete(lockout.password_try(username)),
        attempts_delete(lockout.confirm_try(username)),
        attempts_delete(lockout.test_message_try(username)),
    ]
    if user.email_confirmed:  # else somebody who names another's address could have mails sent there without end
        writes.append(attempts_delete(lockout.reset_try(user.email)))
        writes.append(attempts_delete(lockout.confirm_mail_try(user.email)))
    try:
        commit(writes)
    except LostRace:
        if find_user(username) is not None:
            raise

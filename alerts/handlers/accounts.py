"""Reactions to what happens to accounts: the mails about them, each queued once, however often its event comes."""

from alerts.services import account_mail_queue, deliveries_release
from core.accounts.mails import MailKind
from core.accounts.selectors import user_asked_to_confirm, user_get, user_to_reset
from core.accounts.services import lockout
from core.errors import NotFound
from core.events import Event


def queue_password_reset(event: Event) -> None:
    """Have the link mailed to who holds the address, if anybody does who may use it."""
    user = user_to_reset(event.payload["email"])
    if user is not None:
        account_mail_queue(event, MailKind.PASSWORD_RESET, user, address=user.email)


def queue_confirmation(event: Event) -> None:
    """Have the link mailed that proves an address; not where it is proved or left by now.

    An address gets five within 300 seconds at most, however many accounts name it.
    """
    user = user_asked_to_confirm(event.username, event.payload["email"])
    if user is not None:
        limited_by = lockout.confirm_mail_try(user.email)
        account_mail_queue(event, MailKind.CONFIRM_ADDRESS, user, address=user.email, limited_by=limited_by)


def queue_change_notice(event: Event) -> None:
    """Have the address that an account left told of it, with the link that takes the change back."""
    _queue_for_former(event, MailKind.ADDRESS_CHANGED)


def queue_revert_notice(event: Event) -> None:
    """Have the address that an account left for a former one told of it."""
    _queue_for_former(event, MailKind.ADDRESS_REVERTED)


def release_waiting(event: Event) -> None:
    """Send what waited for a proved address."""
    deliveries_release(event.username)


def _queue_for_former(event: Event, kind: MailKind) -> None:
    try:
        user = user_get(event.username)
    except NotFound:
        return
    account_mail_queue(event, kind, user, address=event.payload["email"])

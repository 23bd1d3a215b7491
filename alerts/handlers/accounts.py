"""Reactions to what happens to accounts: the mails about them, each queued once, however often its event comes."""

from __future__ import annotations

from alerts.services import account_mail_queue
from core.accounts.mails import MailKind
from core.accounts.selectors import user_to_reset
from core.events import Event


def queue_password_reset(event: Event) -> None:
    """Have the link mailed to who holds the address, if anybody does who may use it."""
    user = user_to_reset(event.payload["email"])
    if user is not None:
        account_mail_queue(event, MailKind.PASSWORD_RESET, user, address=user.email)

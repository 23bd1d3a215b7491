"""Mails about accounts as deliveries: written once for each event that asks for one, sent like all others."""

from __future__ import annotations

from alerts.domain.notification import Delivery, DeliveryStatus
from alerts.domain.terms import ChannelKind
from alerts.repositories import deliveries
from alerts.services import nudging
from core import clock, ids
from core.accounts.domain import User
from core.accounts.mails import LASTS, AccountMail, MailKind
from core.accounts.repositories.users import open_check
from core.events import Event
from core.storage import TransactionCancelled, store


def account_mail_queue(event: Event, kind: MailKind, user: User, *, address: str) -> None:
    """Have a mail about the account sent to an address; the same event again adds nothing. 1 request.

    Its time runs from the event. Nothing is written where the account has been closed since.
    """
    mail = AccountMail(
        kind=kind,
        username=user.username,
        mail_id=ids.derived_id(event.occurred_at, "account mail", event.event_id),
        address=address,
        credential_version=user.credential_version,
        created_at=event.occurred_at,
        expires_at=event.occurred_at + LASTS[kind],
        reference=event.event_id,
    )
    delivery = Delivery(mail, ChannelKind.EMAIL, DeliveryStatus.QUEUED, clock.now())
    try:
        store().transact_write([deliveries.put(delivery), open_check(user.username)])
    except TransactionCancelled as error:
        if error.failed("account"):
            return
        if not error.failed("delivery"):
            raise
    nudging.nudge()

"""Mails about accounts as deliveries: written once for each event that asks for one, sent like all others."""

import logging

from alerts.channels import account_channel
from alerts.domain.notification import Delivery, DeliveryStatus
from alerts.repositories.deliveries import delivery_put
from alerts.services.deliveries import nudge
from core import clock, ids
from core.accounts.domain import User
from core.accounts.mails import LASTS, AccountMail, MailKind
from core.accounts.repositories.users import open_check
from core.accounts.services import lockout
from core.commit import commit
from core.errors import CryptoPulseError, NotFound, TooOften
from core.events import Event
from core.retry import optimistic
from core.storage import Write

logger = logging.getLogger(__name__)


class _IsQueued(CryptoPulseError):
    """The event came before, and its mail is queued."""


def account_mail_queue(event: Event, kind: MailKind, user: User, *, address: str, limited_by: str = "") -> None:
    """Have a mail about the account sent to an address; the same event again adds nothing. 1 request.

    Its time runs from the event. Nothing is written where the account has been closed since. With `limited_by`, a name
    under which such mails are counted, the sixth within 300 seconds is dropped and logged; 1 request more.
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
    try:
        optimistic(lambda: _queue(mail, limited_by))
    except TooOften:
        logger.warning("mail %s of %s is dropped: its address has had five within 300 seconds", kind, mail.username)
        return
    except (_IsQueued, NotFound):
        pass
    nudge()


def _queue(mail: AccountMail, limited_by: str) -> None:
    delivery = Delivery(mail, account_channel(), DeliveryStatus.QUEUED, clock.now())
    writes: list[Write] = [delivery_put(delivery), open_check(mail.username)]
    if limited_by:
        before = lockout.tries(limited_by)
        writes.append(lockout.counting_write(limited_by, before, code="too_many_mails", what="Five were mailed."))
    commit(writes, failures={"delivery": _IsQueued("This mail is queued already.")})

"""Mails about an account that wait to be sent: kind and recipient, without secret, link or text."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from core.accounts.reservations import CONFIRM_LASTS, KEPT_FOR


class MailKind(StrEnum):
    """What a mail about an account is for."""

    PASSWORD_RESET = "password_reset"  # noqa: S105 - the name of a kind
    CONFIRM_ADDRESS = "confirm_address"
    ADDRESS_CHANGED = "address_changed"
    ADDRESS_REVERTED = "address_reverted"


LASTS = {
    MailKind.PASSWORD_RESET: timedelta(hours=1),
    MailKind.CONFIRM_ADDRESS: CONFIRM_LASTS,
    MailKind.ADDRESS_CHANGED: KEPT_FOR,
    MailKind.ADDRESS_REVERTED: KEPT_FOR,
}
"""For how long a mail of each kind is worth sending, from when it was asked for."""


@dataclass(frozen=True, slots=True)
class AccountMail:
    """One mail about an account on its way out.

    `address` is where it goes, which need not be the account's. `credential_version` is the account's when it was
    asked for. From `expires_at` on it is of no use and not sent. `reference` is the Message-ID before the host.
    """

    kind: MailKind
    username: str
    mail_id: str
    address: str
    credential_version: int
    created_at: datetime
    expires_at: datetime
    reference: str

"""The signed links by which somebody shows that mail to an address reaches them. They are made when a mail is sent."""

from dataclasses import dataclass
from datetime import datetime

from django.core import signing

from core import clock
from core.accounts.domain import User
from core.accounts.reservations import CONFIRM_LASTS, KeptAddress
from core.errors import Refused

CONFIRM_SALT = "core.accounts.address_links.confirm"
REVERT_SALT = "core.accounts.address_links.revert"


@dataclass(frozen=True, slots=True)
class ConfirmLink:
    """What a link to confirm says: whose address it is, and the state of the account when it was made."""

    username: str
    email: str
    credential_version: int


@dataclass(frozen=True, slots=True)
class RevertLink:
    """What a link to undo a change says: whose, and the address that the account had, with its own end.

    It does not hold the account's credential version: an intruder who changed the address may change the password
    next. The end is different for each change, so that a link is good for one of them.
    """

    username: str
    email: str
    kept_until: datetime


def confirm_token(user: User) -> str:
    """The token of a link that confirms the account's address; void once address or password change."""
    return signing.dumps([user.username, user.email, user.credential_version], salt=CONFIRM_SALT)


def confirm_link(token: str) -> ConfirmLink:
    """What a token says. Raises Refused `link_void` for one that is too old, or not made here."""
    try:
        return ConfirmLink(*signing.loads(token, salt=CONFIRM_SALT, max_age=CONFIRM_LASTS))
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise void() from error


def revert_token(username: str, kept: KeptAddress) -> str:
    """The token of a link that gives the account an address back."""
    return signing.dumps([username, kept.email, clock.to_text(kept.kept_until)], salt=REVERT_SALT)


def revert_link(token: str) -> RevertLink:
    """What a token says. Raises Refused `link_void` for one that was not made here."""
    try:
        username, email, kept_until = signing.loads(token, salt=REVERT_SALT)
        return RevertLink(username, email, clock.from_text(kept_until))
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise void() from error


def void() -> Refused:
    """The error of a link that is no longer good."""
    return Refused("link_void", "This link was already used, is too old, or is for an address that was changed since.")

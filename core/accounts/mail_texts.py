"""Subject, link and template of mails about accounts. They are made when one is sent: no link with a secret is kept.

Of what a user wrote only the username is in them: it is short and plain, while a name of free text would let anybody
send words of their own in the site's name to an address of somebody else.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from core.accounts import address_links, passwords
from core.accounts.domain import User
from core.accounts.mails import AccountMail, MailKind
from core.accounts.reservations import CONFIRM_LASTS


@dataclass(frozen=True, slots=True)
class MailText:
    """What a mail says."""

    subject: str
    body: str


def text_of(mail: AccountMail, user: User) -> MailText | None:
    """What to send to the user now; None where the mail is not needed any more, because the account has changed."""
    return TEXTS[mail.kind](mail, user)


def password_reset(mail: AccountMail, user: User) -> MailText | None:
    """The link that sets a new password; not for an address or a password that has been changed since."""
    is_as_before = (user.email, user.credential_version) == (mail.address, mail.credential_version)
    if not is_as_before or not user.is_active:
        return None
    token = passwords.reset_tokens.make_token(user)  # type: ignore[arg-type]
    context = {
        "user": user,
        "link": _link("accounts:password-reset-confirm", user.username, token),
        "minutes": settings.PASSWORD_RESET_TIMEOUT // 60,
    }
    return MailText("Reset your CryptoPulse password", _text("password_reset", context))


def confirm_address(mail: AccountMail, user: User) -> MailText | None:
    """The link that shows that mail to the address arrives; not for one that is proved or left."""
    is_asked = user.email == mail.address and not user.email_confirmed and user.status in ("active", "pending")
    if not is_asked:
        return None
    link = _link("accounts:address-confirm", address_links.confirm_token(user))
    context = {"user": user, "link": link, "days": CONFIRM_LASTS.days}
    return MailText("Confirm your address for CryptoPulse", _text("confirm_address", context))


def address_changed(mail: AccountMail, user: User) -> MailText | None:
    """The link that takes a change back, to the address that was left; not where that is done, or over."""
    kept = next((each for each in user.kept_addresses if each.email == mail.address), None)
    if kept is None:
        return None
    link = _link("accounts:address-revert", address_links.revert_token(user.username, kept))
    context = {"user": user, "link": link, "until": f"{kept.kept_until:%d %B %Y, %H:%M} UTC"}
    return MailText("The address of your CryptoPulse account was changed", _text("address_changed", context))


def address_reverted(mail: AccountMail, user: User) -> MailText | None:
    """What happened, to an address that the account has left for one that it had before."""
    return MailText("Your address was removed from a CryptoPulse account", _text("address_reverted", {"user": user}))


def _text(name: str, context: Mapping[str, object]) -> str:
    return render_to_string(f"accounts/mail/{name}.txt", dict(context))


def _link(view: str, *args: str) -> str:
    return settings.PUBLIC_URL + reverse(view, args=args)


TEXTS: Mapping[MailKind, Callable[[AccountMail, User], MailText | None]] = {
    MailKind.PASSWORD_RESET: password_reset,
    MailKind.CONFIRM_ADDRESS: confirm_address,
    MailKind.ADDRESS_CHANGED: address_changed,
    MailKind.ADDRESS_REVERTED: address_reverted,
}

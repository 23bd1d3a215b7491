"""Subject and text of mails about accounts, made at the moment of sending: links with secrets are kept nowhere.

Of what a user wrote only the username is in them: it is short and plain, while a name of free text would let anybody
send words of their own in the site's name to an address of somebody else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from core.accounts import passwords
from core.accounts.domain import User
from core.accounts.mails import AccountMail, MailKind


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
    body = render_to_string("accounts/mail/password_reset.txt", context)
    return MailText("Reset your CryptoPulse password", body)


def _link(view: str, *args: str) -> str:
    return settings.PUBLIC_URL + reverse(view, args=args)


TEXTS: Mapping[MailKind, Callable[[AccountMail, User], MailText | None]] = {MailKind.PASSWORD_RESET: password_reset}

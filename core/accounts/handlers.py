"""Reactions to what happened to accounts."""

from __future__ import annotations

from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse

from core.accounts import passwords
from core.accounts.repositories import users
from core.accounts.services import account_erase
from core.events import Event


def send_password_reset_mail(event: Event) -> None:
    """Mail the link to the owner of the address; nothing is mailed where there is none, or to a sample.

    A repeated event sends the mail again under the same Message-ID.
    """
    username = users.holder_of(event.payload["email"])
    user = None if username is None else users.get(username, consistent=True)
    if user is None or not user.is_active or not user.has_mailbox:
        return
    token = passwords.reset_tokens.make_token(user)  # type: ignore[arg-type]
    path = reverse("accounts:password-reset-confirm", args=[user.username, token])
    context = {
        "user": user,
        "link": f"{settings.PUBLIC_URL}{path}",
        "minutes": settings.PASSWORD_RESET_TIMEOUT // 60,
    }
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    EmailMessage(
        subject="Reset your CryptoPulse password",
        body=render_to_string("accounts/mail/password_reset.txt", context),
        to=[user.email],
        headers={"Message-ID": f"<{event.event_id}@{domain}>"},
    ).send()


def erase_closed_account(event: Event) -> None:
    """Delete what a closed account holds; an account of this name that was made since is left alone."""
    user = users.get(event.username, consistent=True)
    if user is not None and user.status == "closing":
        account_erase(user.username)

"""Mail to the address of the account."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.urls import reverse
from django.utils.html import format_html

from alerts.channels.email.transport import Connection
from alerts.channels.protocol import OutwardChannel, Sender
from core.accounts.domain import User
from core.accounts.mail_place import waits_for_proof


class Email(OutwardChannel):
    """One plain mail for each notification. Sent again after a crash it carries the same Message-ID."""

    name = "email"
    label = "Email"
    is_usual = True
    carries_account_mails = True

    def address_of(self, user: User) -> str:
        """The account's."""
        return user.email

    def obstacle(self, user: User) -> str:
        """Sample accounts have no mailbox."""
        return "" if user.has_mailbox else "A sample account gets no mail."

    def waits(self, user: User) -> bool:
        """Until the address is proved: nobody gets mail of the site who did not ask for it."""
        return not user.email_confirmed and waits_for_proof()

    def hint(self, user: User) -> str:
        """That there is no mail, or how to get it."""
        if user.has_mailbox and not user.email_confirmed:
            link = reverse("accounts:email-change")
            return format_html('Mail waits until you <a href="{}">confirm your address</a>.', link)
        return self.obstacle(user)

    @contextmanager
    def opened(self) -> Iterator[Sender]:
        """Hands mails to the mail server; settings.EMAIL_TIMEOUT limits how long each step of that may take."""
        connection = Connection()
        try:
            yield connection.send
        finally:
            connection.close()


EMAIL = Email()

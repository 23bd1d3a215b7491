"""The connection to the mail server that EMAIL_URL names."""

import smtplib
from contextlib import suppress
from typing import Any

from django.core.mail import EmailMessage, get_connection

from alerts.channels.protocol import Message, TransportError

FIRST_PERMANENT_CODE = 500
"""RFC 5321: 4xx may work later, 5xx will not."""
GOODBYE = 421
"""RFC 5321: the server closes the connection."""


class Connection:
    """Opened by the first mail."""

    def __init__(self) -> None:
        self._backend: Any = get_connection()
        self._is_used = False
        self._unreachable: OSError | None = None

    def send(self, message: Message) -> str:
        """See `Sender`."""
        mail = EmailMessage(
            subject=" ".join(message.subject.split()),
            body=message.text,
            to=[message.to],
            headers={"Message-ID": f"<{message.message_id}>"},
            connection=self._backend,
        )
        try:
            self._hand_over(mail)
        except smtplib.SMTPRecipientsRefused as error:
            codes = [code for code, _ in error.recipients.values()]
            raise TransportError(str(error), permanent=min(codes) >= FIRST_PERMANENT_CODE) from error
        except smtplib.SMTPDataError as error:
            raise TransportError(str(error), permanent=error.smtp_code >= FIRST_PERMANENT_CODE) from error
        except OSError as error:
            # A server that refuses the site itself, its sign-in or its sender, says nothing about this mail.
            raise TransportError(str(error)) from error
        return ""

    def close(self) -> None:
        """End it; also one that the other side has ended."""
        with suppress(OSError):
            self._backend.close()
        self._is_used = False

    def _hand_over(self, mail: EmailMessage) -> None:
        """Over the open connection, or, where the server has ended that after some mails, over a new one."""
        self._open()
        try:
            mail.send()
        except OSError as error:
            had_sent = self._is_used
            if not _is_still_open(error):
                self.close()
            if not had_sent or not _is_ended(error):
                raise
            self._open()
            mail.send()
        self._is_used = True

    def _open(self) -> None:
        if self._unreachable is not None:
            raise self._unreachable
        try:
            self._backend.open()
        except OSError as error:
            self._unreachable = error
            raise


def _is_still_open(error: OSError) -> bool:
    return isinstance(error, (smtplib.SMTPRecipientsRefused, smtplib.SMTPResponseException)) and not _is_ended(error)


def _is_ended(error: OSError) -> bool:
    """Whether the server has said goodbye, which some do after a number of mails or a time."""
    if isinstance(error, smtplib.SMTPResponseException):
        return error.smtp_code == GOODBYE
    return isinstance(error, smtplib.SMTPServerDisconnected)

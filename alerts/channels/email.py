"""Mail to the address of the account, by whatever EMAIL_URL names."""

from __future__ import annotations

import smtplib

from django.core.mail import EmailMessage

from alerts.channels.protocol import Message, TransportError
from alerts.domain.notification import Delivery, DeliveryStatus, Notification
from alerts.domain.terms import ChannelKind
from alerts.repositories import deliveries
from core.storage import Write

FIRST_PERMANENT_CODE = 500
"""RFC 5321: 4xx may work later, 5xx will not."""


class Email:
    """One plain mail for each firing. Sent again after a crash it carries the same Message-ID."""

    label = "Email"

    def writes(self, notification: Notification) -> list[Write]:
        """A delivery that is due at once."""
        delivery = Delivery(notification, ChannelKind.EMAIL, DeliveryStatus.QUEUED, notification.created_at)
        return [deliveries.put(delivery)]

    def send(self, message: Message) -> str:
        """Hand the mail to the mail server; settings.EMAIL_TIMEOUT limits how long that may take."""
        mail = EmailMessage(
            subject=" ".join(message.subject.split()),
            body=message.text,
            to=[message.user.email],
            headers={"Message-ID": f"<{message.message_id}>"},
        )
        try:
            mail.send()
        except smtplib.SMTPRecipientsRefused as error:
            codes = [code for code, _ in error.recipients.values()]
            raise TransportError(str(error), permanent=min(codes) >= FIRST_PERMANENT_CODE) from error
        except smtplib.SMTPResponseException as error:
            raise TransportError(str(error), permanent=error.smtp_code >= FIRST_PERMANENT_CODE) from error
        except OSError as error:
            raise TransportError(str(error)) from error
        return ""


EMAIL = Email()

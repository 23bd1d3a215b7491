"""Reading the mails that accounts cause, as their owners do."""

import re

from django.core.mail import EmailMessage

from alerts.services import deliver_due
from core import outbox
from core.storage import Store, store

LINK = re.compile(r"http://localhost:8000(/\S+)")


def send_all() -> None:
    """Handle what has happened, and send what is due."""
    outbox.sweep()
    opened = store()
    assert isinstance(opened, Store)
    opened.catch_up()
    deliver_due()


def link_in(mail: EmailMessage) -> str:
    """The path of the link in a mail."""
    found = LINK.search(str(mail.body))
    assert found, mail.body
    return found[1]


def links_to(mailoutbox: list[EmailMessage], address: str) -> list[str]:
    """The paths of the links that were mailed to an address, oldest first, once all that is due has been sent."""
    send_all()
    return [link_in(mail) for mail in mailoutbox if mail.to == [address] and LINK.search(str(mail.body))]


def token_of(link: str) -> str:
    """The token at the end of a link."""
    return link.rstrip("/").rpartition("/")[2]

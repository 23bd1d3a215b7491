"""`manage.py setstatus NAME STATUS`: approve, suspend, reject or readmit a user."""

from typing import Any

from django.core.management.base import CommandParser

from core.accounts.domain import SETTABLE_STATUSES
from core.accounts.services import status_set
from core.management.base import UserCommand


class Command(UserCommand):
    help = "Approve (active), suspend or reject a user. Sessions and API keys of a user who is not active stop working."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("status", metavar="STATUS", choices=SETTABLE_STATUSES, help=", ".join(SETTABLE_STATUSES))

    def change(self, username: str, options: dict[str, Any]) -> str:
        user = status_set(username, options["status"], reason=options["reason"])
        return f"{user.username} is now {user.status}."

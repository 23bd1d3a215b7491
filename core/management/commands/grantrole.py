"""`manage.py grantrole NAME ROLE`: how the first administrator comes to be."""

from typing import Any

from django.core.management.base import CommandParser

from core.accounts.domain import ROLES
from core.accounts.services import role_grant
from core.management.base import UserCommand


class Command(UserCommand):
    help = "Give a user a role in place of the one before."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("role", metavar="ROLE", choices=ROLES, help=", ".join(ROLES))

    def change(self, username: str, options: dict[str, Any]) -> str:
        user = role_grant(username, options["role"], reason=options["reason"])
        return f"{user.username} is now {user.role}."

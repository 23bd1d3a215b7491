"""`manage.py grantrole NAME ROLE`: how the first administrator comes to be."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.accounts.domain import ROLES
from core.accounts.services import GIVEN_BY_COMMAND, role_grant
from core.errors import CryptoPulseError


class Command(BaseCommand):
    help = "Give a user a role in place of the one before."

    def add_arguments(self, parser: CommandParser) -> None:
        """NAME, ROLE and the reason."""
        parser.add_argument("name", metavar="NAME", help="the username")
        parser.add_argument("role", metavar="ROLE", choices=ROLES, help=", ".join(ROLES))
        parser.add_argument("--reason", default=GIVEN_BY_COMMAND, help="why, for the audit log (default: %(default)s)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Grants the role; fails with a sentence when there is no such user."""
        try:
            user = role_grant(options["name"].strip().lower(), options["role"], reason=options["reason"])
        except CryptoPulseError as error:
            raise CommandError(f"{options['name']}: {error.detail}") from error
        self.stdout.write(f"{user.username} is now {user.role}.")

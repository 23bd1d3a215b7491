"""`manage.py setstatus NAME STATUS`: approve, suspend, reject or readmit a user."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.accounts.domain import SETTABLE_STATUSES
from core.accounts.services import GIVEN_BY_COMMAND, status_set
from core.errors import CryptoPulseError


class Command(BaseCommand):
    help = "Approve (active), suspend or reject a user. Sessions and API keys of one who is not active are void."

    def add_arguments(self, parser: CommandParser) -> None:
        """NAME, STATUS and the reason."""
        parser.add_argument("name", metavar="NAME", help="the username")
        parser.add_argument("status", metavar="STATUS", choices=SETTABLE_STATUSES, help=", ".join(SETTABLE_STATUSES))
        parser.add_argument("--reason", default=GIVEN_BY_COMMAND, help="why, for the audit log (default: %(default)s)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Sets the status; fails with a sentence when there is no such user."""
        try:
            user = status_set(options["name"].strip().lower(), options["status"], reason=options["reason"])
        except CryptoPulseError as error:
            raise CommandError(f"{options['name']}: {error.detail}") from error
        self.stdout.write(f"{user.username} is now {user.status}.")

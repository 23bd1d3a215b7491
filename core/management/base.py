"""What commands of the product have in common: failures in one sentence, and how to go on after one."""

from abc import ABC, abstractmethod
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.accounts.services import GIVEN_BY_COMMAND
from core.errors import CryptoPulseError
from core.storage import StorageError


class StoreCommand(BaseCommand):
    """A command on the store: what the store or a file refuses ends it with the sentence of the error."""

    def execute(self, *args: Any, **options: Any) -> str | None:
        """Run it. Raises CommandError."""
        try:
            return super().execute(*args, **options)
        except (StorageError, ImproperlyConfigured, OSError) as error:
            raise CommandError(str(error)) from error


def add_continue(parser: CommandParser) -> None:
    """The option to go on where an earlier run was interrupted, as `goes_on`."""
    parser.add_argument(
        "--continue", action="store_true", dest="goes_on", help="after an interrupted run: overwrite what is there"
    )


class UserCommand(BaseCommand, ABC):
    """A command that changes one user, by name, for a reason that goes into the audit log."""

    def add_arguments(self, parser: CommandParser) -> None:
        """NAME and the reason."""
        parser.add_argument("name", metavar="NAME", help="the username")
        parser.add_argument("--reason", default=GIVEN_BY_COMMAND, help="why, for the audit log (default: %(default)s)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Change the user. Raises CommandError when there is none of this name, or a rule refuses it."""
        try:
            self.stdout.write(self.change(options["name"].strip().lower(), options))
        except CryptoPulseError as error:
            raise CommandError(f"{options['name']}: {error.detail}") from error

    @abstractmethod
    def change(self, username: str, options: dict[str, Any]) -> str:
        """Make the change; the sentence that says how the user is now."""

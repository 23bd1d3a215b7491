"""Make the tables that are missing; safe to repeat."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core import wiring
from core.storage import StorageError, administration


class Command(BaseCommand):
    help = "Make the tables that are missing in the store that DATASTORE_URL names. Safe to repeat."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            made = administration().create_tables(wiring.tables())
        except StorageError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{len(made)} tables made, {len(wiring.tables()) - len(made)} were there.")

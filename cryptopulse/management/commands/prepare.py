"""`manage.py prepare`: what must be in the store before the site answers."""

from typing import Any

from django.core.management.base import BaseCommand

from cryptopulse.start_up import prepare


class Command(BaseCommand):
    help = "Put into the store what the site starts with. `serve` does so by itself; safe to repeat."

    def handle(self, *args: Any, **options: Any) -> None:
        prepare(self.stdout.write)
        self.stdout.write("The store is prepared.")

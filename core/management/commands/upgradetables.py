"""`manage.py upgradetables`: bring the rows of an older release to the layout of this one."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core import clock, heartbeat, layout
from core.storage import StorageError, administration


class Command(BaseCommand):
    help = (
        "Bring the rows of an older release to the layout of this one, by named steps. Stop the site and make a backup "
        "first. Safe to repeat, also after an interruption. `prepare` and `serve` do it by themselves on SQLite."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--repeat",
            action="store_true",
            help="run the steps of the present layout again, after an older release has used the store in the meantime",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self._refuse_a_running_site()
            layout.upgrade(self._report, repeat=options["repeat"])
        except StorageError as error:
            raise CommandError(f"{error}. Run it again.") from error
        self.stdout.write(f"The store has layout {(layout.stored() or layout.OLDEST_STORES).layout}.")

    def _refuse_a_running_site(self) -> None:
        if administration().used_elsewhere():
            raise CommandError("Another process has the store open: stop the site first.")
        seen_at = heartbeat.read().worker_at
        if seen_at is not None and abs(clock.now() - seen_at) < heartbeat.LASTS:
            seconds = heartbeat.LASTS.total_seconds()
            raise CommandError(
                f"A worker was running less than {seconds:.0f} seconds ago: stop the site, and wait that long."
            )

    def _report(self, sentence: str) -> None:
        self.stdout.write(sentence)
        self.stdout.flush()

"""`manage.py outbox`: events that were given up, and trying them again."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core import clock, outbox


class Command(BaseCommand):
    help = "List the events whose handlers failed eight times, or put them back to be handled again."

    def add_arguments(self, parser: CommandParser) -> None:
        which = parser.add_mutually_exclusive_group()
        which.add_argument("--replay", metavar="EVENT_ID", help="replay this event")
        which.add_argument("--replay-all", action="store_true", help="replay every event, the oldest 100 at a time")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["replay"]:
            if not outbox.replay(options["replay"]):
                raise CommandError(f"No event {options['replay']} was given up: see manage.py outbox.")
            self._report(1)
        elif options["replay_all"]:
            self._report(sum(outbox.replay(entry.event.event_id) for entry in outbox.given_up()))
        else:
            self._list()

    def _report(self, count: int) -> None:
        self.stdout.write(f"{count} event{' is' if count == 1 else 's are'} back and will be handled within seconds.")

    def _list(self) -> None:
        entries = outbox.given_up()
        for entry in entries:
            event = entry.event
            facts = (event.event_id, clock.to_text(event.occurred_at), event.name, event.username, entry.last_error)
            self.stdout.write("  ".join(facts))
        if not entries:
            self.stdout.write("No event was given up.")

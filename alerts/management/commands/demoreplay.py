"""Replay prices through alerts, notifications and mail, and check what fired."""

from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.core.management.base import BaseCommand, CommandError, CommandParser

from alerts import demo
from alerts.demo.plan import PRICE_TYPES, Plan
from alerts.demo.run import Outcome, outcome, run
from core import money, wiring
from core.errors import CryptoPulseError
from core.storage import StorageError, administration
from market.feeds.replay import FileRefused, ReplayAddress
from market.feeds.replay.files import read

OWN_FILE = Path(demo.__file__).with_name("prices.csv")
MOST_ALERTS = 100


class Command(BaseCommand):
    help = (
        "Replay a CSV file of prices through the alert engine of the store that DATASTORE_URL names: alerts at every "
        "STEP from LOW to HIGH, below the first price 'below', above it 'above'. Compares what fired with a plain "
        "walk through the file. Safe to kill and to repeat."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("csv", nargs="?", type=Path, default=OWN_FILE, help="default: built-in made-up prices")
        parser.add_argument("--price-type", choices=sorted(PRICE_TYPES), default="touch", dest="judged_by")
        parser.add_argument("--low", type=_price, default=Decimal(70_000))
        parser.add_argument("--high", type=_price, default=Decimal(90_000))
        parser.add_argument("--step", type=_price, default=Decimal(250))
        parser.add_argument("--zone", type=ZoneInfo, default=None, help="of times in the file that name none")

    def handle(self, *args: Any, **options: Any) -> None:
        plan = _plan(options["csv"], options)
        try:
            administration().create_tables(wiring.tables())
            for entry in run(plan):
                self.stdout.write(f"{entry.at:%Y-%m-%d %H:%M}  {entry.condition.text}: {entry.price}")
            found = outcome(plan)
        except (StorageError, CryptoPulseError) as error:
            raise CommandError(f"{error}. Run the same command again: it continues where it stopped.") from error
        self._report(plan, found)

    def _report(self, plan: Plan, found: Outcome) -> None:
        fired, expected = set(found.fired), found.expected
        self.stdout.write(
            f"{len(plan.ticks)} bars of {plan.ticks[0].source}, first close {plan.ticks[0].close}; "
            f"{len(plan.thresholds)} alerts judged by {plan.judged_by}."
        )
        self.stdout.write(
            f"Expected to fire: {len(expected)}. Fired: {len(found.fired)}, missing {len(expected - fired)}, "
            f"too many {len(fired - expected) + len(found.fired) - len(fired)}."
        )
        self.stdout.write(
            f"Notifications: {found.notifications}. Mails sent: {found.mails_sent}, "
            f"with {len(found.message_ids)} different Message-IDs."
        )
        if not found.agrees:
            raise CommandError("What fired is not what should have fired.")
        self.stdout.write(self.style.SUCCESS("As expected."))


def _price(text: str) -> Decimal:
    price = money.parse(text)
    if price <= 0:
        raise ValueError
    return price


def _plan(path: Path, options: dict[str, Any]) -> Plan:
    try:
        ticks = read(ReplayAddress(path, asset_id="replay", zone=options["zone"]))
    except FileRefused as error:
        raise CommandError(f"{error}.") from error
    low, high, step = options["low"], options["high"], options["step"]
    first = ticks[0].close
    if not low < first < high:
        raise CommandError(f"The first price, {first}, is not between {low} and {high}: give --low, --high and --step.")
    if (high - low) / step >= MOST_ALERTS:
        raise CommandError(f"That is more than {MOST_ALERTS} alerts: give a larger --step.")
    return Plan.of(ticks, options["judged_by"], low, high, step)

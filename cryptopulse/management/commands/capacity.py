"""`manage.py capacity`: what each journey asks of the store, and what a month of them costs on DynamoDB."""

from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.storage import StorageError
from cryptopulse.capacity import Figure, measure
from cryptopulse.capacity.bill import CURRENCY, MILLION, SOURCE, US_EAST_1, Load, Rates, bill, money, units
from cryptopulse.capacity.figures import MEMORY


class Command(BaseCommand):
    help = (
        "Play every journey through the product once on an empty store, and print the requests, read units and write "
        "units that it asks for, what a million of it costs, and the bill of a month under the load described. "
        f"Prices by default: {SOURCE}."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        usual = Load()
        parser.add_argument("--datastore", default=MEMORY, help=f"address of an empty store (default: {MEMORY})")
        for name, price in (("read", US_EAST_1.read), ("write", US_EAST_1.write)):
            parser.add_argument(
                f"--{name}-price",
                type=_number,
                default=price,
                help=f"{CURRENCY} for a million {name} units ({price})",
            )
        parser.add_argument("--users", type=int, default=usual.users, help=f"users of a day ({usual.users})")
        for name, about in (
            ("visits", "visits of a user on a day"),
            ("minutes-open", "minutes that the overview stays open at each visit"),
            ("orders", "orders of a user on a day"),
            ("firings", "alerts of a user set and fired on a day"),
        ):
            value = getattr(usual, name.replace("-", "_"))
            parser.add_argument(f"--{name}", type=_number, default=value, help=f"{about} ({value})")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["users"] < 0:
            raise CommandError("--users must not be negative.")
        rates = Rates(options["read_price"], options["write_price"])
        counts = {name: options[name] for name in ("users", "visits", "minutes_open", "orders", "firings")}
        load = replace(Load(), poll_seconds=Decimal(settings.MARKET_POLL_SECONDS), **counts)
        try:
            figures = measure(options["datastore"])
        except (StorageError, ImproperlyConfigured) as error:
            raise CommandError(str(error)) from error
        self._print_figures(figures, rates)
        self._print_bill(figures, load, rates)

    def _print_figures(self, figures: tuple[Figure, ...], rates: Rates) -> None:
        self.stdout.write(f"{'':58}{'requests':>9}{'read':>9}{'write':>9}{f'{CURRENCY} a million':>15}")
        group = ""
        for figure in figures:
            if figure.journey.group != group:
                group = figure.journey.group
                self.stdout.write(group)
            self.stdout.write(
                f"  {figure.journey.name:56}{figure.requests:>9}{units(figure.read_units):>9}"
                f"{units(figure.write_units):>9}{money(rates.price(figure, MILLION)):>15}"
            )

    def _print_bill(self, figures: tuple[Figure, ...], load: Load, rates: Rates) -> None:
        lines = bill(figures, load, rates)
        self.stdout.write(
            f"\nA month: {load.users} users, each with {load.visits} visits, {load.orders} orders and {load.firings} "
            f"firings a day; prices every {load.poll_seconds} s; without storage and backups"
        )
        for line in lines:
            self.stdout.write(
                f"  {line.figure.journey.name:56}{units(line.times):>18} times{money(line.price):>12} {CURRENCY}"
            )
        self.stdout.write(f"  {'Together':56}{'':24}{money(sum(line.price for line in lines)):>12} {CURRENCY}")


def _number(text: str) -> Decimal:
    """A number of 0 or more, as argparse wants it. Raises ValueError."""
    try:
        number = Decimal(text)
    except InvalidOperation as error:
        raise ValueError(text) from error
    if not number.is_finite() or number < 0:
        raise ValueError(text)
    return number

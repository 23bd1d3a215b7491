"""What the units cost at DynamoDB's on-demand prices: of a million journeys, and of a month under a described load."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from cryptopulse.capacity import journeys
from cryptopulse.capacity.figures import Figure

MILLION = 1_000_000
CENT = Decimal("0.01")
DAYS = 30
SECONDS_A_DAY = 86_400
SWEEP_SECONDS = 5
IMPORTS_SECONDS = 15
"""How often the schedule looks for events, moves and mail; `SCHEDULE` of the tasks."""
UNREAD_SECONDS = 30
"""How often an open page asks for the number of unread notifications."""


@dataclass(frozen=True, slots=True)
class Rates:
    """Prices of a million read request units and of a million write request units."""

    read: Decimal
    write: Decimal

    def price(self, figure: Figure, times: Decimal | int = 1) -> Decimal:
        """What the journey costs, made that many times."""
        return (figure.read_units * self.read + figure.write_units * self.write) * times / MILLION


CURRENCY = "USD"
"""What AWS asks in."""
US_EAST_1 = Rates(read=Decimal("0.125"), write=Decimal("0.625"))
SOURCE = "https://aws.amazon.com/dynamodb/pricing/on-demand/, US East (N. Virginia), in force since 1 November 2024"
"""Where the rates are from; read on 21 November 2026."""


@dataclass(frozen=True, slots=True)
class Load:
    """Who uses the site how much; counts are per user and day.

    A visit is the overview, the portfolio, the markets, one asset and the notifications, and then `minutes_open` on the
    overview, which asks for itself again every `refresh_seconds`.
    """

    users: int = 1000
    visits: Decimal = Decimal(2)
    minutes_open: Decimal = Decimal(5)
    orders: Decimal = Decimal(1)
    firings: Decimal = Decimal("0.5")
    poll_seconds: Decimal = Decimal(5)
    refresh_seconds: int = 10


@dataclass(frozen=True, slots=True)
class Line:
    """How often a journey is made in a month, and what that costs."""

    figure: Figure
    times: Decimal
    price: Decimal


def bill(figures: Iterable[Figure], load: Load, rates: Rates) -> tuple[Line, ...]:
    """A month of 30 days, without storage, backups, traffic between regions, and the free tier."""
    times = _a_day(load)
    return tuple(
        Line(figure, times[name] * DAYS, rates.price(figure, times[name] * DAYS))
        for figure in figures
        if (name := figure.journey.name) in times
    )


def _a_day(load: Load) -> Mapping[str, Decimal]:
    polls, minutes = SECONDS_A_DAY / load.poll_seconds, Decimal(SECONDS_A_DAY) / 60
    sweeps = Decimal(SECONDS_A_DAY) / SWEEP_SECONDS
    seconds_open = load.visits * load.minutes_open * 60
    of_each_user = {
        "Overview": load.visits + seconds_open / load.refresh_seconds,
        "Number of unread notifications on the open page": seconds_open / UNREAD_SECONDS,
        **dict.fromkeys(("Portfolio", "Markets", "An asset with its candles", "Notifications"), load.visits),
        **dict.fromkeys(("Preview an order", journeys.PLACE_ORDER, journeys.ORDER_EVENT), load.orders),
        **dict.fromkeys(("Create an alert", journeys.FIRE, journeys.DELIVER), load.firings),
    }
    of_the_site = {
        journeys.POLL: max(Decimal(0), polls - minutes),
        journeys.POLL_OF_A_NEW_MINUTE: min(polls, minutes),
        "Look at all assets after a poll": polls,
        **dict.fromkeys(("Look for events", "Look for moves", "Look for mail to send"), sweeps),
        "Look for imports to continue": Decimal(SECONDS_A_DAY) / IMPORTS_SECONDS,
    }
    return {**{name: each * load.users for name, each in of_each_user.items()}, **of_the_site}


def units(number: Decimal) -> str:
    """Without zeros at the end of a fraction, and with commas between thousands."""
    text = f"{number:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def money(amount: Decimal | int) -> str:
    """A price to the cent."""
    return f"{Decimal(amount).quantize(CENT):,}"

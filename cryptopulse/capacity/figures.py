"""Playing the journeys and counting what they ask of the store."""

from dataclasses import dataclass
from decimal import Decimal

from core.storage import measured
from cryptopulse.capacity.journeys import GROUPS, JOURNEYS, Journey
from cryptopulse.capacity.stage import staged

MEMORY = "memory://"


@dataclass(frozen=True, slots=True)
class Figure:
    """What one journey asked for, once."""

    journey: Journey
    requests: int
    read_units: Decimal
    write_units: Decimal


def measure(url: str = MEMORY) -> tuple[Figure, ...]:
    """Play every journey once on an empty store at this address; by group. Some seconds in memory.

    Raises StoreNotEmpty, StorageError.
    """
    figures = []
    with staged(url) as (stage, store):
        for journey in JOURNEYS:
            journey.prepare(stage)
            store.catch_up()
            with measured() as usage:
                journey.play(stage)
            total = usage.total
            units = Decimal(str(total.read_units)), Decimal(str(total.write_units))
            figures.append(Figure(journey, total.requests, *units))
    return tuple(sorted(figures, key=lambda figure: GROUPS.index(figure.journey.group)))

"""Emission factors: how much one unit of an activity emits, where, and who published it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

WORLD = "world"
"""The region of a figure that is a mean of the whole world."""


@dataclass(frozen=True, slots=True)
class Factor:
    """kg CO2e of one `unit` of an activity in a region, as one source gives it for one year; never changed.

    kg_direct: at the place of use; of food and of electricity outside Great Britain the whole life cycle, which
    `note` says. kg_fuel_supply: what making and bringing the fuel adds (well to tank); None where it is not known.
    region: ISO 3166-1 alpha-2, or `world`. version: counts from 1 within an activity, region and unit.
    best_before: the day from which a newer one should be looked for.
    """

    factor_id: str
    activity: str
    label: str
    category: str
    unit: str
    kg_direct: Decimal
    kg_fuel_supply: Decimal | None
    region: str
    year: int
    source: str
    licence: str
    best_before: date
    note: str
    version: int

    @property
    def kg_with_fuel_supply(self) -> Decimal | None:
        """Both parts together; None where one of them is not known."""
        return None if self.kg_fuel_supply is None else self.kg_direct + self.kg_fuel_supply

    @property
    def is_per_vehicle(self) -> bool:
        """Whether the persons in the vehicle share what it emits."""
        return self.unit == "vehicle_km"

    def is_stale(self, today: date) -> bool:
        """Whether a newer one should be looked for."""
        return today >= self.best_before


def factor_id_of(activity: str, region: str, unit: str, version: int) -> str:
    """The name of a factor: `car_petrol/GB/vehicle_km/1`."""
    return f"{activity}/{region}/{unit}/{version}"

"""What people emit on average: published figures of a country or the world, on one of three bases."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Basis = Literal["ghg", "consumption_co2", "territorial_co2"]
BASES: dict[Basis, str] = {
    "ghg": "all greenhouse gases emitted within the country, land use among them",
    "consumption_co2": "CO₂ of what its people consume, imports counted in and exports out",
    "territorial_co2": "CO₂ of fuels and cement within the country",
}
"""In words what each basis counts; they differ by a factor of two, so no figure is shown without its basis."""
DAYS_OF_A_YEAR = Decimal(365)
KILOGRAMS = 1000


@dataclass(frozen=True, slots=True)
class Average:
    """Tonnes a person and year. region: ISO 3166-1 alpha-2 code, or `world`."""

    region: str
    basis: Basis
    year: int
    tonnes: Decimal
    source: str
    licence: str

    @property
    def basis_in_words(self) -> str:
        """What is counted."""
        return BASES[self.basis]

    def kg_in(self, days: int) -> Decimal:
        """kg that one person emits in that many days, the year taken evenly."""
        return self.tonnes * KILOGRAMS * days / DAYS_OF_A_YEAR

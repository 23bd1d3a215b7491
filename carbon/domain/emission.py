"""From an amount and a factor to kilograms."""

from decimal import ROUND_HALF_UP, Decimal, localcontext

from carbon.domain.factor import Factor
from carbon.domain.units import ratio, unit_named
from core import money
from core.errors import InvalidInput

MILLIGRAM = Decimal("0.000001")
AMOUNT_PLACES = 6
LARGEST_AMOUNT = Decimal(1_000_000_000)
MOST_PERSONS = 20
DIGITS = 60


def amount_errors(amount: Decimal) -> dict[str, list[str]]:
    """What is wrong with an amount, by its field; nothing above zero, up to 1,000,000,000, with at most 6 decimals."""
    if not amount.is_finite() or amount <= 0:
        return {"amount": ["Enter an amount above zero."]}
    if amount > LARGEST_AMOUNT:
        return {"amount": [f"Enter at most {LARGEST_AMOUNT:,}."]}
    if money.places(amount) > AMOUNT_PLACES:
        return {"amount": [f"Enter at most {AMOUNT_PLACES} decimals."]}
    return {}


def checked_occupancy(occupancy: int, factor: Factor) -> int:
    """The number of persons itself, 1 to 20; more than 1 only where the figure is per vehicle. Raises InvalidInput."""
    if not 1 <= occupancy <= MOST_PERSONS:
        raise InvalidInput({"occupancy": [f"Enter 1 to {MOST_PERSONS} persons."]})
    if occupancy > 1 and not factor.is_per_vehicle:
        raise InvalidInput({"occupancy": ["The figure of this activity is not per vehicle. Leave it at 1."]})
    return occupancy


def emitted(factor: Factor, amount: Decimal, unit: str, occupancy: int = 1) -> tuple[Decimal, Decimal | None]:
    """kg CO2e at the place of use, and with fuel supply (None where that is not known), to the milligram, half up.

    Only what is per vehicle is divided by the persons in it. The unit measures what the factor's does.
    """
    given = unit_named(unit)
    sizes = ratio(given, factor.unit) if given is not None else None
    if sizes is None:
        raise ValueError(f"{unit} does not measure {factor.unit}")
    multiplied, divided = sizes
    shared = occupancy if factor.is_per_vehicle else 1

    def kilograms(each: Decimal) -> Decimal:
        with localcontext(prec=DIGITS):
            return (amount * multiplied * each / (divided * shared)).quantize(MILLIGRAM, ROUND_HALF_UP)

    both = factor.kg_with_fuel_supply
    return kilograms(factor.kg_direct), None if both is None else kilograms(both)

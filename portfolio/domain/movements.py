"""What a client says of money that is paid in or taken out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from portfolio.domain.input_checks import check_all, check_description, check_money


@dataclass(frozen=True, slots=True)
class MovementDraft:
    """A deposit or a withdrawal. amount: above zero, in whole cents."""

    amount: Decimal
    description: str = ""

    def normal(self) -> MovementDraft:
        """The draft in the form that is stored: no space around its description."""
        return replace(self, description=self.description.strip())

    def check(self) -> None:
        """Raises InvalidInput with all that is wrong with a draft in its normal form, by field."""
        check_all(lambda: check_money(self.amount, "amount"), lambda: check_description(self.description))

"""What a client says of money that is paid in or taken out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from core.errors import InvalidInput
from portfolio.domain.input_errors import description_errors, money_errors


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
        if errors := dict([*money_errors(self.amount, "amount"), *description_errors(self.description)]):
            raise InvalidInput(errors)

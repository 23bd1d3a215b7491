"""What a kind of condition is: one comparison that an alert watches, and all that the rest of the app says of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar, Protocol, Self

from core import money
from market.triggers.crossing import Operator

MOST_PLACES = money.places(money.QUANTUM)


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several values that a condition is made of.

    `options` are the values, each as a page says it; `spellings` are others that the API takes. `default` is chosen at
    first on a page; the API asks for the value if it `is_required`, else takes the default.
    """

    name: str
    label: str
    options: Mapping[str, str]
    default: str
    spellings: tuple[str, ...] = ()
    is_required: bool = True
    help_text: str = ""
    api_help_text: str = ""


@dataclass(frozen=True, slots=True)
class Number:
    """A number above zero that a condition is made of; 8 decimal places at most."""

    name: str
    label: str
    help_text: str = ""


Field = Choice | Number


class Condition(Protocol):
    """One kind of condition is one class of this shape, listed in `CONDITIONS`.

    `kind` names it in rows and in the API, `label` on pages. `fields` are what it is made of, `rows` the same as a page
    lays them out, `values` and `of` the two ways between a condition and these values: text and Decimals, as the store,
    the API and the form hold them.
    """

    kind: ClassVar[str]
    label: ClassVar[str]
    fields: ClassVar[tuple[Field, ...]]
    rows: ClassVar[tuple[tuple[str, ...], ...]]

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Self:
        """The condition that these values make."""

    @property
    def values(self) -> dict[str, Any]:
        """What it is made of, by the names of its fields."""

    @property
    def series(self) -> str:
        """The name of what is compared; see `market.triggers.moves`."""

    @property
    def operator(self) -> Operator:
        """How it is compared with the threshold."""

    @property
    def threshold(self) -> Decimal:
        """The value of the series that it is compared with."""

    @property
    def text(self) -> str:
        """The condition in words, behind the name of an asset: `price above 84,000.00`."""

    def text_of_firing(self, price: Decimal) -> str:
        """What made it fire, behind the name of an asset: `the price was 84,100.00 USD; your threshold is ...`."""

    def errors(self) -> dict[str, str]:
        """What is wrong with it: a sentence by the name of a field; none where all is well."""


def number_error(value: Decimal, least: Decimal, sentence: str) -> str:
    """What is wrong with a number: the sentence where it is below `least` or too large; empty where nothing is."""
    if not value.is_finite() or not least <= value <= money.LARGEST:
        return sentence
    return "" if money.places(value) <= MOST_PLACES else f"Use at most {MOST_PLACES} decimal places."

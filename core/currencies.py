"""The currencies of expenses, and the one of prices and portfolios."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Currency:
    """One currency by its ISO 4217 code in lower case. `many` is its plural, `sign` is put before a figure."""

    code: str
    name: str
    many: str
    sign: str

    def __str__(self) -> str:
        return self.code.upper()


BASE = Currency("usd", "US dollar", "US dollars", "$")
"""Of prices, orders, cash and its ledger."""

CURRENCIES = {
    each.code: each
    for each in (
        BASE,
        Currency("eur", "euro", "euros", "€"),
        Currency("gbp", "pound sterling", "pounds sterling", "£"),
        Currency("jpy", "Japanese yen", "Japanese yen", "¥"),
        Currency("cad", "Canadian dollar", "Canadian dollars", "CA$"),
        Currency("aud", "Australian dollar", "Australian dollars", "A$"),
        Currency("chf", "Swiss franc", "Swiss francs", "CHF\u00a0"),
        Currency("cny", "Chinese yuan", "Chinese yuan", "CN¥"),
        Currency("inr", "Indian rupee", "Indian rupees", "₹"),
        Currency("krw", "South Korean won", "South Korean won", "₩"),
    )
}
"""By code."""

"""Filled orders in words."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from alerts.domain.notification import Words
from core.currencies import BASE
from core.money import Money
from core.presentation import numbers


def filled_words(order: Mapping[str, Any]) -> Words:
    """`Bought 0.5 BTC`, at which price and for how much; `order` is the payload of the event."""
    verb = "Bought" if order["side"] == "buy" else "Sold"
    price = numbers.with_code(numbers.price(order["price"]), BASE.code)
    amount = numbers.amount(Money(order["amount"], BASE.code))
    title = f"{verb} {numbers.quantity(order['quantity'])} {order['symbol']}"
    body = f"{title} at {price}, for a total of {amount}."
    return Words(title, body, reverse("portfolio:order", args=[order["order_id"]]))

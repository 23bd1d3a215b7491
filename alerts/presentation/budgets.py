"""Budgets, large expenses and imports in words."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import ROUND_DOWN, Decimal
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from alerts.domain.notification import MailWords, Words
from alerts.presentation.own import mail_body, own_words
from budgets.selectors import CATEGORIES, Expense
from core.money import ZERO, Money
from core.periods import Period
from core.presentation import numbers

HUNDRED = Decimal(100)
OWN_CATEGORY = "one of your categories"
"""What a mail calls a category whose name the user made up."""


def crossed_words(said: Mapping[str, Any], expense: Expense | None) -> Words:
    """That a category reached thresholds of its budget or exceeded it; `said` is the payload of the event.

    expense: the one that did it, if it is still there.
    """
    plain = _plain(said)
    body = mail_body(_crossed_body(plain, None), _last_marked(expense), _category_marked(said))
    mail = MailWords(_crossed_title(plain), body)
    return Words(_crossed_title(said), _crossed_body(said, expense), month_link(said["category"], said["month"]), mail)


def large_words(said: Mapping[str, Any], expense: Expense | None, occurred_at: datetime) -> Words:
    """That an expense is large for its category, with a link to those beside it; as `crossed_words`.

    occurred_at: when the event happened, which is taken for the day of an expense that is gone.
    """
    plain = _plain(said)
    body = mail_body(_large_body(plain, None), _last_marked(expense), _category_marked(said))
    month = f"{occurred_at:%Y-%m}" if expense is None else str(expense.month)
    link = month_link(said["category"], month)
    return Words(_large_title(said), _large_body(said, expense), link, MailWords(_large_title(plain), body))


def import_words(said: Mapping[str, Any]) -> Words:
    """How an import ended, and each budget of which it reached a threshold; `said` is the payload of the event."""
    plain = {**said, "crossed": [_plain(each) for each in said["crossed"]]}
    own = "\n".join(each["category"] for each in said["crossed"] if each["category"] not in CATEGORIES)
    mail = MailWords(_import_title(said), mail_body(_import_body(plain), own_words("Your categories", own)))
    link = reverse("budgets:import", args=[said["import_id"]])
    return Words(_import_title(said), _import_body(said), link, mail)


def month_link(category: str, month: str) -> str:
    """The path of a category's expenses in a month, `2026-11`."""
    days = Period.from_text(month)
    query = urlencode({"category": category, "from": days.first_day.isoformat(), "to": days.last_day.isoformat()})
    return f"{reverse('budgets:expenses')}?{query}"


def _crossed_title(said: Mapping[str, Any]) -> str:
    """`Food & Dining: 82 % of 400.00 spent in November`, or by how much the budget is exceeded."""
    budget, spent = said["budget"], said["spent"]
    if said["exceeded"]:
        over = numbers.money(spent - budget)
        return f"{_category_first(said)}: {over} over the {numbers.money(budget)} of {_month(said)}"
    return f"{_category_first(said)}: {_share(said)} of {numbers.money(budget)} spent in {_month(said)}"


def _crossed_body(said: Mapping[str, Any], expense: Expense | None) -> str:
    """Spent, budget, left or over, the thresholds reached, and the expense that did it, if it is there."""
    sentences = [f"{_sums(said)}."]
    if said["thresholds"]:
        sentences.append(f"You asked to be notified at {_listed(said['thresholds'])}.")
    if expense is not None:
        sentences.append(f"The last expense: {_expense_text(expense)}.")
    return " ".join(sentences)


def _large_title(said: Mapping[str, Any]) -> str:
    return f"Large expense: {numbers.money(said['amount'])} on {said['category']}"


def _large_body(said: Mapping[str, Any], expense: Expense | None) -> str:
    """Which expense, and why it counts as large."""
    currency = said["currency"]
    what = numbers.amount(Money(said["amount"], currency)) if expense is None else _expense_text(expense)
    budget = said.get("budget")
    if budget is None:
        named = _category_first(said)
        return f"{what}. {named} has no budget; without one, you are notified of expenses of 100.00 or more."
    share = numbers.percent((said["amount"] / budget * HUNDRED) if budget else HUNDRED, 0)
    return f"{what}. That is {share} of the month's budget of {numbers.amount(Money(budget, currency))}."


def _import_title(said: Mapping[str, Any]) -> str:
    if said.get("stopped"):
        return f"Import stopped: {_counted(said['added'], 'expense')} added, no room for the rest"
    return f"Import finished: {_counted(said['added'], 'expense')} added"


def _import_body(said: Mapping[str, Any]) -> str:
    """What was left out and why, and each budget of which the import reached a threshold."""
    sentences = ["Free some storage and continue it, or undo it."] if said.get("stopped") else []
    if said["duplicates"]:
        sentences.append(f"{_counted(said['duplicates'], 'row')} had been imported before.")
    if said["errors"]:
        sentences.append(f"{_counted(said['errors'], 'row')} could not be read.")
    sentences += [f"{_crossed_title(each)}." for each in said["crossed"]]
    return " ".join(sentences) or "Every row of the file was added."


def _plain(said: Mapping[str, Any]) -> Mapping[str, Any]:
    """The same without the name of a category that the user made up."""
    return said if said["category"] in CATEGORIES else {**said, "category": OWN_CATEGORY}


def _category_first(said: Mapping[str, Any]) -> str:
    """The category at the beginning of a sentence."""
    category: str = said["category"]
    return category.capitalize() if category == OWN_CATEGORY else category


def _category_marked(said: Mapping[str, Any]) -> str:
    return "" if said["category"] in CATEGORIES else own_words("Your category", said["category"])


def _last_marked(expense: Expense | None) -> str:
    """The expense that did it, without and then with the user's words for it."""
    if expense is None:
        return ""
    named = own_words("Your note", expense.merchant or expense.description)
    return mail_body(f"The last expense: {_sum_text(expense)}.", named)


def _sums(said: Mapping[str, Any]) -> str:
    budget, spent = said["budget"], said["spent"]
    left = budget - spent
    rest = f"{numbers.money(left)} left" if left >= ZERO else f"{numbers.money(-left)} over"
    return (
        f"{numbers.money(spent)} of {numbers.amount(Money(budget, said['currency']))} spent on {said['category']} "
        f"in {_month(said)}: {rest}"
    )


def _share(said: Mapping[str, Any]) -> str:
    """Rounded down: a threshold that is not reached must not look as if it were."""
    budget, spent = said["budget"], said["spent"]
    share = spent / budget * HUNDRED if budget else HUNDRED if spent > ZERO else ZERO
    return numbers.percent(share.quantize(Decimal(1), ROUND_DOWN), 0)


def _expense_text(expense: Expense) -> str:
    """`REI, 61.30 EUR on 20 November`."""
    named = expense.merchant or expense.description
    return f"{named}, {_sum_text(expense)}" if named else _sum_text(expense)


def _sum_text(expense: Expense) -> str:
    """`61.30 EUR on 20 November`."""
    day = f"{expense.day.day} {expense.day:%B}"
    return f"{numbers.amount(Money(expense.amount, expense.currency))} on {day}"


def _month(said: Mapping[str, Any]) -> str:
    return f"{Period.from_text(said['month']).first_day:%B}"


def _listed(thresholds: Sequence[Any]) -> str:
    *others, last = [str(int(each)) for each in sorted(thresholds)]
    listed = f"{', '.join(others)} and {last}" if others else last
    return f"{listed}{numbers.NO_BREAK_SPACE}%"


def _counted(number: Any, noun: str) -> str:
    return f"{int(number):,} {noun}{'' if number == 1 else 's'}"

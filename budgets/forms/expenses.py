"""Forms of expenses, budgets and categories."""

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django import forms

from budgets.domain.budget import DEFAULT_THRESHOLDS, BudgetDraft
from budgets.domain.categories import LONGEST_CATEGORY
from budgets.domain.expense import LONGEST_DESCRIPTION, LONGEST_MERCHANT, Expense, ExpenseDraft
from budgets.domain.expense_filter import ExpenseFilter
from core import money
from core.accounts.domain import User
from core.accounts.notice_channels import notice_channels
from core.forms import DaysForm, EditForm, NumberField, OnceForm

LONGEST_SEARCH = 100
LONGEST_TAGS = 1_100
OLDEST_FIRST = "date"
"""The sort that an address asks for; every other is newest day first."""
NO_SUCH_CATEGORY = "This category was not found. Choose one from the list."
_WHOLE_NUMBER = re.compile(r"\d{1,4}", re.ASCII)


class ExpenseForm(OnceForm, EditForm):
    """An expense that is added or changed."""

    amount = NumberField(label="Amount", help_text="At most 2 decimals.")
    refund = forms.BooleanField(label="This is a refund", required=False)
    category = forms.ChoiceField(label="Category")
    date = forms.DateField(label="Date", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    merchant = forms.CharField(label="Merchant", required=False, max_length=LONGEST_MERCHANT)
    description = forms.CharField(
        label="Description",
        required=False,
        max_length=LONGEST_DESCRIPTION,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    tags = forms.CharField(
        label="Tags", required=False, max_length=LONGEST_TAGS, help_text="Your own words, separated by commas."
    )

    def __init__(self, *args: Any, categories: Iterable[str], currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"] = category_field(categories, empty_label="Choose one")
        self.fields["amount"].label = f"Amount in {currency.upper()}"

    @property
    def draft(self) -> ExpenseDraft:
        """What a valid form says."""
        said = self.cleaned_data
        return ExpenseDraft(
            amount=said["amount"],
            category=said["category"],
            day=said["date"],
            description=said["description"].replace("\r\n", "\n"),
            merchant=said["merchant"],
            tags=tuple(tag.strip() for tag in said["tags"].split(",") if tag.strip()),
            refund=said["refund"],
        )


def initial_of(expense: Expense) -> dict[str, Any]:
    """What the form of a stored expense shows at first."""
    draft = expense.draft
    return {
        "version": expense.version,
        "amount": f"{draft.amount:.2f}",
        "refund": draft.refund,
        "category": draft.category,
        "date": draft.day,
        "merchant": draft.merchant,
        "description": draft.description,
        "tags": ", ".join(draft.tags),
    }


class ExpensesFilterForm(DaysForm):
    """Which expenses, by the days that they are of."""

    q = forms.CharField(
        label="Text", required=False, max_length=LONGEST_SEARCH, widget=forms.TextInput(attrs={"type": "search"})
    )

    sort = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, categories: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = self.data.get("category", "")
        if asked and len(asked) <= LONGEST_CATEGORY:
            categories = dict.fromkeys([*categories, asked])  # one that was removed still has its rows
        self.fields["category"] = category_field(categories, empty_label="All categories", required=False)

    @property
    def is_narrowed(self) -> bool:
        """Whether it is to leave anything out, valid or not."""
        return any(self.data.get(name) for name in self.fields if name != "sort")

    @property
    def said(self) -> dict[str, str]:
        """What the address says that makes a difference, as the API takes it too."""
        said = {name: self.data[name] for name in self.fields if self.data.get(name)}
        if said.get("sort") != OLDEST_FIRST:
            said.pop("sort", None)
        return said

    @property
    def wanted(self) -> ExpenseFilter:
        """What a valid form says."""
        said = self.cleaned_data
        category, oldest_first = said["category"] or None, said["sort"] == OLDEST_FIRST
        return ExpenseFilter(said["from"], said["to"], category, said["q"], oldest_first)


class BudgetForm(forms.Form):
    """What a month may cost in one category, and when to notify."""

    category = forms.ChoiceField(label="Category")
    amount = NumberField(label="Amount per month", help_text="0 means no spending.")
    thresholds = forms.CharField(
        label="Notify me at (% of budget)",
        max_length=60,
        initial=", ".join(map(str, DEFAULT_THRESHOLDS)),
        help_text="Percentages, separated by commas. Each notifies you once a month.",
    )

    def __init__(self, *args: Any, categories: Iterable[str], currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"] = category_field(categories, empty_label="Choose one")
        self.fields["amount"].label = f"Amount per month in {currency.upper()}"

    def clean_thresholds(self) -> tuple[int, ...]:
        """Whole percentages. Raises ValidationError."""
        return thresholds_of(self.cleaned_data["thresholds"])

    @property
    def draft(self) -> BudgetDraft:
        """What a valid form says."""
        return BudgetDraft(**self.cleaned_data)


class ReceiptForm(forms.Form):
    """The receipt of an expense; whether it is one, its content says."""

    file = forms.FileField(
        label="Photo or PDF",
        help_text="JPEG, PNG, GIF or PDF, at most 10 MB.",
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/gif,application/pdf"}),
        error_messages={
            "required": "Choose a file first.",
            "missing": "Choose a file first.",
            "empty": "This file is empty. Choose the receipt again.",
        },
    )


def thresholds_of(text: str) -> tuple[int, ...]:
    """The percentages of a text like `50, 80, 100`. Raises ValidationError for anything but whole numbers."""
    parts = [part.strip().removesuffix("%").strip() for part in text.split(",") if part.strip()]
    if not parts or not all(_WHOLE_NUMBER.fullmatch(part) for part in parts):
        raise forms.ValidationError("Enter whole percentages with commas between them, like 50, 80, 100.")
    return tuple(map(int, parts))


class CategoryForm(forms.Form):
    """A category of one's own."""

    name = forms.CharField(label="New category", max_length=LONGEST_CATEGORY)


class AlertChannelsForm(forms.Form):
    """The channels that notify of budgets: one box for each that is not always on, by its name."""

    def __init__(self, *args: Any, user: User, chosen: Collection[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, channel in notice_channels().items():
            if not channel.is_always:
                self.fields[name] = forms.BooleanField(
                    label=channel.label,
                    required=False,
                    initial=name in chosen if chosen else channel.is_usual,
                    help_text=channel.hint(user),
                )

    @property
    def channels(self) -> tuple[str, ...]:
        """What a valid form says."""
        return tuple(name for name in notice_channels() if self.cleaned_data.get(name, True))


def category_field(categories: Iterable[str], *, empty_label: str, required: bool = True) -> forms.ChoiceField:
    """A choice among these categories, with a first entry for no category."""
    return forms.ChoiceField(
        label="Category",
        choices=[("", empty_label), *((category, category) for category in categories)],
        required=required,
        error_messages={"invalid_choice": NO_SUCH_CATEGORY, "required": "Choose a category."},
    )


def budget_said(query: Mapping[str, str]) -> BudgetDraft:
    """What the address of an undo says. Raises ValidationError."""
    try:
        amount = money.parse(query.get("amount", ""))
    except ValueError as error:
        raise forms.ValidationError("The amount in the address is not valid.") from error
    return BudgetDraft(query.get("category", ""), amount, thresholds_of(query.get("thresholds", "")))

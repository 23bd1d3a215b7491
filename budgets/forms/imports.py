"""Forms of imports."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.http import QueryDict

from budgets.domain.importing import readers
from budgets.domain.importing.columns import ROLES, Role
from budgets.domain.importing.layout import MOST_MAPPED, Layout, LayoutDraft
from budgets.domain.importing.record import Choices
from budgets.domain.importing.sheet import MOST_ROWS
from core.forms import OnceForm

LABELS: Mapping[Role, str] = {
    "date": "Date",
    "amount": "Amount, with or without a sign",
    "debit": "Money out",
    "credit": "Money in",
    "direction": "Debit or credit, in words",
    "description": "Description",
    "merchant": "Payee",
    "category": "Category",
    "identifier": "Bank reference",
    "currency": "Currency",
}
NONE = ""
ORDERS_IN_WORDS = [("dmy", "Day, month, year"), ("mdy", "Month, day, year"), ("ymd", "Year, month, day")]
SPENDING_IN_WORDS = [("negative", "with a minus"), ("positive", "without a minus")]
TICKED_AT_MOST = 200
LONGEST_NUMBER = 9
"""Digits; empty rows count too, so that a number may be beyond the most rows that are read."""


class UploadForm(OnceForm):
    """A file to import. The hidden id makes a form sent twice one import."""

    file = forms.FileField(label="Bank file", allow_empty_file=True, widget=forms.FileInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = " or ".join(reader.name for reader in readers.READERS)
        self.fields["file"].help_text = f"{kinds}, up to 5 MB and {MOST_ROWS:,} rows. Nothing is added yet."
        accepts = (each for reader in readers.READERS for each in reader.accepts)
        self.fields["file"].widget.attrs["accept"] = ",".join(accepts)


class LayoutForm(forms.Form):
    """How the columns of a file are read."""

    date_order = forms.ChoiceField(
        label="Dates are written",
        choices=ORDERS_IN_WORDS,
        help_text="Only for dates like 05/06/2026; not needed where the year is first or the month is a name.",
    )
    decimal_mark = forms.ChoiceField(
        label="Amounts are written", choices=[(".", "like 1,234.50"), (",", "like 1.234,50")]
    )
    spending = forms.ChoiceField(
        label="Spending is",
        choices=SPENDING_IN_WORDS,
    )
    default_category = forms.ChoiceField(label="Category for rows without one")
    unknown_category = forms.ChoiceField(
        label="Unknown categories in the file",
        choices=[("error", "report an error for the row"), ("default", "use the category chosen above")],
        widget=forms.RadioSelect,
    )

    def __init__(
        self,
        data: QueryDict | None,
        *,
        found: Layout,
        header: Sequence[str],
        names: Iterable[str],
        unknown: Sequence[str],
    ) -> None:
        """`header` names the columns, `names` are the user's categories, `unknown` other ones named in the file."""
        super().__init__(data, initial=_initial(found))
        columns = [(NONE, "No column"), *((str(place), name) for place, name in enumerate(header))]
        for role in ROLES:
            self.fields[f"column_{role}"] = forms.ChoiceField(label=LABELS[role], choices=columns, required=False)
        mine = [(name, name) for name in names]
        self._set_choices("default_category", mine)
        if found.date_order is None:
            self._set_choices("date_order", [(NONE, "Choose one"), *ORDERS_IN_WORDS])
        if found.spending is None:
            self._set_choices("spending", [(NONE, "Choose one"), *SPENDING_IN_WORDS])
        self._names_in_file = list(dict.fromkeys([*found.categories, *unknown]))[:MOST_MAPPED]
        for place, name in enumerate(self._names_in_file):
            self.fields[f"category_{place}"] = forms.ChoiceField(
                label=name,
                choices=[(NONE, "Not one of mine"), *mine],
                required=False,
                initial=found.categories.get(name, NONE),
            )

    @property
    def column_fields(self) -> list[forms.BoundField]:
        """Which column holds what."""
        return [self[f"column_{role}"] for role in ROLES]

    @property
    def category_fields(self) -> list[forms.BoundField]:
        """What the file's own names of categories mean."""
        return [self[f"category_{place}"] for place in range(len(self._names_in_file))]

    @property
    def names(self) -> dict[str, str]:
        """By the names of fields in the service's errors, the fields of this form."""
        return {role: f"column_{role}" for role in ROLES}

    @property
    def draft(self) -> LayoutDraft:
        """What a valid form says; what was not changed is found in the file again where the columns are others."""
        said = self.cleaned_data
        columns = {role: int(place) for role in ROLES if (place := said[f"column_{role}"])}
        return LayoutDraft(
            columns=columns,
            date_order=self._changed("date_order"),
            decimal_mark=self._changed("decimal_mark"),
            spending=self._changed("spending"),
            default_category=said["default_category"],
            unknown_category=said["unknown_category"],
            categories={
                name: category
                for place, name in enumerate(self._names_in_file)
                if (category := said[f"category_{place}"])
            },
        )

    def _changed(self, name: str) -> Any:
        return (self.cleaned_data[name] or None) if name in self.changed_data else None

    def _set_choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices


class NumbersField(forms.TypedMultipleChoiceField):
    """Ticked numbers of rows; whether there are such rows, the service checks."""

    def valid_value(self, value: Any) -> bool:
        """Whether it is a number of a row at all."""
        return _is_number_of_row(str(value))


class ConfirmForm(forms.Form):
    """What becomes of credits and possible duplicates."""

    credits = forms.ChoiceField(
        label="Credits",
        choices=[("skip", "Leave them out"), ("refund", "Add them as refunds")],
        widget=forms.RadioSelect,
        initial="skip",
    )
    alike = forms.ChoiceField(
        label="Possible duplicates",
        choices=[("leave", "Add only those I tick"), ("add", "Add all of them")],
        widget=forms.RadioSelect,
        initial="leave",
    )
    include = NumbersField(coerce=int, required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, data: QueryDict | None = None) -> None:
        """Where the preview has nothing to choose, its form sends nothing."""
        if data is not None:
            data = data.copy()
            data.setdefault("credits", "skip")
            data.setdefault("alike", "leave")
        super().__init__(data)

    @property
    def ticked(self) -> set[int]:
        """Numbers of the rows that are ticked, as far as they are numbers."""
        sent = self.data.getlist("include") if isinstance(self.data, QueryDict) else []
        return {int(number) for number in sent if _is_number_of_row(number)}

    @property
    def choices(self) -> Choices:
        """What a valid form says."""
        said = self.cleaned_data
        return Choices(said["credits"], said["alike"], tuple(said["include"]))


def _is_number_of_row(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER


def _initial(found: Layout) -> dict[str, Any]:
    return {
        "date_order": found.date_order or NONE,
        "decimal_mark": found.decimal_mark,
        "spending": found.spending or NONE,
        "default_category": found.default_category,
        "unknown_category": found.unknown_category,
        **{f"column_{role}": str(place) for role, place in found.columns.items()},
    }

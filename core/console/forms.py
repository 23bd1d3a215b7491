"""Forms of the staff area's pages. They parse the input; the services check it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict

from core.accounts.domain import ROLES, STATUSES, Role, Status, User
from core.accounts.services import STATUS_MOVES
from core.audit import FIRST_MONTH, LONGEST_REASON, LONGEST_SUBJECT
from core.periods import MONTH

LONGEST_PREFIX = 30
DECISIONS: dict[tuple[Status, Status], str] = {
    ("pending", "active"): "Approve",
    ("pending", "rejected"): "Reject",
    ("active", "suspended"): "Suspend",
    ("suspended", "active"): "Readmit",
    ("rejected", "active"): "Readmit",
}
"""The label of a change of status, by the status before and after."""


class ReasonForm(forms.Form):
    """Why something is done, for the audit log."""

    reason = forms.CharField(
        label="Reason",
        max_length=LONGEST_REASON,
        help_text="Kept in the audit log.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class UsersFilter(forms.Form):
    """Which users, in the address."""

    q = forms.CharField(
        label="Name begins with",
        required=False,
        max_length=LONGEST_PREFIX,
        widget=forms.TextInput(attrs={"type": "search", "autocapitalize": "none", "data-shortcut": "search"}),
    )
    role = forms.ChoiceField(required=False, choices=[("", "All"), *((role, role.capitalize()) for role in ROLES)])
    status = forms.ChoiceField(
        required=False, choices=[("", "All"), *((status, status.capitalize()) for status in STATUSES)]
    )

    @property
    def chosen(self) -> dict[str, Any]:
        """The filter as `users_page` takes it, without choices that are not known."""
        self.is_valid()
        fields = self.cleaned_data
        return {
            "prefix": fields.get("q", "").strip().lower(),
            "role": fields.get("role") or None,
            "status": fields.get("status") or None,
        }


class StatusForm(ReasonForm):
    """Another status for a user, by the button that was pressed."""

    status = forms.ChoiceField(widget=forms.HiddenInput)

    prefix = "status"

    def __init__(self, data: QueryDict | None = None, *, user: User) -> None:
        super().__init__(data)
        self.decisions = [(status, DECISIONS[user.status, status]) for status in STATUS_MOVES[user.status]]
        self.fields["status"] = forms.ChoiceField(choices=self.decisions, widget=forms.HiddenInput)


class RoleForm(ReasonForm):
    """Another role for a user."""

    prefix = "role"

    def __init__(self, data: QueryDict | None = None, *, user: User) -> None:
        super().__init__(data)
        others: Sequence[tuple[Role, str]] = [(role, role.capitalize()) for role in ROLES if role != user.role]
        self.fields["role"] = forms.ChoiceField(label="New role", choices=others)
        self.order_fields(["role", "reason"])


class AuditFilter(forms.Form):
    """Which entries of the audit log, in the address."""

    subject = forms.CharField(
        required=False,
        max_length=LONGEST_SUBJECT,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "user#alice", "data-shortcut": "search"}),
    )
    until = forms.RegexField(
        label="Up to the month",
        regex=MONTH,
        required=False,
        widget=forms.TextInput(attrs={"type": "month", "placeholder": "2026-11"}),
        error_messages={"invalid": "Choose a month like 2026-11."},
    )

    def clean_until(self) -> str | None:
        """The month, None for none. Raises ValidationError for one before the log began."""
        month: str = self.cleaned_data["until"]
        if month and month < FIRST_MONTH:
            raise forms.ValidationError(f"Choose a month from {FIRST_MONTH} on.")
        return month or None

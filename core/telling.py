"""Errors of the services as errors of a form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from django import forms
from django.http import QueryDict

from core.errors import CryptoPulseError, InvalidInput, Refused
from core.ids import new_id

UNPROCESSABLE = 422
ID_FIELDS = {"order_id", "transaction_id", "expense_id", "entry_id", "goal_id", "import_id"}
"""Names by which services speak of the id that a form carries hidden."""
TOO_OLD = "This form was open for too long. Check it and send it again."

FormT = TypeVar("FormT", bound=forms.Form)


def tell(form: forms.Form, error: CryptoPulseError, names: Mapping[str, str]) -> None:
    """Put the error beside the fields it names; `names` maps the service's field names to the form's.

    What belongs to no visible field of the form stands above it.
    """
    for field, sentences in _sentences(error).items():
        name = names.get(field, field)
        visible = name in form.fields and not form.fields[name].widget.is_hidden
        for sentence in sentences:
            form.add_error(name if visible else None, sentence)


def renewed(form: FormT) -> FormT:
    """The form to be shown again, under a new id: sent now, it is a new request."""
    form.data = {**form.data.dict(), "id": new_id()} if isinstance(form.data, QueryDict) else form.data
    return form


def _sentences(error: CryptoPulseError) -> Mapping[str, list[str]]:
    if isinstance(error, InvalidInput):
        too_old = {"": [TOO_OLD]} if ID_FIELDS & error.errors.keys() else {}
        return {**{field: each for field, each in error.errors.items() if field not in ID_FIELDS}, **too_old}
    if error.code == "idempotency_mismatch":
        return {"": ["This form was sent before, with other values. If you mean a second time, send it now."]}
    if isinstance(error, Refused) and error.field:
        return {error.field: [error.detail]}
    return {"": [error.detail]}

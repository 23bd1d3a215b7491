"""A form that comes back with what is wrong: errors of the services beside its fields, and the page of it."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core.errors import CryptoPulseError, InvalidInput, Refused, UnusableId
from core.forms import EditForm, OnceForm
from core.replay import CHANGED, MISMATCH

UNPROCESSABLE, CONFLICT = 422, 409
SAME_NAMES: Mapping[str, str] = MappingProxyType({})
ABOVE = ""
"""The field of what belongs to no field."""
TOO_OLD = "This form was open for too long. Check it and send it again."
SENT_BEFORE = "This form was sent before, with other values. To add these as well, send it again."
OVERTAKEN = "This was changed in the meantime, and yours is not saved. Save again to replace what is stored now."


def add_errors(form: forms.Form, error: CryptoPulseError, names: Mapping[str, str] = SAME_NAMES) -> None:
    """Put the error beside the fields that it names, and what belongs to no visible field above the form.

    names: the form's name of a field by the service's, where they differ. A form whose id is used up gets a new one,
    and one that was overtaken gets the version that is stored now: sent again, each does what was typed.
    """
    sentences = _sentences(error)
    if isinstance(form, OnceForm) and _has_spent_its_id(error):
        form.renew_id()
    if isinstance(form, EditForm) and error.code == CHANGED:
        form.catch_up()
        sentences = {ABOVE: [OVERTAKEN]}
    for field, lines in sentences.items():
        name = names.get(field, field)
        visible = name in form.fields and not form.fields[name].widget.is_hidden
        form.add_error(name if visible else None, list(lines))


def render_form(
    request: HttpRequest, template: str, form: forms.Form, *, status: int | None = None, **context: Any
) -> HttpResponse:
    """The page of a form: 422 when it was sent and is wrong, 409 when it was overtaken, unless a status is given."""
    if status is None:
        wrong = CONFLICT if isinstance(form, EditForm) and form.is_overtaken else UNPROCESSABLE
        status = wrong if form.is_bound and form.errors else 200
    return render(request, template, {"form": form, **context}, status=status)


def _has_spent_its_id(error: CryptoPulseError) -> bool:
    return isinstance(error, UnusableId) or error.code == MISMATCH


def _sentences(error: CryptoPulseError) -> Mapping[str, list[str]]:
    if isinstance(error, UnusableId):
        return {ABOVE: [TOO_OLD]}
    if error.code == MISMATCH:
        return {ABOVE: [SENT_BEFORE]}
    if isinstance(error, InvalidInput) and error.errors:
        return error.errors
    field = error.field if isinstance(error, Refused) else None
    return {field or ABOVE: [error.detail]}

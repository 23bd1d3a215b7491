"""Telling errors of services at the fields of a form."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core.errors import CryptoPulseError, InvalidInput, Refused

INVALID_FORM = 422


def add_errors(form: forms.Form, error: CryptoPulseError) -> None:
    """Put the error's sentences at the fields they belong to, or above the form."""
    by_field: dict[str, list[str]] = {}
    if isinstance(error, InvalidInput):
        by_field = error.errors
    elif isinstance(error, Refused) and error.field:
        by_field = {error.field: [error.detail]}
    if not by_field:
        form.add_error(None, error.detail)
    for name, sentences in by_field.items():
        form.add_error(name if name in form.fields else None, list(sentences))


def render_form(
    request: HttpRequest, template: str, form: forms.Form, *, status: int | None = None, **context: Any
) -> HttpResponse:
    """The page of a form: 422 when it was sent and is wrong, unless another status is given."""
    if status is None:
        status = INVALID_FORM if form.is_bound and form.errors else 200
    return render(request, template, {"form": form, **context}, status=status)

"""Uploading a file, and saying how it is read."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from budgets import selectors
from budgets.domain.importing.record import Import, Status
from budgets.domain.importing.rows import unknown_categories
from budgets.domain.importing.sheet import LARGEST_FILE
from budgets.selectors.imports import import_get, import_sheet
from budgets.services.imports import import_discard, import_layout, import_upload
from budgets.views.imports.forms import LayoutForm, UploadForm
from core.accounts.requests import SignedInRequest
from core.errors import InvalidInput, Refused
from core.form_errors import add_errors, render_form

SHOWN_LINES = 5


@require_http_methods(["GET", "HEAD", "POST"])
def import_add(request: SignedInRequest) -> HttpResponse:
    """Takes a file; then comes its preview, or first what the file does not tell."""
    if request.method != "POST":
        return render_form(request, "budgets/import_upload.html", UploadForm())
    form = UploadForm(request.POST, request.FILES)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            found = import_upload(
                request.user,
                import_id=form.cleaned_data["id"],
                file_name=file.name,
                content=file.read(LARGEST_FILE + 1),
            )
        except (InvalidInput, Refused) as error:
            add_errors(form, error)
        else:
            return _next_page(found)
    return render_form(request, "budgets/import_upload.html", form)


@require_http_methods(["GET", "HEAD", "POST"])
def import_columns(request: SignedInRequest, import_id: str) -> HttpResponse:
    """Says which column holds what, and how dates, amounts and categories are read; the preview follows."""
    found = import_get(request.user.username, import_id)
    sheet = import_sheet(found)
    if not found.status.is_draft or sheet is None:
        return redirect("budgets:import", import_id)
    names = selectors.categories_of(request.user.username)
    unknown = unknown_categories(sheet, found.layout, names)
    data = request.POST if request.method == "POST" else None
    form = LayoutForm(data, found=found.layout, header=found.header, names=names, unknown=unknown)
    if form.is_bound and form.is_valid():
        try:
            after = import_layout(request.user, import_id, form.wishes)
        except (InvalidInput, Refused) as error:
            add_errors(form, error, form.names)
        else:
            if not after.layout.questions():
                messages.success(request, "The file is read as you said. This is what would be added.")
            return _next_page(after)
    context: dict[str, Any] = {
        "import": found,
        "questions": found.layout.questions().values(),
        "lines": sheet.lines[:SHOWN_LINES],
        "has_unknown": bool(unknown),
    }
    return render_form(request, "budgets/import_columns.html", form, **context)


@require_POST
def import_remove(request: SignedInRequest, import_id: str) -> HttpResponse:
    """Throws an import away that has added nothing."""
    import_discard(request.user, import_id)
    messages.success(request, "The import is discarded. Nothing was added.")
    return redirect("budgets:imports")


def _next_page(found: Import) -> HttpResponse:
    return redirect("budgets:import-columns" if found.status is Status.MAPPING else "budgets:import", found.import_id)

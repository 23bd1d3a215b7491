"""Receipts of expenses: sending, viewing, removing, and the files themselves."""

from __future__ import annotations

from collections.abc import Iterator

from django import forms
from django.contrib import messages
from django.core.files.base import File
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from budgets.forms.expenses import ReceiptForm
from budgets.selectors import Expense, Receipt, expense_get
from budgets.selectors.receipts import LinkExpired, LinkVoid, disposition_of, receipt_by_token, receipt_link
from budgets.services.receipts import receipt_attach, receipt_remove, receipt_restore
from budgets.services.receipts.attachment import file_name_of
from core.accounts.guard import public
from core.accounts.requests import SignedInRequest, who
from core.downloads import streamed
from core.errors import InvalidInput, NotFound, Refused
from core.form_errors import add_errors, render_form
from core.presentation.undo import offer_undo
from core.private_files import private_files

PIECE = 65_536
GONE = 410
_CONFINED = "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'"
"""For a file that somebody sent: no script, no form, no other address, whatever a browser takes it for."""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def receipt(request: SignedInRequest, expense_id: str) -> HttpResponse:
    """Leads to the file by a link that is good for an hour; a POST gives the expense another receipt."""
    if request.method != "POST":
        return redirect(receipt_link(request.user.username, expense_id).address)
    expense = expense_get(request.user.username, expense_id)
    form = ReceiptForm(request.POST, request.FILES)
    if not form.is_valid():
        return _form_page(request, form, expense)
    file = form.cleaned_data["file"]
    try:
        receipt_attach(request.user, expense_id, file, file.name)
    except (InvalidInput, Refused) as error:
        add_errors(form, error)
        return _form_page(request, form, expense)
    if expense.receipt is None:
        messages.success(request, "The receipt was attached.")
    else:
        _offer_undo(request, "The receipt was replaced.", expense_id, file_name_of(expense.receipt.key))
    return redirect("budgets:expense", expense_id)


@require_POST
def remove(request: SignedInRequest, expense_id: str) -> HttpResponse:
    """Removes the receipt."""
    file_name = receipt_remove(request.user, expense_id)
    _offer_undo(request, "The receipt was removed.", expense_id, file_name)
    return redirect("budgets:expense", expense_id)


@require_POST
def restore(request: SignedInRequest, expense_id: str, file_name: str) -> HttpResponse:
    """Brings a receipt back that was replaced or removed."""
    receipt_restore(request.user, expense_id, file_name)
    messages.success(request, "The receipt was restored.")
    return redirect("budgets:expense", expense_id)


@public
@never_cache
@require_safe
def receipt_file(request: HttpRequest, token: str) -> HttpResponseBase:
    """The file that a link leads to. The link is the permission, but for somebody who is signed in as another user."""
    try:
        owner, found = receipt_by_token(token)
    except LinkExpired:
        return render(request, "budgets/receipt_link.html", {"expired": True}, status=GONE)
    except LinkVoid:
        return render(request, "budgets/receipt_link.html", {"expired": False}, status=404)
    user = who(request)
    if user.is_authenticated and user.username != owner:
        raise NotFound("This receipt")
    return _sent(request, found)


def _sent(request: HttpRequest, receipt: Receipt) -> StreamingHttpResponse:
    """The file as what its content was found to be, and as nothing else."""
    try:
        file = private_files().open(receipt.key)
    except FileNotFoundError as error:
        raise NotFound("This receipt") from error
    request.META.pop("HTTP_ACCEPT_ENCODING", None)  # pictures and PDF are compressed already
    response = StreamingHttpResponse(streamed(request, _pieces(file)), content_type=receipt.content_type)
    response["Content-Length"] = str(receipt.size)
    response["Content-Disposition"] = disposition_of(receipt)
    response["Content-Security-Policy"] = _CONFINED
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def _pieces(file: File[bytes]) -> Iterator[bytes]:
    with file:
        yield from file.chunks(PIECE)


def _form_page(request: SignedInRequest, form: forms.Form, expense: Expense) -> HttpResponse:
    return render_form(request, "budgets/receipt_form.html", form, expense=expense)


def _offer_undo(request: SignedInRequest, text: str, expense_id: str, file_name: str) -> None:
    offer_undo(request, text, reverse("budgets:receipt-restore", args=[expense_id, file_name]))

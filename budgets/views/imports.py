"""Pages of imports: the list, the upload, how a file is read, the preview, the progress and the result."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from budgets import selectors
from budgets.domain.importing.record import PLAN_KEPT, UNDO_KEPT, Import, Status
from budgets.domain.importing.rows import DUPLICATE, POSSIBLE_DUPLICATE, STATES, Row, State, unknown_categories
from budgets.domain.importing.sheet import LARGEST_FILE
from budgets.forms.imports import TICKED_AT_MOST, ConfirmForm, LayoutForm, UploadForm
from budgets.selectors import expenses_by_id
from budgets.selectors.imports import import_get, import_rows, import_sheet, imports_newest
from budgets.services import imports
from core import clock
from core.accounts.domain import User
from core.accounts.requests import SignedInRequest
from core.codes import codes
from core.errors import InvalidInput, Refused
from core.form_errors import add_errors, render_form
from core.money import ZERO
from core.paging import cursor_or_first

IMPORTS_ON_A_PAGE = 25
ROWS_ON_A_PAGE = 100
LABELS: dict[State, str] = {
    "new": "New",
    "alike": "Possible duplicates",
    "credit": "Credits",
    "duplicate": "Duplicates",
    "error": "Errors",
}
SHOWN_LINES = 5


@dataclass(frozen=True, slots=True)
class Group:
    """The rows of one state: how many, and what they come to."""

    state: State
    label: str
    rows: Sequence[Row]

    @property
    def amount(self) -> Decimal:
        """The sum of the rows, credits below zero; of errors nothing is known."""
        return sum((row.amount for row in self.rows), ZERO)


@require_safe
def import_list(request: SignedInRequest) -> HttpResponse:
    """All imports, newest first; one store request."""
    rows = imports_newest(request.user.username, IMPORTS_ON_A_PAGE, cursor_or_first(request))
    return render(request, "budgets/imports.html", {"page": rows})


@require_safe
def import_detail(request: SignedInRequest, import_id: str) -> HttpResponse:
    """What would be added, how far it is, or what was added; `?show=` and `?page=` choose among its rows."""
    return _page(request, import_get(request.user.username, import_id))


@require_safe
def import_progress(request: SignedInRequest, import_id: str) -> HttpResponse:
    """How far it is, for the open page to put in its place; without a script, the page itself."""
    found = import_get(request.user.username, import_id)
    if not request.htmx:
        return redirect("budgets:import", import_id)
    if not found.status.is_worked:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "budgets/import_progress.html", {"import": found})


@require_POST
def import_confirm(request: SignedInRequest, import_id: str) -> HttpResponse:
    """Confirms an import with the choices of its preview."""
    form = ConfirmForm(request.POST)
    if form.is_valid():
        try:
            imports.import_confirm(request.user, import_id, form.choices)
        except InvalidInput as error:
            add_errors(form, error)
        except Refused as error:
            messages.error(request, error.detail)
    if form.errors:
        return _page(request, import_get(request.user.username, import_id), form)
    return redirect("budgets:import", import_id)


@require_POST
def import_resume(request: SignedInRequest, import_id: str) -> HttpResponse:
    """Continues an import that was stopped for lack of room."""
    return _carry_out(imports.import_resume, request, import_id)


@require_POST
def import_undo(request: SignedInRequest, import_id: str) -> HttpResponse:
    """Undoes an import."""
    return _carry_out(imports.import_undo, request, import_id)


@require_http_methods(["GET", "HEAD", "POST"])
def import_add(request: SignedInRequest) -> HttpResponse:
    """Takes a file; then comes its preview, or first the questions that the file leaves open."""
    if request.method != "POST":
        return render_form(request, "budgets/import_upload.html", UploadForm())
    form = UploadForm(request.POST, request.FILES)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            found = imports.import_upload(
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
            after = imports.import_layout(request.user, import_id, form.draft)
        except (InvalidInput, Refused) as error:
            add_errors(form, error, form.names)
        else:
            if not after.layout.questions():
                messages.success(request, "This is a preview. Nothing has been added yet.")
            return _next_page(after)
    context: dict[str, Any] = {
        "import": found,
        "questions": found.layout.questions().values(),
        "lines": sheet.lines[:SHOWN_LINES],
    }
    return render_form(request, "budgets/import_columns.html", form, **context)


@require_POST
def import_discard(request: SignedInRequest, import_id: str) -> HttpResponse:
    """Discards an import that has added nothing."""
    imports.import_discard(request.user, import_id)
    messages.success(request, "The import was discarded. Nothing was added.")
    return redirect("budgets:imports")


def _carry_out(service: Callable[[User, str], Import], request: SignedInRequest, import_id: str) -> HttpResponse:
    try:
        service(request.user, import_id)
    except Refused as error:
        messages.error(request, error.detail)
    return redirect("budgets:import", import_id)


def _page(request: SignedInRequest, found: Import, form: ConfirmForm | None = None) -> HttpResponse:
    if found.status is Status.MAPPING:
        return redirect("budgets:import-columns", found.import_id)
    rows = import_rows(found) or []
    groups = [Group(state, LABELS[state], [row for row in rows if row.state == state]) for state in STATES]
    possible = groups[STATES.index(POSSIBLE_DUPLICATE)].rows
    choice = request.GET.get("show", "")
    chosen = next((group.rows for group in groups if group.state == choice), rows)
    page = Paginator(chosen, ROWS_ON_A_PAGE).get_page(request.GET.get("page"))
    seen = list(dict.fromkeys(row.expense_id for row in page if row.expense_id))
    there = {each.expense_id for each in expenses_by_id(request.user.username, seen) if each is not None}
    context: dict[str, Any] = {
        "import": found,
        "there": there,
        "groups": groups,
        "rows_kept": bool(rows),
        "show": choice,
        "page": page,
        "possible": possible[:TICKED_AT_MOST],
        "more_possible": max(0, len(possible) - TICKED_AT_MOST),
        "nothing_to_add": not any(group.rows for group in groups if group.state not in (DUPLICATE, "error")),
        "stopped_by": codes()[found.stopped_by].about if found.stopped_by else "",
        "can_be_undone": found.can_be_undone(clock.now()),
        "undo_kept": UNDO_KEPT,
        "plan_kept": PLAN_KEPT,
        "kept": [each for each in expenses_by_id(request.user.username, found.kept) if each is not None],
    }
    return render_form(request, "budgets/import.html", form or ConfirmForm(), **context)


def _next_page(found: Import) -> HttpResponse:
    return redirect("budgets:import-columns" if found.status is Status.MAPPING else "budgets:import", found.import_id)

"""The list of imports, and one of them: its preview, its progress, its result."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from budgets.domain.importing.record import Import, Status
from budgets.domain.importing.rows import STATES, Row, State
from budgets.selectors import expenses_by_id
from budgets.selectors.imports import import_get, import_rows, imports_newest
from budgets.services.imports import import_confirm, import_resume, import_undo
from budgets.views.imports.forms import TICKED_AT_MOST, ConfirmForm
from core import clock
from core.accounts.requests import SignedInRequest
from core.api.codes import CODES
from core.errors import InvalidInput, Refused
from core.form_errors import UNPROCESSABLE, add_errors
from core.money import ZERO
from core.presentation.listing import cursor_in, shown

IMPORTS_ON_A_PAGE = 25
ROWS_ON_A_PAGE = 100
LABELS: dict[State, str] = {
    "new": "New",
    "alike": "Perhaps entered by hand",
    "credit": "Credits",
    "duplicate": "There already",
    "error": "Errors",
}


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
    rows = imports_newest(request.user.username, IMPORTS_ON_A_PAGE, cursor_in(request, view="imports"))
    return render(request, "budgets/imports.html", {"page": shown(request, rows, view="imports")})


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
def import_accept(request: SignedInRequest, import_id: str) -> HttpResponse:
    """Confirms an import with the choices of its preview."""
    form = ConfirmForm(request.POST)
    if form.is_valid():
        try:
            import_confirm(request.user, import_id, form.choices)
        except InvalidInput as error:
            add_errors(form, error)
        except Refused as error:
            messages.error(request, error.detail)
    if form.errors:
        return _page(request, import_get(request.user.username, import_id), form)
    return redirect("budgets:import", import_id)


@require_POST
def import_go_on(request: SignedInRequest, import_id: str) -> HttpResponse:
    """Has an import go on that was stopped for want of room."""
    try:
        import_resume(request.user, import_id)
    except Refused as error:
        messages.error(request, error.detail)
    return redirect("budgets:import", import_id)


@require_POST
def import_take_back(request: SignedInRequest, import_id: str) -> HttpResponse:
    """Undoes an import."""
    try:
        import_undo(request.user, import_id)
    except Refused as error:
        messages.error(request, error.detail)
    return redirect("budgets:import", import_id)


def _page(request: SignedInRequest, found: Import, form: ConfirmForm | None = None) -> HttpResponse:
    if found.status is Status.MAPPING:
        return redirect("budgets:import-columns", found.import_id)
    rows = import_rows(found) or []
    groups = [Group(state, LABELS[state], [row for row in rows if row.state == state]) for state in STATES]
    alike = groups[STATES.index("alike")].rows
    choice = request.GET.get("show", "")
    chosen = next((group.rows for group in groups if group.state == choice), rows)
    page = Paginator(chosen, ROWS_ON_A_PAGE).get_page(request.GET.get("page"))
    seen = list(dict.fromkeys(row.expense_id for row in page if row.expense_id))
    there = {each.expense_id for each in expenses_by_id(request.user.username, seen) if each is not None}
    context = {
        "import": found,
        "there": there,
        "groups": groups,
        "rows_kept": bool(rows),
        "show": choice,
        "page": page,
        "alike": alike[:TICKED_AT_MOST],
        "more_alike": max(0, len(alike) - TICKED_AT_MOST),
        "form": form or ConfirmForm(),
        "nothing_to_add": not any(group.rows for group in groups if group.state in ("new", "alike", "credit")),
        "stopped_by": CODES[found.stopped_by].about if found.stopped_by else "",
        "can_be_undone": found.can_be_undone(clock.now()),
        "kept": [each for each in expenses_by_id(request.user.username, found.kept) if each is not None],
    }
    status = UNPROCESSABLE if form is not None and form.errors else 200
    return render(request, "budgets/import.html", context, status=status)

"""Pages that move cash."""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from core.accounts.requests import SignedInRequest
from core.errors import InvalidInput, Refused
from core.form_errors import add_errors, render_form
from core.presentation import numbers
from portfolio import selectors, services
from portfolio.domain.cash import LedgerEntry
from portfolio.forms import MovementForm


@dataclass(frozen=True, slots=True)
class Movement:
    """What the two pages differ in."""

    service: Callable[..., LedgerEntry]
    heading: str
    done: str
    limit: str
    limit_setting: str


DEPOSIT = Movement(
    services.deposit,
    "Deposit",
    "Deposited {}.",
    "You can deposit at most {} a day, from midnight to midnight UTC.",
    "DEPOSIT_DAILY_LIMIT",
)
WITHDRAWAL = Movement(
    services.withdraw,
    "Withdraw",
    "Withdrew {}.",
    "You can withdraw at most {} a day, from midnight to midnight UTC.",
    "WITHDRAWAL_DAILY_LIMIT",
)


@require_http_methods(["GET", "HEAD", "POST"])
def deposit(request: SignedInRequest) -> HttpResponse:
    """Pay money in."""
    return _page(request, DEPOSIT)


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: SignedInRequest) -> HttpResponse:
    """Take money out."""
    return _page(request, WITHDRAWAL)


def _page(request: SignedInRequest, movement: Movement) -> HttpResponse:
    if request.method != "POST":
        return _shown(request, movement, MovementForm())
    form = MovementForm(request.POST)
    if form.is_valid():
        try:
            entry = movement.service(request.user, client_id=form.cleaned_data["id"], draft=form.draft)
        except (InvalidInput, Refused) as error:
            add_errors(form, error)
        else:
            messages.success(request, movement.done.format(numbers.money(entry.amount)))
            return redirect("portfolio:home")
    return _shown(request, movement, form)


def _shown(request: SignedInRequest, movement: Movement, form: MovementForm) -> HttpResponse:
    limit = ""
    if request.user.account == "practice":
        limit = movement.limit.format(numbers.money(getattr(settings, movement.limit_setting)))
    cash = selectors.cash_of(request.user.username)
    return render_form(request, "portfolio/movement.html", form, movement=movement, cash=cash, limit=limit)

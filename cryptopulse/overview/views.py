"""The overview, the welcome page before it, and the small pages around them."""

from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe
from rest_framework.request import Request
from rest_framework.views import APIView

from budgets.selectors import Month
from core import clock, context
from core.accounts import services as accounts
from core.accounts.domain import THEMES, User
from core.accounts.guard import public
from core.accounts.requests import SignedInRequest
from core.api.throttles import SignIns
from core.presentation.series import SeriesRow
from core.templatetags.cryptopulse import money
from cryptopulse import sample
from cryptopulse.overview import selectors
from market.selectors import oldest_price_at
from portfolio.selectors import DEFAULT_RANGE, RANGES, Worth

CHECKLIST_COOKIE = "checklist_dismissed"
A_YEAR = 365 * 24 * 3600


class AppearanceForm(forms.Form):
    """Theme and privacy mode; each may be sent alone."""

    theme = forms.ChoiceField(choices=[(theme, theme) for theme in THEMES], required=False)
    privacy = forms.ChoiceField(choices=[("on", "on"), ("off", "off")], required=False)


@public
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The overview of a signed-in user; for anybody else what the product is, and two ways in."""
    user: object = request.user
    if not isinstance(user, User):
        assets = selectors.leading_assets()
        prices_at = oldest_price_at(assets, clock.now())
        return render(request, "overview/welcome.html", {"assets": assets, "prices_at": prices_at})
    chosen = request.GET.get("range", DEFAULT_RANGE)
    put_away = request.COOKIES.get(CHECKLIST_COOKIE) == user.username
    days = RANGES.get(chosen, RANGES[DEFAULT_RANGE])
    overview = selectors.overview_of(user, days=days, with_steps=not put_away)
    return render(
        request,
        "overview/home.html",
        {
            "overview": overview,
            "money": overview.money,
            "footprint": overview.footprint,
            "month_query": _days_of(overview.money.summary.month),
            "user_currency": "" if user.home_currency == user.currency else user.home_currency.upper(),
            "worth_rows": _worth_rows(overview.worth),
            "prices_at": overview.portfolio.prices_at,
            "ranges": [(name, name.upper(), name == chosen) for name in RANGES],
            "checklist": overview.steps,
        },
    )


@require_safe
def add(request: HttpRequest) -> HttpResponse:
    """The things that can be added, as a page of its own."""
    return render(request, "overview/add.html")


@public
@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """What the figures mean, how alerts fire, and the keyboard."""
    return render(request, "overview/help.html")


@public
@require_POST
def appearance(request: HttpRequest) -> HttpResponseBase:
    """Changes theme or privacy mode: in the user's profile, or in a cookie before there is one."""
    form = AppearanceForm(request.POST)
    response = _back(request)
    if not form.is_valid():
        messages.error(request, "Unknown theme. Choose system, light or dark.")
        return response
    theme, privacy = form.cleaned_data["theme"], form.cleaned_data["privacy"]
    user: object = request.user
    if isinstance(user, User):
        changes: dict[str, str | bool] = {"theme": theme} if theme else {}
        if privacy:
            changes["privacy"] = privacy == "on"
        accounts.profile_change(user, **changes)
        return response
    if theme:
        response.set_cookie(context.THEME_COOKIE, theme, max_age=A_YEAR, samesite="Lax", httponly=True)
    if privacy:
        response.set_cookie(context.PRIVACY_COOKIE, privacy, max_age=A_YEAR, samesite="Lax", httponly=True)
    return response


@require_POST
def checklist_dismiss(request: SignedInRequest) -> HttpResponseBase:
    """Puts the getting-started list away, for this user in this browser."""
    response = redirect("overview:home")
    response.set_cookie(CHECKLIST_COOKIE, request.user.username, max_age=A_YEAR, samesite="Lax", httponly=True)
    return response


@public
@require_POST
def sample_start(request: HttpRequest) -> HttpResponseBase:
    """Signs in as a new sample user with a book of trades and alerts to look around in.

    Each is a new account and costs a password hash, so an address gets no more of them than of registrations.
    """
    if request.user.is_authenticated:
        messages.warning(request, "Sign out first: sample data is in a separate account.")
        return redirect("overview:home")
    if not SignIns().allow_request(Request(request), APIView()):
        messages.warning(request, "Too many samples were created from this address. Wait a minute, then try again.")
        return redirect("overview:home")
    accounts.session_start(request, sample.make())
    return redirect("overview:home")


@require_POST
def sample_wipe(request: SignedInRequest) -> HttpResponseBase:
    """Deletes the sample user with all its rows and ends the session; refuses for any real account."""
    sample.wipe(request.user)
    accounts.session_end(request)
    return redirect("overview:home")


def _worth_rows(worth: Worth) -> list[SeriesRow]:
    """Net worth and what had been paid in, day by day, for a table."""
    return [
        SeriesRow(
            point.day.isoformat(),
            f"{point.day.day} {point.day:%b}",
            tuple((f"{value:f}", money(value)) for value in (point.value, point.paid_in)),
        )
        for point in worth.days
    ]


def _days_of(month: Month) -> str:
    return urlencode({"from": month.first_day.isoformat(), "to": month.last_day.isoformat()})


def _back(request: HttpRequest) -> HttpResponse:
    address = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return HttpResponseRedirect(address) if safe else redirect("overview:home")

"""Signing up, in and out."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from core.accounts import services
from core.accounts.errors import AccountNotActive, LockedOut, SignInFailed
from core.accounts.forms import SignInForm, SignUpForm
from core.accounts.guard import public
from core.accounts.requests import who
from core.accounts.views.addresses import link_in_words
from core.accounts.views.form_limits import check_rate, render_refused
from core.addresses import client_address
from core.currencies import BASE
from core.errors import CryptoPulseError, InvalidInput, Refused, TooOften
from core.form_errors import render_form
from core.money import Money

SIGN_IN = "accounts/sign_in.html"
SIGN_UP = "accounts/sign_up.html"


@public
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Takes a name and a password, then goes to the page that was asked for."""
    if who(request).is_authenticated:
        return HttpResponseRedirect(_page_asked_for(request, request.GET.get("next", "")))
    if request.method != "POST":
        return render_form(request, SIGN_IN, SignInForm(initial={"next": request.GET.get("next", "")}))
    form = SignInForm(request.POST)
    if not form.is_valid():
        return render_form(request, SIGN_IN, form)
    said = form.cleaned_data
    try:
        check_rate(request)
        user = services.user_sign_in(said["identifier"], said["password"], address=client_address(request))
    except (TooOften, SignInFailed, AccountNotActive) as error:
        return render_refused(request, SIGN_IN, form, error)
    services.session_start(request, user)
    return HttpResponseRedirect(_page_asked_for(request, said["next"]))


@public
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_up(request: HttpRequest) -> HttpResponse:
    """Makes an account and signs it in, or says that it waits for approval."""
    if who(request).is_authenticated:
        return HttpResponseRedirect(resolve_url(settings.LOGIN_REDIRECT_URL))
    form = SignUpForm(request.POST if request.method == "POST" else None)
    opening_balance = Money(settings.OPENING_BALANCE, BASE.code)
    if not form.is_bound or not form.is_valid():
        return render_form(request, SIGN_UP, form, opening_balance=opening_balance)
    try:
        check_rate(request)
        user = services.user_sign_up(**form.cleaned_data)
    except (TooOften, InvalidInput, Refused) as error:
        if _is_sent_twice(request, form, error):
            return HttpResponseRedirect(resolve_url(settings.LOGIN_REDIRECT_URL))
        return render_refused(request, SIGN_UP, form, error, opening_balance=opening_balance)
    if not user.is_active:
        return render(request, "accounts/waiting.html", {"new_user": user, "link": link_in_words(user)})
    services.session_start(request, user)
    messages.success(request, f"Welcome, {user.username}. Your account is ready. {link_in_words(user)}".strip())
    return HttpResponseRedirect(resolve_url(settings.LOGIN_REDIRECT_URL))


@public
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Ends the session; fine for one that has ended already."""
    services.session_end(request)
    messages.info(request, "You are signed out.")
    return HttpResponseRedirect(resolve_url(settings.LOGIN_URL))


def _is_sent_twice(request: HttpRequest, form: SignUpForm, error: CryptoPulseError) -> bool:
    """Whether the account is there because the same form made it a moment ago; its owner is signed in then."""
    if error.code != "username_taken":
        return False
    said = form.cleaned_data
    try:
        user = services.user_sign_in(said["username"], said["password"], address=client_address(request))
    except (SignInFailed, AccountNotActive, LockedOut):
        return False
    services.session_start(request, user)
    return True


def _page_asked_for(request: HttpRequest, address: str) -> str:
    """The address when it is of this site, else the overview."""
    safe = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if safe else resolve_url(settings.LOGIN_REDIRECT_URL)

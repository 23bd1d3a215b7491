"""Changing a password, and setting a new one by a mailed link."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from core.accounts import services
from core.accounts.errors import LockedOut
from core.accounts.forms import PasswordChangeForm, PasswordResetForm, PasswordResetRequestForm
from core.accounts.guard import public
from core.accounts.mail_place import mail_place
from core.accounts.requests import SignedInRequest
from core.accounts.views.form_limits import check_rate, render_refused
from core.addresses import client_address
from core.errors import InvalidInput, Refused, TooOften
from core.form_errors import add_errors, render_form

CHANGE = "accounts/password_change.html"
REQUEST = "accounts/password_reset.html"
RESET = "accounts/password_reset_confirm.html"
RESET_LINK_VOID = 410


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def password_change(request: SignedInRequest) -> HttpResponse:
    """Sets a new password; this browser stays signed in, all others do not."""
    form = PasswordChangeForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render_form(request, CHANGE, form)
    said = form.cleaned_data
    try:
        user = services.password_change(request.user, current=said["current_password"], new=said["new_password"])
    except (InvalidInput, Refused, LockedOut) as error:
        add_errors(form, error)
        return render_form(request, CHANGE, form)
    services.session_start(request, user)
    messages.success(request, "Your password was changed. Every other browser is signed out.")
    return redirect("accounts:settings")


@public
@require_http_methods(["GET", "POST"])
def password_reset(request: HttpRequest) -> HttpResponse:
    """Asks for the address; the answer is the same whether there is an account or not."""
    form = PasswordResetRequestForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render_form(request, REQUEST, form)
    try:
        check_rate(request)
        services.password_reset_request(form.cleaned_data["email"])
    except (TooOften, InvalidInput) as error:
        return render_refused(request, REQUEST, form, error)
    return redirect("accounts:password-reset-sent")


@public
@require_safe
def password_reset_sent(request: HttpRequest) -> HttpResponse:
    """Says that a mail is on its way, if there is such an account."""
    return render(request, "accounts/password_reset_sent.html", {"mail_place": mail_place()})


@public
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def password_reset_confirm(request: HttpRequest, username: str, token: str) -> HttpResponse:
    """Takes a new password from who holds a mailed link."""
    form = PasswordResetForm(request.POST or None)
    try:
        owner = services.reset_user(username, token)
        if request.method != "POST" or not form.is_valid():
            return render_form(request, RESET, form, owner=owner)
        check_rate(request)
        services.password_reset(username, token, new=form.cleaned_data["new_password"], address=client_address(request))
    except (TooOften, InvalidInput) as error:
        return render_refused(request, RESET, form, error, owner=owner)
    except Refused as error:
        return render(request, "accounts/password_reset_void.html", {"detail": error.detail}, status=RESET_LINK_VOID)
    messages.success(request, "Your password was changed. Sign in with the new one.")
    return redirect("accounts:sign-in")

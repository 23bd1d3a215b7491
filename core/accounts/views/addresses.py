"""The address of the own account: changed in Settings; confirmed, or restored, by a mailed link.

A link shows a page with a button: programs that scan mails open every link, and must change nothing by that.
"""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from core.accounts import services
from core.accounts.domain import User
from core.accounts.forms import EmailChangeForm
from core.accounts.guard import public
from core.accounts.mail_place import mail_place
from core.accounts.requests import SignedInRequest
from core.accounts.sessions import USERNAME
from core.accounts.views.form_limits import check_rate, with_retry_after
from core.errors import InvalidInput, Refused, TooOften
from core.form_errors import add_errors, render_form

CHANGE = "accounts/email_change.html"
CONFIRM = "accounts/address_confirm.html"
REVERT = "accounts/address_revert.html"
VOID = "accounts/address_link_void.html"
LINK_VOID = 410


@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def email_change(request: SignedInRequest) -> HttpResponse:
    """Shows the state of the address, and moves the account to another."""
    form = EmailChangeForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _change_page(request, form)
    try:
        user = services.email_change(request.user, **form.cleaned_data)
    except (InvalidInput, Refused, TooOften) as error:
        add_errors(form, error)
        return _change_page(request, form)
    messages.success(request, f"Your email address is now {user.email}. {link_in_words(user)}".strip())
    return redirect("accounts:settings")


@require_POST
def address_link(request: SignedInRequest) -> HttpResponse:
    """Mails the link that confirms the address again."""
    try:
        services.address_link_request(request.user)
    except TooOften as error:
        messages.error(request, error.detail)
    except Refused as error:
        messages.warning(request, error.detail)
    else:
        messages.success(request, link_in_words(request.user))
    return redirect("accounts:email-change")


@public
@never_cache
@require_http_methods(["GET", "POST"])
def address_confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Has the user confirm the address by a button, after a mailed link."""
    return _by_link(request, token, CONFIRM, services.address_to_confirm, services.address_confirm)


@public
@never_cache
@require_http_methods(["GET", "POST"])
def address_revert(request: HttpRequest, token: str) -> HttpResponse:
    """Has the user undo the change of the address by a button, after a mailed link."""

    def revert(text: str) -> User:
        owner = services.address_revert(text)
        if request.session.get(USERNAME) == owner.username:
            # its session has ended with all others: the answer is a page for visitors
            services.session_end(request)
        return owner

    return _by_link(request, token, REVERT, lambda text: services.address_to_revert(text)[0], revert)


def link_in_words(user: User) -> str:
    """Where the link is that confirms the user's address; nothing to say about one that is confirmed."""
    if user.email_confirmed:
        return ""
    place = mail_place()
    if place:
        return f"The mail with the link that confirms your address is {place}."
    return f"A mail with the link that confirms your address is on its way to {user.email}."


def _by_link(
    request: HttpRequest, token: str, page: str, read: Callable[[str], User], act: Callable[[str], User]
) -> HttpResponse:
    try:
        if request.method != "POST":
            return render(request, page, {"owner": read(token)})
        check_rate(request)
        return render(request, page, {"owner": act(token), "done": True})
    except TooOften as error:
        return with_retry_after(render(request, VOID, {"detail": error.detail}, status=error.status), error)
    except Refused as error:
        status = LINK_VOID if error.code == "link_void" else error.status
        return render(request, VOID, {"detail": error.detail, "code": error.code}, status=status)


def _change_page(request: SignedInRequest, form: EmailChangeForm) -> HttpResponse:
    is_taken = False
    if not request.user.email_confirmed:
        try:
            services.check_not_proved_by_another(request.user)
        except Refused:
            is_taken = True
    return render_form(request, CHANGE, form, is_taken=is_taken, mail_place=mail_place())

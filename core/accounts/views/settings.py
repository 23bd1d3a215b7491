"""The settings of the own account."""

from django.contrib import messages
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from core.accounts import export, services
from core.accounts.app_settings import app_settings
from core.accounts.errors import LockedOut
from core.accounts.forms import CloseForm, ProfileForm
from core.accounts.requests import SignedInRequest
from core.downloads import download
from core.errors import InvalidInput
from core.form_errors import add_errors, render_form
from core.tables import FILE_KEPT, TRASH_KEPT
from core.usage.selectors import usage_of

PROFILE = "accounts/settings.html"
CLOSE = "accounts/close.html"


@require_http_methods(["GET", "POST"])
def profile(request: SignedInRequest) -> HttpResponse:
    """Who the user is, and how the pages look to them."""
    form = ProfileForm(request.POST or None, user=request.user)
    chosen = [(each.label, each.choices().get(request.user.app_settings[each.name], "")) for each in app_settings()]
    if request.method != "POST" or not form.is_valid():
        return render_form(request, PROFILE, form, app_settings=chosen)
    try:
        services.profile_change(request.user, **form.cleaned_data)
    except InvalidInput as error:
        add_errors(form, error)
        return render_form(request, PROFILE, form, app_settings=chosen)
    messages.success(request, "Your settings were saved.")
    return redirect("accounts:settings")


@require_safe
def your_data(request: SignedInRequest) -> HttpResponse:
    """How much is kept beside the quotas, taking all data along, and closing the account."""
    context = {
        "usage": usage_of(request.user.username),
        "rows_kept": TRASH_KEPT.days,
        "files_kept": FILE_KEPT.days,
    }
    return render(request, "accounts/your_data.html", context)


@never_cache
@require_safe
def export_everything(request: SignedInRequest) -> StreamingHttpResponse:
    """Everything that is kept about the user, as a file, sent while it is read."""
    user = request.user
    return download(request, export.file_name(user), export.MEDIA_TYPE, export.lines(user))


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def close(request: SignedInRequest) -> HttpResponse:
    """Closes the account after one more look at the password."""
    form = CloseForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render_form(request, CLOSE, form)
    try:
        services.account_close_confirmed(request.user, form.cleaned_data["password"])
    except (InvalidInput, LockedOut) as error:
        add_errors(form, error)
        return render_form(request, CLOSE, form)
    services.session_end(request)
    messages.info(request, "Your account was closed. Everything in it is being deleted.")
    return redirect("accounts:sign-in")

"""The channels that notify of budgets."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from budgets import selectors, services
from budgets.forms.expenses import AlertChannelsForm
from core.accounts.requests import SignedInRequest
from core.form_errors import render_form


@require_http_methods(["GET", "HEAD", "POST"])
def alert_channels(request: SignedInRequest) -> HttpResponse:
    """Shows what budgets notify of and by which channels; these can be switched off."""
    if request.method != "POST":
        definitions = selectors.definitions_of(request.user.username)
        return _page(request, AlertChannelsForm(user=request.user, chosen=definitions.channels))
    form = AlertChannelsForm(request.POST, user=request.user)
    if not form.is_valid():
        return _page(request, form)
    services.alert_channels_set(request.user, form.channels)
    messages.success(request, "Saved.")
    return redirect("budgets:alert-channels")


def _page(request: SignedInRequest, form: AlertChannelsForm) -> HttpResponse:
    return render_form(request, "budgets/alert_channels.html", form)

"""Keys for programs: made, seen once, revoked."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from core import clock, ids
from core.accounts import selectors, services
from core.accounts.forms import ApiKeyForm
from core.accounts.requests import SignedInRequest
from core.errors import InvalidInput, Refused
from core.form_errors import add_errors, render_form
from core.idempotency import Claim
from core.paging import cursor_or_first
from core.storage import TransactionCancelled

PAGE = "accounts/api_keys.html"
KEYS_ON_A_PAGE = 25


@never_cache
@require_http_methods(["GET", "POST"])
def api_keys(request: SignedInRequest) -> HttpResponse:
    """Lists the keys and makes new ones; the answer to the form is the only page that shows the key itself."""
    form = ApiKeyForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, form)
    said = form.cleaned_data
    expires_at = None if said["life"] == "never" else clock.now() + timedelta(days=int(said["life"]))
    claim = Claim(request.user.username, said["id"], "page")
    secret = services.api_key_secret(claim.secret_material("page"))
    try:
        ids.check_fresh(said["id"], "id")  # for as long as what was made of it is remembered
        services.api_key_create(
            request.user,
            name=said["name"],
            scope=said["scope"],
            expires_at=expires_at,
            secret=secret,
            also=claim.also("page"),
        )
    except InvalidInput as error:
        add_errors(form, error)
        return _page(request, form)
    except TransactionCancelled:
        messages.warning(request, "This form was sent before, and its key is revoked. Fill it in again.")
        return _page(request, ApiKeyForm())
    except Refused as error:
        if error.code == "key_quota":
            add_errors(form, error)
            return _page(request, form, status=error.status)
        messages.info(request, "This form was sent before. The key is the same as then.")
    return _page(request, ApiKeyForm(), secret=secret)


@require_POST
def api_key_revoke(request: SignedInRequest, key_id: str) -> HttpResponse:
    """Makes a key void at once."""
    services.api_key_revoke(request.user.username, key_id)
    messages.success(request, "The key was revoked. It can no longer be used.")
    return redirect("accounts:api-keys")


def _page(request: SignedInRequest, form: ApiKeyForm, *, secret: str = "", status: int | None = None) -> HttpResponse:
    rows = selectors.api_keys_of(request.user.username, limit=KEYS_ON_A_PAGE, cursor=cursor_or_first(request))
    return render_form(request, PAGE, form, status=status, keys=rows.items, page=rows, secret=secret)

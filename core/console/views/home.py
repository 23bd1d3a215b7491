"""The way into the staff area."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from core.accounts.requests import SignedInRequest
from core.console.guard import staff_page
from core.console.rights import ENTER
from core.menu import staff_places


@staff_page(ENTER)
@require_safe
def home(request: SignedInRequest) -> HttpResponse:
    """Leads to the first place that the reader's role opens."""
    return redirect(staff_places(request.user)[0].url_name)

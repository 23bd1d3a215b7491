"""Pages about users: the list, one account, and what an administrator decides about it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from core import audit
from core.accounts import selectors
from core.accounts.domain import User
from core.accounts.requests import SignedInRequest
from core.accounts.rights import CHANGE_USERS, SEE_USERS, may
from core.accounts.services import user_administer
from core.console.forms import RoleForm, StatusForm, UsersFilter
from core.console.guard import staff_page
from core.console.row_counts import rows_counted
from core.errors import InvalidInput, Refused
from core.form_errors import add_errors, render_form
from core.paging import cursor_or_first

PAGE = 50
ENTRIES = 5


@staff_page(SEE_USERS)
@require_safe
def user_list(request: SignedInRequest) -> HttpResponse:
    """Users by the beginning of their names, by role and status."""
    form = UsersFilter(request.GET)
    rows = selectors.users_page(**form.chosen, limit=PAGE, cursor=cursor_or_first(request))
    context = {"filter": form, "filtered": any(form.chosen.values()), "page": rows}
    return render(request, "console/users.html", context)


@never_cache
@staff_page(SEE_USERS)
@require_safe
def user_detail(request: SignedInRequest, username: str) -> HttpResponse:
    """One account; to administrators with its address, counts, what was decided about it, and the forms for more."""
    return _page(request, selectors.user_get(username))


@staff_page(CHANGE_USERS)
@require_POST
def user_status(request: SignedInRequest, username: str) -> HttpResponse:
    """Approves, rejects, suspends or readmits a user."""
    user = selectors.user_get(username)
    form = StatusForm(request.POST, user=user)
    if "status" in form.errors:
        messages.error(request, "The status of this account has changed. Check it before you decide.")
        return redirect("staff:user", username)
    return _decide(request, user, form)


@staff_page(CHANGE_USERS)
@require_POST
def user_role(request: SignedInRequest, username: str) -> HttpResponse:
    """Gives a user another role."""
    user = selectors.user_get(username)
    return _decide(request, user, RoleForm(request.POST, user=user))


def _decide(request: SignedInRequest, user: User, form: StatusForm | RoleForm) -> HttpResponse:
    """Does what the form says, and leads back to the account."""
    if not form.is_valid():
        return _page(request, user, form)
    try:
        after = user_administer(user.username, **form.cleaned_data, by=request.user)
    except (InvalidInput, Refused) as error:
        add_errors(form, error)
        return _page(request, user, form)
    messages.success(request, f"{user.username} is now {after.status}, with the role {after.role}.")
    return redirect("staff:user", user.username)


def _page(request: SignedInRequest, user: User, sent: StatusForm | RoleForm | None = None) -> HttpResponse:
    status = sent if isinstance(sent, StatusForm) else StatusForm(user=user)
    role = sent if isinstance(sent, RoleForm) else RoleForm(user=user)
    context: dict[str, Any] = {"of": user, "is_oneself": user.username == request.user.username}
    if may(request.user, CHANGE_USERS):
        context |= {
            "sees_profile": True,
            "counts": rows_counted(user.username),
            "status_form": status,
            "role_form": role,
            "entries": audit.entries_of(f"user#{user.username}", ENTRIES, since=user.created_at).items,
        }
    return render_form(request, "console/user.html", sent or status, **context)

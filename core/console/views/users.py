"""Pages about users: the list, one account, and what an administrator decides about it."""

from collections.abc import Callable

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
from core.accounts.services import role_grant, status_set
from core.console.counting import rows_counted
from core.console.forms import RoleForm, StatusForm, UsersFilter
from core.console.guard import staff_page
from core.errors import InvalidInput, Refused
from core.form_errors import UNPROCESSABLE, add_errors
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

    def decide(reason: str) -> User:
        return status_set(username, form.cleaned_data["status"], by=request.user, reason=reason)

    if not form.is_valid():
        if "status" in form.errors:
            messages.error(request, "The account has another status by now. Look again before you decide.")
            return redirect("staff:user", username)
        return _page(request, user, status=form)
    return _decided(request, user, form, decide) or _page(request, user, status=form)


@staff_page(CHANGE_USERS)
@require_POST
def user_role(request: SignedInRequest, username: str) -> HttpResponse:
    """Gives a user another role."""
    user = selectors.user_get(username)
    form = RoleForm(request.POST, user=user)

    def decide(reason: str) -> User:
        return role_grant(username, form.cleaned_data["role"], by=request.user, reason=reason)

    if not form.is_valid():
        return _page(request, user, role=form)
    return _decided(request, user, form, decide) or _page(request, user, role=form)


def _decided(
    request: SignedInRequest, user: User, form: StatusForm | RoleForm, decide: Callable[[str], User]
) -> HttpResponse | None:
    """The way back to the account; None where the form has to be shown again with what is wrong."""
    try:
        after = decide(form.cleaned_data["reason"])
    except (InvalidInput, Refused) as error:
        add_errors(form, error)
        return None
    messages.success(request, f"{user.username} is now {after.status}, with the role {after.role}.")
    return redirect("staff:user", user.username)


def _page(
    request: SignedInRequest, user: User, *, status: StatusForm | None = None, role: RoleForm | None = None
) -> HttpResponse:
    context: dict[str, object] = {"of": user, "is_oneself": user.username == request.user.username}
    if may(request.user, CHANGE_USERS):
        context |= {
            "sees_profile": True,
            "counts": rows_counted(user.username),
            "status_form": status or StatusForm(user=user),
            "role_form": role or RoleForm(user=user),
            "entries": audit.entries_of(f"user#{user.username}", ENTRIES, since=user.created_at).items,
        }
    return render(request, "console/user.html", context, status=UNPROCESSABLE if status or role else 200)

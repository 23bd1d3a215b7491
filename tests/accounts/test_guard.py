"""Default deny: nothing is open to visitors unless it says so."""

from collections.abc import Iterator

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver
from django.views import View
from rest_framework.permissions import AllowAny
from rest_framework.views import APIView

from core.accounts.api.authentication import SignedIn
from core.accounts.domain import Anonymous, Role, User
from core.accounts.guard import PUBLIC, RequireSignIn, public, roles
from core.accounts.requests import set_user
from tests.builders import a_user, api_client, signed_in

OPEN_TO_VISITORS = {
    "accounts:sign-in",
    "accounts:sign-up",
    "accounts:sign-out",
    "accounts:address-confirm",
    "accounts:address-revert",
    "accounts:password-reset",
    "accounts:password-reset-sent",
    "accounts:password-reset-confirm",
    "market:list",
    "market:asset",
    "market:moved",
    "market:movers",
    "overview:home",
    "overview:help",
    "overview:appearance",
    "overview:sample-start",
    "budgets:receipt-file",
    "healthz",
    "readyz",
    "metrics",
}

OPEN_ENDPOINTS = {
    "api:register",
    "api:address-confirm",
    "api:token",
    "api:schema",
    "api:docs",
    "api:root",
    "api:errors",
    "api:error",
    "api:nothing-here",
    "api:assets",
    "api:asset",
    "api:movers",
    "api:prices",
    "api:candles",
    "api:ticks",
    "api:carbon-factors",
}


def _answer(view: object, user: User | Anonymous, path: str = "/some/page/", **headers: str) -> HttpResponse | None:
    request = RequestFactory().get(path, headers=headers)
    set_user(request, user)
    return RequireSignIn(lambda _: HttpResponse()).process_view(request, view, (), {})  # type: ignore[arg-type]


def _page(request: HttpRequest) -> HttpResponse:
    return HttpResponse("inside")


class _PageView(View):
    pass


class _OpenPageView(View):
    pass


def test_a_visitor_is_sent_to_sign_in_and_back() -> None:
    answer = _answer(_page, Anonymous(), "/some/page/?a=1")
    assert answer is not None
    assert (answer.status_code, answer["Location"]) == (302, "/sign-in/?next=%2Fsome%2Fpage%2F%3Fa%3D1")


def test_a_signed_in_user_goes_in() -> None:
    assert _answer(_page, a_user()) is None


def test_a_fragment_sends_the_whole_page_to_sign_in() -> None:
    answer = _answer(_page, Anonymous(), **{"HX-Request": "true"})
    assert answer is not None
    assert (answer.status_code, answer["HX-Redirect"]) == (204, "/sign-in/")


@pytest.mark.parametrize("view", [public(lambda request: HttpResponse()), public(_OpenPageView).as_view()])
def test_a_public_view_is_open(view: object) -> None:
    assert _answer(view, Anonymous()) is None


def test_a_class_is_closed_by_default() -> None:
    assert _answer(_PageView.as_view(), Anonymous()) is not None


@pytest.mark.parametrize(
    ("role", "allowed"), [("admin", True), ("moderator", True), ("analyst", False), ("user", False)]
)
def test_a_role_narrows(role: Role, allowed: bool) -> None:
    view = roles("admin", "moderator")(lambda request: HttpResponse())
    user = User("alice", "alice@example.com", role=role)
    if allowed:
        assert _answer(view, user) is None
    else:
        with pytest.raises(PermissionDenied):
            _answer(view, user)


def test_a_role_does_not_open_to_visitors() -> None:
    answer = _answer(roles("admin")(lambda request: HttpResponse()), Anonymous())
    assert answer is not None
    assert answer.status_code == 302


def test_only_the_pages_listed_here_are_open() -> None:
    opened = {name for name, view in _views() if getattr(view, PUBLIC, False)}
    assert opened <= OPEN_TO_VISITORS


def test_every_endpoint_that_needs_no_sign_in_says_so_itself() -> None:
    classes = [(name, getattr(view, "cls")) for name, view in _views() if _is_endpoint(view)]  # noqa: B009
    assert {name for name, view_class in classes if AllowAny in view_class.permission_classes} <= OPEN_ENDPOINTS
    for name, view_class in classes:
        open_or_guarded = [issubclass(each, (AllowAny, SignedIn)) for each in view_class.permission_classes]
        assert open_or_guarded, name
        assert all(open_or_guarded), name


def test_what_a_user_sees_stays_out_of_shared_caches(client: Client) -> None:
    alice = a_user()
    for response in (signed_in(alice).get("/settings/"), api_client(alice).get("/api/v1/auth/me/")):
        assert response["Cache-Control"] == "private, no-cache"
    assert "Cache-Control" not in client.get("/api/v1/errors/")


def test_a_page_that_is_not_there_says_so_to_visitors_too(client: Client) -> None:
    assert client.get("/nothing/here/").status_code == 404
    assert signed_in(a_user()).get("/nothing/here/").status_code == 404


def _is_endpoint(view: object) -> bool:
    view_class = getattr(view, "cls", None)
    return isinstance(view_class, type) and issubclass(view_class, APIView)


def _views(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[tuple[str, object]]:
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from _views(entry, f"{prefix}{entry.namespace}:" if entry.namespace else prefix)
        elif isinstance(entry, URLPattern):
            yield f"{prefix}{entry.name}", entry.callback

"""The matrix of rights, cell by cell: every address of the staff area, by every method, for everybody."""

from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from rest_framework.views import APIView

from carbon.rights import CHANGE_FACTORS
from core import wiring
from core.accounts.domain import ROLES, Anonymous, Role, User
from core.accounts.rights import CHANGE_USERS, SEE_USERS, may
from core.console.guard import RIGHT
from core.console.rights import ENTER, SEE_AUDIT, SEE_HEALTH
from core.menu import Place, staff_places
from market.rights import CHANGE_ASSETS, SEE_MARKET_STATISTICS
from portfolio.rights import SEE_ACTIVITY, SEE_TRANSACTIONS
from tests.builders import api_client, change_user, signed_in
from tests.console.builders import a_staff_member
from tests.docs.pages import ROOT

WHO_MAY = {
    ENTER: {"analyst", "moderator", "admin"},
    SEE_MARKET_STATISTICS: {"analyst", "admin"},
    SEE_USERS: {"moderator", "admin"},
    SEE_TRANSACTIONS: {"moderator", "admin"},
    SEE_ACTIVITY: {"moderator", "admin"},
    CHANGE_USERS: {"admin"},
    CHANGE_ASSETS: {"admin"},
    CHANGE_FACTORS: {"admin"},
    SEE_HEALTH: {"admin"},
    SEE_AUDIT: {"admin"},
}
"""What the product promises, written down a second time, so that a slip in the matrix shows."""

RIGHT_OF = {
    "staff:home": ENTER,
    "staff:users": SEE_USERS,
    "staff:user": SEE_USERS,
    "staff:user-status": CHANGE_USERS,
    "staff:user-role": CHANGE_USERS,
    "staff:health": SEE_HEALTH,
    "staff:event-replay": SEE_HEALTH,
    "staff:audit": SEE_AUDIT,
    "staff:market": SEE_MARKET_STATISTICS,
    "staff:market-export": SEE_MARKET_STATISTICS,
    "staff:assets": CHANGE_ASSETS,
    "staff:asset-add": CHANGE_ASSETS,
    "staff:asset": CHANGE_ASSETS,
    "staff:asset-active": CHANGE_ASSETS,
    "staff:transactions": SEE_TRANSACTIONS,
    "staff:holders": SEE_TRANSACTIONS,
    "staff:activity": SEE_ACTIVITY,
    "staff:factors": CHANGE_FACTORS,
    "staff:factor-add": CHANGE_FACTORS,
}
"""The right that opens each page, whatever the method."""

RIGHTS_OF_ENDPOINTS = {
    "api:staff-users": (SEE_USERS, SEE_USERS),
    "api:staff-user": (SEE_USERS, CHANGE_USERS),
    "api:staff-audit": (SEE_AUDIT, SEE_AUDIT),
    "api:staff-health": (SEE_HEALTH, SEE_HEALTH),
    "api:staff-event-replay": (SEE_HEALTH, SEE_HEALTH),
    "api:staff-market": (SEE_MARKET_STATISTICS, SEE_MARKET_STATISTICS),
    "api:staff-market-export": (SEE_MARKET_STATISTICS, SEE_MARKET_STATISTICS),
    "api:staff-assets": (CHANGE_ASSETS, CHANGE_ASSETS),
    "api:staff-asset": (CHANGE_ASSETS, CHANGE_ASSETS),
    "api:staff-transactions": (SEE_TRANSACTIONS, SEE_TRANSACTIONS),
    "api:staff-holders": (SEE_TRANSACTIONS, SEE_TRANSACTIONS),
    "api:staff-factors": (CHANGE_FACTORS, CHANGE_FACTORS),
}
"""The rights that open each endpoint: to read, and to change."""

STAFF_PLACES: list[Place] = [place for places in wiring.listed("STAFF_MENU") for place in places]
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
SAFE = ("GET", "HEAD", "OPTIONS")
PARTS = {"username": "bob", "asset_id": "bitcoin", "event_id": "01932f0a-7c00-7abc-8def-0123456789ab"}


def _patterns(found: list[Any], above: str = "", namespace: str = "") -> Iterator[tuple[str, str, URLPattern]]:
    for entry in found:
        path = above + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from _patterns(entry.url_patterns, path, inner)
        else:
            yield f"{namespace}{entry.name}", path, entry


STAFF = {
    name: entry
    for name, path, entry in _patterns(get_resolver().url_patterns)
    if path.startswith(("staff/", "api/v1/staff/"))
}
PAGES = sorted(name for name in STAFF if not name.startswith("api:"))
ENDPOINTS = sorted(name for name in STAFF if name.startswith("api:"))


def _roles_of(place: Place) -> set[str]:
    assert place.right is not None, place.label
    return WHO_MAY[place.right]


def _address(name: str) -> str:
    return reverse(name, kwargs={part: PARTS[part] for part in STAFF[name].pattern.converters})


def _answer(client: Client, name: str, method: str) -> int:
    return client.generic(method, _address(name), b"{}", content_type="application/json").status_code


def test_the_matrix_says_what_was_promised() -> None:
    assert {right: set(right.roles) for right in WHO_MAY} == WHO_MAY
    assert set(WHO_MAY) == {*RIGHT_OF.values(), *(right for pair in RIGHTS_OF_ENDPOINTS.values() for right in pair)}


def test_the_documentation_says_the_same() -> None:
    rows = [line.strip("| ").split(" | ") for line in (ROOT / "docs" / "staff.md").read_text().splitlines()]
    columns = next(row for row in rows if row[0] == "Right")[1:]
    said = {
        row[0]: {role for role, cell in zip(columns, row[1:], strict=True) if cell == "yes"}
        for row in rows
        if row[0] in {right.about for right in WHO_MAY}
    }
    assert said == {right.about: roles for right, roles in WHO_MAY.items()}


def test_every_address_of_the_staff_area_is_listed_with_its_right() -> None:
    assert set(PAGES) == set(RIGHT_OF)
    assert set(ENDPOINTS) == set(RIGHTS_OF_ENDPOINTS)


def test_every_address_of_the_staff_area_asks_for_its_right() -> None:
    for name in PAGES:
        assert getattr(STAFF[name].callback, RIGHT, None) == RIGHT_OF[name], name
    for name in ENDPOINTS:
        view_class: type[APIView] = getattr(STAFF[name].callback, "cls")  # noqa: B009
        asked = [getattr(permission, "rights", None) for permission in view_class.permission_classes]
        assert asked == [RIGHTS_OF_ENDPOINTS[name]], name


@pytest.mark.parametrize("role", ROLES)
def test_each_role_gets_exactly_its_cells(role: Role, bob: User) -> None:
    browser = signed_in(a_staff_member(role))
    for name, method in product(PAGES, METHODS):
        allowed = role in WHO_MAY[RIGHT_OF[name]]
        status = _answer(browser, name, method)
        assert (status != 403) is allowed, f"{role} {method} {name} answers {status}"
        assert status < 500, f"{role} {method} {name} answers {status}"
    for name, method in product(ENDPOINTS, METHODS):
        right = RIGHTS_OF_ENDPOINTS[name][method not in SAFE]
        status = _answer(browser, name, method)
        assert (status != 403) is (role in WHO_MAY[right]), f"{role} {method} {name} answers {status}"
        assert status < 500, f"{role} {method} {name} answers {status}"


@pytest.mark.parametrize("role", [role for role in ROLES if role != "user"])
def test_who_may_see_a_page_is_shown_it(role: Role, bob: User) -> None:
    browser = signed_in(a_staff_member(role))
    shown = [
        name
        for name in PAGES
        if role in WHO_MAY[RIGHT_OF[name]] and _answer(browser, name, "GET") not in (200, 302, 404, 405)
    ]
    assert shown == []
    for place in STAFF_PLACES:
        if role in _roles_of(place):
            assert browser.get(reverse(place.url_name)).status_code == 200, place.label


def test_who_is_signed_out_gets_nothing(client: Client, bob: User) -> None:
    for name, method in product(PAGES, METHODS):
        answer = client.generic(method, _address(name))
        assert (answer.status_code, answer["Location"].partition("?")[0]) == (302, "/sign-in/"), f"{method} {name}"
    for name, method in product(ENDPOINTS, METHODS):
        assert _answer(client, name, method) == 401, f"{method} {name}"


@pytest.mark.parametrize("role", ROLES)
def test_who_is_suspended_gets_nothing(role: Role, bob: User) -> None:
    member = a_staff_member(role)
    for name, method in product((*PAGES, *ENDPOINTS), ("GET", "POST")):
        browser = signed_in(member)
        change_user(member.username, {"status": "suspended"})
        assert _answer(browser, name, method) in (302, 401), f"{role} {method} {name}"
        change_user(member.username, {"status": "active"})


def test_a_role_taken_away_counts_from_the_next_request_on() -> None:
    browser = signed_in(a_staff_member("moderator", "moe"))
    assert browser.get("/staff/users/").status_code == 200
    change_user("moe", {"role": "user"})
    assert browser.get("/staff/users/").status_code == 403


def test_a_key_that_may_only_read_changes_nothing(bob: User) -> None:
    reader = api_client(a_staff_member("admin", "ada"), "read")
    assert reader.get("/api/v1/staff/users/").status_code == 200
    refused = reader.patch("/api/v1/staff/users/bob/", {"role": "admin", "reason": "Just so"}, format="json")
    assert (refused.status_code, refused.json()["code"]) == (403, "scope_too_narrow")


@pytest.mark.parametrize("role", ROLES)
def test_the_menu_holds_the_places_of_the_role_and_no_others(role: Role) -> None:
    page = signed_in(a_staff_member(role)).get("/settings/").content.decode()
    assert ('href="/staff/"' in page) is (role != "user")
    member = User("x", "x@example.com", role=role)
    assert [place for place in STAFF_PLACES if role in _roles_of(place)] == staff_places(member)
    assert staff_places(Anonymous()) == []
    assert not any(may(User("x", "x@example.com", role=role, status="suspended"), right) for right in WHO_MAY)

"""Nothing opens to a visitor but what is listed here; nothing answers without saying who may ask."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from core.storage import measured

OPEN_PAGES = {
    "healthz",
    "readyz",
    "metrics",
    "overview:home",
    "overview:help",
    "overview:sample-start",
    "overview:appearance",
    "market:list",
    "market:movers",
    "market:asset",
    "market:moved",
    "budgets:receipt-file",
    "accounts:sign-in",
    "accounts:sign-up",
    "accounts:address-confirm",
    "accounts:address-revert",
    "accounts:password-reset",
    "accounts:password-reset-sent",
    "accounts:password-reset-confirm",
}
OPEN_ENDPOINTS = {
    "api:schema",
    "api:docs",
    "api:root",
    "api:errors",
    "api:error",
    "api:nothing-here",
    "api:register",
    "api:address-confirm",
    "api:token",
    "api:assets",
    "api:asset",
    "api:movers",
    "api:candles",
    "api:ticks",
    "api:prices",
    "api:carbon-factors",
}
SENDS_EVERYBODY_TO_SIGN_IN = {"accounts:sign-out"}
SOMEBODYS_ID = "01932f0a-7c00-7abc-8def-0123456789ab"


def patterns(found: list[URLPattern | URLResolver], namespace: str = "") -> Iterator[tuple[str, tuple[str, ...]]]:
    for pattern in found:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from patterns(pattern.url_patterns, inner)
        elif pattern.name:
            yield f"{namespace}{pattern.name}", tuple(pattern.pattern.converters)


NAMED = dict(patterns(get_resolver().url_patterns))


def address(name: str) -> str:
    return reverse(name, kwargs=dict.fromkeys(NAMED[name], SOMEBODYS_ID))


@pytest.mark.parametrize(
    "name", sorted(name for name in NAMED if not name.startswith("api:") and name not in SENDS_EVERYBODY_TO_SIGN_IN)
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_visitor_of_a_page_is_sent_to_sign_in_unless_it_is_open(method: str, name: str, client: Client) -> None:
    with measured() as usage:
        answer = getattr(client, method)(address(name))
    sent_away = answer.status_code == 302 and answer["Location"].startswith(reverse("accounts:sign-in"))
    assert sent_away is (name not in OPEN_PAGES), f"answers {answer.status_code}"
    assert not (sent_away and usage.requests), "the store was asked before"


@pytest.mark.parametrize("name", sorted(name for name in NAMED if name.startswith("api:")))
def test_a_visitor_of_an_endpoint_is_refused_unless_it_is_open(name: str, client: Client) -> None:
    for method in ("get", "post", "put", "patch", "delete"):
        answer = getattr(client, method)(address(name), content_type="application/json")
        assert (answer.status_code == 401) is (name not in OPEN_ENDPOINTS), f"{method} answers {answer.status_code}"
        assert answer.status_code != 401 or answer.json()["code"] == "not_signed_in"


def test_only_addresses_that_exist_are_listed_as_open() -> None:
    assert set(NAMED) >= OPEN_PAGES | OPEN_ENDPOINTS | SENDS_EVERYBODY_TO_SIGN_IN

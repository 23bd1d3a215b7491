"""Every page of the site, read off its URL patterns, so that none is forgotten."""

from collections.abc import Iterator, Sequence

from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve, reverse
from playwright.sync_api import Page

from tests.browser.site import Site

NOT_OURS = ("api",)
"""Namespaces whose pages come from elsewhere: DRF's and Swagger's."""

EXAMPLES = {"asset_id": "bitcoin", "month": "2026-10", "activity": "car_petrol"}
"""Values for the parameters of addresses that every installation has."""

LISTS = {
    "order_id": ("/portfolio/orders/", "portfolio:order"),
    "alert_id": ("/alerts/", "alerts:detail"),
    "expense_id": ("/budgets/expenses/", "budgets:expense"),
    "entry_id": ("/carbon/entries/?kind=measured", "carbon:entry"),
    "goal_id": ("/carbon/goals/", "carbon:goal-edit"),
}
"""Part of an address -> a list, and the page to which its links lead: from there comes an id of the user's own."""


def patterns() -> dict[str, tuple[str, ...]]:
    """Full name -> names of its parts, for every pattern of our own."""
    return dict(_walk(get_resolver().url_patterns, ""))


def reachable() -> list[str]:
    """Names of the patterns whose every part is known or can be read off a list."""
    known = {*EXAMPLES, *LISTS}
    return sorted(name for name, parts in patterns().items() if known.issuperset(parts))


def address(name: str, page: Page, site: Site) -> str:
    """The path of a name; where it holds an id, that of the first thing on the user's list."""
    parts = {part: EXAMPLES.get(part) or _first_id(part, page, site) for part in patterns()[name]}
    return reverse(name, kwargs=parts)


def _first_id(part: str, page: Page, site: Site) -> str:
    path, target = LISTS[part]
    page.goto(site.at(path))
    for link in page.locator("main a[href]").all():
        try:
            match = resolve((link.get_attribute("href") or "").split("?")[0])
        except Resolver404:
            continue
        if match.view_name == target:
            return str(match.kwargs[part])
    raise AssertionError(f"{path} has no link to {target}")


def _walk(patterns: Sequence[URLPattern | URLResolver], namespace: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            if pattern.namespace not in NOT_OURS:
                inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
                yield from _walk(pattern.url_patterns, inner)
        else:
            assert pattern.name, f"{pattern.pattern} has no name"
            yield namespace + pattern.name, tuple(pattern.pattern.converters)

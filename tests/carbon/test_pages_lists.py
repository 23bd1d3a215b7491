"""The list of entries: filters, sums, pages, export."""

import csv
import io
import json
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from core import clock
from core.accounts.domain import User
from core.ids import derived_id
from core.storage import measured
from tests.builders import next_cursor_of, signed_in, there
from tests.carbon.builders import added, an_estimate, entries_of, estimated
from tests.carbon.pages import ACCOUNT_TABLES, shown, toasts, words

INVALID = 422
FILTERS: list[dict[str, str]] = [
    {},
    {"from": "2026-11-01", "to": "2026-11-30"},
    {"to": "2026-10-31"},
    {"from": "2026-11-10"},
    {"category": "food"},
    {"category": "transportation", "from": "2026-11-01"},
    {"kind": "estimated"},
    {"kind": "measured", "category": "transportation"},
    {"category": "waste"},
]

pytestmark = pytest.mark.usefixtures("noon")


@pytest.fixture
def alice() -> User:
    """Somebody with thirty days of entries in two months, every fifth of them an estimate."""
    alice = there(User("alice", "alice@example.com", country="GB", time_zone="Europe/Lisbon"))
    for back in range(30):
        day = date(2026, 11, 20) - timedelta(days=back)
        if back % 5 == 0:
            expense_id = derived_id(clock.now(), "expense", str(back))
            estimated("alice", an_estimate(expense_id, day, str(10 + back)))
        elif back % 2:
            added(alice, on=day, amount=str(back))
        else:
            added(alice, "cheese", "0.2", "kg", on=day, description=f"=Cheese {back}")
    return alice


def matching(alice: User, query: dict[str, str]) -> list[str]:
    """Ids of the entries that a filter means, newest first, by going through all of them."""
    found = [
        entry
        for entry in entries_of(alice)
        if query.get("from", "") <= entry.day.isoformat() <= query.get("to", "9999")
        and query.get("category", entry.category) == entry.category
        and {"estimated": entry.is_estimate, "measured": not entry.is_estimate}.get(query.get("kind", ""), True)
    ]
    return [entry.entry_id for entry in sorted(found, key=lambda each: (each.timestamp, each.entry_id), reverse=True)]


def listed(client: Client, query: dict[str, str]) -> list[str]:
    """Ids on all pages of the list."""
    ids: list[str] = []
    cursor: dict[str, str] = {}
    while True:
        response = client.get("/carbon/entries/", {**query, **cursor})
        assert response.status_code == 200
        page: Any = response.context["page"]
        ids += [entry.entry_id for entry in page.items]
        following = next_cursor_of(response)
        if not following:
            return ids
        cursor = {"cursor": following}


@pytest.mark.parametrize("query", FILTERS)
def test_a_filter_shows_what_it_means_on_all_its_pages(alice: User, client: Client, query: dict[str, str]) -> None:
    assert listed(client, query) == matching(alice, query)


@pytest.mark.parametrize("query", FILTERS)
def test_the_sum_is_of_everything_that_matches(alice: User, client: Client, query: dict[str, str]) -> None:
    wanted = set(matching(alice, query))
    entries = [entry for entry in entries_of(alice) if entry.entry_id in wanted]
    total: Any = client.get("/carbon/entries/", query).context["total"]
    assert (total.count, total.kg) == (len(entries), sum((entry.kg for entry in entries), Decimal(0)))
    assert total.estimated_count == sum(entry.is_estimate for entry in entries)


@pytest.mark.parametrize("query", FILTERS)
@pytest.mark.parametrize("kind", ["csv", "json"])
def test_the_export_is_exactly_the_filtered_list(alice: User, client: Client, query: dict[str, str], kind: str) -> None:
    response: Any = client.get("/api/v1/carbon/entries/export/", {**query, "format": kind})
    text = b"".join(response).decode()
    if kind == "csv":
        exported = [row["entry_id"] for row in csv.DictReader(io.StringIO(text, newline=""))]
    else:
        exported = [row["entry_id"] for row in json.loads(text)["items"]]
    assert exported == listed(client, query)


def test_the_links_of_the_export_carry_the_filter(client: Client) -> None:
    html = client.get("/carbon/entries/", {"category": "food", "from": "2026-11-01"}).content.decode()
    address = "/api/v1/carbon/entries/export/?format={}&amp;from=2026-11-01&amp;category=food"
    for kind in ("csv", "json"):
        found = (
            address.format(kind) in html
            or address.format(kind).replace("from=2026-11-01&amp;category=food", "category=food&amp;from=2026-11-01")
            in html
        )
        assert found


def test_the_list_and_its_sum_are_two_requests(client: Client) -> None:
    for query in ({}, {"category": "food", "from": "2026-11-01"}):
        with measured() as usage:
            client.get("/carbon/entries/", query)
        assert usage.without(*ACCOUNT_TABLES).requests == 2


def test_a_row_shows_kg_factor_source_and_year(client: Client) -> None:
    page = shown(client, "entries/", category="food")
    row = page[page.index("Cheese") :][:250]
    assert "4.78" in row
    assert "23.88 per kg" in row
    assert "Poore & Nemecek 2018, through Our World in Data, 2010" in row


def test_an_estimate_is_marked_and_can_be_made_exact(client: Client) -> None:
    response = client.get("/carbon/entries/", {"kind": "estimated"})
    page = words(response)
    assert page.count("make exact") == 6
    assert "make exact" not in shown(client, "entries/", kind="measured")


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"from": "yesterday"}, "from"),
        ({"to": "2026-13-01"}, "to"),
        ({"from": "0001-01-01"}, "from"),
        ({"from": "2026-02-01", "to": "2026-01-31"}, "to"),
        ({"category": "nothing"}, "category"),
        ({"kind": "x" * 3000}, "kind"),
    ],
)
def test_a_wrong_filter_says_so_and_is_kept(client: Client, query: dict[str, str], field: str) -> None:
    response = client.get("/carbon/entries/", query)
    assert response.status_code == INVALID
    form: Any = response.context["filter"]
    assert list(form.errors) == [field]
    assert form.errors[field][0] in words(response)
    assert {name: form.data[name] for name in query} == query


def test_a_broken_cursor_is_the_first_page_and_a_word_about_it(client: Client) -> None:
    response = client.get("/carbon/entries/", {"cursor": "abc"})
    assert (response.status_code, toasts(response)) == (200, ["warning"])


def test_a_filter_that_nothing_matches_is_said(client: Client) -> None:
    html = client.get("/carbon/entries/", {"category": "waste"}).content.decode()
    assert ("<table" in html, 'class="empty"' in html) == (False, False)


def test_without_entries_the_list_says_what_they_are_for() -> None:
    bob = signed_in(there(User("bob", "bob@example.com")))
    for path in ("entries/", "entries/deleted/"):
        assert 'class="empty"' in bob.get(f"/carbon/{path}").content.decode()

"""The list of expenses, and adding, looking at, editing, deleting and restoring one, without JavaScript."""

import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.test import Client

from budgets import selectors, services
from core.accounts.domain import User
from core.ids import new_id
from core.storage import measured
from tests.budgets.builders import SPENT_ON, TODAY, a_draft, check_totals, refunded, spent, total
from tests.budgets.pages import (
    ACCOUNT_TABLES,
    EXPENSE,
    add,
    an_expense_form,
    expenses_of,
    hidden_fields,
    shown,
    text_of,
    undo_of,
)
from tests.builders import signed_in, there
from tests.times import NOON, at

pytestmark = pytest.mark.usefixtures("noon")


def test_an_expense_is_added_in_the_users_currency_and_on_the_users_day(alice: User, client: Client) -> None:
    form = client.get("/budgets/expenses/add/").content.decode()
    assert "Amount in EUR" in form
    assert 'value="2026-11-20"' in form
    fields = {**EXPENSE, **hidden_fields(form)}
    with measured() as usage:
        response = client.post("/budgets/expenses/add/", fields)
    assert usage.without(*ACCOUNT_TABLES).requests == 3
    assert (response.status_code, response["Location"]) == (302, "/budgets/expenses/")
    (expense,) = expenses_of(alice)
    assert (expense.expense_id, expense.amount, expense.currency) == (fields["id"], Decimal("12.50"), "eur")
    assert (expense.category, expense.day, expense.tags) == (SPENT_ON, TODAY, ("work", "team"))
    assert f"12.50 for {SPENT_ON}, 20 November 2026" in shown(client, response["Location"])


def test_the_form_opens_on_the_day_of_the_users_zone() -> None:
    carol = there(User("carol", "carol@example.com", time_zone="Asia/Tokyo"))
    with at(datetime(2026, 11, 20, 15, 30, tzinfo=UTC)):
        assert 'value="2026-11-21"' in signed_in(carol).get("/budgets/expenses/add/").content.decode()


def test_a_form_sent_twice_is_one_expense(alice: User, client: Client) -> None:
    fields = an_expense_form()
    assert [client.post("/budgets/expenses/add/", fields).status_code for _ in range(2)] == [302, 302]
    assert len(expenses_of(alice)) == 1
    check_totals(alice)


def test_a_form_sent_again_with_other_values_asks_whether_that_is_meant(alice: User, client: Client) -> None:
    fields = an_expense_form()
    client.post("/budgets/expenses/add/", fields)
    response = client.post("/budgets/expenses/add/", {**fields, "amount": "13"})
    page = response.content.decode()
    assert response.status_code == 422
    assert response.context["form"].non_field_errors()
    again = hidden_fields(page)
    assert again["id"] != fields["id"]
    assert client.post("/budgets/expenses/add/", {**fields, **again, "amount": "13"}).status_code == 302
    assert [each.amount for each in expenses_of(alice)] == [Decimal("13.00"), Decimal("12.50")]


def test_a_refund_is_money_that_came_back(alice: User, client: Client) -> None:
    spent(alice, "20")
    add(client, refund="on")
    assert total(alice) == (Decimal("7.50"), 2)
    page = shown(client, "/budgets/expenses/")
    assert "Tasca refund lunch" in page
    assert "+12.50" in page
    assert "2 expenses, together 7.50 EUR" in page


def test_one_may_add_another_at_once(client: Client) -> None:
    response = client.post("/budgets/expenses/add/", an_expense_form(another=""))
    assert response["Location"] == "/budgets/expenses/add/"


def test_the_form_can_be_filled_by_its_address(client: Client) -> None:
    page = client.get("/budgets/expenses/add/", {"category": "Travel", "date": "2026-10-02"}).content.decode()
    assert '<option value="Travel" selected>' in page
    assert 'value="2026-10-02"' in page


def test_an_own_category_can_be_chosen(alice: User, client: Client) -> None:
    services.category_add(alice, "Pets & garden")
    assert add(client, category="Pets & garden").status_code == 302
    assert expenses_of(alice)[0].category == "Pets & garden"


def test_the_list_shows_the_newest_day_first_in_two_requests(alice: User, client: Client) -> None:
    spent(alice, "1", day=date(2026, 11, 3), merchant="Early")
    spent(alice, "2", day=TODAY, description="Latest\nsecond line")
    spent(alice, "3", "Travel", day=date(2026, 11, 10))
    with measured() as usage:
        page = shown(client, "/budgets/expenses/")
    assert usage.without(*ACCOUNT_TABLES).requests == 2
    places = [page.index(part) for part in ("Latest", "10 Nov 2026", "Early")]
    assert places == sorted(places)
    assert "second line" not in page
    assert "3 expenses, together 6.00 EUR" in page


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"category": "Travel"}, {"rail", "hotel"}),
        ({"from": "2026-11-10"}, {"hotel", "lunch"}),
        ({"to": "2026-11-10"}, {"rail", "hotel"}),
        ({"from": "2026-11-10", "to": "2026-11-10"}, {"hotel"}),
        ({"q": "HOTEL"}, {"hotel"}),
        ({"q": "work"}, {"rail", "lunch"}),
        ({"q": "work", "category": "Travel", "from": "2026-11-01", "to": "2026-11-30"}, {"rail"}),
        ({"q": "nothing like it"}, set()),
    ],
)
def test_the_address_filters(alice: User, client: Client, query: dict[str, str], expected: set[str]) -> None:
    spent(alice, "10", "Travel", date(2026, 11, 3), description="rail", tags=("work",))
    spent(alice, "20", "Travel", date(2026, 11, 10), description="hotel")
    spent(alice, "40", SPENT_ON, TODAY, description="lunch", merchant="Work canteen")
    amounts = {"rail": 10, "hotel": 20, "lunch": 40}
    response = client.get("/budgets/expenses/", query)
    assert {each.description for each in response.context["page"].items} == expected
    page = text_of(response.content.decode())
    together = f"together {sum(amounts[each] for each in expected)}.00 EUR"
    assert (together in page) == bool(expected)


@pytest.mark.parametrize(
    ("query", "requests"),
    [
        ({}, 3),
        ({"category": "Travel"}, 3),
        ({"from": "2026-10-01", "to": "2026-11-30"}, 3),
        ({"from": "2026-09-15", "to": "2026-11-29"}, 5),
        ({"from": "2026-11-02", "to": "2026-11-29"}, 3),
    ],
)
def test_the_sum_is_that_of_all_pages(alice: User, client: Client, query: dict[str, str], requests: int) -> None:
    for number in range(110):
        day = date(2026, 9, 14) + timedelta(days=number % 80)
        services.expense_record(alice, expense_id=new_id(), draft=a_draft("1.01", "Travel", day))
    refunded(alice, "0.51", "Travel")
    since, until = _day(query, "from"), _day(query, "to")
    every = list(selectors.expenses_every("alice", selectors.ExpenseFilter(since, until, query.get("category"))))
    together = sum(each.amount for each in every)
    with measured() as usage:
        page = text_of(client.get("/budgets/expenses/", query).content.decode())
    assert len(every) > 50 or query.get("from") == "2026-11-02"
    assert f"{len(every)} expenses, together {together} EUR" in page
    assert usage.without(*ACCOUNT_TABLES).requests <= requests


def test_the_day_sorts_both_ways_and_the_address_keeps_it(alice: User, client: Client) -> None:
    for number in range(51):
        spent(alice, "1", day=date(2026, 9, 1) + timedelta(days=number), description=f"number {number}")
    newest = client.get("/budgets/expenses/").content.decode()
    assert 'aria-sort="descending"' in newest
    assert 'href="?sort=date"' in newest
    oldest = client.get("/budgets/expenses/", {"sort": "date"})
    page = oldest.content.decode()
    assert [each.description for each in oldest.context["page"].items] == [f"number {each}" for each in range(50)]
    assert 'aria-sort="ascending"' in page
    assert '<input type="hidden" name="sort" value="date"' in page
    assert "format=csv&amp;sort=date" in page
    assert "Show all" not in page
    link = re.search(r'href="(\?[^"]*cursor=[^"]+)" rel="next"', page)
    assert link is not None
    assert "number 50" in client.get(f"/budgets/expenses/{link[1].replace('&amp;', '&')}").content.decode()


@pytest.mark.parametrize("sort", ["", "-", "amount", "-date"])
def test_an_unknown_sort_is_newest_first(alice: User, client: Client, sort: str) -> None:
    spent(alice, "1", day=date(2026, 11, 1), description="older")
    spent(alice, "1", description="newer")
    page = client.get("/budgets/expenses/", {"sort": sort}).content.decode()
    assert page.index("newer") < page.index("older")
    assert '/api/v1/expenses/export/?format=csv"' in page


def test_pages_of_the_list_follow_each_other(alice: User, client: Client) -> None:
    for number in range(53):
        spent(alice, "1", description=f"number {number}")
    found, path, pages = [], "/budgets/expenses/?category=Food+%26+Dining", 0
    while path:
        response = client.get(path)
        found += [each.description for each in response.context["page"].items]
        link = re.search(r'href="(\?[^"]*cursor=[^"]+)" rel="next"', response.content.decode())
        path = f"/budgets/expenses/{link[1].replace('&amp;', '&')}" if link else ""
        pages += 1
        assert "53 expenses, together 53.00 EUR" in text_of(response.content.decode())
    assert (pages, found) == (2, [f"number {number}" for number in reversed(range(53))])


def test_a_search_with_more_pages_sums_what_it_shows(alice: User, client: Client) -> None:
    for _ in range(51):
        spent(alice, "1", description="tram")
    assert "On this page: 50 expenses, together 50.00 EUR" in shown(client, "/budgets/expenses/", q="tram")


def test_the_export_links_carry_the_filter(alice: User, client: Client) -> None:
    spent(alice, "10", description="tram")
    page = client.get("/budgets/expenses/", {"q": "tram", "from": "", "category": SPENT_ON, "cursor": ""})
    found = re.findall(r'href="(/api/v1/expenses/export/[^"]+)"', page.content.decode())
    query = "q=tram&amp;category=Food+%26amp%3B+Dining".replace("%26amp%3B", "%26")
    assert found == [f"/api/v1/expenses/export/?format={kind}&amp;{query}" for kind in ("csv", "json")]
    exported = b"".join(client.get(found[0].replace("&amp;", "&"))).decode()
    assert "tram" in exported


def test_a_category_that_was_removed_still_shows_its_rows(alice: User, client: Client) -> None:
    services.category_add(alice, "Pets")
    expense = spent(alice, "10", "Pets")
    services.category_remove(alice, "Pets")
    assert "1 expense, together 10.00 EUR" in shown(client, "/budgets/expenses/", category="Pets")
    form = client.get(f"/budgets/expenses/{expense.expense_id}/edit/")
    assert '<option value="Pets" selected>' in form.content.decode()
    fields = {**EXPENSE, **hidden_fields(form.content.decode()), "category": "Pets"}
    assert client.post(f"/budgets/expenses/{expense.expense_id}/edit/", fields).status_code == 302


def test_one_expense_is_one_request(alice: User, client: Client) -> None:
    expense = spent(alice, "12.50", merchant="Tasca", description="lunch", tags=("work",))
    with measured() as usage:
        page = shown(client, f"/budgets/expenses/{expense.expense_id}/")
    assert usage.without(*ACCOUNT_TABLES).requests == 1
    for part in ("Spent on 20 Nov 2026", "€12 .50", "Food & Dining", "Tasca", "lunch", "work", "November 2026"):
        assert part in page


def test_an_edit_moves_the_totals(alice: User, client: Client) -> None:
    expense = spent(alice, "12.50", merchant="Tasca")
    path = f"/budgets/expenses/{expense.expense_id}/edit/"
    form = client.get(path).content.decode()
    assert 'value="12.50"' in form
    fields = {**EXPENSE, **hidden_fields(form), "amount": "30", "category": "Travel", "date": "2026-10-02"}
    with measured() as usage:
        response = client.post(path, fields)
    assert usage.without(*ACCOUNT_TABLES).requests == 5
    assert (response.status_code, response["Location"]) == (302, f"/budgets/expenses/{expense.expense_id}/")
    changed = selectors.expense_get("alice", expense.expense_id)
    assert (changed.amount, changed.category, changed.day) == (Decimal(30), "Travel", date(2026, 10, 2))
    check_totals(alice)


def test_lines_of_a_description_stay_lines_when_a_browser_sends_them_back(alice: User, client: Client) -> None:
    expense = spent(alice, "12.50", description="for the cat\nand the garden")
    path = f"/budgets/expenses/{expense.expense_id}/edit/"
    assert "for the cat\nand the garden</textarea>" in client.get(path).content.decode()
    sent = {"amount": "12.50", "category": SPENT_ON, "date": "2026-11-20", "version": "1"}
    client.post(path, {**sent, "description": "for the cat\r\nand the garden"})
    assert selectors.expense_get("alice", expense.expense_id) == expense
    assert "for the cat<br>and the garden" in client.get(path.removesuffix("edit/")).content.decode()


def test_an_edit_of_what_changed_meanwhile_keeps_what_was_typed(alice: User, client: Client) -> None:
    expense = spent(alice, "12.50")
    path = f"/budgets/expenses/{expense.expense_id}/edit/"
    fields = {**EXPENSE, **hidden_fields(client.get(path).content.decode()), "amount": "30"}
    services.expense_change(alice, expense.expense_id, a_draft("99", merchant="Elsewhere"))
    response = client.post(path, fields)
    page = response.content.decode()
    assert response.status_code == 409
    assert 'name="amount" value="30"' in page
    assert "Amount in EUR 99.00" in text_of(page)
    assert "Merchant Elsewhere" in text_of(page)
    assert selectors.expense_get("alice", expense.expense_id).amount == Decimal(99)
    assert client.post(path, {**fields, **hidden_fields(page)}).status_code == 302
    assert selectors.expense_get("alice", expense.expense_id).amount == Decimal(30)


def test_a_deleted_expense_comes_back_by_undo(alice: User, client: Client) -> None:
    expense = spent(alice, "12.50", merchant="Tasca")
    with measured() as usage:
        response = client.post(f"/budgets/expenses/{expense.expense_id}/delete/")
    assert usage.without(*ACCOUNT_TABLES).requests == 2
    undo = undo_of(response, client)
    assert expenses_of(alice) == []
    assert total(alice) == (Decimal(0), 0)
    with measured() as usage:
        back = client.post(undo)
    assert usage.without(*ACCOUNT_TABLES).requests == 3
    assert back["Location"] == f"/budgets/expenses/{expense.expense_id}/"
    assert client.post(undo).status_code == 302
    assert [each.amount for each in expenses_of(alice)] == [expense.amount]
    check_totals(alice)


def test_deleted_expenses_are_listed_for_thirty_days(alice: User, client: Client) -> None:
    expense = spent(alice, "12.50", merchant="Tasca")
    services.expense_delete(alice, expense.expense_id)
    with measured() as usage:
        page = client.get("/budgets/expenses/deleted/").content.decode()
    assert usage.without(*ACCOUNT_TABLES).requests == 1
    assert "Tasca" in page
    (restore,) = re.findall(r'action="(/budgets/expenses/deleted/[^"]+)"', page)
    with at(NOON + timedelta(days=31)):
        later = signed_in(alice)
        assert "Nothing deleted" in shown(later, "/budgets/expenses/deleted/")
        assert later.post(restore).status_code == 404
    assert expenses_of(alice) == []


def test_an_empty_list_says_what_it_is_for(client: Client) -> None:
    assert "No expenses yet" in shown(client, "/budgets/expenses/")
    assert "Nothing deleted" in shown(client, "/budgets/expenses/deleted/")


def _day(query: dict[str, str], name: str) -> date | None:
    return date.fromisoformat(query[name]) if name in query else None

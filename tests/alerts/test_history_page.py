"""The history of all kinds, as a page and by the API."""

from django.test import Client

from alerts.domain.kinds import NotificationKind
from alerts.services import alert_delete
from core.accounts.domain import User
from core.storage import Store, measured
from tests.alerts.builders import an_alert, notified, prices_move
from tests.builders import a_user, api_client, next_cursor_of, signed_in
from tests.journeys.browsing import text_of
from tests.reconciling.books import rows, spoil

GOAL = "Carbon goal exceeded: 372.00 kg of 350.00 in November"


def all_kinds(alice: User) -> None:
    an_alert(alice, ">", "105", name="First")
    prices_move("106")
    notified(alice, seconds=10)
    notified(alice, GOAL, kind=NotificationKind.CARBON_GOAL, subject="goal", seconds=20)


def test_it_says_what_it_is_for_while_it_is_empty(browser: Client) -> None:
    assert 'class="empty"' in browser.get("/alerts/history/").content.decode()


def test_it_lists_all_kinds_newest_first(alice: User, browser: Client) -> None:
    all_kinds(alice)
    text = text_of(browser.get("/alerts/history/").content.decode())
    titles = [GOAL, "Food &amp; Dining: 82 % of 400.00 spent in November", "First: price above 105.00"]
    places = [text.index(title) for title in titles]
    assert places == sorted(places)
    assert text.count("Email queued") == 3


def test_it_is_filtered_by_kind(alice: User, browser: Client) -> None:
    all_kinds(alice)
    found = {
        kind: [line.notification_kind for line in browser.get(f"/alerts/history/?kind={kind}").context["lines"]]
        for kind in ("price", "budget", "carbon", "nonsense")
    }
    assert found == {
        "price": ["alert"],
        "budget": ["budget_alert"],
        "carbon": ["carbon_goal"],
        "nonsense": ["carbon_goal", "budget_alert", "alert"],
    }


def test_a_row_without_a_kind_is_of_a_price(alice: User, browser: Client, store: Store) -> None:
    all_kinds(alice)
    [row] = rows(store, "AlertHistory", kind="price")
    spoil("AlertHistory", row, kind=None)
    assert [line.kind for line in browser.get("/alerts/history/?kind=price").context["lines"]] == ["price"]


def test_it_comes_in_pages(alice: User, browser: Client) -> None:
    for number in range(27):
        notified(alice, f"Fact {number}", seconds=number)
    first = browser.get("/alerts/history/?kind=budget")
    assert [line.title for line in first.context["lines"]] == [f"Fact {number}" for number in range(26, 1, -1)]
    second = browser.get(f"/alerts/history/?kind=budget&cursor={next_cursor_of(first)}")
    assert [line.title for line in second.context["lines"]] == ["Fact 1", "Fact 0"]


def test_it_takes_three_requests(alice: User, browser: Client) -> None:
    all_kinds(alice)
    with measured() as usage:
        browser.get("/alerts/history/")
    assert usage.without("Users", "Sessions").requests == 3


def test_a_firing_of_a_deleted_alert_leads_to_its_asset(alice: User, browser: Client) -> None:
    alert = an_alert(alice, ">", "105", name="First")
    prices_move("106")
    alert_delete(alice, alert.alert_id)
    (line,) = browser.get("/alerts/history/").context["lines"]
    assert (line.title, line.link) == ("bitcoin: price above 105.00", "/markets/?q=bitcoin")


def test_a_suppressed_firing_says_why(alice: User, browser: Client) -> None:
    an_alert(alice, every=True, cooldown=300)
    prices_move("111", "100", "111")
    text = text_of(browser.get("/alerts/history/").content.decode())
    assert text.count("Suppressed: within the cooldown") == 1
    assert text.count("Notified") == 1


def test_amounts_of_budgets_can_be_hidden_and_their_words_stay(alice: User, browser: Client) -> None:
    notified(alice)
    said = 'Food &amp; Dining: 82 % of <span class="amount">400.00</span> spent in November'
    assert said in browser.get("/alerts/history/").content.decode()
    assert said in browser.get("/notifications/").content.decode()
    assert "data-private" in browser.get("/notifications/unread/").content.decode()


def test_what_people_write_is_never_markup(alice: User, browser: Client) -> None:
    notified(alice, "<b>Pets</b>: 82 % of 400.00 spent")
    page = browser.get("/alerts/history/").content.decode()
    assert "&lt;b&gt;Pets&lt;/b&gt;" in page
    assert "<b>Pets" not in page


def test_nobody_sees_anothers_history(alice: User) -> None:
    all_kinds(alice)
    bob = a_user("bob")
    assert 'class="empty"' in signed_in(bob).get("/alerts/history/").content.decode()
    assert api_client(bob).get("/api/v1/alerts/history/").json()["items"] == []


def test_a_program_reads_the_same(alice: User) -> None:
    all_kinds(alice)
    program = api_client(alice)
    items = program.get("/api/v1/alerts/history/").json()["items"]
    assert [(each["kind"], each["type"], each["asset_id"]) for each in items] == [
        ("carbon", "carbon_goal", ""),
        ("budget", "budget_alert", ""),
        ("price", "alert", "bitcoin"),
    ]
    assert items[1]["subject"] == "Food & Dining"
    assert items[1]["title"] == "Food & Dining: 82 % of 400.00 spent in November"
    assert items[2]["outcome"] == "fired"
    only = program.get("/api/v1/alerts/history/?kind=budget").json()["items"]
    assert [each["kind"] for each in only] == ["budget"]
    assert program.get("/api/v1/alerts/history/?kind=weather").status_code == 400


def test_a_program_reads_it_in_pages(alice: User) -> None:
    for number in range(3):
        notified(alice, f"Fact {number}", seconds=number)
    program = api_client(alice)
    first = program.get("/api/v1/alerts/history/?limit=2").json()
    second = program.get(f"/api/v1/alerts/history/?limit=2&cursor={first['next']}").json()
    assert [each["title"] for each in (*first["items"], *second["items"])] == ["Fact 2", "Fact 1", "Fact 0"]

"""The health of the site for administrators: parts, events given up and their replay, tables and their drift."""

from dataclasses import replace

import pytest
from django.test import Client

from core import audit, outbox, wiring
from core.accounts.domain import User
from core.accounts.services import role_grant
from core.console.health import event_replay, tables_compared
from core.errors import InvalidInput, NotFound, NotPermitted
from core.events import Event, event_item
from core.health import Part, Report
from core.outbox import given_up
from core.storage import Store, open_store, store, using
from core.tables import AUDIT_LOG, OUTBOX
from tests.builders import api_client, signed_in
from tests.console.builders import a_staff_member
from tests.storage.scripted_server import Failure, scripted_server

EVENT = Event("portfolio.order_filled", "bob", {"order_id": "01932f0a-7c00-7abc-8def-0123456789ab"})
WHY = "The mail server is back"


@pytest.fixture
def _dead_event() -> None:
    item = {**event_item(EVENT), "shard": "dead", "failures": 8, "last_error": "Broken <pipe>"}
    store().put(OUTBOX, {**item, "gave_up_at": "2026-11-21T10:00:00.000Z"})


@pytest.mark.every_backend
@pytest.mark.usefixtures("_dead_event")
def test_an_event_is_replayed_with_an_entry(ada: User) -> None:
    event_replay(EVENT.event_id, by=ada, reason=WHY)
    assert given_up() == []
    assert outbox.depth().waiting == 1
    (entry,) = audit.entries_of(f"event#{EVENT.event_id}", 5).items
    assert (entry.actor, entry.action, entry.reason) == ("ada", "event.replay", WHY)


@pytest.mark.usefixtures("_dead_event")
def test_an_event_is_replayed_once(ada: User) -> None:
    event_replay(EVENT.event_id, by=ada, reason=WHY)
    with pytest.raises(NotFound):
        event_replay(EVENT.event_id, by=ada, reason=WHY)
    assert len(audit.entries_newest(5).items) == 1


@pytest.mark.usefixtures("_dead_event")
def test_without_a_reason_or_the_right_it_stays_given_up(ada: User) -> None:
    with pytest.raises(InvalidInput):
        event_replay(EVENT.event_id, by=ada, reason="")
    role_grant("ada", "analyst")
    with pytest.raises(NotPermitted):
        event_replay(EVENT.event_id, by=ada, reason=WHY)
    assert [waiting.event.event_id for waiting in given_up()] == [EVENT.event_id]
    assert audit.entries_of(f"event#{EVENT.event_id}", 5).items == ()


@pytest.mark.usefixtures("_dead_event")
def test_the_page_lists_parts_and_events_and_replays(ada: User) -> None:
    browser = signed_in(ada)
    page = browser.get("/staff/health/").content.decode()
    for text in ("Events", "Worker", "Price feeds", "Deliveries", "portfolio.order_filled", "Broken &lt;pipe&gt;"):
        assert text in page
    address = f"/staff/health/events/{EVENT.event_id}/replay/"
    wrong = browser.post(address, {"reason": "x"})
    assert wrong.status_code == 422
    assert "3 to 500" in wrong.content.decode()
    answer = browser.post(address, {"reason": WHY}, follow=True)
    assert "toast success" in answer.content.decode()
    assert browser.post(address, {"reason": WHY}).status_code == 404


def test_a_feed_that_fails_is_named_with_its_reason(ada: User, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = signed_in(ada)
    failing = Part("polls", False, {"failing": {"binance": {"seconds": 125.0, "reason": "no <answer>"}}})
    monkeypatch.setattr("core.console.views.site.recent_report", lambda: Report((failing,)))
    page = browser.get("/staff/health/").content.decode()
    for text in ("Feed polls", "binance", "2 min", "no &lt;answer&gt;"):
        assert text in page


@pytest.mark.usefixtures("_dead_event")
def test_the_endpoint_has_the_same_and_replays(ada: User) -> None:
    client = api_client(ada)
    body = client.get("/api/v1/staff/health/").json()
    assert {part["name"] for part in body["parts"]} >= {"store", "outbox", "worker", "schedule", "feed", "deliveries"}
    assert [event["name"] for event in body["given_up"]] == ["portfolio.order_filled"]
    assert {table["name"] for table in body["tables"]} == {table.name for table in wiring.tables()}
    assert all(table["differences"] == [] for table in body["tables"])
    address = f"/api/v1/staff/health/events/{EVENT.event_id}/replay/"
    assert client.post(address, {}, format="json").json()["errors"].keys() == {"reason"}
    assert client.post(address, {"reason": WHY}, format="json").status_code == 204
    assert client.get("/api/v1/staff/health/").json()["given_up"] == []


def test_tables_show_their_size_and_how_they_differ(store: Store, client: Client) -> None:
    a_staff_member("admin", "ada")
    store.drop(AUDIT_LOG)
    store.drop(OUTBOX)
    store.create_tables([replace(OUTBOX, ttl="expires_at")])
    states = {state.table.name: state for state in tables_compared()}
    users = states["Users"].size
    assert users is not None
    assert (users.items, users.bytes > 100) == (1, True)
    assert states["Users"].differences == ()
    assert states["AuditLog"].size is None
    assert "createtables" in states["AuditLog"].differences[0]
    assert "expire by expires_at" in states["Outbox"].differences[0]


def test_a_store_that_does_not_describe_its_tables_is_not_a_fault() -> None:
    with scripted_server() as server:
        server.answers(Failure("AccessDeniedException"))
        guarded = open_store(f"dynamodb://eu-central-1?prefix=Guarded_&endpoint={server.url}")
        with using(guarded):
            assert tables_compared() == []
        guarded.close()

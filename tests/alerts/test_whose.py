"""Nothing of somebody else's: absent and foreign look the same."""

from typing import Any

import pytest

from alerts.selectors import alert_get, alerts_of, notifications_all, unread_newest
from core.accounts.domain import User
from core.ids import new_id
from core.storage import measured
from tests.alerts.builders import an_alert, history_of, prices_move
from tests.answers import neutral
from tests.builders import a_user, api_client, signed_in

OF_ONE_ALERT = [
    ("get", "/alerts/{}/"),
    ("get", "/alerts/{}/edit/"),
    ("post", "/alerts/{}/pause/"),
    ("post", "/alerts/{}/resume/"),
    ("post", "/alerts/{}/delete/"),
    ("post", "/alerts/{}/test/"),
    ("get", "/api/v1/alerts/{}/"),
    ("patch", "/api/v1/alerts/{}/"),
    ("delete", "/api/v1/alerts/{}/"),
    ("get", "/api/v1/alerts/{}/history/"),
    ("post", "/api/v1/alerts/{}/test/"),
]
EDIT = {
    "price_type": "close",
    "operator": ">",
    "threshold": "1",
    "frequency": "once",
    "cooldown": "1",
    "hysteresis": "0",
}


@pytest.mark.parametrize(("method", "path"), [*OF_ONE_ALERT, ("post", "/alerts/{}/edit/")])
def test_an_alert_of_somebody_else_looks_like_none(alice: User, method: str, path: str) -> None:
    alert, bob = an_alert(alice, every=True), a_user("bob")
    prices_move("111")
    before = alert_get("alice", alert.alert_id)
    client: Any = api_client(bob) if path.startswith("/api") else signed_in(bob)
    found = []
    for alert_id in (alert.alert_id, new_id()):
        sent = {"id": new_id(), **EDIT} if method == "post" and "/api" not in path else {}
        more = {"format": "json"} if "/api" in path else {}
        with measured() as usage:
            response = getattr(client, method)(path.format(alert_id), sent, **more)
        found.append((response.status_code, neutral(response, alert_id), usage.requests))
    assert found[0] == found[1]
    assert found[0][0] == 404
    assert alert_get("alice", alert.alert_id) == before


@pytest.mark.parametrize("by_api", [False, True])
def test_a_notification_of_somebody_else_looks_like_none(alice: User, by_api: bool) -> None:
    an_alert(alice)
    prices_move("111")
    (note,), bob = notifications_all("alice"), a_user("bob")
    api: Any = api_client(bob)
    browser: Any = signed_in(bob)
    found = []
    for note_id in (note.notification_id, new_id()):
        with measured() as usage:
            response = (
                api.post("/api/v1/notifications/read/", {"ids": [note_id]}, format="json")
                if by_api
                else browser.post(f"/notifications/{note_id}/read/")
            )
        found.append((response.status_code, neutral(response, note_id), usage.requests))
    assert found[0] == found[1]
    assert found[0][0] == 404
    assert len(unread_newest("alice")) == 1


def test_an_id_of_somebody_else_is_free(alice: User) -> None:
    alert, bob = an_alert(alice), a_user("bob")
    assert an_alert(bob, "<", "50", alert_id=alert.alert_id).username == "bob"
    assert alert_get("alice", alert.alert_id) == alert


def test_a_history_under_the_same_id_shows_the_own_alone(alice: User) -> None:
    alert, bob = an_alert(alice), a_user("bob")
    an_alert(bob, ">", "50000", alert_id=alert.alert_id)
    prices_move("111")
    assert len(history_of(alice)) == 1
    found = api_client(bob).get(f"/api/v1/alerts/{alert.alert_id}/history/").json()
    assert found == {"items": [], "next": None}
    assert "111.00" not in signed_in(bob).get(f"/alerts/{alert.alert_id}/").content.decode().split("History")[1]


def test_lists_show_the_own_alone(alice: User) -> None:
    an_alert(alice, name="Alice's own")
    prices_move("111")
    bob = a_user("bob")
    browser = signed_in(bob)
    for path in ("/alerts/", "/notifications/"):
        assert "Alice" not in browser.get(path).content.decode()
    assert api_client(bob).get("/api/v1/alerts/").json()["items"] == []
    assert api_client(bob).get("/api/v1/notifications/").json()["items"] == []
    browser.post("/notifications/read/")
    assert len(unread_newest("alice")) == 1
    assert len(alerts_of("alice")) == 1


def test_a_cursor_of_somebody_else_is_refused(alice: User) -> None:
    for _ in range(2):
        an_alert(alice)
    cursor = api_client(alice).get("/api/v1/alerts/", {"limit": 1}).json()["next"]
    answer = api_client(a_user("bob")).get("/api/v1/alerts/", {"cursor": cursor})
    assert (answer.status_code, answer.json()["code"]) == (400, "cursor_refused")


@pytest.mark.parametrize("alert_id", ["x", "#COUNT", "%23COUNT", "a" * 2000])
def test_an_address_that_is_no_id_is_not_found(alice: User, alert_id: str) -> None:
    an_alert(alice)
    assert signed_in(alice).get(f"/alerts/{alert_id.replace('#', '%23')}/").status_code == 404
    assert api_client(alice).delete(f"/api/v1/alerts/{alert_id.replace('#', '%23')}/").status_code == 404
    assert signed_in(alice).post(f"/notifications/{alert_id.replace('#', '%23')}/read/").status_code == 404

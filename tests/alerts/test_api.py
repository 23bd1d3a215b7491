"""Alerts and notifications over HTTP."""

from datetime import timedelta
from typing import Any

import pytest
from rest_framework.test import APIClient

from alerts.selectors import alerts_of, deliveries_all, unread_newest
from core.accounts.domain import User
from core.ids import new_id
from core.storage import measured
from tests.alerts.builders import an_alert, prices_move
from tests.market.builders import an_asset

ALERTS, NOTIFICATIONS = "/api/v1/alerts/", "/api/v1/notifications/"


def body(**more: Any) -> dict[str, Any]:
    """The least that an alert needs."""
    return {"symbol": "bitcoin", "condition": {"operator": ">", "threshold": "110"}, **more}


def post(api: APIClient, said: dict[str, Any], **headers: str) -> Any:
    return api.post(ALERTS, said, format="json", headers=headers)


def test_an_alert_is_set_with_defaults(api: APIClient) -> None:
    an_asset(price="100")
    answer = post(api, body())
    assert answer.status_code == 201
    alert = answer.json()
    assert {name: alert[name] for name in alert if not name.endswith("_at") and name != "alert_id"} == {
        "name": "",
        "note": "",
        "asset_id": "bitcoin",
        "symbol": "bitcoin",
        "condition_type": "price_threshold",
        "condition": {"operator": ">", "threshold": "110", "price_type": "close"},
        "frequency": "once",
        "cooldown": 300,
        "hysteresis": "0",
        "channels": ["in_app", "email"],
        "fire_if_true": False,
        "enabled": True,
        "status": "armed",
        "trigger_count": 0,
        "last_triggered": None,
    }
    assert api.get(f"{ALERTS}{alert['alert_id']}/").json() == alert


def test_an_alert_is_set_with_everything(api: APIClient) -> None:
    an_asset(price="100")
    said = {
        "alert_id": new_id(),
        "condition_type": "price_threshold",
        "asset_id": "bitcoin",
        "condition": {"operator": "at_or_below", "threshold": "95.5", "price_type": "low"},
        "name": "Dip",
        "note": "Buy.",
        "frequency": "every",
        "cooldown": 60,
        "hysteresis": "1.5",
        "expires_at": "2099-01-01T00:00:00.000Z",
        "channels": ["in_app"],
        "fire_if_true": True,
        "enabled": False,
    }
    alert = post(api, said).json()
    expected = {**said, "condition": {"operator": "<=", "threshold": "95.5", "price_type": "low"}}
    assert {name: alert[name] for name in said} == expected
    assert alert["status"] == "paused"


@pytest.mark.parametrize(("word", "operator"), [("above", ">"), ("below", "<"), ("at_or_above", ">="), ("<=", "<=")])
def test_operators_may_be_words(api: APIClient, word: str, operator: str) -> None:
    an_asset(price="100")
    alert = post(api, body(condition={"operator": word, "threshold": "110"})).json()
    assert alert["condition"]["operator"] == operator


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"condition": {"operator": "=", "threshold": "1"}}, "condition.operator"),
        ({"condition": {"operator": ">", "threshold": "1,5"}}, "condition.threshold"),
        ({"condition": {"operator": ">", "threshold": "0"}}, "condition.threshold"),
        ({"condition": {"operator": ">", "threshold": "1", "price_type": "vwap"}}, "condition.price_type"),
        ({"condition": {"operator": ">", "threshold": "1", "more": 1}}, "condition.more"),
        ({"condition": "above 5"}, "condition"),
        ({"symbol": "nosuchcoin"}, "asset_id"),
        ({"asset_id": "ethereum"}, "asset_id"),
        ({"condition_type": "indicator"}, "condition_type"),
        ({"frequency": "often"}, "frequency"),
        ({"cooldown": -1}, "cooldown"),
        ({"hysteresis": "200"}, "hysteresis"),
        ({"expires_at": "2020-01-01T00:00:00Z"}, "expires_at"),
        ({"expires_at": "tomorrow"}, "expires_at"),
        ({"channels": ["pigeon"]}, "channels.0"),
        ({"alert_id": "x"}, "alert_id"),
        ({"name": "x" * 81}, "name"),
        ({"surprise": 1}, "surprise"),
    ],
)
def test_bad_input_names_its_field(api: APIClient, wrong: dict[str, Any], field: str) -> None:
    an_asset(price="100")
    answer = post(api, body(**wrong))
    assert answer.status_code == 400
    problem = answer.json()
    assert (problem["code"], list(problem["errors"])) == ("invalid", [field])
    assert alerts_of("alice") == []


def test_an_idempotency_key_makes_one_alert(api: APIClient) -> None:
    an_asset(price="100")
    first, second = (post(api, body(), **{"Idempotency-Key": "one"}) for _ in range(2))
    assert first.json() == second.json()
    assert second.headers["Idempotent-Replay"] == "true"
    assert len(alerts_of("alice")) == 1
    other = post(api, body(name="Other"), **{"Idempotency-Key": "one"})
    assert (other.status_code, other.json()["code"]) == (409, "idempotency_mismatch")


def test_refusals_carry_documented_codes(api: APIClient, settings: Any) -> None:
    an_asset("dogecoin")
    answer = post(api, body(symbol="dogecoin"))
    assert (answer.status_code, answer.json()["code"]) == (409, "no_price")
    an_asset(price="100")
    settings.ALERTS_PER_USER = 1
    post(api, body())
    answer = post(api, body())
    assert (answer.status_code, answer.json()["code"]) == (409, "alert_quota")
    assert "Delete one" in answer.json()["detail"]


def test_alerts_are_listed_newest_first_in_pages(alice: User, api: APIClient) -> None:
    ids = [an_alert(alice).alert_id for _ in range(3)]
    with measured() as usage:
        first = api.get(f"{ALERTS}?limit=2").json()
    assert usage.without("Users", "ApiKeys", "Throttle").requests == 1
    assert [each["alert_id"] for each in first["items"]] == sorted(ids, reverse=True)[:2]
    second = api.get(f"{ALERTS}?limit=2&cursor={first['next']}").json()
    assert [each["alert_id"] for each in second["items"]] == sorted(ids)[:1]
    assert second["next"] is None


def test_an_alert_is_changed_paused_and_resumed(alice: User, api: APIClient) -> None:
    address = f"{ALERTS}{an_alert(alice, note='Keep').alert_id}/"
    changed = api.patch(address, {"condition": {"operator": "<", "threshold": "90"}}, format="json").json()
    assert (changed["condition"]["operator"], changed["note"], changed["status"]) == ("<", "Keep", "armed")
    assert api.patch(address, {"enabled": False, "name": "Off"}, format="json").json()["status"] == "paused"
    assert api.patch(address, {"enabled": True}, format="json").json()["status"] == "armed"
    assert api.patch(address, {"expires_at": None, "cooldown": 5}, format="json").json()["cooldown"] == 5
    assert api.patch(address, {"symbol": "ethereum"}, format="json").status_code == 400
    assert api.patch(address, {"condition": {"operator": "<", "threshold": "-1"}}, format="json").status_code == 400


def test_an_alert_is_deleted(alice: User, api: APIClient) -> None:
    address = f"{ALERTS}{an_alert(alice).alert_id}/"
    assert api.delete(address).status_code == 204
    assert api.delete(address).status_code == 404
    assert api.get(address).status_code == 404


def test_the_history_of_an_alert(alice: User, api: APIClient) -> None:
    alert = an_alert(alice, every=True, cooldown=10)
    prices_move("111", "100", "112", apart=timedelta(seconds=3))
    address = f"{ALERTS}{alert.alert_id}/history/"
    newest, oldest = api.get(address).json()["items"]
    assert (newest["outcome"], newest["reason"], newest["price"], newest["number"]) == (
        "suppressed",
        "cooldown",
        "112",
        0,
    )
    assert (oldest["outcome"], oldest["reason"], oldest["price"], oldest["number"]) == ("fired", "", "111", 1)
    assert oldest["source"] == "test"
    fired = api.get(f"{address}?outcome=fired&limit=1").json()
    assert fired["items"] == [oldest]
    assert api.get(address, {"outcome": "maybe"}).status_code == 400


def test_a_test_is_sent_once_for_each_key(alice: User, api: APIClient) -> None:
    address = f"{ALERTS}{an_alert(alice).alert_id}/test/"
    first, second = (api.post(address, headers={"Idempotency-Key": "one"}) for _ in range(2))
    assert (first.status_code, first.json()) == (201, second.json())
    assert len(deliveries_all("alice")) == 1


def test_notifications_are_listed_and_taken_as_read(alice: User, api: APIClient) -> None:
    an_alert(alice, every=True, cooldown=0)
    prices_move("111", "100", "112", "100", "113")
    newest, second, oldest = api.get(NOTIFICATIONS).json()["items"]
    assert (newest["type"], newest["read"], newest["source"]) == ("alert", False, "test")
    assert newest["at"] > second["at"] > oldest["at"]
    read = api.post(f"{NOTIFICATIONS}read/", {"ids": [newest["notification_id"]]}, format="json")
    assert read.json() == {"read": 1}
    unread = api.get(NOTIFICATIONS, {"status": "unread"}).json()["items"]
    assert [each["notification_id"] for each in unread] == [second["notification_id"], oldest["notification_id"]]
    assert api.post(f"{NOTIFICATIONS}read/", {}, format="json").json() == {"read": 2}
    assert len(unread_newest("alice")) == 0
    assert api.get(NOTIFICATIONS, {"type": "order"}).json() == {"items": [], "next": None}


def test_of_ids_one_of_which_is_unknown_none_is_read(alice: User, api: APIClient) -> None:
    an_alert(alice)
    prices_move("111")
    (note,) = api.get(NOTIFICATIONS).json()["items"]
    answer = api.post(f"{NOTIFICATIONS}read/", {"ids": [note["notification_id"], new_id()]}, format="json")
    assert answer.status_code == 404
    assert len(unread_newest("alice")) == 1


@pytest.mark.parametrize("ids", [[], ["x"] * 11, "all", [1.5, {}]])
def test_a_wrong_list_of_ids_is_an_error(api: APIClient, ids: Any) -> None:
    assert api.post(f"{NOTIFICATIONS}read/", {"ids": ids}, format="json").status_code == 400

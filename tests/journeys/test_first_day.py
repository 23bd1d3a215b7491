"""A first day through the API alone: sign up, look at a price, trade, set an alert, be notified when it fires."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.mail import EmailMessage
from rest_framework.test import APIClient

from alerts.tasks import deliver_due
from core import clock
from core.ids import new_id
from core.storage import Store
from market.services import ticks_record
from market.triggers.engine import catch_up
from tests import stores
from tests.accounts.mails import links_to, token_of
from tests.builders import PASSWORD
from tests.market.builders import a_tick, an_asset

pytestmark = pytest.mark.every_backend(stores.LAGGING)


def test_a_first_day(store: Store, mailoutbox: list[EmailMessage]) -> None:
    start = clock.now() - timedelta(seconds=30)
    an_asset("bitcoin", price="83642.10", at=start)
    catch_up("bitcoin")
    ada = APIClient()

    registered = ada.post(
        "/api/v1/auth/register/",
        {"username": "ada", "email": "ada@example.org", "password": PASSWORD},
        format="json",
    )
    assert registered.status_code == 201
    token = ada.post("/api/v1/auth/token/", {"username": "ada", "password": PASSWORD}, format="json").json()["token"]
    ada.credentials(HTTP_AUTHORIZATION=f"Bearer {token}")

    store.catch_up()
    [link] = links_to(mailoutbox, "ada@example.org")
    confirmed = ada.post("/api/v1/auth/confirm-address/", {"token": token_of(link)}, format="json")
    assert confirmed.status_code == 204
    mailoutbox.clear()

    (price,) = ada.get("/api/v1/prices/", {"assets": "bitcoin"}).json()["items"]
    assert (price["price"], price["stale"]) == ("83642.1", False)

    order_id = new_id()
    order = {"order_id": order_id, "side": "buy", "type": "market", "asset_id": "bitcoin", "amount": "836.42"}
    filled = ada.post("/api/v1/orders/", order, format="json")
    again = ada.post("/api/v1/orders/", order, format="json")
    assert filled.status_code == 201
    assert filled.json()["status"] == "filled"
    assert again.json() == filled.json()
    assert Decimal(filled.json()["quantity"]) == Decimal("0.00999998")

    portfolio = ada.get("/api/v1/portfolio/").json()
    assert Decimal(portfolio["cash"]["balance"]) == Decimal("9163.58")
    assert [holding["asset_id"] for holding in portfolio["holdings"]] == ["bitcoin"]

    alert = ada.post(
        "/api/v1/alerts/",
        {
            "condition_type": "price_threshold",
            "symbol": "bitcoin",
            "condition": {"operator": ">", "threshold": "84000", "price_type": "close"},
            "frequency": "once",
            "channels": ["in_app", "email"],
        },
        format="json",
    )
    assert alert.status_code == 201, alert.content

    ticks_record([a_tick("84000.00", start + timedelta(seconds=10))])
    catch_up("bitcoin")
    assert notified(ada) == []
    ticks_record([a_tick("84000.01", start + timedelta(seconds=20))])
    catch_up("bitcoin")
    store.catch_up()
    catch_up("bitcoin")
    store.catch_up()
    deliver_due()
    deliver_due()

    (notification,) = notified(ada)
    assert "Bitcoin" in notification["title"]
    (mail,) = mailoutbox
    assert mail.to == ["ada@example.org"]
    assert mail.extra_headers["Message-ID"].startswith(f"<{alert.json()['alert_id']}.1@")
    (firing,) = ada.get(f"/api/v1/alerts/{alert.json()['alert_id']}/history/").json()["items"]
    assert Decimal(firing["price"]) == Decimal("84000.01")


def notified(client: APIClient) -> list[dict[str, str]]:
    """The notifications of alerts, newest first."""
    items: list[dict[str, str]] = client.get("/api/v1/notifications/").json()["items"]
    return [item for item in items if item["type"] != "order_filled"]

"""A first day on the pages: sign up, deposit, order, alert, a price that moves, a notification and a mail."""

from datetime import timedelta

import pytest
from django.core.mail import EmailMessage

from alerts.services import deliver_due
from core import clock
from core.ids import new_id
from core.storage import Store
from market.services import ticks_record
from market.triggers.engine import catch_up
from tests import stores
from tests.journeys.browsing import Person
from tests.market.builders import a_tick, an_asset

pytestmark = pytest.mark.every_backend(stores.LAGGING)


def test_a_first_day_on_the_pages(store: Store, mailoutbox: list[EmailMessage]) -> None:
    start = clock.now() - timedelta(seconds=30)
    an_asset("bitcoin", price="80000", at=start)
    catch_up("bitcoin")
    store.catch_up()
    ada = Person("ada")
    assert ada.finds_nothing("/portfolio/")

    ada.fills_in("/portfolio/deposit/", amount="1000", description="Savings")
    order = ada.trades("buy", "bitcoin", by="amount", size="400")
    filled = ada.reads(order)
    assert all(figure in filled for figure in ("0.005 BTC", "80,000.00", "400.00"))
    assert "0.005 BTC" in ada.reads("/portfolio/")

    alert_id = new_id()
    ada.sends(
        "/alerts/add/",
        id=alert_id,
        asset_id="bitcoin",
        price_type="close",
        operator=">=",
        threshold="90000",
        frequency="once",
        cooldown="300",
        hysteresis="0",
        outward="email",
    )
    ticks_record([a_tick("89999", start + timedelta(seconds=10))])
    catch_up("bitcoin")
    assert "90,000.00" not in ada.reads("/notifications/")

    ticks_record([a_tick("90000", start + timedelta(seconds=20))])
    catch_up("bitcoin")
    store.catch_up()
    catch_up("bitcoin")
    assert "90,000.00" in ada.reads("/notifications/")

    store.catch_up()
    deliver_due()
    deliver_due()
    (mail,) = mailoutbox
    assert mail.to == ["ada@example.org"]
    assert mail.extra_headers["Message-ID"].startswith(f"<{alert_id}.1@")
    assert "Fired, no. 1" in ada.reads(f"/alerts/{alert_id}/")
    assert "Email sent" in ada.reads(f"/alerts/{alert_id}/")
    assert "+50.00 +12.50 % 450.00" in ada.reads("/portfolio/")

    ada.sends("/sign-out/")
    assert ada.signs_in(ada.email) == "/"
    assert "0.005 BTC" in ada.reads("/portfolio/")

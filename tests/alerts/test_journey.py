"""The way of an alert, from the page to the mail, on every store."""

from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.core.mail import EmailMessage

from alerts.services import deliver_due
from core.ids import new_id
from market.services import ticks_record
from tests.builders import a_user, signed_in
from tests.market.builders import a_bar, an_asset

pytestmark = pytest.mark.every_backend


def test_an_alert_is_set_fires_notifies_and_is_mailed(mailoutbox: list[EmailMessage], settings: LazySettings) -> None:
    browser = signed_in(a_user("alice"))
    settings.WORK_AT_ONCE = True
    asset = an_asset(price="100")
    assert asset.price_at is not None
    alert_id = new_id()
    sent = {
        "id": alert_id,
        "asset_id": "bitcoin",
        "price_type": "high",
        "operator": ">=",
        "threshold": "110",
        "frequency": "every",
        "cooldown": "300",
        "hysteresis": "2",
        "outward": "email",
    }
    assert browser.post("/alerts/add/", sent).status_code == 302
    ticks_record([a_bar("100", "110", "99", "101", asset.price_at + timedelta(seconds=5), seconds=5)])
    (mail,) = mailoutbox
    assert mail.extra_headers["Message-ID"].startswith(f"<{alert_id}.1@")
    assert "Bitcoin high at or above 110.00" in browser.get("/notifications/").content.decode()
    detail = browser.get(f"/alerts/{alert_id}/").content.decode()
    assert "Fired, no. 1" in detail
    assert "Email sent" in detail
    ticks_record([a_bar("101", "112", "99", "111", asset.price_at + timedelta(seconds=10), seconds=5)])
    deliver_due()
    assert "within the cooldown" in browser.get(f"/alerts/{alert_id}/").content.decode()
    assert len(mailoutbox) == 1
    browser.post(f"/alerts/{alert_id}/delete/")
    assert 'class="empty"' in browser.get("/alerts/").content.decode()

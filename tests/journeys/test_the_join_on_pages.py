"""A budget, an expense, an estimate and its measurement, from one room to the next, by links and forms alone."""

import html
import re
from datetime import UTC, datetime

import pytest
import time_machine
from django.core.mail import EmailMessage

from alerts.services import deliver_due
from core import outbox
from core.storage import Store
from tests import stores
from tests.journeys.browsing import Person

pytestmark = pytest.mark.every_backend(stores.LAGGING)

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
CROSSED = "Transportation: 82 % of 400.00"
"""How the notification of a crossed threshold begins."""


def plain(text: str) -> str:
    """The words of a page as they are read."""
    return html.unescape(text).replace("\u00a0", " ")


def events_are_handled(store: Store) -> None:
    """What a worker does within a second or two."""
    for _ in range(3):
        store.catch_up()
        outbox.sweep()
    store.catch_up()


def test_an_expense_reaches_every_room(store: Store, mailoutbox: list[EmailMessage]) -> None:
    with time_machine.travel(NOON, tick=True):
        ada, bob = Person("ada"), Person("bob")
        ada.sends("/budgets/budget/", category="Transportation", amount="400", thresholds="50, 80, 100")
        ada.fills_in("/budgets/expenses/add/", amount="200", category="Transportation", date="2026-11-02")
        ada.fills_in(
            "/budgets/expenses/add/",
            amount="128",
            category="Transportation",
            date="2026-11-20",
            merchant="Coast Cars",
        )
        events_are_handled(store)

        shown = plain(ada.reads("/notifications/"))
        assert CROSSED in shown
        assert shown.count("328.00 of 400.00 USD") == 1
        for figure in ("328.00 of 400.00 USD", "72.00", "80 %", "Coast Cars, 128.00 USD on 20 November"):
            assert figure in shown
        assert CROSSED in plain(ada.reads("/alerts/history/", kind="budget"))
        rows = plain(ada.reads("/budgets/expenses/", category="Transportation", since="2026-11-01"))
        assert "Coast Cars" in rows

        deliver_due()
        store.catch_up()
        deliver_due()
        [mail] = [mail for mail in mailoutbox if mail.subject.startswith(CROSSED)]
        assert mail.to == ["ada@example.org"]
        assert "Email sent" in plain(ada.reads("/alerts/history/", kind="budget"))

        # 128 USD / 1.0813 * 0.86979 GBP, times 0.574881 kg of land transport
        estimates = plain(ada.reads("/carbon/entries/", kind="estimated"))
        assert "59.19" in estimates
        page = ada.browser.get("/carbon/entries/", {"kind": "estimated"}).content.decode()
        expense_id = next(
            found for found in re.findall(r"/carbon/entries/([0-9a-f-]{36})/", page) if _is_of(ada, found, "Coast Cars")
        )
        ada.fills_in(
            f"/carbon/entries/{expense_id}/measure/",
            query={"activity": "car_petrol"},
            activity="car_petrol",
            amount="100",
            unit="km",
            occupancy="1",
            timestamp="2026-11-20T12:00",
        )
        events_are_handled(store)
        assert "16.152" in plain(ada.reads(f"/carbon/entries/{expense_id}/"))
        measured = plain(ada.reads("/carbon/entries/", kind="measured"))
        assert "16.15" in measured
        assert "59.19" not in plain(ada.reads("/carbon/entries/"))

        overview = plain(ada.reads("/"))
        assert "Transportation: 82 %" in overview
        assert "328.00 spent" in overview
        # the other expense stays estimated: 200 / 1.0813 * 0.86979 * 0.574881 is 92.49
        assert "108.64 kg CO₂e" in overview
        assert "92.49 kg" in overview
        assert "Achievement: First entry" in plain(ada.reads("/notifications/"))

        assert "Transportation" not in plain(bob.reads("/notifications/"))
        assert bob.browser.get(f"/carbon/entries/{expense_id}/").status_code == 404
        assert bob.browser.get(f"/budgets/expenses/{expense_id}/").status_code == 404


def _is_of(person: Person, entry_id: str, words: str) -> bool:
    return words in person.reads(f"/carbon/entries/{entry_id}/")

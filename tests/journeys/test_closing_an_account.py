"""An account is used, exported and closed: nothing of it is left, and its name is a stranger's from then on."""

import pytest
from rest_framework.test import APIClient

from core import clock, outbox, wiring
from core.ids import new_id
from core.storage import Store
from tests import stores
from tests.accounts.exports import read
from tests.builders import PASSWORD
from tests.journeys.browsing import Person
from tests.market.builders import an_asset

pytestmark = pytest.mark.every_backend(stores.LAGGING)

NAME = "ada_of_the_journey"
"""It is not part of a digest or signed text by chance."""


def test_an_account_is_used_and_closed(store: Store) -> None:
    an_asset("bitcoin", price="80000", at=clock.now())
    store.catch_up()
    ada, bob = Person(NAME, account="practice"), Person("bob", account="practice")
    program = APIClient()
    given = {"username": NAME, "password": PASSWORD}
    secret = program.post("/api/v1/auth/token/", given, format="json").json()["token"]
    program.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")
    ada.fills_in("/portfolio/deposit/", amount="1000")
    ada.trades("buy", "bitcoin", by="amount", size="400")
    alert = {
        "id": new_id(),
        "asset_id": "bitcoin",
        "price_type": "close",
        "operator": ">=",
        "threshold": "90000",
        "frequency": "once",
        "cooldown": "300",
        "hysteresis": "0",
    }
    ada.sends("/alerts/add/", **alert)
    outbox.sweep()
    exported = read(b"".join(ada.browser.get("/settings/export/")))
    assert {"Portfolios", "Orders", "AlertConfigurations"} <= exported.rows.keys()

    assert ada.sends("/settings/close/", password=PASSWORD) == "/sign-in/"
    assert program.get("/api/v1/auth/me/").status_code in (401, 403)
    store.catch_up()
    outbox.sweep()

    left = [(table.name, row) for table in wiring.tables() for row in store.dump(table) if NAME in str(row.values())]
    assert left == []
    assert ada.browser.post("/sign-in/", {"identifier": NAME, "password": PASSWORD}).status_code == 422
    assert program.get("/api/v1/auth/me/").status_code == 401
    assert "10,000.00" in bob.reads("/portfolio/")

    stranger = Person(NAME)
    assert stranger.finds_nothing("/portfolio/")
    assert "No alerts yet" in stranger.reads("/alerts/")
    assert program.get("/api/v1/portfolio/").status_code == 401

"""Adding, editing and deactivating assets: services, pages and endpoints, and what an inactive asset still allows."""

from collections.abc import Sequence
from decimal import Decimal

import pytest
from django.test import Client

from core import audit, clock
from core.accounts.domain import User
from core.accounts.services import role_grant
from core.errors import InvalidInput, NotFound, NotPermitted, Refused
from core.storage import measured
from market.feeds import configured_feed
from market.selectors import asset_get, assets_listed
from market.services import asset_add, asset_change, prices_poll, ticks_record
from portfolio.selectors import means_of
from portfolio.services import order_place
from tests.builders import a_user, api_client, signed_in
from tests.market.builders import a_tick
from tests.pages.forms import values_of, wrong_fields
from tests.portfolio.builders import a_coin, an_id, an_order, bought

WHY = "Asked for by many"
EDIT = {"symbol": "BTC", "name": "Bitcoin", "kind": "crypto", "rank": "1", "reason": WHY}


def _add(ada: User, asset_id: str = "pepe", **values: object) -> None:
    asset_add(asset_id, **{"symbol": "pepe", "name": "Pepe", "by": ada, "reason": WHY, **values})  # type: ignore[arg-type]


@pytest.mark.every_backend
def test_an_asset_is_added_at_the_end_of_the_list_with_an_entry(ada: User) -> None:
    a_coin()
    with measured() as usage:
        _add(ada)
    assert usage.requests == 2
    assert [(asset.asset_id, asset.symbol, asset.rank) for asset in assets_listed()][-1] == ("pepe", "PEPE", 2)
    asset = asset_get("pepe")
    assert (asset.name, asset.kind, asset.active, asset.price) == ("Pepe", "crypto", True, None)
    (entry,) = audit.entries_of("asset#pepe", 5).items
    assert (entry.actor, entry.action, entry.reason) == ("ada", "asset.add", WHY)
    assert entry.after["symbol"] == "PEPE"


@pytest.mark.every_backend
def test_an_asset_that_is_there_is_not_overwritten(ada: User) -> None:
    a_coin()
    with pytest.raises(Refused) as refusal:
        _add(ada, "bitcoin")
    assert refusal.value.code == "asset_exists"
    assert asset_get("bitcoin").name == "Bitcoin"
    assert audit.entries_newest(5).items == ()


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"asset_id": "with space"}, "asset_id"),
        ({"asset_id": "movers"}, "asset_id"),
        ({"asset_id": "x" * 101}, "asset_id"),
        ({"asset_id": "a#b"}, "asset_id"),
        ({"symbol": "two words"}, "symbol"),
        ({"symbol": ""}, "symbol"),
        ({"name": " "}, "name"),
        ({"name": "x" * 101}, "name"),
        ({"kind": "bond"}, "kind"),
        ({"rank": 0}, "rank"),
        ({"reason": ""}, "reason"),
    ],
)
def test_what_an_asset_cannot_be_is_refused(ada: User, values: dict[str, object], field: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        _add(ada, **{"asset_id": "pepe", **values})  # type: ignore[arg-type]
    assert set(refusal.value.errors) == {field}
    assert assets_listed() == []


@pytest.mark.every_backend
def test_an_edit_keeps_the_price_and_names_what_changed(ada: User) -> None:
    a_coin(price="100")
    asset_change("bitcoin", name="Bitcoin Core", symbol="BTC", by=ada, reason=WHY)
    asset = asset_get("bitcoin")
    assert (asset.name, asset.price) == ("Bitcoin Core", Decimal(100))
    (entry,) = audit.entries_of("asset#bitcoin", 5).items
    assert entry.changes == [("name", "Bitcoin", "Bitcoin Core")]
    ticks_record([a_tick("101", clock.now())])
    assert asset_get("bitcoin").name == "Bitcoin Core"


def test_what_is_so_already_leaves_no_entry(ada: User) -> None:
    a_coin()
    asset_change("bitcoin", name="Bitcoin", active=True, by=ada, reason=WHY)
    assert audit.entries_newest(5).items == ()


def test_an_asset_that_is_not_there_cannot_be_changed(ada: User) -> None:
    with pytest.raises(NotFound):
        asset_change("nothing", active=False, by=ada, reason=WHY)


def test_who_is_no_administrator_any_more_changes_nothing(ada: User) -> None:
    a_coin()
    role_grant("ada", "moderator")
    with pytest.raises(NotPermitted):
        asset_change("bitcoin", active=False, by=ada, reason=WHY)
    with pytest.raises(NotPermitted):
        _add(ada)
    assert asset_get("bitcoin").active
    assert len(assets_listed()) == 1


@pytest.mark.every_backend
def test_an_inactive_asset_cannot_be_bought_and_can_be_sold(ada: User) -> None:
    bob = a_user("bob")
    a_coin(price="100")
    bought(bob, quantity="2")
    asset_change("bitcoin", active=False, by=ada, reason=WHY)
    with pytest.raises(Refused) as refusal:
        order_place(bob, order_id=an_id(), draft=an_order(quantity="1"))
    assert refusal.value.code == "asset_inactive"
    order_place(bob, order_id=an_id(), draft=an_order("sell", quantity="1.5"))
    assert means_of("bob", "bitcoin").quantity == Decimal("0.5")
    asset_change("bitcoin", active=True, by=ada, reason=WHY)
    order_place(bob, order_id=an_id(), draft=an_order(quantity="1"))
    assert [entry.changes for entry in audit.entries_of("asset#bitcoin", 5).items] == [
        [("active", "False", "True")],
        [("active", "True", "False")],
    ]


def test_an_inactive_asset_leaves_the_list_and_can_still_be_sold_on_the_page(ada: User) -> None:
    bob = a_user("bob")
    a_coin(price="100")
    bought(bob, quantity="2")
    asset_change("bitcoin", active=False, by=ada, reason=WHY)
    page = signed_in(bob)
    assert "Bitcoin" not in page.get("/markets/").content.decode()
    form = {"asset": "bitcoin", "side": "sell", "by": "quantity", "size": "1"}
    assert "Place the order" in page.get("/portfolio/trade/", form).content.decode()
    refused = page.get("/portfolio/trade/", {**form, "side": "buy"}).content.decode()
    assert 'id="refusal"' in refused


def test_the_simulated_market_goes_on_beside_an_asset_that_it_does_not_know(ada: User) -> None:
    a_coin()
    _add(ada)
    prices_poll(configured_feed())
    assert asset_get("pepe").price is None


def test_pages_add_edit_and_deactivate(browser: Client) -> None:
    form = {"asset_id": "pepe", "symbol": "PEPE", "name": "Pepe", "kind": "crypto", "reason": WHY}
    answer = browser.post("/staff/assets/add/", form, follow=True)
    assert answer.redirect_chain == [("/staff/assets/pepe/", 302)]
    assert "toast success" in answer.content.decode()
    edit = {"symbol": "PEP", "name": "Pepe", "kind": "crypto", "rank": "7", "reason": "Renamed by its makers"}
    form_shown = browser.get("/staff/assets/pepe/").context["form"]
    browser.post("/staff/assets/pepe/", {**edit, "version": form_shown["version"].value()})
    browser.post("/staff/assets/pepe/active/", {"active": "off", "reason": "Nobody prices it"})
    asset = asset_get("pepe")
    assert (asset.symbol, asset.rank, asset.active) == ("PEP", 7, False)
    page = browser.get("/staff/assets/pepe/").content.decode()
    for reason in (WHY, "Renamed by its makers", "Nobody prices it"):
        assert reason in page
    assert "Inactive" in browser.get("/staff/assets/?q=pep").content.decode()
    assert "pepe" not in browser.get("/staff/assets/?q=bitcoin").content.decode()


def test_an_edit_that_another_overtook_is_shown_beside_it_and_may_be_sent_again(ada: User, browser: Client) -> None:
    a_coin()
    typed = {**values_of(browser.get("/staff/assets/bitcoin/").context["form"]), "name": "Bit Coin", "reason": WHY}
    asset_change("bitcoin", symbol="XBT", by=ada, reason="Renamed by its makers")
    late = browser.post("/staff/assets/bitcoin/", typed)
    assert late.status_code == 409
    assert "XBT" in late.content.decode().partition("notice stored")[2].partition("</dl>")[0]
    assert (asset_get("bitcoin").symbol, asset_get("bitcoin").name) == ("XBT", "Bitcoin")
    again = browser.post("/staff/assets/bitcoin/", values_of(late.context["form"]))
    assert again.status_code == 302
    assert (asset_get("bitcoin").symbol, asset_get("bitcoin").name) == (typed["symbol"], "Bit Coin")


@pytest.mark.parametrize(
    ("address", "form", "sentence"),
    [
        ("/staff/assets/add/", {"asset_id": "bitcoin", "symbol": "B", "name": "B", "kind": "crypto"}, "Reason"),
        ("/staff/assets/bitcoin/", {**EDIT, "symbol": "two words"}, "Symbol"),
        ("/staff/assets/bitcoin/active/", {"active": "off"}, "Reason"),
    ],
)
def test_a_wrong_form_comes_back(browser: Client, address: str, form: dict[str, str], sentence: str) -> None:
    a_coin()
    answer = browser.post(address, form)
    assert answer.status_code == 422
    assert f">{sentence}</a>" in answer.content.decode()
    assert asset_get("bitcoin").active
    assert audit.entries_newest(5).items == ()


def test_an_id_that_is_taken_is_refused_at_its_field(browser: Client) -> None:
    a_coin()
    form = {"asset_id": "bitcoin", "symbol": "B", "name": "B", "kind": "crypto", "reason": WHY}
    answer = browser.post("/staff/assets/add/", form)
    assert answer.status_code == 422
    assert set(wrong_fields(answer)) == {"asset_id"}


def test_endpoints_add_once_and_change(ada: User) -> None:
    client = api_client(ada)
    body = {"asset_id": "pepe", "symbol": "PEPE", "name": "Pepe", "reason": WHY}
    answers = [
        client.post("/api/v1/staff/assets/", body, format="json", headers={"Idempotency-Key": "k1"}) for _ in range(2)
    ]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[1]["Idempotent-Replay"] == "true"
    assert answers[0].json() == answers[1].json()
    again = client.post("/api/v1/staff/assets/", body, format="json")
    assert (again.status_code, again.json()["code"]) == (409, "asset_exists")

    changed = client.patch("/api/v1/staff/assets/pepe/", {"active": False, "reason": WHY}, format="json")
    assert (changed.status_code, changed.json()["active"]) == (200, False)
    assert _codes(client.patch("/api/v1/staff/assets/pepe/", {"active": True}, format="json")) == (400, ["reason"])
    assert _codes(client.patch("/api/v1/staff/assets/pepe/", {"price": "1", "reason": WHY}, format="json")) == (
        400,
        ["price"],
    )
    assert client.get("/api/v1/staff/assets/nothing/").status_code == 404
    listed = client.get("/api/v1/staff/assets/?q=pepe").json()["items"]
    assert [(asset["asset_id"], asset["active"]) for asset in listed] == [("pepe", False)]


def _codes(answer: object) -> tuple[int, Sequence[str]]:
    return answer.status_code, sorted(answer.json()["errors"])  # type: ignore[attr-defined]

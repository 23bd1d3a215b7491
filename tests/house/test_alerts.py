"""A kind of condition and a channel that only the tests have work from end to end, by page and by API.

Each is named in the public list of its app for the time of a test; nothing else of the product knows them.
"""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.mail import EmailMessage
from django.test import Client
from drf_spectacular.generators import SchemaGenerator

from alerts.channels import CHANNELS
from alerts.domain.conditions import CONDITIONS
from alerts.selectors import alerts_of
from budgets import selectors as budgets
from core.accounts.domain import User
from core.ids import new_id
from market.services import ticks_record
from tests.alerts.builders import an_alert, history_of, prices_move
from tests.budgets.builders import spent
from tests.builders import a_user, api_client, signed_in
from tests.house.percent_rise import PercentRise
from tests.house.pigeonhole import Pigeonhole
from tests.market.builders import a_bar, an_asset
from tests.pages.forms import values_of

RISE = PercentRise(Decimal(100), Decimal(10))
BODY = {"condition_type": "percent_rise", "asset_id": "bitcoin", "condition": {"base": "100", "percent": "10"}}
FORM = {
    "condition_type": "percent_rise",
    "asset_id": "bitcoin",
    "base": "100",
    "percent": "10",
    "frequency": "every",
    "cooldown": "0",
    "hysteresis": "2",
    "outward": ["pigeonhole"],
}


@pytest.fixture(autouse=True)
def rise(monkeypatch: pytest.MonkeyPatch) -> None:
    """The kind is listed."""
    monkeypatch.setitem(CONDITIONS, PercentRise.kind, PercentRise)


@pytest.fixture(autouse=True)
def pigeonhole(monkeypatch: pytest.MonkeyPatch, settings: LazySettings) -> Pigeonhole:
    """The channel is listed, and what is due is delivered at once."""
    settings.WORK_AT_ONCE = True
    channel = Pigeonhole()
    monkeypatch.setitem(CHANNELS, channel.name, channel)
    return channel


@pytest.fixture
def alice() -> User:
    an_asset(price="100")
    return a_user("alice")


def shown(browser: Client, path: str) -> str:
    """The page at the address."""
    return browser.get(path).content.decode()


def touch(high: str) -> None:
    """The price touches this, and is 101 again."""
    asset = an_asset()
    assert asset.price_at is not None
    ticks_record([a_bar("101", high, "99", "101", asset.price_at + timedelta(seconds=5), seconds=5)])


class TestByPage:
    """A user sets an alert of the new kind, which notifies by the new channel."""

    def test_the_form_offers_both_kinds_and_shows_the_fields_of_one(self, browser: Client) -> None:
        page = shown(browser, "/alerts/add/")
        assert 'href="?condition_type=percent_rise"' in page
        assert 'name="threshold"' in page
        assert 'name="percent"' not in page
        page = shown(browser, "/alerts/add/?condition_type=percent_rise")
        assert 'name="base"' in page
        assert 'name="percent"' in page
        assert 'name="threshold"' not in page
        assert 'name="outward" value="pigeonhole"' in page

    def test_it_is_set_fires_and_is_delivered(
        self, browser: Client, alice: User, pigeonhole: Pigeonhole, mailoutbox: list[EmailMessage]
    ) -> None:
        alert_id = new_id()
        assert browser.post("/alerts/add/", {**FORM, "id": alert_id}).status_code == 302
        (alert,) = alerts_of("alice")
        assert (alert.terms.condition, alert.terms.channels) == (RISE, ("in_app", "pigeonhole"))
        assert RISE.text in shown(browser, "/alerts/")
        touch("109.99")
        assert pigeonhole.messages == []
        touch("110")
        (message,) = pigeonhole.messages
        assert (message.to, message.message_id.partition("@")[0]) == ("alice", f"{alert_id}.1")
        assert RISE.text_of_firing(Decimal(110)) in message.text
        assert not [mail for mail in mailoutbox if alert_id in mail.extra_headers["Message-ID"]]
        for path in ("/notifications/", "/alerts/history/", f"/alerts/{alert_id}/"):
            assert RISE.text.casefold() in shown(browser, path).casefold()
        assert "Pigeonhole sent" in shown(browser, f"/alerts/{alert_id}/")
        (entry,) = history_of(alice)
        assert (entry.condition, entry.price, entry.channels) == (RISE, Decimal(110), ("in_app", "pigeonhole"))

    def test_it_is_changed_and_deleted(self, browser: Client) -> None:
        alert_id = new_id()
        browser.post("/alerts/add/", {**FORM, "id": alert_id})
        assert 'name="percent" value="10"' in shown(browser, f"/alerts/{alert_id}/edit/")
        typed = values_of(browser.get(f"/alerts/{alert_id}/edit/").context["form"])
        assert browser.post(f"/alerts/{alert_id}/edit/", typed | {"percent": "20"}).status_code == 302
        assert alerts_of("alice")[0].terms.condition == PercentRise(Decimal(100), Decimal(20))
        browser.post(f"/alerts/{alert_id}/delete/")
        assert "20" in shown(browser, "/alerts/deleted/")

    def test_what_is_wrong_is_an_error_of_its_field(self, browser: Client) -> None:
        answer = browser.post("/alerts/add/", {**FORM, "id": new_id(), "percent": "0"})
        assert answer.status_code == 422
        assert list(answer.context["form"].errors) == ["percent"]

    def test_a_test_message_goes_there_for_a_user_without_mail_too(self, pigeonhole: Pigeonhole) -> None:
        carol = a_user("carol", "sample")
        alert = an_alert(carol, channels=("in_app", "email", "pigeonhole"))
        signed_in(carol).post(f"/alerts/{alert.alert_id}/test/", {"id": new_id()})
        assert [message.to for message in pigeonhole.messages] == ["carol"]


class TestByApi:
    """A program does the same."""

    def test_it_is_set_fires_and_is_delivered(self, alice: User, pigeonhole: Pigeonhole) -> None:
        client = api_client(alice)
        body = {**BODY, "channels": ["in_app", "pigeonhole"]}
        answer = client.post("/api/v1/alerts/", body, format="json")
        assert answer.status_code == 201, answer.json()
        said = answer.json()
        assert {name: said[name] for name in body} == body
        touch("111")
        (message,) = pigeonhole.messages
        assert message.message_id.startswith(f"{said['alert_id']}.1@")
        (entry,) = client.get(f"/api/v1/alerts/{said['alert_id']}/history/").json()["items"]
        assert (entry["condition"], entry["price"]) == (BODY["condition"], "111")

    def test_it_is_changed_by_its_own_fields(self, alice: User) -> None:
        client = api_client(alice)
        path = f"/api/v1/alerts/{client.post('/api/v1/alerts/', BODY, format='json').json()['alert_id']}/"
        other = {"base": "90", "percent": "50"}
        assert client.patch(path, {"condition": other}, format="json").json()["condition"] == other
        wrong = client.patch(path, {"condition": {"operator": ">", "threshold": "5"}}, format="json")
        assert wrong.status_code == 400
        assert {"condition.operator", "condition.threshold"} <= fields_of(wrong)

    def test_each_kind_takes_its_own_fields_alone(self, alice: User) -> None:
        client = api_client(alice)
        for body in ({**BODY, "condition_type": "price_threshold"}, {**BODY, "condition": {"base": "100"}}):
            assert client.post("/api/v1/alerts/", body, format="json").status_code == 400
        usual = {"asset_id": "bitcoin", "condition": {"operator": ">", "threshold": "110"}}
        assert client.post("/api/v1/alerts/", usual, format="json").json()["condition_type"] == "price_threshold"

    def test_the_description_names_both(self) -> None:
        generator = SchemaGenerator()  # type: ignore[no-untyped-call]
        schemas = generator.get_schema(request=None, public=True)["components"]["schemas"]  # type: ignore[no-untyped-call]
        properties = schemas["ConditionRequest"]["properties"]
        assert {"base", "percent", "operator", "threshold", "price_type"} == set(properties)
        assert "'percent_rise'" in str(schemas)
        assert "'pigeonhole'" in str(schemas)


class TestOfBudgets:
    """A user who chooses the channel for budgets is notified by it; the budgets know no channel."""

    def test_it_is_chosen_and_used(self, browser: Client, alice: User, pigeonhole: Pigeonhole) -> None:
        page = shown(browser, "/budgets/alerts/")
        assert 'name="pigeonhole"' in page
        assert pigeonhole.hint(alice) in page
        assert browser.post("/budgets/alerts/", {"pigeonhole": "on"}).status_code == 302
        assert budgets.definitions_of("alice").channels == ("in_app", "pigeonhole")
        spent(alice, "500")
        (message,) = pigeonhole.messages
        assert (message.to, "500.00" in message.subject) == ("alice", True)


def test_both_kinds_fire_side_by_side(alice: User, pigeonhole: Pigeonhole) -> None:
    an_alert(alice, ">=", "110", "high", channels=("in_app", "pigeonhole"))
    api_client(alice).post("/api/v1/alerts/", {**BODY, "channels": ["in_app", "pigeonhole"]}, format="json")
    prices_move("110")
    assert len(pigeonhole.messages) == 2


def fields_of(answer: Any) -> set[str]:
    """The fields that a refusal names."""
    return set(answer.json()["errors"])

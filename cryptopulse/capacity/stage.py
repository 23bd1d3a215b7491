"""The product on a store of its own, at a time of its own: the same market and the same person every time."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.test.utils import override_settings

from alerts.domain.alert import Alert
from alerts.domain.conditions import PriceCondition
from alerts.domain.terms import AlertDraft, Terms
from alerts.routing import usual
from alerts.services import alert_create, deliver_due
from budgets.selectors import BudgetDraft, ExpenseDraft
from budgets.services import budget_set, expense_record
from core import clock, outbox, wiring
from core.accounts.address_links import confirm_token
from core.accounts.domain import User
from core.accounts.services import address_confirm, api_key_create, user_sign_up
from core.events import shard_of
from core.ids import derived_id
from core.storage import StorageError, Store, open_store, using
from market.domain import Tick
from market.selectors import asset_get, assets_listed
from market.services import market_prepare, ticks_record
from market.triggers.crossing import Operator
from market.triggers.engine import catch_up
from portfolio.selectors import TradeDraft
from portfolio.services import trade_record

BEGINNING = datetime(2026, 1, 15, 12, 0, 10, tzinfo=UTC)
PASSWORD = "four words in a row"  # noqa: S105 - of an account that ends with the measurement
HELD = ("bitcoin", "ethereum", "solana", "AAPL", "SPY")
TRADES_OF_EACH = 4
WATCHED = "bitcoin"
ALONE = "ethereum"
"""An asset that no alert watches."""
BUDGETED = ("Food & Dining", "Transportation", "Shopping", "Housing")
EXPENSES = 20
ALERTS = 3
FAR = Decimal(2)
"""Thresholds of alerts that nothing fires, as a multiple of the price."""

_SETTINGS: dict[str, Any] = {
    "ALLOWED_HOSTS": ["localhost"],
    "CELERY_TASK_ALWAYS_EAGER": True,
    "WORK_AT_ONCE": False,
    "REDIS_URL": "",
    "MARKET_FEED": ["simulated"],
    "REQUIRE_APPROVAL": False,
    "EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend",
    "CACHES": {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "capacity"}},
}
"""Nothing leaves the process; what a worker would be nudged to do is played by itself."""


class StoreNotEmpty(StorageError):
    """The store has tables of the product already."""


class JourneyFailed(Exception):
    """A journey was refused, so that what it asked for says nothing."""


class Stage:
    """A person with holdings, trades, expenses and alerts, in a browser and with a program; and visitors."""

    def __init__(self) -> None:
        self.at = BEGINNING
        self.browser = Client(SERVER_NAME="localhost")
        self.visitor = Client(SERVER_NAME="localhost")
        self.program = Client(SERVER_NAME="localhost")
        self.person: User
        self.link = ""
        """The path of a mailed link."""

    def set_up(self) -> None:
        """Market, account, trades, alerts, expenses; what has moved was looked at."""
        market_prepare()
        self.person = user_sign_up("capacity", "capacity@example.com", PASSWORD, account="practice")
        address_confirm(confirm_token(self.person))
        self.get(self.browser, "/sign-in/")
        self.post(self.browser, "/sign-in/", identifier="capacity", password=PASSWORD)
        _, secret = api_key_create(self.person, name="Measurement", scope="write", expires_at=None)
        self.program.defaults["HTTP_AUTHORIZATION"] = f"Bearer {secret}"
        for each in range(TRADES_OF_EACH * len(HELD)):
            self._record_trade(each)
        for each in range(ALERTS):
            self.set_alert(WATCHED, self.price(WATCHED) * (FAR + each), f"far {each}")
        self._spend()
        deliver_due()
        for asset in assets_listed():
            catch_up(asset.asset_id)

    def go_on(self, seconds: float) -> None:
        """Let time pass."""
        self.at += timedelta(seconds=seconds)

    def new_id(self, name: str) -> str:
        """An id such as a client makes."""
        return derived_id(self.at, name)

    def price(self, asset_id: str) -> Decimal:
        """The latest price of an asset."""
        price = asset_get(asset_id).price
        assert price is not None
        return price

    def tick(self, asset_id: str, price: Decimal) -> None:
        """A price of now, recorded."""
        ticks_record([Tick.lone(asset_id, self.at, price, "simulated")])

    def set_alert(self, asset_id: str, threshold: Decimal, name: str) -> Alert:
        """An alert above a price, notified by mail too."""
        terms = Terms(
            PriceCondition(Operator.ABOVE, threshold.quantize(Decimal("0.01"))),
            channels=usual(),
            name=name,
        )
        return alert_create(self.person, alert_id=self.new_id(name), draft=AlertDraft(asset_id, terms))

    def get(self, client: Client, path: str, **headers: Any) -> HttpResponse:
        """A page or answer. Raises JourneyFailed unless it is there."""
        return _expected(path, client.get(path, **headers), 200)

    def post(self, client: Client, path: str, **fields: Any) -> HttpResponse:
        """A form that leads to another page. Raises JourneyFailed when it does not."""
        return _expected(path, client.post(path, fields), 302)

    def press(self, client: Client, path: str) -> HttpResponse:
        """The button of a page, which answers with a page. Raises JourneyFailed when it does not."""
        return _expected(path, client.post(path), 200)

    def post_json(self, client: Client, path: str, **fields: Any) -> HttpResponse:
        """A call of the API that makes something. Raises JourneyFailed when it does not."""
        return _expected(path, client.post(path, fields, content_type="application/json"), 201)

    def _spend(self) -> None:
        """Expenses of this month and the one before beside their budgets; the notifications they cause are made."""
        for category in BUDGETED:
            budget_set(self.person, BudgetDraft(category, Decimal(500)))
        for each in range(EXPENSES):
            draft = ExpenseDraft(
                Decimal(each + 1), BUDGETED[each % len(BUDGETED)], self.at.date() - timedelta(days=each), "Something"
            )
            expense_record(self.person, expense_id=self.new_id(f"expense {each}"), draft=draft)
        outbox.dispatch(shard_of(self.person.username))

    def _record_trade(self, number: int) -> None:
        asset = asset_get(HELD[number % len(HELD)])
        trade_record(
            self.person,
            trade_id=self.new_id(f"trade {number}"),
            draft=TradeDraft(
                self.at - timedelta(days=80 - number), "buy", asset.asset_id, Decimal("0.5"), Decimal(100)
            ),
        )


@contextmanager
def staged(url: str) -> Iterator[tuple[Stage, Store]]:
    """The stage set up on the store at this address, which must hold no table of the product; they go at the end.

    Raises StoreNotEmpty.
    """
    store, tables = open_store(url), wiring.tables()
    existing = [table.name for table in tables if store.describe(table) is not None]
    if existing:
        raise StoreNotEmpty(
            f"{url} has tables already ({existing[0]}, ...): measure on an empty store, or under another prefix."
        )
    stage = Stage()
    try:
        store.create_tables(tables)
        with using(store), override_settings(**_SETTINGS), clock.set_by(lambda: stage.at), _without_log():
            stage.set_up()
            yield stage, store
    finally:
        for table in tables:
            store.drop(table)
        store.close()


@contextmanager
def _without_log() -> Iterator[None]:
    """No line for each request."""
    requests = logging.getLogger("core.requests")
    before = requests.level
    requests.setLevel(logging.ERROR)
    try:
        yield
    finally:
        requests.setLevel(before)


def _expected(path: str, answer: Any, status: int) -> HttpResponse:
    if answer.status_code != status:
        raise JourneyFailed(f"{path} answered {answer.status_code}, not {status}")
    found: HttpResponse = answer
    return found

"""People who use the API, and repeat what was not answered under the same id until it is."""

from __future__ import annotations

import http.client
import json
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from random import Random
from typing import Any

from core.ids import new_id

PASSWORD = "a-long-enough-passphrase"
PATIENCE = 120
"""Seconds until one wish counts as never answered."""
TIMEOUT = 20
NOT_NOW = {429, 500, 502, 503, 504}
Say = Callable[[str, str, dict[str, Any] | None, dict[str, str]], tuple[int, Any]]
"""Method, path, body and headers to status and answer; raises OSError or HTTPException without an answer."""


@dataclass
class Acknowledged:
    """What the site said was done: amounts of cash by the id of their ledger row, ids of everything else."""

    deposits: dict[str, Decimal] = field(default_factory=dict)
    withdrawals: dict[str, Decimal] = field(default_factory=dict)
    orders: set[str] = field(default_factory=set)
    trades: set[str] = field(default_factory=set)
    alerts: set[str] = field(default_factory=set)
    deleted: set[str] = field(default_factory=set)
    friends: set[str] = field(default_factory=set)
    refused: list[str] = field(default_factory=list)
    repeated: int = 0

    @property
    def count(self) -> int:
        """How many wishes were fulfilled."""
        done = (self.deposits, self.withdrawals, self.orders, self.trades, self.alerts, self.deleted, self.friends)
        return sum(map(len, done))


def over_http(ports: Sequence[int]) -> Say:
    """Asks one web process after the other."""
    asked = iter(range(10**9))

    def say(method: str, path: str, body: dict[str, Any] | None, headers: dict[str, str]) -> tuple[int, Any]:
        connection = http.client.HTTPConnection("127.0.0.1", ports[next(asked) % len(ports)], timeout=TIMEOUT)
        try:
            content = None if body is None else json.dumps(body)
            connection.request(method, path, content, {"Content-Type": "application/json", **headers})
            answer = connection.getresponse()
            said = answer.read()
            return answer.status, json.loads(said) if said else None
        finally:
            connection.close()

    return say


class Person:
    """Somebody with an account, who does one thing after the other."""

    def __init__(self, username: str, say: Say, seed: int) -> None:
        self.username = username
        self.done = Acknowledged()
        self._say = say
        self._random = Random(f"{seed} {username}")
        self._token = ""

    def sign_up(self) -> None:
        """Make the account, and a key for it; not while parts are killed: a sign-in cut off counts as a wrong one."""
        self._register(self.username)
        fields = {"username": self.username, "password": PASSWORD}
        status, said = self._until_answered("POST", "/api/v1/auth/token/", fields, key=new_id())
        assert status == 201, said
        self._token = said["token"]

    def sees_price(self) -> bool:
        """Whether the first price has come: none is there until the worker has polled once."""
        return self._price() is not None

    def do_something(self) -> None:
        """Pay in or out, trade, record a trade, set an alert or delete one, or sign a friend up."""
        often = (self.pay_in, self.pay_out, self.order, self.record_trade, self.set_alert)
        self._random.choice((*often, *often, self.delete_alert, self.sign_friend_up))()

    def pay_in(self) -> None:
        """Deposit, under an Idempotency-Key."""
        self._move("deposits", self.done.deposits)

    def pay_out(self) -> None:
        """Withdraw, under an Idempotency-Key."""
        self._move("withdrawals", self.done.withdrawals)

    def order(self) -> None:
        """Buy or sell, under an id of one's own."""
        order_id, side = new_id(), self._random.choice(("buy", "buy", "sell"))
        amount = str(self._random.randint(1, 50))
        body = {"order_id": order_id, "side": side, "type": "market", "asset_id": "bitcoin", "amount": amount}
        if self._was_made("/api/v1/orders/", body):
            self.done.orders.add(order_id)

    def record_trade(self) -> None:
        """Record a past trade, under an id of one's own."""
        trade_id, day = new_id(), self._random.randint(10, 28)
        body = {"transaction_id": trade_id, "timestamp": f"2026-01-{day}T12:00:00Z", "type": "buy"}
        if self._was_made("/api/v1/transactions/", {**body, "asset_id": "ethereum", "quantity": "0.01", "price": "9"}):
            self.done.trades.add(trade_id)

    def set_alert_that_holds(self) -> None:
        """Be told at once, by mail too."""
        self._set_alert("above", "0.01", "once", fires_at_once=True)

    def set_alert(self) -> None:
        """Be notified, by mail too, whenever the price crosses where it is now."""
        price = self._price()
        assert price is not None, "a price that was there is gone"
        operator, frequency = self._random.choice(("above", "below")), self._random.choice(("once", "every"))
        at_once = self._random.random() < 0.3
        self._set_alert(operator, price, frequency, fires_at_once=at_once)

    def delete_alert(self) -> None:
        """Delete an alert; gone already is what was wished, too."""
        standing = sorted(self.done.alerts - self.done.deleted)
        if len(standing) < 3:
            return
        alert_id = self._random.choice(standing)
        status, said = self._until_answered("DELETE", f"/api/v1/alerts/{alert_id}/", None)
        assert status in (204, 404), said
        self.done.deleted.add(alert_id)

    def pause_all(self) -> None:
        """Be told of nothing more."""
        for alert_id in sorted(self.done.alerts - self.done.deleted):
            status, said = self._until_answered("PATCH", f"/api/v1/alerts/{alert_id}/", {"enabled": False})
            assert status == 200, said

    def sign_friend_up(self) -> None:
        """Make another account, which nobody uses."""
        friend = f"{self.username}_{len(self.done.friends)}"
        self._register(friend)
        self.done.friends.add(friend)

    def _set_alert(self, operator: str, threshold: str, frequency: str, *, fires_at_once: bool) -> None:
        alert_id = new_id()
        body = {
            "alert_id": alert_id,
            "asset_id": "bitcoin",
            "condition": {"operator": operator, "threshold": threshold},
            "frequency": frequency,
            "cooldown": 0,
            "fire_if_true": fires_at_once,
            "channels": ["in_app", "email"],
        }
        if self._was_made("/api/v1/alerts/", body):
            self.done.alerts.add(alert_id)

    def _price(self) -> str | None:
        status, prices = self._until_answered("GET", "/api/v1/prices/?assets=bitcoin", None)
        assert status == 200, prices
        price: str | None = prices["items"][0]["price"]
        return price

    def _register(self, username: str) -> None:
        fields = {"username": username, "email": f"{username}@example.com", "password": PASSWORD}
        status, said = self._until_answered("POST", "/api/v1/auth/register/", fields, key=new_id())
        assert status == 201, said

    def _move(self, what: str, done: dict[str, Decimal]) -> None:
        amount = Decimal(self._random.randint(1, 500)) / 100
        status, said = self._until_answered("POST", f"/api/v1/portfolio/{what}/", {"amount": str(amount)}, key=new_id())
        if self._is_made(status, said):
            done[said["transaction_id"]] = amount

    def _was_made(self, path: str, body: dict[str, Any]) -> bool:
        return self._is_made(*self._until_answered("POST", path, body))

    def _is_made(self, status: int, said: Any) -> bool:
        assert status in (200, 201, 409), said
        if status == 409:
            self.done.refused.append(said["code"])
        return status != 409

    def _until_answered(
        self, method: str, path: str, body: dict[str, Any] | None, *, key: str | None = None
    ) -> tuple[int, Any]:
        headers = {"Authorization": f"Bearer {self._token}"} if self._token else {}
        if key is not None:
            headers["Idempotency-Key"] = key
        deadline, last = time.monotonic() + PATIENCE, ""
        while time.monotonic() < deadline:
            try:
                status, said = self._say(method, path, body, headers)
            except (OSError, http.client.HTTPException, ValueError) as error:
                last = repr(error)
            else:
                if status not in NOT_NOW:
                    return status, said
                last = f"{status} {said}"
            self.done.repeated += 1
            time.sleep(0.2)
        raise AssertionError(f"{method} {path} was never answered: {last}")


class Crowd:
    """People who all do things at once, each in a thread."""

    def __init__(self, people: Sequence[Person]) -> None:
        self._people = people
        self._stopping = threading.Event()
        self._errors: list[BaseException] = []
        self._threads = [threading.Thread(target=self._live, args=(person,)) for person in people]

    def __enter__(self) -> Crowd:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Everybody ends what is under way: every wish is answered. Raises what any of them met."""
        self._stopping.set()
        for thread in self._threads:
            thread.join()
        if self._errors:
            raise self._errors[0]

    def _live(self, person: Person) -> None:
        try:
            person.set_alert_that_holds()
            while not self._stopping.is_set():
                person.do_something()
        except BaseException as error:
            self._errors.append(error)

"""The site in this process, over a store that fails: its web side and its worker's tasks."""

from __future__ import annotations

import json
import threading
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from random import Random
from typing import Any

from rest_framework.test import APIClient

from alerts.services import deliver_due
from alerts.tables import ALERT_CONFIGURATIONS
from core import clock, outbox
from core.accounts.tables import USERS
from core.errors import CryptoPulseError
from core.retry import LostRace
from core.storage import StorageError, Store
from core.tables import IDEMPOTENCY
from market.selectors import asset_get
from market.services import ticks_record
from market.triggers.tasks import sweep
from portfolio.tables import ORDERS, TRANSACTIONS
from tests.market.builders import a_tick

NOT_KNOWN = "It is not known whether it was done"
NOTHING = "nothing was written"


class Web:
    """Answers requests, and checks that what it says of a failure is true.

    `clean` is the same store without faults. `false_answers` are wishes that were fulfilled though the answer to the
    first request for them said that nothing was written; `statuses` counts answers.
    """

    def __init__(self, clean: Store) -> None:
        self.statuses: Counter[int] = Counter()
        self.said: Counter[str] = Counter()
        self.false_answers: list[str] = []
        self._clean = clean
        self._doubtful: set[str] = set()

    def speaker(self, username: str) -> Callable[..., tuple[int, Any]]:
        """`tests.faults.people.Say` for one person."""

        def say(method: str, path: str, body: dict[str, Any] | None, headers: dict[str, str]) -> tuple[int, Any]:
            client = APIClient(raise_request_exception=False)
            content = "" if body is None else json.dumps(body)
            answer = client.generic(method, path, content, content_type="application/json", headers=headers)
            self.statuses[answer.status_code] += 1
            said: Any = answer.json() if answer.content else None
            if answer.status_code == 503:
                self._check(username, method, said["detail"], body or {}, headers.get("Idempotency-Key", ""))
            return answer.status_code, said

        return say

    def _check(self, username: str, method: str, detail: str, body: dict[str, Any], key: str) -> None:
        wish = body.get("order_id") or body.get("transaction_id") or body.get("alert_id") or key
        if NOT_KNOWN in detail:
            self.said["not known"] += 1
            self._doubtful.add(wish)
            return
        assert NOTHING in detail, detail
        self.said["nothing"] += 1
        if method == "POST" and wish not in self._doubtful and self._is_done(username, body, key):
            self.false_answers.append(f"{username} {body}")

    def _is_done(self, username: str, body: dict[str, Any], key: str) -> bool:
        if "order_id" in body:
            return self._is_there(ORDERS, username=username, order_id=body["order_id"])
        if "alert_id" in body:
            return self._is_there(ALERT_CONFIGURATIONS, username=username, alert_id=body["alert_id"])
        if "transaction_id" in body:
            day = body["timestamp"].replace("Z", ".000Z")
            return self._is_there(TRANSACTIONS, username=username, timestamp=f"{day}#{body['transaction_id']}")
        if "email" in body:
            return self._is_there(USERS, username=body["username"])
        return self._is_there(IDEMPOTENCY, username=username, key=key)

    def _is_there(self, table: Any, **key: str) -> bool:
        return self._clean.get(table, key, consistent=True) is not None


class Worker:
    """Moves prices and does what beat has workers do, each turn after the other, in a thread.

    A task that fails is logged and comes again with the next turn, as with Celery and its schedule.
    """

    def __init__(self, seed: int) -> None:
        self.failures: Counter[str] = Counter()
        self._random = Random(seed)
        self._errors: list[BaseException] = []
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run)

    def turn(self, *, moving: bool = True) -> None:
        """One price, and all tasks once."""
        tasks: list[Callable[[], object]] = [sweep, outbox.sweep, deliver_due]
        for task in [self._move, *tasks] if moving else tasks:
            try:
                task()
            except (StorageError, CryptoPulseError, LostRace) as error:
                self.failures[type(error).__name__] += 1

    def __enter__(self) -> Worker:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopping.set()
        self._thread.join()
        if self._errors:
            raise self._errors[0]

    def _run(self) -> None:
        try:
            while not self._stopping.wait(0.05):
                self.turn()
        except BaseException as error:
            self._errors.append(error)

    def _move(self) -> None:
        price = Decimal(self._random.randint(99_00, 101_00)) / 100
        at = asset_get("bitcoin").price_at or clock.now()
        ticks_record([a_tick(str(price), max(at + timedelta(milliseconds=1), clock.now()))])

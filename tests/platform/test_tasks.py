"""What the worker is told to do, and under which name it logs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from django.conf import settings as product
from pytest_django.fixtures import Settings

from core import clock, logs, outbox
from core.events import Event, event_put, shard_of
from core.outbox.nudging import outbox_dispatch
from core.storage import Store
from core.tables import THROTTLE
from core.tasks import purge_expired
from cryptopulse.celery import app, drop_request_id, send_request_id, take_request_id
from tests.platform.processes import PATIENCE, ROOT, environment


def test_every_scheduled_task_is_registered() -> None:
    app.loader.import_default_modules()
    for name, entry in product.CELERY_BEAT_SCHEDULE.items():
        assert entry["task"] in app.tasks, name


def test_a_scheduled_task_that_waited_too_long_is_dropped() -> None:
    for entry in product.CELERY_BEAT_SCHEDULE.values():
        assert entry["options"]["expires"] == entry["schedule"]


def test_a_nudge_is_worked_at_once_where_asked_to(settings: Settings, store: Store) -> None:
    settings.WORK_AT_ONCE = True
    store.transact_write([event_put(Event("tests.nobody_listens", "alice"))])
    outbox.nudge("alice")
    assert outbox.depth().waiting == 0


def test_under_tests_a_nudge_does_nothing(store: Store) -> None:
    store.transact_write([event_put(Event("tests.nobody_listens", "alice"))])
    outbox.nudge("alice")
    assert outbox.depth().waiting == 1
    outbox_dispatch(shard_of("alice"))
    assert outbox.depth().waiting == 0


def test_a_nudge_that_no_broker_takes_is_lost_without_harm(tmp_path: Path) -> None:
    code = "import django; django.setup(); from core import outbox; outbox.nudge('alice'); print('went on')"
    options = environment(tmp_path, REDIS_URL="redis://127.0.0.1:9/0")
    ended = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=options, capture_output=True, text=True, timeout=PATIENCE
    )
    assert ended.stdout == "went on\n"
    assert "a nudge was lost" in ended.stderr


def test_expired_rows_are_dropped(store: Store) -> None:
    past = clock.to_seconds(clock.now()) - 60
    store.put(THROTTLE, {"name": "old", "count": 1, "expires_at": past})
    store.put(THROTTLE, {"name": "new", "count": 1, "expires_at": past + 3600})
    purge_expired()
    assert [item["name"] for item in store.dump(THROTTLE)] == ["new"]


class TestRequestIds:
    def test_a_task_carries_the_id_of_its_request(self) -> None:
        token = logs.request_id.set("till-number-7")
        headers: dict[str, object] = {}
        send_request_id(headers=headers)
        logs.request_id.reset(token)
        assert headers == {"request_id": "till-number-7"}

    def test_the_worker_logs_under_it_and_then_no_more(self) -> None:
        task = WorkedOn({"request_id": "till-number-7"})
        take_request_id(task=task, task_id="task-1")
        assert logs.request_id.get() == "till-number-7"
        drop_request_id(task=task)
        assert logs.request_id.get() == ""

    def test_a_task_of_the_schedule_logs_under_its_own_id(self) -> None:
        task = WorkedOn({"request_id": ""})
        take_request_id(task=task, task_id="task-1")
        assert logs.request_id.get() == "task-1"
        drop_request_id(task=task)


class Request(dict[str, str]):
    """Of a task's request, what is looked at: its headers, and that a worker runs it."""

    is_eager = False


class WorkedOn:
    """A task while a worker runs it."""

    def __init__(self, headers: dict[str, str]) -> None:
        self.request = Request(headers)

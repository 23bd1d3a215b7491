"""Which tasks the worker gets, and under which name it logs."""

import socket
import subprocess
import sys
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from core import clock, heartbeat, logs, outbox, periodic
from core.events import Event, event_put, shard_of
from core.heartbeat import Heart
from core.metrics import REGISTRY
from core.storage import Store
from core.tables import THROTTLE
from core.tasks import outbox_dispatch, outbox_sweep, purge_expired
from cryptopulse.celery import app, begin_task, count_expired, end_task, send_request_id
from tests.platform.processes import ROOT, environment
from tests.waiting import PATIENCE, wait_until


def test_every_scheduled_task_is_registered() -> None:
    app.loader.import_default_modules()
    for name, entry in periodic.schedule().items():
        assert entry["task"] in app.tasks, name


def test_a_scheduled_task_that_waited_too_long_is_dropped() -> None:
    for entry in periodic.schedule().values():
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


@pytest.mark.parametrize("is_silent", [False, True], ids=["nobody listens", "nobody answers"])
def test_a_nudge_that_no_broker_takes_is_lost_without_harm(tmp_path: Path, is_silent: bool) -> None:
    code = "import django; django.setup(); from core import outbox; outbox.nudge('alice'); print('went on')"
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1] if is_silent else 9
        options = environment(tmp_path, REDIS_URL=f"redis://127.0.0.1:{port}/0")
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
        begin_task(task=task, task_id="task-1")
        assert logs.request_id.get() == "till-number-7"
        end_task(task=task)
        assert logs.request_id.get() == ""

    def test_a_task_of_the_schedule_logs_under_its_own_id(self) -> None:
        task = WorkedOn({"request_id": ""})
        begin_task(task=task, task_id="task-1")
        assert logs.request_id.get() == "task-1"
        end_task(task=task)


class TestCounting:
    def test_a_task_is_counted_by_name_and_outcome(self) -> None:
        before = [ended(outcome) for outcome in ("success", "failure", "expired")]
        for state in ("SUCCESS", "SUCCESS", "FAILURE"):
            task = WorkedOn({})
            begin_task(task=task, task_id="task-1")
            end_task(task=task, state=state)
        count_expired(sender=WorkedOn({}), expired=True)
        count_expired(sender=WorkedOn({}), expired=False)
        after = [ended(outcome) for outcome in ("success", "failure", "expired")]
        assert [now - then for now, then in zip(after, before, strict=True)] == [2, 1, 1]

    def test_the_sweep_of_the_outbox_is_the_sign_of_life_of_the_schedule(self) -> None:
        heart = Heart()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("core.tasks.HEART", heart)
            outbox_sweep()
        heart.start()
        wait_until(lambda: heartbeat.read().schedule_at is not None)
        heart.stop()
        assert heartbeat.read().worker_at is not None


def ended(outcome: str) -> float:
    """How many tasks of the name that tests use have ended so."""
    return REGISTRY.get_sample_value("cryptopulse_tasks_total", {"task": WorkedOn.name, "outcome": outcome}) or 0


class Request(dict[str, str]):
    """Of a task's request, what is looked at: its headers, when it began, and that a worker runs it."""

    is_eager = False
    began_at: float


class WorkedOn:
    """A task while a worker runs it."""

    name = "tests.tasks.work"

    def __init__(self, headers: dict[str, str]) -> None:
        self.request = Request(headers)

"""The Celery application: tasks carry nudges; the truth is in the store."""

import logging
import os
import time
from collections.abc import Sequence
from typing import Any

from celery import Celery, states
from celery.loaders.app import AppLoader
from celery.signals import (
    before_task_publish,
    setup_logging,
    task_postrun,
    task_prerun,
    task_revoked,
    worker_ready,
    worker_shutdown,
    worker_shutting_down,
)
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from core import ids, logs, nudges, periodic
from core.heartbeat import HEART
from core.metrics import server
from core.metrics.counters import count_task
from cryptopulse import shutdown

ENDS_WITHIN = 50
"""Seconds after which a worker that was asked to stop ends, even with tasks unfinished; its unit grants a few more."""

logger = logging.getLogger(__name__)


class Loader(AppLoader):
    """Stops a worker or beat with a sentence, not a traceback, when an option makes no sense."""

    def config_from_object(self, obj: Any, silent: bool = False) -> Any:
        try:
            _ = settings.DATASTORE_URL
        except ImproperlyConfigured as error:
            raise SystemExit(f"CryptoPulse cannot start: {error}") from None
        return super().config_from_object(obj, silent)

    def import_default_modules(self) -> list[Any]:
        """Also the modules of tasks that the wiring lists, and what of them the schedule runs."""
        modules: list[Any] = super().import_default_modules()
        self.app.conf.beat_schedule = periodic.schedule()
        return modules

    def on_worker_init(self) -> None:
        from cryptopulse.checks import refuse_wrong_settings

        try:
            refuse_wrong_settings()
        except ImproperlyConfigured as error:
            raise SystemExit(f"CryptoPulse cannot start: {error}") from None
        if settings.WORKER_METRICS_PORT and settings.REDIS_URL:
            _serve_metrics(settings.HOST, settings.WORKER_METRICS_PORT)


def _serve_metrics(host: str, port: int) -> None:
    try:
        server.start(host, port)
    except OSError as error:
        raise SystemExit(
            f"CryptoPulse cannot start: WORKER_METRICS_PORT is {port} and HOST {host}: cannot listen there ({error}). "
            "Each worker on a machine needs a port of its own."
        ) from None


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cryptopulse.settings")
app = Celery("cryptopulse", loader="cryptopulse.celery:Loader")
app.config_from_object("django.conf:settings", namespace="CELERY")


@setup_logging.connect(weak=False)
def keep_logging(**_signal: Any) -> None:
    """Django has set up logging; Celery leaves it alone because this receiver is there."""


@before_task_publish.connect(weak=False)
def send_request_id(headers: dict[str, Any], **_signal: Any) -> None:
    """A task carries the id of the request that asked for it."""
    headers["request_id"] = logs.request_id.get()


@task_prerun.connect(weak=False)
def begin_task(task: Any, task_id: str, args: Sequence[Any] = (), **_signal: Any) -> None:
    """What a task logs bears the id of the request behind it, or the task's own when beat sent it.

    Nudges for it are sent again from now on.
    """
    nudges.begun(task.name, args)
    if not task.request.is_eager:
        logs.request_id.set(task.request.get("request_id") or task_id)
        task.request.began_at = time.perf_counter()


@task_postrun.connect(weak=False)
def end_task(task: Any, state: str | None = None, **_signal: Any) -> None:
    """The thread is free for the next task; this one is counted."""
    if not task.request.is_eager:
        logs.request_id.set("")
        seconds = time.perf_counter() - task.request.began_at
        count_task(task.name, "success" if state == states.SUCCESS else "failure", seconds)


@task_revoked.connect(weak=False)
def count_expired(sender: Any, expired: bool = False, **_signal: Any) -> None:
    """A task that waited longer than it was worth."""
    if expired:
        count_task(sender.name, "expired")


def run_here(task_name: str) -> None:
    """Run a task of the schedule in this thread, logged and counted as a worker would; what it raises is logged."""
    task = app.tasks[task_name]
    logs.request_id.set(ids.new_id())
    nudges.begun(task_name, ())
    began_at = time.perf_counter()
    outcome = "failure"
    try:
        task()
        outcome = "success"
    except Exception:
        logger.exception("the task %s failed", task_name)
    finally:
        count_task(task_name, outcome, time.perf_counter() - began_at)
        logs.request_id.set("")


@worker_shutting_down.connect(weak=False)
def end_in_time(**_signal: Any) -> None:
    """A worker that was asked to stop finishes its tasks, and ends though one of them hangs."""
    if settings.REDIS_URL:
        shutdown.within(ENDS_WITHIN)


@worker_ready.connect(weak=False)
def start_heart(**_signal: Any) -> None:
    """From now on the worker says that it lives."""
    HEART.start()


@worker_shutdown.connect(weak=False)
def stop_heart(**_signal: Any) -> None:
    """The worker has ended its tasks."""
    HEART.stop()

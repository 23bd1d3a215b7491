"""The Celery application: tasks carry nudges; the truth is in the store."""

import os
from typing import Any

from celery import Celery
from celery.signals import before_task_publish, setup_logging, task_postrun, task_prerun

from core import logs

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cryptopulse.settings")
app = Celery("cryptopulse")
app.config_from_object("django.conf:settings", namespace="CELERY")


@setup_logging.connect(weak=False)
def keep_logging(**_signal: Any) -> None:
    """Celery leaves logging alone where somebody listens here; Django has set it up."""


@before_task_publish.connect(weak=False)
def send_request_id(headers: dict[str, Any], **_signal: Any) -> None:
    """A task carries the id of the request that asked for it."""
    headers["request_id"] = logs.request_id.get()


@task_prerun.connect(weak=False)
def take_request_id(task: Any, task_id: str, **_signal: Any) -> None:
    """What a task logs bears the id of the request behind it, or the task's own when beat sent it."""
    if not task.request.is_eager:
        logs.request_id.set(task.request.get("request_id") or task_id)


@task_postrun.connect(weak=False)
def drop_request_id(task: Any, **_signal: Any) -> None:
    """The thread is free for the next task."""
    if not task.request.is_eager:
        logs.request_id.set("")

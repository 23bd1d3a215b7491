"""The Celery application: tasks carry nudges; the truth is in the store."""

import os
from typing import Any

from celery import Celery
from celery.loaders.app import AppLoader
from celery.signals import before_task_publish, setup_logging, task_postrun, task_prerun
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from core import logs


class Loader(AppLoader):
    """Stops a worker or beat with a sentence, not a traceback, when an option makes no sense."""

    def config_from_object(self, obj: Any, silent: bool = False) -> Any:
        try:
            _ = settings.DATASTORE_URL
        except ImproperlyConfigured as error:
            raise SystemExit(f"CryptoPulse cannot start: {error}") from None
        return super().config_from_object(obj, silent)

    def on_worker_init(self) -> None:
        from cryptopulse.checks import refuse_wrong_settings

        try:
            refuse_wrong_settings()
        except ImproperlyConfigured as error:
            raise SystemExit(f"CryptoPulse cannot start: {error}") from None


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cryptopulse.settings")
app = Celery("cryptopulse", loader="cryptopulse.celery:Loader")
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

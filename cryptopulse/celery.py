"""The Celery application: tasks carry nudges; the truth is in the store."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cryptopulse.settings")
app = Celery("cryptopulse")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

"""The rows of the list page."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models


class Alert(models.Model):
    """An alert of a user, as a project with the ORM would keep it."""

    objects: ClassVar[models.Manager[Alert]] = models.Manager()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    ticker = models.CharField(max_length=20)
    asset_name = models.CharField(max_length=80)
    operator = models.CharField(max_length=4)
    threshold = models.DecimalField(max_digits=30, decimal_places=8)
    status = models.CharField(max_length=10)
    trigger_count = models.IntegerField(default=0)
    last_triggered = models.DateTimeField(null=True)
    created_at = models.DateTimeField(db_index=True)

    class Meta:
        app_label = "orm_site"

    def __str__(self) -> str:
        return f"{self.asset_name} {self.operator} {self.threshold}"

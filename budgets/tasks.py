"""Celery entries of expenses and budgets: each calls one function and is safe to run twice."""

from __future__ import annotations

from celery import shared_task

from budgets.services.imports import import_work, work_imports
from budgets.services.receipts import receipts_sweep
from core import clock
from core.periodic import Periodic

__all__ = ["import_work", "sweep_receipts", "work_imports"]


@shared_task
def sweep_receipts() -> None:
    """Remove files of receipts that no expense names any more."""
    receipts_sweep(clock.now())


SCHEDULE = (
    Periodic("go on with imports that nobody is at", "budgets.tasks.work_imports", 15),
    Periodic("remove receipts that no expense names", "budgets.tasks.sweep_receipts", 3600),
)

"""Celery entries of expenses and budgets: each calls one function and is safe to run twice."""

from celery import shared_task

from budgets.services import imports
from budgets.services.receipts import receipts_sweep
from core import clock
from core.periodic import Periodic


@shared_task
def import_work(username: str, import_id: str) -> None:
    """Go on with one import for some seconds; another task has what is left."""
    imports.work_for_a_while(username, import_id)


@shared_task
def work_imports() -> None:
    """Go on with the imports that no worker is at."""
    imports.work_imports()


@shared_task
def sweep_receipts() -> None:
    """Remove files of receipts that no expense names any more."""
    receipts_sweep(clock.now())


SCHEDULE = (
    Periodic("go on with imports that no worker is at", "budgets.tasks.work_imports", 15),
    Periodic("remove receipts that no expense names", "budgets.tasks.sweep_receipts", 3600),
)

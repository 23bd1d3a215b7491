"""Celery entries of the market."""

from celery import shared_task
from django.conf import settings

from core.periodic import Periodic
from market.services import history_fetch, prices_poll


@shared_task(name="market.tasks.poll", time_limit=60, ignore_result=True)
def poll() -> None:
    """Look at the feeds once. A run that is lost loses nothing: the next one continues from what is stored."""
    prices_poll()


@shared_task(name="market.tasks.fetch_history", time_limit=60, ignore_result=True)
def fetch_history() -> None:
    """Fetch the past of one asset that lacks it; the next run fetches that of the next."""
    history_fetch()


SCHEDULE = (
    Periodic("look at the feeds", "market.tasks.poll", float(settings.MARKET_POLL_SECONDS)),
    Periodic("fetch the past of assets without one", "market.tasks.fetch_history", 15),
)

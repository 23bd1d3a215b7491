"""Celery entries of core: each calls one function and is safe to run twice."""

from __future__ import annotations

from celery import shared_task

from core import outbox


@shared_task
def outbox_sweep() -> None:
    """Handle what waits in any shard of the outbox."""
    outbox.sweep()

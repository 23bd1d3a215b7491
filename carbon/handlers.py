"""Reactions to what the footprint and other apps tell."""

from __future__ import annotations

from carbon.services import achievements_refresh
from core.events import Event


def refresh_achievements(event: Event) -> None:
    """Judge achievements and goals of the event's user anew. The same event again changes nothing more."""
    achievements_refresh(event.username)

"""Where budget alerts go."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from budgets.repositories.definitions import definitions_put
from budgets.services.reading import situation_of
from core import writing
from core.accounts.domain import User
from core.accounts.notices import checked_channels
from core.accounts.repositories.users import open_check
from core.retry import optimistic
from core.storage import journey


def telling_set(user: User, channels: Collection[str]) -> tuple[str, ...]:
    """Have these channels notify the user of budgets from now on, those that always do among them; 2 requests.

    Returns them. Raises InvalidInput; NotFound where the account is closed; StoreUnavailable.
    """
    chosen = checked_channels(channels)
    with journey("telling_set"):
        return optimistic(lambda: _set(user.username, chosen))


def _set(username: str, channels: tuple[str, ...]) -> tuple[str, ...]:
    definitions = situation_of(username, ()).definitions
    if definitions.channels != channels:
        writing.commit([definitions_put(replace(definitions, channels=channels), writing.now()), open_check(username)])
    return channels

"""Reactions to what happened to accounts."""

from core.accounts.selectors import find_user
from core.accounts.services import account_erase
from core.events import Event


def erase_closed_account(event: Event) -> None:
    """Delete what a closed account holds; an account of this name that was made since is left alone."""
    user = find_user(event.username)
    if user is not None and user.status == "closing":
        account_erase(user.username)

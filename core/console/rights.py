"""The matrix of rights: which role may do what in the staff area. Declared here and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from core.accounts.domain import Anonymous, Role, User
from core.accounts.repositories import users
from core.accounts.tables import USERS
from core.storage import Attr, Check


class Right(Enum):
    """Something that not every user may do."""

    ENTER = "enter the staff area"
    SEE_MARKET_STATISTICS = "see and export statistics of the market over all assets"
    SEE_USERS = "see all users"
    SEE_TRANSACTIONS = "see the transactions of all users, and who holds an asset"
    SEE_ACTIVITY = "see the activity of the site"
    CHANGE_USERS = "approve, reject, suspend and readmit users, and give them roles"
    CHANGE_ASSETS = "add assets, edit them, and say which may be bought"
    CHANGE_FACTORS = "add emission factors"
    SEE_HEALTH = "see the health of tables, queues and feeds, and replay events"
    SEE_AUDIT = "see the audit log"


MATRIX: Mapping[Right, frozenset[Role]] = {
    Right.ENTER: frozenset({"analyst", "moderator", "admin"}),
    Right.SEE_MARKET_STATISTICS: frozenset({"analyst", "admin"}),
    Right.SEE_USERS: frozenset({"moderator", "admin"}),
    Right.SEE_TRANSACTIONS: frozenset({"moderator", "admin"}),
    Right.SEE_ACTIVITY: frozenset({"moderator", "admin"}),
    Right.CHANGE_USERS: frozenset({"admin"}),
    Right.CHANGE_ASSETS: frozenset({"admin"}),
    Right.CHANGE_FACTORS: frozenset({"admin"}),
    Right.SEE_HEALTH: frozenset({"admin"}),
    Right.SEE_AUDIT: frozenset({"admin"}),
}


def may(user: User | Anonymous, right: Right) -> bool:
    """Whether the user has the right now."""
    return user.is_active and user.has_role(*MATRIX[right])


def right_check(actor: User, right: Right) -> Check:
    """The condition, label `actor`, that the actor still has the right; it belongs into the transaction of the deed.

    So two administrators who take each other's role at once cannot both succeed, and one always stays.
    """
    roles = sorted(MATRIX[right])
    return Check(
        USERS, users.user_address(actor.username).key, Attr("role").is_in(roles) & Attr("status").eq("active"), "actor"
    )

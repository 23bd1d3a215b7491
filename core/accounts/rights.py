"""Rights of the staff: what a role may do. Each app declares its own in its `rights`."""

from dataclasses import dataclass

from core.accounts.domain import Anonymous, Role, User
from core.accounts.repositories import users
from core.accounts.tables import USERS
from core.storage import Attr, Check

ACTOR = "actor"
"""Label of the check that the actor still has the right."""


@dataclass(frozen=True, slots=True)
class Right:
    """Something that not every user may do, in words, and the roles that may."""

    about: str
    roles: frozenset[Role]


SEE_USERS = Right("see all users", frozenset({"moderator", "admin"}))
CHANGE_USERS = Right("approve, reject, suspend and readmit users, and give them roles", frozenset({"admin"}))


def may(user: User | Anonymous, right: Right) -> bool:
    """Whether the user has the right now."""
    return user.is_active and user.has_role(*right.roles)


def right_check(actor: User, right: Right) -> Check:
    """The condition that the actor still has the right; it belongs into the transaction of the action.

    So two administrators who take each other's role at once cannot both succeed, and one always stays.
    """
    still = Attr("role").is_in(sorted(right.roles)) & Attr("status").eq("active")
    return Check(USERS, users.user_address(actor.username).key, still, ACTOR)

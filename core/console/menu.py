"""The places of the staff area, each with the right that opens it."""

from __future__ import annotations

from dataclasses import dataclass

from core.accounts.domain import Anonymous, User
from core.console.rights import Right, may


@dataclass(frozen=True, slots=True)
class StaffPlace:
    """One entry of the staff area's own navigation; `root` covers the addresses below it."""

    label: str
    url_name: str
    right: Right
    root: str

    def covers(self, path: str) -> bool:
        """Whether a page of this address belongs under this entry."""
        return path.startswith(self.root)


STAFF_PLACES = (
    StaffPlace("Users", "staff:users", Right.SEE_USERS, "/staff/users/"),
    StaffPlace("Transactions", "staff:transactions", Right.SEE_TRANSACTIONS, "/staff/transactions/"),
    StaffPlace("Holders", "staff:holders", Right.SEE_TRANSACTIONS, "/staff/holders/"),
    StaffPlace("Activity", "staff:activity", Right.SEE_ACTIVITY, "/staff/activity/"),
    StaffPlace("Market", "staff:market", Right.SEE_MARKET_STATISTICS, "/staff/market/"),
    StaffPlace("Assets", "staff:assets", Right.CHANGE_ASSETS, "/staff/assets/"),
    StaffPlace("Factors", "staff:factors", Right.CHANGE_FACTORS, "/staff/factors/"),
    StaffPlace("Health", "staff:health", Right.SEE_HEALTH, "/staff/health/"),
    StaffPlace("Audit log", "staff:audit", Right.SEE_AUDIT, "/staff/audit/"),
)


def places_of(user: User | Anonymous) -> list[StaffPlace]:
    """The places that the user's role opens."""
    return [place for place in STAFF_PLACES if may(user, place.right)]

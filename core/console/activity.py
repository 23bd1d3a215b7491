"""What happens on the site: who signed up and who signed in, counted over the directory of users."""

import heapq
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from core import clock
from core.accounts.domain import User
from core.accounts.repositories import users
from core.reading import pages

SPANS = (("24 hours", timedelta(days=1)), ("7 days", timedelta(days=7)), ("30 days", timedelta(days=30)))
NEWEST = 10
MOST_PAGES = 20
"""Pages of 1 MB, about 2,500 accounts each: more accounts than that are not counted."""


@dataclass(frozen=True, slots=True)
class Activity:
    """Counts of accounts, sample accounts aside, and the newest sign-ups and sign-ins.

    `signed_up` and `signed_in` are counts by span of time; a sign-in is the last time that the password was given.
    `complete` is False where the directory was too long to be read to its end.
    """

    accounts: int
    samples: int
    by_role: Mapping[str, int]
    by_status: Mapping[str, int]
    signed_up: Mapping[str, int]
    signed_in: Mapping[str, int]
    newest_sign_ups: tuple[User, ...]
    newest_sign_ins: tuple[User, ...]
    complete: bool


def activity() -> Activity:
    """The counts now; one request for each 1 MB of accounts, at most 20."""
    now = clock.now()
    found: list[User] = []
    complete = False
    for page in islice(pages(users.directory_query()), MOST_PAGES):
        found += map(users.user_from_item, page.items)
        complete = page.cursor is None
    real = [user for user in found if user.account != "sample"]
    signed_in = [(user.last_sign_in, user) for user in real if user.last_sign_in is not None]
    return Activity(
        accounts=len(real),
        samples=len(found) - len(real),
        by_role=dict(Counter(user.role for user in real)),
        by_status=dict(Counter(user.status for user in real)),
        signed_up={name: _since(now - span, (user.created_at for user in real)) for name, span in SPANS},
        signed_in={name: _since(now - span, (at for at, _ in signed_in)) for name, span in SPANS},
        newest_sign_ups=tuple(heapq.nlargest(NEWEST, real, key=lambda user: user.created_at)),
        newest_sign_ins=tuple(user for _, user in heapq.nlargest(NEWEST, signed_in, key=lambda pair: pair[0])),
        complete=complete,
    )


def _since(start: datetime, moments: Iterator[datetime]) -> int:
    return sum(moment >= start for moment in moments)

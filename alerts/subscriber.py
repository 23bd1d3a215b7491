"""The alerts as a subscriber of the trigger engine: their armed index, and the claim of a firing."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from alerts.channels import CHANNELS
from alerts.domain.alert import SUBSCRIBER as NAME
from alerts.domain.alert import Alert
from alerts.repositories.alerts import alert_address, alert_from_item, alert_put, armed_query, stored
from alerts.services import announce_firing, firing_writes, nudge
from core import clock
from core.reading import many, pages, understood
from core.storage import MOST_TRANSACTION_WRITES, TransactionCancelled, Write, store
from market.triggers.repository import counts_changes
from market.triggers.subscriber import Claim, Claimed, LostClaims

MOST_AT_ONCE = 20


class AlertSubscriber:
    """Alerts as a `market.triggers.subscriber.Subscriber`."""

    name = NAME

    @property
    def batch_size(self) -> int:
        """20, or what fits: one item for the counts; for each row the alert, its history, and one for each channel."""
        return min(MOST_AT_ONCE, (MOST_TRANSACTION_WRITES - 1) // (2 + len(CHANNELS)))

    def batch_key(self, watched: Alert) -> str:
        """Alerts share no row, not even those of one user."""
        return watched.alert_id

    def armed(self, arm: str, low: Decimal, high: Decimal, *, descending: bool) -> Iterator[Alert]:
        """Alerts with an armed level from `low` to `high`."""
        for page in pages(armed_query(arm, low, high, descending=descending)):
            yield from understood(page.items, alert_from_item, what="alert", key="alert_id")

    def claim(self, asset_id: str, claims: Sequence[Claim[Alert]]) -> list[Claimed[Alert]]:
        """One transaction: of each at most the alert, its history, a notification and deliveries; once the counts."""
        now = clock.now()
        fired = [claim.watched.fire(claim.watch, claim.firing, now) for claim in claims]
        writes: list[Write] = []
        places: dict[int, int] = {}
        for position, each in enumerate(fired):
            places[len(writes)] = position
            writes += [alert_put(each.alert), *firing_writes(each)]
        levels = [(claim.watched.partition, each.alert.partition) for claim, each in zip(claims, fired, strict=True)]
        writes += counts_changes(asset_id, NAME, *levels)
        try:
            # Not `commit`: nothing here counts towards a quota, and which writes failed says which claims are lost.
            store().transact_write(writes)
        except TransactionCancelled as error:
            lost = [position for place, position in places.items() if error.reasons[place].failed]
            if not lost:
                raise
            raise LostClaims(lost) from error
        for each in fired:
            announce_firing(each)
        return [Claimed(stored(each.alert), each.notifies) for each in fired]

    def read(self, watched: Sequence[Alert]) -> list[Alert | None]:
        """The alerts as they are now."""
        items = many([alert_address(each.username, each.alert_id) for each in watched])
        return [None if item is None else alert_from_item(item) for item in items]

    def after_look(self, asset_id: str, fired: int) -> None:
        """Have the messages sent."""
        nudge()


SUBSCRIBER = AlertSubscriber()

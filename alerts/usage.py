"""What of the alerts counts towards the quotas: each is one row, so that one that goes into the trash takes no more."""

from django.conf import settings

from alerts.repositories.alerts import COUNT
from alerts.tables import ALERT_CONFIGURATIONS
from core.errors import Refused
from core.storage import Key
from core.usage.measures import NOTHING, ONE_ROW, Measure
from core.usage.use import Use


def _of_entry(key: Key) -> Use:
    """One row for each alert; the row that counts them is not one."""
    return NOTHING if key["alert_id"] == COUNT else ONE_ROW


MEASURES = (Measure(ALERT_CONFIGURATIONS, _of_entry, _of_entry),)


def quota_failure() -> dict[str, Refused]:
    """What a commit raises where the write fails that counts one more alert of a user, as its `failures`."""
    text = f"You have {settings.ALERTS_PER_USER} alerts, the maximum. Delete one first."
    return {"quota": Refused("alert_quota", text)}

"""What of accounts counts towards the quotas: API keys."""

from core.accounts.tables import API_KEYS
from core.usage.held import ENDLESS, Kind
from core.usage.quotas import Quota

MOST_KEYS = 50
KEYS = "api_keys"

HELD = (Kind(KEYS, API_KEYS, lambda item: (item["key_id"], int(item.get("expires_at", ENDLESS)))),)
QUOTAS = (
    Quota(
        KEYS,
        "key_quota",
        "API keys",
        lambda: MOST_KEYS,
        "You have {limit} API keys, the maximum. Revoke one first.",
    ),
)

"""What is asked of the table of what users keep."""

from core.access_patterns import AccessPattern
from core.tables import USAGE

TESTS = "tests/usage/test_access_patterns.py"

ACCESS_PATTERNS = (
    AccessPattern(
        USAGE,
        "how much a user keeps of each figure",
        "BatchGetItem",
        "core.usage.selectors.usage_of",
        f"{TESTS}::test_what_a_user_keeps",
    ),
    AccessPattern(
        USAGE,
        "whether there is room, within the transaction that needs it",
        "TransactWriteItems",
        "core.usage.counts.counts_change",
        f"{TESTS}::test_counted_within_the_transaction",
    ),
    AccessPattern(
        USAGE,
        "the API keys or open imports of a user",
        "BatchGetItem",
        "core.usage.held.held_address",
        f"{TESTS}::test_those_held",
    ),
)

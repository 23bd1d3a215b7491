"""What is asked of the table of what users keep."""

from core.access_patterns import patterns
from core.tables import USAGE

TESTS = "tests/usage/test_access_patterns.py"

_usage = patterns(USAGE, "core.usage", TESTS)

ACCESS_PATTERNS = (
    _usage("how much a user keeps of each figure", "BatchGetItem", "selectors.usage_of", "test_what_a_user_keeps"),
    _usage(
        "whether there is room, within the transaction that needs it",
        "TransactWriteItems",
        "counts.counts_change",
        "test_counted_within_the_transaction",
    ),
    _usage("the API keys or open imports of a user", "BatchGetItem", "held.held_address", "test_those_held"),
)

"""What is asked of the table of facts about the store."""

from core.access_patterns import patterns
from core.tables import SITE

TESTS = "tests/layouts/test_upgrading.py"

_site = patterns(SITE, "core.layout.compatibility", TESTS)

ACCESS_PATTERNS = (
    _site("the layout of the rows", "GetItem", "stored", "TestOnEveryStore::test_the_check_is_one_request"),
)

"""What is asked of the table of facts about the store."""

from core.access_patterns import AccessPattern
from core.tables import SITE

ACCESS_PATTERNS = (
    AccessPattern(
        SITE,
        "the layout of the rows",
        "GetItem",
        "core.layout.refusing.stored",
        "tests/layouts/test_upgrading.py::TestOnEveryStore::test_the_check_is_one_request",
    ),
)

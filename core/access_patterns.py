"""What the product asks of its tables: each access pattern, the method that asks, and the test that counts it.

Every app declares its own; `docs/access-patterns.md` is made from them.
"""

from collections.abc import Callable
from dataclasses import dataclass

from core.storage.schema import Table


@dataclass(frozen=True, slots=True)
class AccessPattern:
    """One question to a table, answered by one request.

    `name` says what is asked for. `request` is what it is at the store: GetItem, Query, BatchGetItem or
    TransactWriteItems, and the index where there is one (`Query DateIndex`). `method` is the dotted path of the
    function that asks. `test` is the test that counts the request: `tests/budgets/test_access_patterns.py::test_name`.
    """

    table: Table
    name: str
    request: str
    method: str
    test: str


def patterns(table: Table, package: str, tests: str) -> Callable[[str, str, str, str], AccessPattern]:
    """Declare patterns of a table by name, request, method within `package`, and test within the file `tests`."""

    def pattern(name: str, request: str, method: str, test: str) -> AccessPattern:
        return AccessPattern(table, name, request, f"{package}.{method}", f"{tests}::{test}")

    return pattern

"""Pages of `docs/` that are generated from the code, so that they cannot fall behind it."""

from collections.abc import Callable, Mapping

from cryptopulse.documentation.access_patterns_page import access_patterns_page
from cryptopulse.documentation.capacity_page import capacity_page
from cryptopulse.documentation.errors_page import errors_page
from cryptopulse.documentation.factors_page import factors_page
from cryptopulse.documentation.settings_page import settings_page
from cryptopulse.documentation.tables_page import tables_page

PAGES: Mapping[str, Callable[[], str]] = {
    "access-patterns.md": access_patterns_page,
    "capacity.md": capacity_page,
    "errors.md": errors_page,
    "factors.md": factors_page,
    "settings.md": settings_page,
    "tables.md": tables_page,
}
"""File name in `docs/` -> what makes its text."""

"""Imports: the list, one of them, and its rows."""

from budgets.domain.importing.record import Import
from budgets.domain.importing.rows import Row
from budgets.domain.importing.sheet import Sheet
from budgets.repositories import imports
from core import clock, ids
from core.errors import NotFound
from core.reading import Rows, every, one, read_page
from core.storage import Key


def import_get(username: str, import_id: str) -> Import:
    """One import; 1 request. Raises NotFound for one that is not there, not this user's, or was never confirmed."""
    try:
        ids.id_time(import_id)
    except ValueError as error:
        raise NotFound("This import") from error
    found = one(imports.import_address(username, import_id), imports.import_from_item)
    if found is None or found.is_over(clock.now()):
        raise NotFound("This import")
    return found


def imports_newest(username: str, limit: int, cursor: Key | None = None) -> Rows[Import]:
    """One page of imports, newest first; 1 request."""
    page = read_page(imports.imports_query(username), imports.import_from_item, limit=limit, cursor=cursor)
    now = clock.now()
    return Rows(tuple(each for each in page.items if not each.is_over(now)), page.cursor)


def import_rows(found: Import) -> list[Row] | None:
    """The rows of the plan; None where there are none yet, or their time is over.

    1 request for each 1 MB of them, compressed; 20,000 short rows take less.
    """
    return imports.plan_from_items(found, every(imports.plan_query(found))) if found.plan else None


def import_sheet(found: Import) -> Sheet | None:
    """The file as it was uploaded; None where its rows have expired. 1 request for each 1 MB, compressed."""
    return imports.sheet_from_items(found, every(imports.sheet_query(found)))

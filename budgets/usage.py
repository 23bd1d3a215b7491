"""What of expenses and imports counts towards the quotas."""

from django.conf import settings

from budgets.domain.importing.record import Status
from budgets.repositories.imports import IMPORT, KEY, PLAN, ROWS
from budgets.tables import EXPENSES, IMPORTS, RECEIPTS
from core.storage import Item, Key
from core.usage.held import ENDLESS, Kind
from core.usage.measures import NOTHING, ONE_ROW, Measure, rows_of
from core.usage.quotas import Quota
from core.usage.use import Use, expiring, kept

OPEN_IMPORTS = "open_imports"


def _of_receipt(item: Item) -> Use:
    return kept(files=1, bytes=int(item["size"]))


def _of_import(item: Item) -> Use:
    """An import and the mark of each row that it added are rows; the parts of its file are bytes, as compressed."""
    entry = item["entry"]
    if entry.startswith((ROWS, PLAN)):
        return expiring(int(item["ttl"]), bytes=len(item["packed"]))
    if entry.startswith(IMPORT) and "ttl" in item:
        return expiring(int(item["ttl"]), rows=1)
    return ONE_ROW


def _of_mark(key: Key) -> Use:
    return ONE_ROW if key["entry"].startswith(KEY) else NOTHING


def _open_import(item: Item) -> tuple[str, int] | None:
    """An import that is neither done nor undone, and when it ends by itself."""
    if not item["entry"].startswith(IMPORT) or not Status(item["status"]).is_open:
        return None
    return item["import_id"], int(item.get("ttl", ENDLESS))


MEASURES = (rows_of(EXPENSES), Measure(RECEIPTS, _of_receipt), Measure(IMPORTS, _of_import, _of_mark))
HELD = (Kind(OPEN_IMPORTS, IMPORTS, _open_import),)
QUOTAS = (
    Quota(
        OPEN_IMPORTS,
        "import_quota",
        "Open imports",
        lambda: settings.OPEN_IMPORTS_PER_USER,
        "You have {limit} open imports, the maximum. Confirm or discard one first.",
    ),
)

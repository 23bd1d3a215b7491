"""Error codes of the quotas."""

from core.codes import Code
from core.tables import TRASH_KEPT

CODES: dict[str, Code] = {
    "storage_quota": Code(
        409,
        "Storage quota reached",
        "Delete files or discard imports; what is deleted counts until it leaves the trash. `auth/me/usage/` has the "
        "figures.",
    ),
    "file_quota": Code(409, "File quota reached", "Delete receipts; they count until they leave the trash."),
    "row_quota": Code(
        409,
        "Row quota reached",
        f"Delete what is no longer needed; it counts until it leaves the trash after {TRASH_KEPT.days} days.",
    ),
}

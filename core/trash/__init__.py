"""What users deleted, kept for a while so that it can be restored."""

from core.tables import TRASH_KEPT
from core.trash.kind import SHOWN, Deleted, Kind
from core.trash.repository import MEASURES, entry_of, identifier_of

KEPT = TRASH_KEPT
"""How long; the file of a receipt is kept for a day longer, `FILE_KEPT` of `core.tables`."""

__all__ = ["KEPT", "MEASURES", "SHOWN", "Deleted", "Kind", "entry_of", "identifier_of"]

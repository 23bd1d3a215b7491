"""What users deleted, kept for a while so that it can be restored."""

from core.trash.kind import SHOWN, Deleted, Kind
from core.trash.repository import MEASURES, entry_of, identifier_of

__all__ = ["MEASURES", "SHOWN", "Deleted", "Kind", "entry_of", "identifier_of"]

"""Rows of the data file that cannot be read any more."""

from core.storage import item_json
from core.storage.codec import AttributeMap
from core.storage.errors import StoreUnavailable

DAMAGED = "The data file is damaged: stop the site, keep the file, and restore a backup."


def from_json(text: str) -> AttributeMap:
    """As `item_json.from_json`. Raises StoreUnavailable for a row that cannot be read."""
    try:
        return item_json.from_json(text)
    except ValueError as error:
        message = "the database file: a row cannot be read"
        raise StoreUnavailable(message, repeatable=False, advice=DAMAGED) from error

"""Cursors: where a query goes on, and as text that leaves the process.

The text is signed, and good only for the user and the view that it was made for.
"""

import json

from django.core import signing

from core.storage.codec import decode_item, encode_item
from core.storage.errors import CursorRefused
from core.storage.operations import Item, Key, Query
from core.storage.prepared import cursor_names


def cursor_after(query: Query, item: Item) -> Key:
    """The cursor with which the query goes on after this row of its answer."""
    index = None if query.index is None else query.table.index(query.index)
    return {name: item[name] for name in cursor_names(query.table, index)}


def sign_cursor(cursor: Key, *, username: str, view: str) -> str:
    """The cursor of a page as text for an address."""
    return signing.dumps(encode_item(cursor), salt=_salt(username, view), compress=True)


def read_cursor(text: str, *, username: str, view: str) -> Key:
    """The cursor in a text. Raises CursorRefused when it is broken or was made for another user or view."""
    try:
        return decode_item(signing.loads(text, salt=_salt(username, view)))
    except signing.BadSignature as error:
        raise CursorRefused("this page address is broken or not yours; start again at the first page") from error


def _salt(username: str, view: str) -> str:
    return json.dumps(["cursor", username, view])

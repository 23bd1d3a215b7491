"""Whether this release may work on a store, by the store's stamp."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from core.layout.stamp import OLDEST_STORES, Stamp, current, pending, stamp_address, stamp_from_item
from core.reading import row
from core.storage import TableMissing, administration
from core.tables import SITE


class LayoutRefused(ImproperlyConfigured):
    """This release must not open the store; the message says what to do."""


def stored() -> Stamp | None:
    """The stamp of the store, None where it has none; 1 request.

    Raises LayoutRefused where it cannot be read or its table is missing, StorageError when the store does not answer.
    """
    try:
        return stamp_from_item(row(stamp_address()))
    except TableMissing as error:
        raise LayoutRefused(f"The store lacks tables of this release: {_how_to_make_tables()}.") from error
    except ValueError as error:
        raise LayoutRefused(f"The layout of the store cannot be read: {error}. Restore a backup.") from error


def refusal_of_newer(stamp: Stamp | None) -> str:
    """Why a release as old as this one must not open a store with this stamp; empty when it may."""
    ours = current()
    if stamp is None or stamp.layout <= ours.layout or stamp.oldest <= ours.layout:
        return ""
    return (
        f"The store has layout {stamp.layout}, written by a newer release, and only releases of layout {stamp.oldest} "
        f"or later may open it; this one has layout {ours.layout}. Install the newer release again, or restore a "
        "backup from before the upgrade."
    )


def refusal(stamp: Stamp | None) -> str:
    """Why this release must not work on a store with this stamp as it is; empty when it may. No request."""
    if too_old := refusal_of_newer(stamp):
        return too_old
    before = stamp or OLDEST_STORES
    if not pending(before):
        return ""
    return (
        f"The store has layout {before.layout}, and this release needs layout {current().layout}: stop the site, make "
        f"a backup, then run {_how_to_upgrade()}."
    )


def require_known() -> None:
    """Raises LayoutRefused where a newer release must have the store; an older store passes. 1 request, or 2."""
    if administration().describe(SITE) is not None and (reason := refusal_of_newer(stored())):
        raise LayoutRefused(reason)


def require_open() -> None:
    """Raises LayoutRefused where this release must not work on the store; 1 request."""
    if reason := refusal(stored()):
        raise LayoutRefused(reason)


def is_embedded() -> bool:
    """Whether the store is a file or in memory, and so this program's own."""
    return urlsplit(settings.DATASTORE_URL).scheme != "dynamodb"


def _how_to_make_tables() -> str:
    return "run `manage.py prepare` first" if is_embedded() else "run `manage.py createtables` first"


def _how_to_upgrade() -> str:
    return "`manage.py prepare` (`serve` does so by itself)" if is_embedded() else "`manage.py upgradetables`"

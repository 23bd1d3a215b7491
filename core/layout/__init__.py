"""The layout of what is stored: which release may open a store, and the named steps that upgrade an older one."""

from core.layout.compatibility import (
    LayoutRefused,
    is_embedded,
    refusal,
    refusal_of_newer,
    require_known,
    require_open,
    stored,
)
from core.layout.stamp import OLDEST_STORES, Stamp, current, pending
from core.layout.upgrades import is_empty, stamp_if_empty, upgrade

__all__ = [
    "OLDEST_STORES",
    "LayoutRefused",
    "Stamp",
    "current",
    "is_embedded",
    "is_empty",
    "pending",
    "refusal",
    "refusal_of_newer",
    "require_known",
    "require_open",
    "stamp_if_empty",
    "stored",
    "upgrade",
]

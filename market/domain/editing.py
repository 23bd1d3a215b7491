"""Rules of what the staff enter about an asset."""

import re
from collections.abc import Mapping
from typing import Any, get_args

from core import field_rules
from core.field_rules import Normal, one_of
from market.domain.asset import AssetKind

KINDS: tuple[AssetKind, ...] = get_args(AssetKind)
RESERVED = frozenset({"movers", "moved", "add"})
"""Words that are addresses of pages about the market."""
LARGEST_RANK = 1_000_000
ID_RULE = "Use 1 to 100 letters, digits, hyphens and underscores: CoinGecko's id of a coin, the ticker of a share."
SYMBOL_RULE = "Use 1 to 20 characters without spaces."
NAME_RULE = "Use 1 to 100 printable characters."
RANK_RULE = f"Enter a whole number from 1 to {LARGEST_RANK}."
_ID = re.compile(r"[A-Za-z0-9_-]{1,100}")
_SYMBOL = re.compile(r"\S{1,20}")


def normal_asset_id(text: str) -> str:
    """The id as it is stored. Raises ValueError with the rule."""
    asset_id = text.strip()
    if not _ID.fullmatch(asset_id):
        raise ValueError(ID_RULE)
    if asset_id in RESERVED:
        raise ValueError("This word is the address of a page. Choose another id.")
    return asset_id


def normal_symbol(text: str) -> str:
    """The ticker symbol in capitals. Raises ValueError with the rule."""
    symbol = text.strip().upper()
    if not _SYMBOL.fullmatch(symbol) or not symbol.isprintable():
        raise ValueError(SYMBOL_RULE)
    return symbol


def normal_name(text: str) -> str:
    """The name without surrounding or doubled space. Raises ValueError with the rule."""
    name = " ".join(text.split())
    if not 1 <= len(name) <= 100 or not name.isprintable():
        raise ValueError(NAME_RULE)
    return name


def normal_rank(value: int) -> int:
    """The place in the list. Raises ValueError with the rule."""
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= LARGEST_RANK:
        raise ValueError(RANK_RULE)
    return value


def normal_active(value: bool) -> bool:
    """Whether it may be bought. Raises ValueError."""
    if not isinstance(value, bool):
        raise ValueError("Choose true or false.")
    return value


RULES: Mapping[str, Normal] = {
    "asset_id": normal_asset_id,
    "symbol": normal_symbol,
    "name": normal_name,
    "kind": one_of(lambda: KINDS, f"Choose one of {', '.join(KINDS)}."),
    "rank": normal_rank,
    "active": normal_active,
}


def normalised(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values in their stored form. Raises InvalidInput with every field that breaks its rule."""
    return field_rules.normalised(RULES, values)

"""Assets: those that the product begins with, and what the staff change, each time with an entry in the audit log."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any

from core.accounts.domain import User
from core.accounts.rights import right_check
from core.audit import audit_put, checked_reason
from core.commit import commit
from core.errors import NotFound, Refused
from core.replay import check_unchanged
from core.retry import optimistic
from core.storage import ConditionFailed, Write, store
from market.domain import Asset
from market.domain.editing import normalised
from market.repositories import assets as asset_rows
from market.rights import CHANGE_ASSETS
from market.selectors import assets_by_id, assets_listed

EDITABLE = ("symbol", "name", "kind", "rank", "active")


def assets_add(assets: Sequence[Asset], *, is_listed: bool = True) -> None:
    """Add those of up to 100 assets that are not there yet; the others stay as they are. Safe to repeat.

    One that is not listed is found by its id alone: for a demonstration beside the market. 1 request, and one for each
    that is added.
    """
    existing = assets_by_id(asset.asset_id for asset in assets)
    for asset in assets:
        if asset.asset_id not in existing:
            with suppress(ConditionFailed):
                store().write(asset_rows.asset_put(asset, is_listed=is_listed))


def asset_add(
    asset_id: str,
    *,
    symbol: str,
    name: str,
    kind: str = "crypto",
    rank: int | None = None,
    by: User,
    reason: str,
    also: Sequence[Write] = (),
) -> Asset:
    """Add an asset, which may be bought as soon as a feed prices it; 2 requests, 1 where a rank is given.

    Without a rank it goes to the end of the list. Raises InvalidInput, Refused `asset_exists`, NotPermitted where the
    actor has lost the right meanwhile; TransactionCancelled where one of `also` failed.
    """
    reason = checked_reason(reason)
    given = {"asset_id": asset_id, "symbol": symbol, "name": name, "kind": kind}
    values = normalised(given if rank is None else {**given, "rank": rank})
    if rank is None:
        values["rank"] = max((asset.rank for asset in assets_listed()), default=0) + 1
    asset = Asset(**values)
    details = {field: (None, getattr(asset, field)) for field in EDITABLE}
    writes: list[Write] = [
        asset_rows.asset_put(asset),
        audit_put(by.username, "asset.add", _subject(asset), reason, details),
        right_check(by, CHANGE_ASSETS),
    ]
    exists = Refused("asset_exists", "An asset with this id already exists. Edit it instead.", field="asset_id")
    commit(writes, also, failures={asset_rows.ASSET: exists})
    return asset


def asset_change(asset_id: str, *, by: User, reason: str, seen: str | None = None, **values: Any) -> Asset:
    """Set symbol, name, kind, rank or active of an asset, and return it as it is then; 2 requests.

    An asset that is not active cannot be bought, can be sold, and keeps its prices. Where nothing changes, nothing is
    written, no entry either. seen: the `edition` of the asset that the values were made from. Raises InvalidInput,
    NotFound, NotPermitted, Refused `changed_meanwhile`; KeyError for a field that cannot be set.
    """
    reason = checked_reason(reason)
    wanted = normalised({name: values[name] for name in values if name in EDITABLE})
    if unknown := values.keys() - wanted.keys():
        raise KeyError(*unknown)
    return optimistic(lambda: _change(asset_id, wanted, by, reason, seen))


def _change(asset_id: str, wanted: dict[str, Any], by: User, reason: str, seen: str | None) -> Asset:
    asset = assets_by_id([asset_id], consistent=True).get(asset_id)
    if asset is None:
        raise NotFound("This asset")
    changes = {name: value for name, value in wanted.items() if value != getattr(asset, name)}
    if not changes:
        return asset
    check_unchanged(seen, asset.edition, "This asset")
    details = {name: (getattr(asset, name), value) for name, value in changes.items()}
    commit(
        [
            asset_rows.description_change(asset, changes),
            audit_put(by.username, "asset.change", _subject(asset), reason, details),
            right_check(by, CHANGE_ASSETS),
        ]
    )
    return replace(asset, **changes)


def _subject(asset: Asset) -> str:
    return f"asset#{asset.asset_id}"

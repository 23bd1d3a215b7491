"""Claims: proposed rows taken through the moves of their series, several in each transaction."""

import logging
from collections.abc import Hashable, Iterable, Iterator, Sequence
from typing import Any

from core.storage import ConditionFailed, InvalidOperation, StorageError, TransactionCancelled
from market.metrics import CLAIMS
from market.triggers.crossing import Firing, Watch, advance
from market.triggers.moves import Move
from market.triggers.subscriber import Claim, LostClaims, Subscriber

_OF_ONE_ROW = (InvalidOperation, ConditionFailed, TransactionCancelled)
"""Errors of the store that are about one row; its others say nothing about the rows."""

logger = logging.getLogger(__name__)


class Claimer:
    """Claims for one subscriber on one asset, whose moves are in the order of their numbers."""

    def __init__(self, subscriber: Subscriber[Any], asset_id: str, moves: Sequence[Move]) -> None:
        self._subscriber = subscriber
        self._asset_id = asset_id
        self._moves = moves

    def take(self, proposed: Iterable[Any]) -> Iterator[tuple[int, int]]:
        """Take rows through the moves, in batches of the subscriber's size, in the order in which they are proposed.

        Yields after each batch how many rows were claimed and how many firings took effect; rows that fire several
        times take several transactions. Rows that the moves do not change are passed over and not counted. A row that
        cannot be claimed is logged and does not hold up the others. It stays armed as it is stored: it is tried again
        while its moves are kept, some seconds, and by every later move that crosses its level. Raises StorageError
        where the store itself fails: the look then ends unsaved and is repeated as a whole.
        """
        for batch in self._batches(self._changes(proposed)):
            yield len(batch), self._claim(batch)

    def _batches(self, claims: Iterable[Claim[Any]]) -> Iterator[list[Claim[Any]]]:
        """The claims in their order, as many together as one transaction may hold.

        A key that is in the batch already ends it: to pass over its row would let one farther away go first.
        """
        batch: dict[Hashable, Claim[Any]] = {}
        for claim in claims:
            key = self._subscriber.batch_key(claim.watched)
            if key in batch:
                yield list(batch.values())
                batch = {}
            batch[key] = claim
            if len(batch) >= self._subscriber.batch_size:
                yield list(batch.values())
                batch = {}
        if batch:
            yield list(batch.values())

    def _changes(self, rows: Iterable[Any]) -> Iterator[Claim[Any]]:
        """The next change of each row, for those that the moves change."""
        for row in rows:
            if row is None or row.watch is None:
                continue
            try:
                watch, firing = self._next_state(row.watch)
            except Exception:
                self._log(row)
            else:
                if watch != row.watch:
                    yield Claim(row, watch, firing)

    def _next_state(self, watch: Watch) -> tuple[Watch, Firing | None]:
        """The watch after its next firing, or after all moves when none makes it fire."""
        for move in self._moves:
            watch, firings = advance(watch, (move,))
            if firings:
                return watch, firings[0]
        return watch, None

    def _claim(self, claims: list[Claim[Any]]) -> int:
        """Claim all that the moves make of these rows; how many firings took effect."""
        fired = 0
        while claims:
            try:
                claimed = self._subscriber.claim(self._asset_id, claims)
            except LostClaims as lost:
                CLAIMS.labels("lost").inc(len(lost.positions))
                claims = self._read_again(claims, lost)
            except Exception as error:
                if isinstance(error, StorageError) and not isinstance(error, _OF_ONE_ROW):
                    raise
                if len(claims) > 1:
                    return fired + sum(self._claim([claim]) for claim in claims)
                self._log(claims[0].watched)
                return fired
            else:
                CLAIMS.labels("claimed").inc(len(claimed))
                fired += sum(each.fired for each in claimed)
                claims = list(self._changes(each.watched for each in claimed))
        return fired

    def _read_again(self, claims: Sequence[Claim[Any]], lost: LostClaims) -> list[Claim[Any]]:
        """The claims with those that were lost decided again, each in its place."""
        positions = sorted(lost.positions)
        read = self._subscriber.read([claims[position].watched for position in positions])
        rows = dict(zip(positions, read, strict=True))
        kept: list[Claim[Any]] = []
        for position, claim in enumerate(claims):
            kept.extend(self._changes([rows[position]]) if position in rows else [claim])
        return kept

    def _log(self, row: Any) -> None:
        logger.exception("%s %s cannot be claimed", self._subscriber.name, row.watched_id)

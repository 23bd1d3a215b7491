"""Errors of the item store, the same tree on every backend."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from core.storage.outcome import may_have_written


class StorageError(Exception):
    """Any failure of the item store.

    `advice` is what the operator of the site must do about it, as a sentence; empty where waiting is enough.
    """

    advice: str = ""


class InvalidOperation(StorageError):
    """The operation breaks a rule of the store; nothing was written."""


class ItemTooLarge(InvalidOperation):
    """An item over 400 KB, names and values counted in UTF-8 bytes."""


class CursorRefused(InvalidOperation):
    """A cursor that was not handed out for this query."""


class TableMissing(StorageError):
    """The table is not there."""

    advice = "Tables are missing: run `manage.py prepare`, or on a server `manage.py createtables`."


class ConditionFailed(StorageError):
    """The condition of a put, update or delete did not hold; nothing was written.

    `label` is the label of the write; `item` is the stored item that failed it, None when there was none.
    """

    def __init__(self, label: str = "", item: Mapping[str, Any] | None = None) -> None:
        super().__init__(label or "condition failed")
        self.label = label
        self.item = item


@dataclass(frozen=True, slots=True)
class Reason:
    """Why one operation of a cancelled transaction was refused.

    `code` is "None" (this one was fine) or "ConditionalCheckFailed"; `item` is the stored item that failed.
    """

    code: str
    label: str = ""
    item: Mapping[str, Any] | None = None

    @property
    def failed(self) -> bool:
        return self.code != "None"


class TransactionCancelled(StorageError):
    """At least one condition of a transaction did not hold; nothing was written.

    `reasons` are in the order of the operations, one for each.
    """

    def __init__(self, reasons: tuple[Reason, ...]) -> None:
        super().__init__(", ".join(r.label or r.code for r in reasons if r.failed))
        self.reasons = reasons

    @property
    def labels(self) -> tuple[str, ...]:
        """Labels of the operations that failed, in order."""
        return tuple(r.label for r in self.reasons if r.failed)

    def failed(self, label: str) -> bool:
        """Whether the operation with this label is among those that failed."""
        return label in self.labels


class StoreUnavailable(StorageError):
    """The store did not answer in time.

    `retry_after` is in seconds. `outcome_unknown`: the answer to a write was lost, so that it may have been done, or an
    earlier write of the same request was done; repeat it with the same id, or look first. Otherwise nothing was
    written. `repeatable` is False where the store itself must not try again, because the answer was lost and the call
    could be done twice.
    """

    def __init__(
        self,
        message: str = "the store does not answer",
        retry_after: int = 2,
        *,
        repeatable: bool = True,
        outcome_unknown: bool = False,
        advice: str = "",
    ) -> None:
        super().__init__(message)
        self.advice = advice
        self.retry_after = retry_after
        self.repeatable = repeatable
        self.outcome_unknown = outcome_unknown or may_have_written()


class Throttled(StoreUnavailable):
    """The store takes no more requests at the moment."""


class TransactionConflict(StoreUnavailable):
    """Another writer held one of the items all the time."""


class UnprocessedItems(StoreUnavailable):
    """A batch write that the store left unfinished.

    `operations` are those not done; the others of the batch are.
    """

    def __init__(self, operations: tuple[Any, ...]) -> None:
        super().__init__(f"{len(operations)} writes of a batch were not done", outcome_unknown=True)
        self.operations = operations

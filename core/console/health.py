"""The health of the site as the staff see it: tables against their declarations, and events that were given up."""

from dataclasses import dataclass

from core import outbox, wiring
from core.accounts.domain import User
from core.accounts.rights import right_check
from core.audit import audit_put
from core.console.rights import SEE_HEALTH
from core.errors import NotFound, NotPermitted
from core.storage import StorageError, StoreUnavailable, Table, TableSize, administration
from core.storage.drift import drift


@dataclass(frozen=True, slots=True)
class TableState:
    """One declared table: how much it holds (None: it is missing), and how it differs from its declaration."""

    table: Table
    size: TableSize | None
    differences: tuple[str, ...]


def tables_compared() -> list[TableState]:
    """Every declared table beside the one in the store; two requests for each, and no item is read.

    Empty where the store does not let the site look at its tables. Raises StoreUnavailable.
    """
    try:
        return [_compared(table) for table in wiring.tables()]
    except StoreUnavailable:
        raise
    except StorageError:
        # on AWS the role of a running site has no right to describe tables, unless it is given one
        return []


def _compared(table: Table) -> TableState:
    found = administration().describe(table)
    missing = ("The store does not have this table. `manage.py createtables` makes it.",)
    differences = missing if found is None else drift(table, found)
    return TableState(table, administration().size(table), differences)


def event_replay(event_id: str, *, by: User, reason: str) -> None:
    """Have an event that was given up handled again, with an audit entry; 3 requests.

    Raises InvalidInput, NotFound where there is no such event any more, NotPermitted where the actor has lost the
    right meanwhile.
    """
    details = {"state": ("given up", "waiting")}
    entry = audit_put(by.username, "event.replay", f"event#{event_id}", reason, details)
    if not outbox.replay(event_id, also=(entry, right_check(by, SEE_HEALTH))):
        if outbox.given_up_event(event_id) is not None:
            raise NotPermitted("You no longer have the right to do this.")
        raise NotFound("That event")

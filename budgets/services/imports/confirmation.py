"""Confirming, continuing and undoing an import: each writes so on its row, and a worker does it."""

from collections.abc import Sequence
from dataclasses import replace

from budgets.domain.importing.record import CREDITS, POSSIBLE_DUPLICATES, UNDO_KEPT, Choices, Import, Status
from budgets.domain.importing.rows import POSSIBLE_DUPLICATE, Row
from budgets.repositories import imports
from budgets.selectors.imports import import_get, import_rows
from budgets.services.imports.worker import nudge
from budgets.tables import IMPORTS
from budgets.usage import OPEN_IMPORTS
from core import clock
from core.accounts.domain import User
from core.accounts.repositories.users import open_check
from core.commit import commit
from core.errors import InvalidInput, NotFound, Refused
from core.retry import optimistic
from core.storage import Write, journey
from core.usage.held import held_less, held_without_end


def import_confirm(user: User, import_id: str, choices: Choices, *, also: Sequence[Write] = ()) -> Import:
    """Have the rows added that these choices take. A repeated call with the same choices returns the import.

    One that was stopped at a quota goes on, with the same choices.

    Raises InvalidInput at credits, alike or include (row numbers of possible duplicates); Refused with
    import_not_ready while a question is open, import_empty where no row would be added, and import_confirmed where it
    was confirmed with other choices; NotFound; TransactionCancelled where one of `also` fails; StoreUnavailable.
    """
    choices = replace(choices, include=tuple(sorted(set(choices.include))))
    with journey("import_confirm"):
        confirmed = optimistic(lambda: _confirm(user.username, import_id, choices, also))
    nudge(user.username, import_id)
    return confirmed


def import_resume(user: User, import_id: str) -> Import:
    """Have an import go on that was stopped for lack of room, as it was confirmed. Safe to repeat.

    Raises Refused with import_not_confirmed, and import_too_old 30 days after it was confirmed; NotFound;
    StoreUnavailable.
    """
    with journey("import_resume"):
        resumed = optimistic(lambda: _resume(import_get(user.username, import_id), ()))
    nudge(user.username, import_id)
    return resumed


def import_undo(user: User, import_id: str) -> Import:
    """Have everything removed that the import added and nobody has changed since. Safe to repeat.

    Raises Refused with import_not_confirmed, import_running while it still adds, and import_too_old 30 days after it
    was confirmed; NotFound; StoreUnavailable.
    """
    with journey("import_undo"):
        undone = optimistic(lambda: _undo(user.username, import_id))
    nudge(user.username, import_id)
    return undone


def _confirm(username: str, import_id: str, choices: Choices, also: Sequence[Write]) -> Import:
    found = import_get(username, import_id)
    if not found.status.is_draft:
        if found.choices == choices:
            return _resume(found, also)
        raise Refused("import_confirmed", "This import was already confirmed with other choices. Undo it to change it.")
    if found.status is Status.MAPPING:
        raise Refused("import_not_ready", " ".join(found.layout.questions().values()))
    rows = import_rows(found)
    if rows is None:
        raise NotFound("This import")
    _check(choices, rows)
    total = choices.count(rows)
    if total == 0:
        raise Refused("import_empty", "No row would be added: each is a duplicate, is a credit, or has an error.")
    now = clock.now()
    confirmed = found.after(now, status=Status.RUNNING, choices=choices, total=total, confirmed_at=now)
    commit(
        [
            imports.import_replace(confirmed),
            held_without_end(username, OPEN_IMPORTS, import_id),
            open_check(username),
        ],
        also,
        was=[(IMPORTS, imports.import_item(found))],
    )
    return confirmed


def _resume(found: Import, also: Sequence[Write]) -> Import:
    if found.status.is_draft:
        raise Refused("import_not_confirmed", "This import has added nothing yet. Confirm it first.")
    if found.status is not Status.STOPPED:
        return found
    now = clock.now()
    if not found.can_be_undone(now):
        raise Refused(
            "import_too_old",
            f"An import can be continued for {UNDO_KEPT.days} days. Upload the file again: no row is added twice.",
        )
    running = found.after(now, status=Status.RUNNING, stopped_by="")
    commit([imports.import_replace(running), open_check(found.username)], also)
    return running


def _undo(username: str, import_id: str) -> Import:
    found = import_get(username, import_id)
    now = clock.now()
    match found.status:
        case Status.UNDOING | Status.UNDONE:
            return found
        case Status.RUNNING:
            raise Refused("import_running", "This import is still being processed. Undo it when it is done.")
        case Status.DONE | Status.STOPPED if found.can_be_undone(now):
            undoing = found.after(now, status=Status.UNDOING, position=0, stopped_by="")
            closed = held_less(username, OPEN_IMPORTS, import_id)
            commit([imports.import_replace(undoing), closed, open_check(username)])
            return undoing
        case Status.DONE | Status.STOPPED:
            raise Refused(
                "import_too_old",
                f"An import can be undone for {UNDO_KEPT.days} days. Delete its expenses one by one.",
            )
        case _:
            raise Refused("import_not_confirmed", "This import has added nothing yet. Discard it instead.")


def _check(choices: Choices, rows: Sequence[Row]) -> None:
    errors: dict[str, list[str]] = {}
    if choices.credits not in CREDITS:
        errors["credits"] = [f"Choose one of {', '.join(CREDITS)}."]
    if choices.possible_duplicates not in POSSIBLE_DUPLICATES:
        errors["alike"] = [f"Choose one of {', '.join(POSSIBLE_DUPLICATES)}."]
    possible = {row.number for row in rows if row.state == POSSIBLE_DUPLICATE}
    if unknown := sorted(set(choices.include) - possible):
        errors["include"] = [f"Row {unknown[0]} is not a possible duplicate. Leave it out."]
    if errors:
        raise InvalidInput(errors)

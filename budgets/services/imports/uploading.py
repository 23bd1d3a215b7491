"""Uploading a file, saying how it is to be read, and throwing an import away before it has added anything."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence

from budgets.domain.days import day_of
from budgets.domain.definitions import Definitions
from budgets.domain.importing.layout import Wishes
from budgets.domain.importing.reading import Circumstances, Reading, read_again, read_file
from budgets.domain.importing.record import Import, Status
from budgets.domain.importing.rows import counted
from budgets.repositories import imports
from budgets.repositories.definitions import definitions_from_item, definitions_get
from budgets.selectors.imports import import_get
from budgets.services.imports.judging import judged
from core import writing
from core.accounts.domain import User
from core.accounts.repositories.users import open_check
from core.errors import NotFound, Refused
from core.ids import new_id
from core.retry import LostRace, optimistic
from core.sandbox.running import run
from core.storage import Put, TransactionCancelled, Write, journey, store

LONGEST_FILE_NAME = 200
PARTS_AT_ONCE = 4
"""Parts of a file in one transaction: 1.2 MB, and few enough for a server that takes 10 writes."""
NO_WISHES = Wishes()


def import_upload(
    user: User,
    *,
    import_id: str,
    file_name: str,
    content: bytes,
    wishes: Wishes = NO_WISHES,
    also: Sequence[Write] = (),
) -> Import:
    """Keep a file and judge its rows, for the user to look at; no expense is added.

    Where the file leaves open how it is read, the import is in `mapping` and its layout has questions. A repeated
    import_id returns the stored import. Raises InvalidInput at `file` for what is no table, or at the wishes that make
    no sense; LimitReached, Busy, see `core.sandbox.running.run`; Refused with idempotency_mismatch; NotFound where the
    account is closed; StoreUnavailable.
    """
    writing.check_id_form(import_id, "import_id")
    digest = _digest(content, wishes)
    with journey("import_upload"):
        definitions, earlier = _read(user.username, import_id)
        if earlier is not None:
            return _checked_again(earlier, digest)
        writing.check_id_is_fresh(import_id, "import_id")
        whose = _circumstances(user, definitions)
        reading = Reading.of(run(read_file, io.BytesIO(content), wishes, whose, whose=user.username))
        now = writing.now()
        draft = Import(
            username=user.username,
            import_id=import_id,
            file_name=_name(file_name),
            digest=digest,
            status=Status.MAPPING,
            header=reading.header,
            rows=reading.count,
            layout=reading.layout,
            created_at=now,
            updated_at=now,
        )
        draft, puts = _with_plan(draft, reading)
        try:
            parts = imports.sheet_puts(user.username, import_id, reading.parts, now)
            _write([*parts, *puts], imports.import_insert(draft), also)
        except LostRace:
            _, earlier = _read(user.username, import_id)
            if earlier is None:
                raise
            return _checked_again(earlier, digest)
        return draft


def import_layout(user: User, import_id: str, wishes: Wishes) -> Import:
    """Say how the file is to be read; what `wishes` leaves out stays. The rows are judged anew.

    Raises InvalidInput; LimitReached; Busy; Refused with import_confirmed once it is; NotFound; StoreUnavailable.
    """
    with journey("import_layout"):
        return optimistic(lambda: _lay_out(user, import_id, wishes))


def import_discard(user: User, import_id: str) -> None:
    """Throw an import away that has added nothing, with its rows. Raises Refused with import_confirmed; NotFound."""
    with journey("import_discard"):
        optimistic(lambda: _discard(user.username, import_id))


def _lay_out(user: User, import_id: str, wishes: Wishes) -> Import:
    found = _draft(user.username, import_id)
    definitions, _ = _read(user.username, import_id)
    kept = io.BytesIO(b"".join(imports.sheet_parts(user.username, import_id)))
    whose, wanted = _circumstances(user, definitions), wishes.over(found.layout)
    reading = Reading.of(run(read_again, kept, found.header, wanted, whose, whose=user.username))
    if reading.count != found.rows:
        raise NotFound("This import")
    after = found.after(writing.now(), layout=reading.layout, status=Status.MAPPING, plan="", counts={})
    after, puts = _with_plan(after, reading)
    _write(puts, imports.import_replace(after), ())
    if found.plan:
        imports.plan_remove(user.username, found.plan)
    return after


def _discard(username: str, import_id: str) -> None:
    found = _draft(username, import_id)
    writing.commit([imports.import_remove(found)])
    imports.sheet_remove(username, import_id)
    if found.plan:
        imports.plan_remove(username, found.plan)


def _draft(username: str, import_id: str) -> Import:
    found = import_get(username, import_id)
    if not found.status.is_draft:
        raise Refused("import_confirmed", "This import was confirmed already. To take it back, undo it.")
    return found


def _read(username: str, import_id: str) -> tuple[Definitions, Import | None]:
    """What the user has set, and the import of this id if there is one; 1 request."""
    definitions, item = store().batch_get(
        [definitions_get(username), imports.import_get(username, import_id)], consistent=True
    )
    return (
        definitions_from_item(definitions) if definitions else Definitions(username),
        imports.import_from_item(item) if item else None,
    )


def _circumstances(user: User, definitions: Definitions) -> Circumstances:
    today = day_of(user.time_zone, writing.now())
    return Circumstances(tuple(definitions.categories), today, user.home_currency)


def _with_plan(draft: Import, reading: Reading) -> tuple[Import, list[Put]]:
    """The import with its rows judged, and the writes that keep them; as it is where something must be asked."""
    if reading.rows is None:
        return draft, []
    rows = judged(draft.username, reading.rows)
    plan = new_id()
    ready = draft.planned(plan, counted(rows))
    return ready, imports.plan_puts(draft.username, plan, rows, draft.created_at)


def _write(parts: Sequence[Put], last: Put, also: Sequence[Write]) -> None:
    """The parts first, some at a time, and with the last of them the import, by which alone they are found.

    What is killed before that leaves parts behind that nobody sees, and that expire.
    """
    username = last.item["username"]
    while len(parts) > PARTS_AT_ONCE:
        _commit([*parts[:PARTS_AT_ONCE], open_check(username)], ())
        parts = parts[PARTS_AT_ONCE:]
    _commit([*parts, last, open_check(username)], also)


def _commit(writes: Sequence[Write], also: Sequence[Write]) -> None:
    try:
        writing.commit(writes, also)
    except TransactionCancelled as error:
        if not also or not error.failed("import"):
            raise
        raise LostRace from error


def _checked_again(earlier: Import, digest: str) -> Import:
    if earlier.digest != digest:
        raise Refused("idempotency_mismatch", "This id belongs to another import. Use a new one.", field="import_id")
    return earlier


def _name(file_name: str) -> str:
    """The name to show: without folders and what cannot be printed."""
    last = file_name.replace("\\", "/").rpartition("/")[2]
    name = "".join(each for each in last if each.isprintable()).strip()
    return name[-LONGEST_FILE_NAME:] or "file"


def _digest(content: bytes, wishes: Wishes) -> str:
    return hashlib.sha256(content + repr(wishes).encode()).hexdigest()
